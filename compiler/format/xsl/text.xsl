<?xml version="1.0" encoding="UTF-8"?>
<!--
  Turns one projected handbook into the tree that format/text.c writes as lines. It takes over
  html.xsl, as print.xsl does, and puts in place of what only a screen has what plain text wants.

  Output, in no namespace: page, nested as the pages are, > head > p*, then blocks.
    h1 … h6, p                  words; with @close="yes" nothing stands between them and others
    div, section, nav, figure, figcaption, blockquote
                                blocks; @bar stands before each of their lines
    pre                         lines as they are
    ul, ol[@start,@type] > li   items; @mark stands before one, @label too, and is of its text
    dl > … dt, dd               terms and what they mean; on one line with @short="yes"
    table > caption, thead, tbody, tfoot > tr > td, th
  In a line: br, em, img[@alt], a[@cite]: what finds a link's target, an id or an address, to be
  said if the words of the link do not. Of all others only the content counts, and of attributes
  (class among them) only those named here.
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

  <!-- Procedures are cited by their ids. -->
  <xsl:key name="cited" match="db:task[@xml:id]" use="@v:page"/>

  <xsl:attribute-set name="box">
    <xsl:attribute name="bar">
      <xsl:choose>
        <xsl:when test="self::db:warning">!! </xsl:when>
        <xsl:when test="self::db:blockquote or self::db:epigraph"><xsl:text>    </xsl:text></xsl:when>
        <xsl:otherwise>|  </xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="line">
    <xsl:attribute name="close">yes</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="facts">
    <xsl:attribute name="short">yes</xsl:attribute>
  </xsl:attribute-set>
  <!-- A step that the reader takes has a box to tick. -->
  <xsl:attribute-set name="item">
    <xsl:attribute name="mark">
      <xsl:choose>
        <xsl:when test="not(parent::db:stepalternatives)">
          <xsl:value-of select="substring('[ ]     ', 1 + 4 * (not(@v:mode = 'mine' or @v:mode = 'standin')), 4)"/>
        </xsl:when>
        <xsl:when test="@v:default">=&gt; </xsl:when>
        <xsl:otherwise>-&gt; </xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:attribute-set>

  <!-- What every page of a handbook says, then the page. -->
  <xsl:template name="page">
    <page>
      <head>
        <p>
          <xsl:if test="@v:class-label or $class-label">
            <xsl:text>[</xsl:text><xsl:call-template name="class-label"/><xsl:text>]</xsl:text>
          </xsl:if>
          <xsl:value-of select="concat(' ', @v:heading)"/>
        </p>
        <xsl:copy-of select="$running-rest"/>
      </head>
      <xsl:apply-templates select="." mode="main"/>
      <xsl:call-template name="footnotes"/>
    </page>
  </xsl:template>

  <!-- The contents stand once, on the first page. -->
  <xsl:template match="v:contents" mode="frame">
    <xsl:if test="../@v:front"><xsl:apply-imports/></xsl:if>
  </xsl:template>

  <!-- For who can click, fill in, see a drawing, or hear the page. -->
  <xsl:template name="jump"/>
  <xsl:template name="letters"/>
  <xsl:template name="sheet-link"/>
  <xsl:template name="heard"/>
  <xsl:template match="v:forms|v:picture" mode="frame"/>
  <xsl:template match="svg:*|v:picture/svg"/>

  <!-- Marks that stand before an item. -->
  <xsl:template match="db:itemizedlist/@role[. = 'checklist']" mode="a">
    <xsl:attribute name="mark">[ ] </xsl:attribute>
  </xsl:template>
  <xsl:template match="@v:number" mode="label">
    <xsl:attribute name="label"><xsl:value-of select="concat(., '. ')"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="db:footnote/@v:label" mode="label">
    <xsl:attribute name="label"><xsl:value-of select="concat('[', ., '] ')"/></xsl:attribute>
  </xsl:template>

  <!-- Blocks. -->
  <xsl:template match="db:literallayout|db:address">
    <div>
      <pre>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
        <xsl:apply-templates/>
      </pre>
    </div>
  </xsl:template>

  <!-- In a line. -->
  <xsl:template match="@v:class-label|@class-label" mode="word">
    <xsl:value-of select="concat('[', ., ']')"/>
  </xsl:template>
  <xsl:template name="kind">
    <xsl:param name="word"/>
    <xsl:value-of select="concat($word, ':')"/>
  </xsl:template>
  <xsl:template match="db:footnote[not(ancestor::db:footnote)]">
    <xsl:value-of select="concat('[', @v:label, ']')"/>
  </xsl:template>
  <xsl:template match="db:footnoteref">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <xsl:value-of select="concat('[', @v:text, ']')"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="@v:text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="mml:math">
    <xsl:choose>
      <xsl:when test="@alttext"><xsl:value-of select="@alttext"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="line"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where a link leads, for a reader of paper: to the web, or to a procedure, by the id of what is
       cited in it. -->
  <xsl:template match="db:glossterm|db:firstterm"><xsl:apply-templates/></xsl:template>
  <xsl:template name="href">
    <xsl:choose>
      <xsl:when test="not(@v:href)">
        <xsl:call-template name="cite">
          <xsl:with-param name="page" select="@href|@v:target-page"/>
          <xsl:with-param name="mark" select="@v:target-mark"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="starts-with(@v:href, 'http')">
        <xsl:attribute name="cite"><xsl:value-of select="@v:href"/></xsl:attribute>
      </xsl:when>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="go-href">
    <xsl:call-template name="cite">
      <xsl:with-param name="page" select="@v:go-target-page"/>
      <xsl:with-param name="mark" select="@v:go-target-mark"/>
    </xsl:call-template>
  </xsl:template>
  <!-- A mark that begins with "v-" is one of the frame. -->
  <xsl:template name="cite">
    <xsl:param name="page"/>
    <xsl:param name="mark"/>
    <xsl:variable name="task" select="key('cited', $page)"/>
    <xsl:if test="$task">
      <xsl:attribute name="cite">
        <xsl:choose>
          <xsl:when test="$mark and not(starts-with($mark, 'v-'))"><xsl:value-of select="$mark"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$task/@xml:id"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
