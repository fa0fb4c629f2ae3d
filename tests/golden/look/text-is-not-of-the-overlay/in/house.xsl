<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" exclude-result-prefixes="db">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template match="db:itemizedlist">
    <ul class="t-list"><xsl:for-each select="db:listitem"><li class="t-item"><xsl:apply-templates/></li></xsl:for-each></ul>
  </xsl:template>
  <xsl:template match="db:note"><div class="t-note"><xsl:apply-templates/></div></xsl:template>
</xsl:stylesheet>
