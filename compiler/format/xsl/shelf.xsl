<?xml version="1.0" encoding="UTF-8"?>
<!--
  The index page of a shelf: its handbooks, in groups, with a link per language and format.
  Titles may come once, as an attribute, or once per language, as v:title children.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    extension-element-prefixes="out"
    exclude-result-prefixes="v">

  <xsl:template match="v:shelf">
    <out:page name="index.html">
      <html lang="{$lang}">
        <head>
          <meta charset="utf-8"/>
          <title><xsl:value-of select="@title"/></title>
          <xsl:apply-templates select="v:notice[1]" mode="meta"/>
          <xsl:copy-of select="$head"/>
        </head>
        <body class="v-shelf">
          <xsl:call-template name="running"/>
          <div class="v-page">
            <xsl:copy-of select="$skip"/>
            <header class="v-top">
              <xsl:call-template name="overlay-banner"/>
              <xsl:copy-of select="$site"/>
              <xsl:call-template name="class-mark"/>
            </header>
            <main id="v-main" tabindex="-1">
              <h1><xsl:call-template name="titles"/></h1>
              <xsl:if test="v:group[2]">
                <nav class="v-jump" aria-label="{$w-contents}">
                  <ul>
                    <xsl:for-each select="v:group">
                      <li><a href="#{@id}"><xsl:call-template name="titles"/></a></li>
                    </xsl:for-each>
                  </ul>
                </nav>
              </xsl:if>
              <xsl:apply-templates select="v:group|v:item"/>
              <xsl:apply-templates select="v:absent"/>
              <xsl:if test="v:door">
                <ul class="v-group" role="list"><xsl:apply-templates select="v:door"/></ul>
              </xsl:if>
              <xsl:for-each select="v:others">
                <p lang="{@lang}"><xsl:value-of select="."/></p>
              </xsl:for-each>
              <xsl:for-each select="v:notice">
                <section class="v-notice" aria-labelledby="v-notice-{position()}">
                  <xsl:if test="position() = 1">
                    <xsl:attribute name="id">notice</xsl:attribute>
                  </xsl:if>
                  <xsl:if test="@lang">
                    <xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute>
                  </xsl:if>
                  <h2 id="v-notice-{position()}"><xsl:value-of select="@title"/></h2>
                  <xsl:for-each select="v:para">
                    <p><xsl:value-of select="."/></p>
                  </xsl:for-each>
                </section>
              </xsl:for-each>
            </main>
            <footer class="v-bottom">
              <xsl:for-each select="v:notice">
                <p class="notice-line">
                  <xsl:if test="@lang">
                    <xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute>
                  </xsl:if>
                  <xsl:value-of select="@line"/>
                </p>
              </xsl:for-each>
              <xsl:if test="not($lone)">
                <dl class="v-colophon">
                  <xsl:call-template name="edition-facts"/>
                </dl>
              </xsl:if>
              <xsl:copy-of select="$foot"/>
              <xsl:call-template name="overlay-foot"/>
            </footer>
          </div>
        </body>
      </html>
    </out:page>
  </xsl:template>

  <xsl:template name="titles">
    <xsl:choose>
      <xsl:when test="v:title">
        <xsl:for-each select="v:title">
          <xsl:if test="position() != 1"><xsl:text> / </xsl:text></xsl:if>
          <span lang="{@lang}"><xsl:value-of select="."/></span>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="v:group">
    <section class="v-group" aria-labelledby="{@id}">
      <h2 id="{@id}"><xsl:call-template name="titles"/></h2>
      <ul role="list">
        <xsl:apply-templates select="v:item"/>
      </ul>
    </section>
  </xsl:template>

  <!-- Handbooks of the shelf that this output lacks. -->
  <xsl:template match="v:absent">
    <section class="v-group v-absent">
      <h2><xsl:value-of select="$w-absent"/></h2>
      <ul role="list">
        <xsl:apply-templates select="v:item"/>
      </ul>
    </section>
  </xsl:template>

  <!-- On the page above the shelves: the way into one. -->
  <xsl:template match="v:door">
    <li>
      <a href="{@href}"><xsl:call-template name="titles"/></a>
    </li>
  </xsl:template>

  <!-- An item outside every group is a list of one. -->
  <xsl:template match="v:shelf/v:item">
    <ul class="v-group" role="list"><xsl:call-template name="item"/></ul>
  </xsl:template>
  <xsl:template match="v:item"><xsl:call-template name="item"/></xsl:template>

  <xsl:template name="item">
    <xsl:variable name="title" select="@title"/>
    <li>
      <xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
      <span class="v-text"><xsl:call-template name="titles"/></span>
      <xsl:text> </xsl:text>
      <xsl:if test="@note">
        <span class="v-mark"><xsl:value-of select="@note"/></span>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:for-each select="v:language">
        <span class="v-links">
          <xsl:variable name="lang" select="@lang"/>
          <xsl:variable name="language" select="@name"/>
          <xsl:variable name="own-title">
            <xsl:choose>
              <xsl:when test="../v:title[@lang = $lang]">
                <xsl:value-of select="../v:title[@lang = $lang]"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$title"/></xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <!-- The site, or the first format there is, goes by the language's name. -->
          <xsl:for-each select="v:link">
            <a href="{@href}" lang="{$lang}" hreflang="{$lang}">
              <xsl:choose>
                <xsl:when test="position() = 1">
                  <xsl:value-of select="$language"/>
                  <xsl:if test="@format != 'html'">
                    <xsl:value-of select="concat(', ', @name)"/>
                  </xsl:if>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
              </xsl:choose>
              <xsl:if test="@size">
                <xsl:value-of select="concat(' (', @size, ')')"/>
              </xsl:if>
              <span class="v-vh">
                <xsl:value-of select="concat(' – ', $own-title)"/>
              </span>
            </a>
            <xsl:text> </xsl:text>
          </xsl:for-each>
        </span>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </li>
  </xsl:template>

</xsl:stylesheet>
