<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="xsl">
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="overlay-foot"><p>Printed by the town.</p></xsl:template>
</xsl:stylesheet>
