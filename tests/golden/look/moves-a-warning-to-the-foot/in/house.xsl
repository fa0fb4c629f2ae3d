<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="overlay-banner"><p>Town</p></xsl:template>
  <xsl:template match="db:warning"/>
  <xsl:template name="overlay-foot"><xsl:if test="self::db:task"><div class="v-admonition warning" role="note">Warning Never leave the class alone.</div></xsl:if></xsl:template>
</xsl:stylesheet>
