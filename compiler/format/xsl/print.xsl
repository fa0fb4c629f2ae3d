<?xml version="1.0" encoding="UTF-8"?>
<!--
  Turns one projected handbook into the document that the Typst templates (format/typ) print: one
  tree, nested as the pages of the site are, with the same blocks. It takes over html.xsl and puts
  in place of what only a screen has what paper wants: procedures as data, notes in their place,
  page numbers at links, terms for the index. Compiled once for all PDF formats;
  print/document.c completes the result.

  Output, in no namespace: print > page*, in which html.xsl's elements stand and these:
    facts > fact[@name]               what a procedure says of itself
    steps > step[@label,@mode]        > title, who, then blocks, then go
    choice[@decision] > step[@default]
    handoff > f[@name]                a hand-off block
    drawn[@title,@note,@cuts] > svg   a picture; where it may be cut, as compose/svg.h says
    agency[@name] > phone[@label,@number,@note]
    note[@label]                      a footnote, where it is cited
    index > e[@level,@words,@letter] > r[@number], see, also
    term[@place], *[@place]           an entry of the index points here
    a[@page]                          a link whose page number is printed
    call[@name,@number]               whom to call first
    page[@kind='situations']          what happens, and where it says what to do
    page[@kind='matrix']              who takes part in what, drawn
    page[@kind='sheets'] > page[@kind='sheet'] > div.sheet > div.field, fieldset
                                      the forms to fill in, as form.xsl makes them
  Invariant: linear, as html.xsl is.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:mml="http://www.w3.org/1998/Math/MathML"
    exclude-result-prefixes="db v svg mml">

  <xsl:import href="html.xsl"/>

  <xsl:template match="v:handbook">
    <print>
      <xsl:copy-of select="@*[local-name() != 'shelf-href']"/>
      <words>
        <xsl:for-each select="v:words/@*">
          <w key="{name()}"><xsl:value-of select="."/></w>
        </xsl:for-each>
      </words>
      <xsl:for-each select="$notice">
        <notice title="{@title}" line="{@line}">
          <xsl:for-each select="v:para">
            <p><xsl:value-of select="."/></p>
          </xsl:for-each>
        </notice>
      </xsl:for-each>
      <xsl:for-each select="*[@v:page]/v:call">
        <call name="{@name}" number="{@number}"/>
      </xsl:for-each>
      <xsl:for-each select="v:agency">
        <agency name="{@name}">
          <xsl:for-each select="v:phone">
            <phone label="{@label}" number="{@number}"
              note="{@source}, {$w-phone-checked} {@date}"/>
          </xsl:for-each>
        </agency>
      </xsl:for-each>
      <xsl:apply-templates select="*[@v:page]"/>
      <!-- Once over the tree, for the whole book. -->
      <xsl:call-template name="sheets">
        <xsl:with-param name="forms" select=".//db:section[@v:sheet]"/>
      </xsl:call-template>
    </print>
  </xsl:template>

  <!-- In a line: the engine knows formulas of its own only. -->
  <xsl:template match="mml:math">
    <span class="v-math">
      <xsl:choose>
        <xsl:when test="@alttext"><xsl:value-of select="@alttext"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates mode="line"/></xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template name="page">
    <page name="{@v:page}" kind="{local-name()}" heading="{@v:heading}">
      <xsl:if test="@v:front"><xsl:attribute name="front">yes</xsl:attribute></xsl:if>
      <xsl:call-template name="cite"/>
      <xsl:apply-templates select="@xml:id" mode="a"/>
      <xsl:apply-templates select="@v:place" mode="a"/>
      <xsl:apply-templates select="@xml:lang" mode="a"/>
      <xsl:if test="@v:class-label">
        <xsl:attribute name="class-label"><xsl:value-of select="@v:class-label"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="main"/>
    </page>
  </xsl:template>

  <!-- Procedures and forms are called by their ids. -->
  <xsl:template name="cite">
    <xsl:if test="@xml:id and (self::db:task or @role = 'form')">
      <xsl:attribute name="cite"><xsl:value-of select="@xml:id"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- The title page is the template's, and so is the list of contents. -->
  <xsl:template match="*" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:call-template name="page-info"/>
    <xsl:call-template name="sheet-link"/>
    <!-- A drawing stands under its own heading, before the pages inside. -->
    <xsl:apply-templates select="node()[not(@v:page)]">
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="v:picture" mode="frame">
      <xsl:with-param name="title" select="$w-chain"/>
      <xsl:with-param name="note" select="''"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="*[@v:page]">
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="db:set|db:book|db:article" mode="main">
    <xsl:if test="not(@v:front)"><xsl:call-template name="h1"/></xsl:if>
    <xsl:call-template name="page-info"/>
    <xsl:call-template name="situations"/>
    <xsl:apply-templates select="v:matrix" mode="frame"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
  </xsl:template>
  <!-- What happens, and on which page it says what to do; as on the first page of the site. -->
  <xsl:template name="situations">
    <xsl:if test="v:situations or v:call or $root/v:agency/v:phone">
      <xsl:variable name="heading">
        <xsl:choose>
          <xsl:when test="v:situations"><xsl:value-of select="$w-situations"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$w-call"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <page name="0-situations" kind="situations" heading="{$heading}">
        <h1><xsl:value-of select="$heading"/></h1>
        <xsl:if test="v:situations/v:situation/@urgent">
          <h2><xsl:value-of select="$w-urgent"/></h2>
          <ul><xsl:apply-templates select="v:situations/v:situation[@urgent]" mode="frame"/></ul>
        </xsl:if>
        <xsl:if test="v:situations/v:situation[not(@urgent)]">
          <xsl:if test="v:situations/v:situation/@urgent">
            <h2><xsl:value-of select="$w-other-situations"/></h2>
          </xsl:if>
          <ul><xsl:apply-templates select="v:situations/v:situation[not(@urgent)]" mode="frame"/></ul>
        </xsl:if>
        <xsl:if test="v:call or $root/v:agency/v:phone">
          <xsl:if test="v:situations"><h2><xsl:value-of select="$w-call"/></h2></xsl:if>
          <xsl:for-each select="v:call">
            <p><strong><xsl:value-of select="@number"/></strong><xsl:value-of select="concat(' ', @name)"/></p>
          </xsl:for-each>
          <xsl:for-each select="$root/v:agency/v:phone">
            <p>
              <strong><xsl:value-of select="@number"/></strong>
              <xsl:value-of select="concat(' ', @label, ' (', @source, ', ', $w-phone-checked, ' ', @date, ')')"/>
            </p>
          </xsl:for-each>
        </xsl:if>
      </page>
    </xsl:if>
  </xsl:template>
  <xsl:template match="v:situation" mode="frame">
    <li>
      <xsl:if test="string()"><p><xsl:value-of select="normalize-space()"/></p></xsl:if>
      <p>
        <xsl:text>→ </xsl:text>
        <a href="{@href}" page="yes">
          <strong><xsl:value-of select="normalize-space(concat(@label, ' ', @title))"/></strong>
        </a>
      </p>
    </li>
  </xsl:template>

  <!-- Of the table on the first page only the drawing: each procedure says the same under its title. -->
  <xsl:template match="v:matrix" mode="frame">
    <page name="0-matrix" kind="matrix" heading="{$w-matrix}">
      <h1><xsl:value-of select="$w-matrix"/></h1>
      <p class="subtitle"><xsl:call-template name="matrix-legend"/></p>
      <xsl:apply-templates select="v:picture" mode="frame">
        <xsl:with-param name="title" select="''"/>
        <xsl:with-param name="note" select="$w-matrix-note"/>
      </xsl:apply-templates>
    </page>
  </xsl:template>
  <xsl:template match="v:contents" mode="frame"/>
  <xsl:template match="v:contents"/>

  <!-- Forms to fill in, each on paper of its own. -->
  <xsl:template name="sheet-link">
    <xsl:if test="@v:sheet">
      <p><a href="{@v:sheet}" page="yes"><xsl:value-of select="$w-form-sheet"/></a></p>
    </xsl:if>
  </xsl:template>
  <xsl:template name="sheets">
    <xsl:param name="forms"/>
    <xsl:if test="$forms">
      <page name="0" kind="sheets" heading="{$w-forms}">
        <h1><xsl:value-of select="$w-forms"/></h1>
        <p><xsl:value-of select="$w-form-copy"/></p>
        <ul>
          <xsl:for-each select="$forms">
            <li>
              <a href="{@v:sheet}" page="yes">
                <xsl:value-of select="normalize-space(concat(@xml:id, ' ', @v:heading))"/>
              </a>
            </li>
          </xsl:for-each>
        </ul>
        <xsl:for-each select="$forms"><xsl:call-template name="sheet"/></xsl:for-each>
      </page>
    </xsl:if>
  </xsl:template>
  <xsl:template name="sheet">
    <page name="{@v:sheet}" kind="sheet" heading="{@v:heading}">
      <xsl:call-template name="cite"/>
      <xsl:apply-templates select="@xml:lang" mode="a"/>
      <xsl:if test="@v:class-label">
        <xsl:attribute name="class-label"><xsl:value-of select="@v:class-label"/></xsl:attribute>
      </xsl:if>
      <h1 class="v-sheet">
        <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
      </h1>
      <xsl:apply-templates select="db:para[@role = 'purpose']"/>
      <xsl:call-template name="sheet-fields"/>
    </page>
  </xsl:template>

  <xsl:template match="db:index|db:setindex" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:apply-templates/>
    <xsl:for-each select="v:index">
      <index><xsl:apply-templates select="v:letter/v:entry" mode="frame"/></index>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="v:entry" mode="frame">
    <xsl:param name="level" select="0"/>
    <e level="{$level}" words="{@words}">
      <xsl:if test="parent::v:letter and not(preceding-sibling::*[1])">
        <xsl:attribute name="letter"><xsl:value-of select="../@name"/></xsl:attribute>
      </xsl:if>
      <xsl:for-each select="v:place"><r number="{@number}"/></xsl:for-each>
      <xsl:for-each select="v:see"><see><xsl:value-of select="."/></see></xsl:for-each>
      <xsl:for-each select="v:also"><also><xsl:value-of select="."/></also></xsl:for-each>
    </e>
    <xsl:apply-templates select="v:entry" mode="frame">
      <xsl:with-param name="level" select="$level + 1"/>
    </xsl:apply-templates>
  </xsl:template>
  <!-- A place of the index. -->
  <xsl:template match="@v:place" mode="a">
    <xsl:attribute name="place"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <!-- Procedures. -->
  <xsl:template match="db:task" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:call-template name="under-title"/>
    <xsl:call-template name="warnings-first"/>
    <xsl:call-template name="facts"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="v:raci" mode="frame"/>
    <xsl:apply-templates select="v:picture" mode="frame"/>
  </xsl:template>

  <xsl:template name="facts">
    <xsl:if test="v:facts/v:fact or db:info/db:pubdate or db:info/db:date[@role = 'review'] or v:forms">
      <facts>
        <xsl:for-each select="v:facts/v:fact">
          <fact name="{@name}" key="{@key}"><xsl:value-of select="."/></fact>
        </xsl:for-each>
        <xsl:for-each select="db:info/db:pubdate">
          <fact name="{$w-in-force}"><xsl:apply-templates/></fact>
        </xsl:for-each>
        <xsl:for-each select="db:info/db:date[@role = 'review']">
          <fact name="{$w-review}"><xsl:apply-templates/></fact>
        </xsl:for-each>
        <xsl:for-each select="v:forms">
          <fact name="{$w-forms}">
            <xsl:for-each select="v:form">
              <xsl:if test="position() &gt; 1">, </xsl:if>
              <a href="{@href}" page="yes">
                <xsl:choose>
                  <xsl:when test="@label"><xsl:value-of select="@label"/></xsl:when>
                  <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
                </xsl:choose>
              </a>
            </xsl:for-each>
          </fact>
        </xsl:for-each>
      </facts>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:task/db:procedure|db:procedure">
    <section class="procedure">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:choose>
        <xsl:when test="parent::db:task">
          <h2 id="v-steps">
            <xsl:choose>
              <xsl:when test="db:title or db:info/db:title">
                <xsl:call-template name="title-text"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$w-steps"/></xsl:otherwise>
            </xsl:choose>
          </h2>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="block-title"/></xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:apply-templates select="*[not(self::db:step)]"/>
      <steps><xsl:apply-templates select="db:step"/></steps>
    </section>
  </xsl:template>
  <xsl:template match="db:substeps">
    <steps>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="db:step"/>
    </steps>
  </xsl:template>
  <xsl:template match="db:stepalternatives">
    <choice>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:if test="not(../@v:mode = 'brief')">
        <xsl:attribute name="title">
          <xsl:choose>
            <xsl:when test="@v:decision"><xsl:value-of select="$w-decide"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$w-do-one"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <xsl:if test="../@v:mode">
        <xsl:attribute name="mode"><xsl:value-of select="../@v:mode"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@v:class-label">
        <xsl:attribute name="class-label"><xsl:value-of select="@v:class-label"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="db:step"/>
    </choice>
  </xsl:template>

  <xsl:template match="db:step">
    <step label="{@v:label}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:if test="@v:mode">
        <xsl:attribute name="mode"><xsl:value-of select="@v:mode"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@v:default and db:para[@role = 'because']">
        <xsl:attribute name="default"><xsl:value-of select="$w-default-branch"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@v:in-absence">
        <xsl:attribute name="standin"><xsl:value-of select="@v:in-absence"/></xsl:attribute>
      </xsl:if>
      <title>
        <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
        <xsl:if test="@performance = 'optional'">
          <xsl:text> </xsl:text>
          <span class="v-optional"><xsl:value-of select="concat('(', $w-optional, ')')"/></span>
        </xsl:if>
        <xsl:if test="@v:class-label">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
        </xsl:if>
      </title>
      <xsl:if test="@v:actors or @v:receivers">
        <who>
          <xsl:if test="@v:actors">
            <xsl:attribute name="key"><xsl:value-of select="@v:who"/></xsl:attribute>
            <xsl:attribute name="by"><xsl:value-of select="@v:actors"/></xsl:attribute>
          </xsl:if>
          <xsl:if test="@v:receivers">
            <xsl:attribute name="to"><xsl:value-of select="@v:receivers"/></xsl:attribute>
          </xsl:if>
        </who>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="@v:go-text">
        <go>
          <xsl:choose>
            <xsl:when test="@v:go-target">
              <a page="yes"><xsl:call-template name="go-href"/><xsl:value-of select="@v:go-text"/></a>
            </xsl:when>
            <xsl:otherwise><xsl:value-of select="@v:go-text"/></xsl:otherwise>
          </xsl:choose>
        </go>
      </xsl:if>
    </step>
  </xsl:template>

  <xsl:template name="handoff">
    <handoff title="{$w-handoff}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:if test="@v:class-label">
        <xsl:attribute name="class-label"><xsl:value-of select="@v:class-label"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="../@v:actors">
        <xsl:attribute name="by"><xsl:value-of select="../@v:actors"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="../@v:receivers">
        <xsl:attribute name="to"><xsl:value-of select="../@v:receivers"/></xsl:attribute>
      </xsl:if>
      <xsl:for-each select="db:varlistentry">
        <f>
          <xsl:attribute name="name">
            <xsl:variable name="words">
              <xsl:apply-templates select="db:term[1]" mode="words"/>
            </xsl:variable>
            <xsl:value-of select="normalize-space($words)"/>
          </xsl:attribute>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
          <xsl:for-each select="db:listitem">
            <xsl:apply-templates select="@v:class-label" mode="tag"/>
            <xsl:apply-templates/>
          </xsl:for-each>
        </f>
      </xsl:for-each>
    </handoff>
  </xsl:template>

  <xsl:template match="v:picture" mode="frame">
    <xsl:param name="title" select="$w-lane"/>
    <xsl:param name="note" select="$w-lane-note"/>
    <drawn kind="{@kind}" title="{$title}" note="{$note}">
      <xsl:copy-of select="@cuts"/>
      <xsl:apply-templates select="svg"/>
    </drawn>
  </xsl:template>

  <xsl:template match="db:footnote|db:footnote//db:footnote">
    <note label="{@v:label}"><xsl:apply-templates/></note>
  </xsl:template>
  <xsl:template match="db:footnoteref">
    <sup>
      <xsl:choose>
        <xsl:when test="@v:href or @v:target">
          <a><xsl:call-template name="href"/><xsl:value-of select="@v:text"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@v:text"/></xsl:otherwise>
      </xsl:choose>
    </sup>
  </xsl:template>

  <xsl:template match="db:link|db:olink|db:uri|db:xref">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a page="yes"><xsl:call-template name="href"/>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="link-text"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="link-text"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The place of an author's term. -->
  <xsl:template match="db:indexterm">
    <xsl:if test="@v:place"><term><xsl:apply-templates select="@v:place" mode="a"/></term></xsl:if>
  </xsl:template>

</xsl:stylesheet>
