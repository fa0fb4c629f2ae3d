<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="double">
    <xsl:param name="text"/>
    <xsl:call-template name="double">
      <xsl:with-param name="text" select="concat($text, $text)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="overlay-banner">
    <xsl:call-template name="double">
      <xsl:with-param name="text" select="'xxxxxxxxxxxxxxxx'"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
