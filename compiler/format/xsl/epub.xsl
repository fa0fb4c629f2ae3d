<?xml version="1.0" encoding="UTF-8"?>
<!--
  The package document and the navigation document of an EPUB 3.3: metadata, manifest, reading
  order and contents. Used by format/epub.c.

  Input: v:handbook with its attributes, v:words and v:notice, and what C found in the pages:
    @project, @css                the project's id; the organisation's style sheet
    chapter[@name,@title] > …     a file, nested as its page; @svg, @image, @math, @index: it holds
                                  such; @untold: a picture in it has no words that stand for it
    asset[@name,@type]            a picture's file, once
  Output: files > package, html.
  Invariant: every file of the archive but the container's own is in the manifest once; nothing is
  in it that is not there. No clock is read.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="v">

  <xsl:include href="words.xsl"/>

  <xsl:variable name="root" select="/v:handbook"/>
  <xsl:variable name="chapters" select="$root/descendant::chapter"/>
  <!-- What came into force on no day that we know has one all the same. -->
  <xsl:variable name="dated" select="translate($root/@date, '123456789', '000000000') = '0000-00-00'"/>

  <xsl:template match="v:handbook">
    <files>
      <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
          xml:lang="{@lang}" prefix="schema: http://schema.org/">
        <xsl:text>&#10;</xsl:text>
        <xsl:call-template name="metadata"/>
        <xsl:call-template name="manifest"/>
        <spine>
          <xsl:text>&#10;</xsl:text>
          <xsl:for-each select="$chapters">
            <itemref idref="c{position() - 1}"/>
            <xsl:text>&#10;</xsl:text>
          </xsl:for-each>
        </spine>
        <xsl:text>&#10;</xsl:text>
      </package>
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
          lang="{@lang}" xml:lang="{@lang}">
        <head>
          <meta charset="utf-8"/>
          <title><xsl:value-of select="$w-contents"/></title>
          <link rel="stylesheet" type="text/css" href="epub.css"/>
        </head>
        <xsl:text>&#10;</xsl:text>
        <body>
          <nav epub:type="toc" id="toc">
            <h1><xsl:value-of select="$w-contents"/></h1>
            <ol><xsl:apply-templates select="chapter" mode="nav"/></ol>
          </nav>
        </body>
      </html>
    </files>
  </xsl:template>

  <xsl:template match="chapter" mode="nav">
    <xsl:text>&#10;</xsl:text>
    <li xmlns="http://www.w3.org/1999/xhtml">
      <a href="{@name}"><xsl:value-of select="@title"/></a>
      <xsl:if test="chapter">
        <ol><xsl:apply-templates select="chapter" mode="nav"/></ol>
      </xsl:if>
    </li>
  </xsl:template>

  <xsl:template name="metadata">
    <metadata xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <xsl:text>&#10;</xsl:text>
      <!-- It stays the same as long as what the handbook says does. -->
      <dc:identifier id="id">
        <xsl:value-of select="concat('urn:vademecum:', @project, ':', @id, ':', @lang, ':', @code)"/>
      </dc:identifier>
      <xsl:text>&#10;</xsl:text>
      <dc:title>
        <xsl:value-of select="@title"/>
        <xsl:if test="not(@lone)"><xsl:value-of select="concat(' – ', @project-title)"/></xsl:if>
      </dc:title>
      <xsl:text>&#10;</xsl:text>
      <dc:language><xsl:value-of select="@lang"/></dc:language>
      <xsl:text>&#10;</xsl:text>
      <xsl:for-each select="v:notice">
        <dc:description>
          <xsl:value-of select="concat(@title, '.')"/>
          <xsl:for-each select="v:para"><xsl:value-of select="concat(' ', .)"/></xsl:for-each>
        </dc:description>
        <xsl:text>&#10;</xsl:text>
        <dc:rights><xsl:value-of select="@line"/></dc:rights>
        <xsl:text>&#10;</xsl:text>
      </xsl:for-each>
      <xsl:if test="$dated"><dc:date><xsl:value-of select="@date"/></dc:date></xsl:if>
      <xsl:text>&#10;</xsl:text>
      <meta property="dcterms:modified">
        <xsl:if test="$dated"><xsl:value-of select="@date"/></xsl:if>
        <xsl:if test="not($dated)">2000-01-01</xsl:if>
        <xsl:text>T00:00:00Z</xsl:text>
      </meta>
      <xsl:text>&#10;</xsl:text>
      <xsl:if test="@version">
        <xsl:call-template name="schema">
          <xsl:with-param name="property" select="'version'"/>
          <xsl:with-param name="value" select="@version"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:if test="@class-label">
        <meta property="dcterms:accessRights"><xsl:value-of select="@class-label"/></meta>
        <xsl:text>&#10;</xsl:text>
      </xsl:if>
      <xsl:call-template name="accessibility"/>
    </metadata>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- EPUB Accessibility 1.1, section 2: what was found in the content. There is neither sound nor
       film nor script in it. -->
  <xsl:template name="accessibility">
    <xsl:variable name="visual" select="$chapters/@image or $chapters/@svg"/>
    <xsl:variable name="untold" select="boolean($chapters/@untold)"/>
    <xsl:variable name="sufficient">
      <xsl:text>textual</xsl:text>
      <xsl:if test="$untold">,visual</xsl:if>
    </xsl:variable>
    <xsl:call-template name="schema">
      <xsl:with-param name="property" select="'accessMode'"/>
      <xsl:with-param name="value" select="'textual'"/>
    </xsl:call-template>
    <xsl:call-template name="schema">
      <xsl:with-param name="if" select="$visual"/>
      <xsl:with-param name="property" select="'accessMode'"/>
      <xsl:with-param name="value" select="'visual'"/>
    </xsl:call-template>
    <xsl:call-template name="schema">
      <xsl:with-param name="property" select="'accessModeSufficient'"/>
      <xsl:with-param name="value" select="$sufficient"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="value" select="'tableOfContents'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="if" select="$chapters/@index"/>
      <xsl:with-param name="value" select="'index'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="value" select="'readingOrder'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="value" select="'structuralNavigation'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="value" select="'displayTransformability'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="if" select="$visual and not($untold)"/>
      <xsl:with-param name="value" select="'alternativeText'"/>
    </xsl:call-template>
    <xsl:call-template name="feature">
      <xsl:with-param name="if" select="$chapters/@math"/>
      <xsl:with-param name="value" select="'MathML'"/>
    </xsl:call-template>
    <xsl:call-template name="schema">
      <xsl:with-param name="property" select="'accessibilityHazard'"/>
      <xsl:with-param name="value" select="'none'"/>
    </xsl:call-template>
    <meta xmlns="http://www.idpf.org/2007/opf" property="schema:accessibilitySummary">
      <xsl:if test="$untold"><xsl:value-of select="$w-epub-summary-images"/></xsl:if>
      <xsl:if test="not($untold)"><xsl:value-of select="$w-epub-summary"/></xsl:if>
    </meta>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>
  <xsl:template name="feature">
    <xsl:param name="if" select="true()"/>
    <xsl:param name="value"/>
    <xsl:call-template name="schema">
      <xsl:with-param name="if" select="$if"/>
      <xsl:with-param name="property" select="'accessibilityFeature'"/>
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="schema">
    <xsl:param name="if" select="true()"/>
    <xsl:param name="property"/>
    <xsl:param name="value"/>
    <xsl:if test="$if">
      <meta xmlns="http://www.idpf.org/2007/opf" property="schema:{$property}">
        <xsl:value-of select="$value"/>
      </meta>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- An id is a letter and a number. -->
  <xsl:template name="manifest">
    <manifest xmlns="http://www.idpf.org/2007/opf">
      <xsl:text>&#10;</xsl:text>
      <item id="n0" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
      <xsl:text>&#10;</xsl:text>
      <item id="s0" href="epub.css" media-type="text/css"/>
      <xsl:text>&#10;</xsl:text>
      <xsl:if test="@css">
        <item id="s1" href="{@css}" media-type="text/css"/>
        <xsl:text>&#10;</xsl:text>
      </xsl:if>
      <xsl:for-each select="$chapters">
        <item id="c{position() - 1}" href="{@name}" media-type="application/xhtml+xml">
          <xsl:if test="@math or @svg">
            <xsl:attribute name="properties">
              <xsl:if test="@math">mathml</xsl:if>
              <xsl:if test="@math and @svg"><xsl:text> </xsl:text></xsl:if>
              <xsl:if test="@svg">svg</xsl:if>
            </xsl:attribute>
          </xsl:if>
        </item>
        <xsl:text>&#10;</xsl:text>
      </xsl:for-each>
      <xsl:for-each select="asset">
        <item id="a{position() - 1}" href="assets/{@name}" media-type="{@type}"/>
        <xsl:text>&#10;</xsl:text>
      </xsl:for-each>
    </manifest>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
