<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">
  <xsl:import href="vade:html.xsl"/>
</xsl:stylesheet>
