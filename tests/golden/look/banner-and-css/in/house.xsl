<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="overlay-banner"><p class="town-banner">Town of Demo</p></xsl:template>
  <xsl:template name="overlay-head"><meta name="publisher" content="Town of Demo"/></xsl:template>
  <xsl:template name="overlay-foot"><p>Printed by the town.</p></xsl:template>
</xsl:stylesheet>
