<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="double"><xsl:param name="n" select="40"/>
    <xsl:if test="$n > 0"><p/><xsl:call-template name="double"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>
      <xsl:call-template name="double"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template>
  <xsl:template name="overlay-banner"><xsl:call-template name="double"/></xsl:template>
</xsl:stylesheet>
