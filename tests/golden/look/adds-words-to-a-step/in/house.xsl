<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="step-title"><xsl:param name="word"/><xsl:text>Do not </xsl:text><xsl:call-template name="our-step-title"><xsl:with-param name="word" select="$word"/></xsl:call-template></xsl:template>
</xsl:stylesheet>
