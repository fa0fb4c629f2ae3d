<?xml version="1.0" encoding="UTF-8"?>
<!--
  Turns one projected handbook into one plain DocBook 5.0 file, for any tool that knows DocBook.
  Used by format/docbook.c, which puts pictures into the result.

  What v: attributes say becomes content: labels and classes go into titles, actors and receivers
  into paragraphs, facts and responsibilities into lists and tables. What is not named here is
  copied. A step's label stands in its title, for tools number steps by counting, and a handbook
  need not show all of them.
  Output: fileref names a picture of the view.
  Invariant: valid against DocBook 5.0's schema, and no id is cited that is not there. Linear.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns="http://docbook.org/ns/docbook"
    exclude-result-prefixes="db v out xlink">

  <xsl:include href="words.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:key name="id" match="db:*[@xml:id]" use="@xml:id"/>

  <xsl:variable name="top" select="/v:handbook"/>
  <xsl:variable name="draft" select="$top/@mode = 'draft'"/>

  <xsl:template match="/">
    <xsl:for-each select="$top/db:*"><xsl:call-template name="copied"/></xsl:for-each>
  </xsl:template>

  <!-- What holds no text of its own, a paragraph or a title ends its line. -->
  <xsl:template match="*">
    <xsl:call-template name="copied"/>
    <xsl:if test="out:is-container() or self::db:para or self::db:title">
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- What we left on the view for other formats. -->
  <xsl:template match="v:*"/>

  <!-- What a filter put between, in no namespace: only its content is DocBook's. -->
  <xsl:template match="*[namespace-uri() = '']">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- The element under its own name: attributes, the mark of its class, its head (titles and
       metadata), what we say before, its blocks, what we say after. -->
  <xsl:template name="copied">
    <xsl:choose>
      <xsl:when test="not(self::db:*)"><xsl:call-template name="foreign"/></xsl:when>
      <xsl:otherwise>
        <xsl:element name="{local-name()}">
          <xsl:if test="parent::v:handbook"><xsl:copy-of select="namespace::xlink"/></xsl:if>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates select="." mode="number"/>
          <xsl:if test="parent::v:handbook"><xsl:call-template name="root-attributes"/></xsl:if>
          <xsl:if test="@v:mark"><xsl:value-of select="concat('[', @v:mark, '] ')"/></xsl:if>
          <xsl:apply-templates select="." mode="content"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="root-attributes">
    <xsl:if test="not(@version)"><xsl:attribute name="version">5.0</xsl:attribute></xsl:if>
    <!-- xml:lang of the sources is that of the handbook. -->
    <xsl:if test="not(@xml:lang)">
      <xsl:attribute name="xml:lang"><xsl:value-of select="$top/@lang"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- Drawings and formulas, in their own namespace, without what runs and what leads away. -->
  <xsl:template name="foreign">
    <xsl:element name="{local-name()}" namespace="{namespace-uri()}">
      <xsl:for-each select="@*">
        <xsl:choose>
          <xsl:when test="namespace-uri() = ''">
            <xsl:if test="not(starts-with(name(), 'on'))"><xsl:copy-of select="."/></xsl:if>
          </xsl:when>
          <xsl:when test="namespace-uri() = 'http://www.w3.org/1999/xlink' and starts-with(., '#')">
            <xsl:attribute name="xlink:href"><xsl:value-of select="."/></xsl:attribute>
          </xsl:when>
        </xsl:choose>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Attributes -->

  <xsl:template match="@*"><xsl:copy-of select="."/></xsl:template>
  <xsl:template match="@v:*|@xlink:*|@xml:base|@db:*"/>
  <!-- Words about the source that no format shows a reader: what it was made from, and for which
       variant it is meant. -->
  <xsl:template match="@arch|@condition|@conformance|@os|@remap|@revision|@userlevel|@vendor
      |@wordsize"/>
  <!-- What we added keeps no id, so that the file is a source again (book_id_is_reserved). -->
  <xsl:template match="@xml:id">
    <xsl:if test="not(starts-with(., 'v-') or . = 'notice'
        or translate(., 'HANDOFS', 'handofs') = 'handoffs')">
      <xsl:copy-of select="."/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="@fileref[../@v:src]">
    <xsl:attribute name="fileref"><xsl:value-of select="../@v:src"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@linkend|@linkends|@otherterm|@endterm|@arearefs|@zone|@startref
      |@annotations">
    <xsl:variable name="known">
      <xsl:call-template name="known-ids">
        <xsl:with-param name="ids" select="normalize-space()"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="$known != ''">
      <xsl:attribute name="{name()}"><xsl:value-of select="normalize-space($known)"/></xsl:attribute>
    </xsl:if>
  </xsl:template>
  <xsl:template name="known-ids">
    <xsl:param name="ids"/>
    <xsl:variable name="first" select="substring-before(concat($ids, ' '), ' ')"/>
    <xsl:if test="key('id', $first)"><xsl:value-of select="concat($first, ' ')"/></xsl:if>
    <xsl:if test="contains($ids, ' ')">
      <xsl:call-template name="known-ids">
        <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Numbers that other tools would count otherwise. -->
  <xsl:template match="*" mode="number"/>
  <xsl:template match="db:part[not(@label)]|db:chapter[not(@label)]|db:appendix[not(@label)]
      |db:figure[not(@label)]|db:table[not(@label)]|db:example[not(@label)]
      |db:equation[not(@label)]|db:footnote[not(@label)]" mode="number">
    <xsl:if test="@v:label">
      <xsl:attribute name="label"><xsl:value-of select="@v:label"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- Content -->

  <xsl:template match="*" mode="content"><xsl:apply-templates/></xsl:template>

  <!-- A page, or any other block that must hold one. -->
  <xsl:template match="db:step|db:section|db:chapter|db:appendix|db:preface|db:article|db:sect1
      |db:sect2|db:sect3|db:sect4|db:sect5|db:simplesect|db:colophon|db:dedication
      |*[@v:page]" mode="content">
    <xsl:call-template name="head"/>
    <xsl:call-template name="blocks"/>
    <xsl:apply-templates select="." mode="filler"/>
  </xsl:template>
  <xsl:template name="head">
    <xsl:apply-templates select="db:title|db:titleabbrev|db:subtitle|db:info"/>
    <xsl:if test="@v:page and not(db:info)">
      <info><xsl:call-template name="edition"/></info>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>
  <xsl:template name="blocks">
    <xsl:apply-templates select="node()[not(self::db:title or self::db:titleabbrev
        or self::db:subtitle or self::db:info)]"/>
  </xsl:template>
  <!-- What DocBook wants of an element besides what a reader is shown: project/schema_filler.c. -->
  <xsl:template match="*" mode="filler"/>
  <xsl:template match="db:step|db:section|db:chapter|db:appendix|db:preface|db:article|db:sect1
      |db:sect2|db:sect3|db:sect4|db:sect5|db:simplesect|db:colophon|db:dedication" mode="filler">
    <xsl:if test="not(db:*[not(self::db:title or self::db:titleabbrev or self::db:subtitle
        or self::db:info or self::db:toc or self::db:index or self::db:glossary
        or self::db:bibliography)])">
      <para/>
      <xsl:if test="not(self::db:step)"><xsl:text>&#10;</xsl:text></xsl:if>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:procedure" mode="content">
    <xsl:apply-templates/>
    <xsl:if test="not(db:step)">
      <step><para/></step>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:info" mode="content">
    <xsl:apply-templates/>
    <xsl:for-each select="parent::*[@v:page]"><xsl:call-template name="edition"/></xsl:for-each>
  </xsl:template>

  <!-- What an edition says on every page; the first one has the notice in full. -->
  <xsl:template name="edition">
    <releaseinfo role="edition"><xsl:call-template name="edition-line"/></releaseinfo>
    <xsl:for-each select="$top/v:notice">
      <releaseinfo role="notice"><xsl:value-of select="@line"/></releaseinfo>
    </xsl:for-each>
    <xsl:if test="parent::v:handbook and $top/v:notice">
      <legalnotice>
        <title><xsl:value-of select="$top/v:notice/@title"/></title>
        <xsl:for-each select="$top/v:notice/v:para">
          <para><xsl:value-of select="."/></para>
        </xsl:for-each>
      </legalnotice>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>
  <xsl:template name="edition-line">
    <xsl:if test="$draft"><xsl:value-of select="concat($w-draft, ' · ')"/></xsl:if>
    <xsl:value-of select="$top/@title"/>
    <xsl:choose>
      <xsl:when test="@v:class-label"><xsl:value-of select="concat(' · ', @v:class-label)"/></xsl:when>
      <xsl:when test="$top/@class-label"><xsl:value-of select="concat(' · ', $top/@class-label)"/></xsl:when>
    </xsl:choose>
    <xsl:value-of select="$edition-facts"/>
    <xsl:if test="not($top/@lone)">
      <xsl:value-of select="concat(' · ', $w-uncontrolled, ' · ', $w-code, ' ', $top/@code)"/>
    </xsl:if>
  </xsl:template>
  <xsl:variable name="edition-facts">
    <xsl:if test="$top/@version"><xsl:value-of select="concat(' · ', $w-edition, ' ', $top/@version)"/></xsl:if>
    <xsl:if test="$top/@date"><xsl:value-of select="concat(' · ', $w-in-force, ' ', $top/@date)"/></xsl:if>
    <xsl:if test="$top/@review"><xsl:value-of select="concat(' · ', $w-review, ' ', $top/@review)"/></xsl:if>
    <xsl:value-of select="concat(' · ', $w-language-name)"/>
  </xsl:variable>

  <!-- Titles -->

  <xsl:template match="db:title" mode="content">
    <xsl:apply-templates select="parent::*[not(self::db:info)]|parent::db:info/parent::*" mode="before-title"/>
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="*" mode="before-title"/>
  <xsl:template match="db:step" mode="before-title">
    <xsl:call-template name="step-label"/>
    <xsl:text>: </xsl:text>
  </xsl:template>
  <xsl:template match="db:task[@xml:id]" mode="before-title">
    <xsl:value-of select="concat(@xml:id, ' ')"/>
  </xsl:template>
  <xsl:template match="db:important[@role = 'safeguard']" mode="before-title">
    <xsl:value-of select="concat($w-safeguard, ': ')"/>
  </xsl:template>

  <!-- "Step 1-R1", "Step 2 (Optional)". -->
  <xsl:template name="step-label">
    <xsl:choose>
      <xsl:when test="parent::db:stepalternatives"><xsl:value-of select="$w-branch"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w-step"/></xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat(' ', @v:label)"/>
    <xsl:if test="@performance = 'optional'"><xsl:value-of select="concat(' (', $w-optional, ')')"/></xsl:if>
  </xsl:template>

  <!-- A title where there is none but one is needed. -->
  <xsl:template match="db:important[@role = 'safeguard'][not(db:title or db:info/db:title)]"
      mode="content">
    <title><xsl:value-of select="$w-safeguard"/></title>
    <xsl:text>&#10;</xsl:text>
    <xsl:apply-templates/>
  </xsl:template>
  <!-- "Hand-off: Teacher → Coordinator". -->
  <xsl:template match="db:variablelist[@role = 'handoff'][not(db:title or db:info/db:title)]"
      mode="content">
    <title>
      <xsl:value-of select="$w-handoff"/>
      <xsl:if test="../@v:receivers">
        <xsl:text>: </xsl:text>
        <xsl:if test="../@v:actors"><xsl:value-of select="concat(../@v:actors, ' ')"/></xsl:if>
        <xsl:value-of select="concat('→ ', ../@v:receivers)"/>
      </xsl:if>
    </title>
    <xsl:text>&#10;</xsl:text>
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Procedures -->

  <xsl:template match="db:step" mode="content" priority="1">
    <xsl:if test="not(db:title or db:info/db:title)">
      <title><xsl:call-template name="step-label"/></title>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:call-template name="head"/>
    <xsl:if test="@v:default and db:para[@role = 'because']"><para role="default"><xsl:value-of select="$w-default-branch"/></para></xsl:if>
    <xsl:if test="@v:in-absence"><para role="standin"><xsl:value-of select="@v:in-absence"/></para></xsl:if>
    <xsl:if test="@v:actors or @v:receivers"><xsl:call-template name="who"/></xsl:if>
    <xsl:call-template name="blocks"/>
    <xsl:choose>
      <xsl:when test="@v:go-text"><xsl:call-template name="go"/></xsl:when>
      <xsl:when test="not(@v:in-absence or @v:actors or @v:receivers)">
        <xsl:apply-templates select="." mode="filler"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="who">
    <para role="who">
      <xsl:if test="@v:actors"><xsl:value-of select="concat(@v:who, ': ', @v:actors)"/></xsl:if>
      <xsl:if test="@v:receivers">
        <xsl:if test="@v:actors"><xsl:text> </xsl:text></xsl:if>
        <xsl:value-of select="concat('→ ', $w-hands-over, ': ', @v:receivers)"/>
      </xsl:if>
    </para>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>
  <xsl:template name="go">
    <para role="go">
      <xsl:text>→ </xsl:text>
      <xsl:choose>
        <xsl:when test="@v:go-target">
          <link linkend="{@v:go-target}"><xsl:value-of select="@v:go-text"/></link>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@v:go-text"/></xsl:otherwise>
      </xsl:choose>
    </para>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- The alternatives of a step, behind a line that says what to do. Whoever does not choose is
       not told to. -->
  <xsl:template match="db:stepalternatives">
    <xsl:if test="not(../@v:mode = 'brief')">
      <para role="decide">
        <xsl:choose>
          <xsl:when test="@v:decision = 'yes'"><xsl:value-of select="$w-decide"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$w-do-one"/></xsl:otherwise>
        </xsl:choose>
      </para>
    </xsl:if>
    <xsl:call-template name="copied"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- Facts stand in the summary, responsibilities in what is related; either is made if missing. -->
  <xsl:template match="db:task" mode="content" priority="1">
    <xsl:call-template name="head"/>
    <xsl:if test="v:facts/* and not(db:tasksummary)">
      <tasksummary><xsl:apply-templates select="v:facts" mode="facts"/></tasksummary>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:call-template name="blocks"/>
    <xsl:if test="v:raci/* and not(db:taskrelated)">
      <taskrelated>
        <xsl:text>&#10;</xsl:text>
        <xsl:apply-templates select="v:raci" mode="raci"/>
      </taskrelated>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:tasksummary" mode="content">
    <xsl:call-template name="head"/>
    <xsl:apply-templates select="../v:facts[*]" mode="facts"/>
    <xsl:call-template name="blocks"/>
  </xsl:template>
  <xsl:template match="db:taskrelated" mode="content">
    <xsl:apply-templates/>
    <xsl:apply-templates select="../v:raci[*]" mode="raci"/>
  </xsl:template>
  <xsl:template match="v:facts" mode="facts">
    <variablelist role="facts">
      <xsl:text>&#10;</xsl:text>
      <xsl:for-each select="*">
        <varlistentry>
          <term><xsl:value-of select="@name"/></term>
          <listitem><para><xsl:value-of select="."/></para></listitem>
        </varlistentry>
        <xsl:text>&#10;</xsl:text>
      </xsl:for-each>
    </variablelist>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>
  <!-- Who is responsible, accountable, consulted, informed. -->
  <xsl:template match="v:raci" mode="raci">
    <para role="raci"><emphasis role="strong"><xsl:value-of select="$w-raci"/></emphasis></para>
    <xsl:text>&#10;</xsl:text>
    <informaltable role="raci">
      <tgroup cols="5">
        <xsl:text>&#10;</xsl:text>
        <thead>
          <row>
            <entry><xsl:value-of select="$w-step"/></entry>
            <entry><xsl:value-of select="$w-responsible"/></entry>
            <entry><xsl:value-of select="$w-accountable"/></entry>
            <entry><xsl:value-of select="$w-consulted"/></entry>
            <entry><xsl:value-of select="$w-informed"/></entry>
          </row>
        </thead>
        <xsl:text>&#10;</xsl:text>
        <tbody>
          <xsl:text>&#10;</xsl:text>
          <xsl:for-each select="*">
            <row>
              <entry><xsl:value-of select="concat(@label, ' ', @title)"/></entry>
              <entry><xsl:value-of select="@r"/></entry>
              <entry><xsl:value-of select="@a"/></entry>
              <entry><xsl:value-of select="@c"/></entry>
              <entry><xsl:value-of select="@i"/></entry>
            </row>
            <xsl:text>&#10;</xsl:text>
          </xsl:for-each>
        </tbody>
      </tgroup>
    </informaltable>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- In a line -->

  <!-- Whatever cites is a link with its text, or a phrase if it leads nowhere. An address on the
       web has no target. -->
  <xsl:template match="db:biblioref|db:coref|db:link|db:olink|db:xref">
    <xsl:choose>
      <xsl:when test="@v:target or @v:href">
        <link><xsl:call-template name="link-content"/></link>
      </xsl:when>
      <xsl:otherwise>
        <phrase><xsl:call-template name="link-content"/></phrase>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="link-content">
    <xsl:copy-of select="@role"/>
    <xsl:copy-of select="@xml:id"/>
    <xsl:choose>
      <xsl:when test="@v:target">
        <xsl:attribute name="linkend"><xsl:value-of select="@v:target"/></xsl:attribute>
      </xsl:when>
      <xsl:when test="@v:href">
        <xsl:attribute name="xlink:href"><xsl:value-of select="@v:href"/></xsl:attribute>
      </xsl:when>
    </xsl:choose>
    <xsl:call-template name="link-text"/>
  </xsl:template>
  <xsl:template name="link-text">
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@v:text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- "See: …" of a glossary, with the words of what it names. -->
  <xsl:template match="db:glosssee|db:glossseealso">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*"/>
      <xsl:call-template name="link-text"/>
    </xsl:element>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="db:footnoteref">
    <xsl:choose>
      <xsl:when test="@v:target"><xsl:call-template name="copied"/></xsl:when>
      <xsl:otherwise><superscript><xsl:value-of select="@v:text"/></superscript></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- In drafts the default of a parameter names it. -->
  <xsl:template match="db:phrase[@v:param]">
    <xsl:call-template name="copied"/>
    <xsl:if test="$draft"><xsl:value-of select="concat(' [', $w-default, ': ', @v:param, ']')"/></xsl:if>
  </xsl:template>
  <!-- Nobody has checked this reference yet. -->
  <xsl:template match="db:bibliomixed[@role = 'U']" mode="content">
    <xsl:apply-templates/>
    <xsl:if test="$top/@mode != 'release'"><xsl:value-of select="concat(' [', $w-to-verify, ']')"/></xsl:if>
  </xsl:template>

</xsl:stylesheet>
