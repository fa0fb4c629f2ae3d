<?xml version="1.0" encoding="UTF-8"?>
<!--
  Where a page was before it had another id: a page that says so, and leads there by itself.
  A v:former is made by link/pages.c, a child of its page, with the file name of old.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    extension-element-prefixes="out"
    exclude-result-prefixes="v">

  <xsl:template match="v:former" mode="moved">
    <xsl:variable name="name" select="@name"/>
    <xsl:for-each select="..">
      <out:page name="{$name}" only="moved">
        <html lang="{$lang}">
          <head>
            <meta charset="utf-8"/>
            <meta http-equiv="refresh" content="0; url={@v:page}"/>
            <title><xsl:value-of select="concat(@v:heading, ' – ', $book-title)"/></title>
            <xsl:copy-of select="$head"/>
          </head>
          <body>
            <xsl:call-template name="running"/>
            <div class="v-page">
              <xsl:copy-of select="$skip"/>
              <xsl:call-template name="bare-header"/>
              <main id="v-main" tabindex="-1">
                <h1><xsl:value-of select="@v:heading"/></h1>
                <p>
                  <xsl:value-of select="concat($w-moved, ' ')"/>
                  <a id="v-moved" href="{@v:page}"><xsl:value-of select="@v:heading"/></a>
                </p>
              </main>
              <xsl:call-template name="bare-footer"/>
            </div>
          </body>
        </html>
      </out:page>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
