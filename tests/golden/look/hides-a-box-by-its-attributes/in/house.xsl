<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="vade:html.xsl"/>
  <xsl:attribute-set name="box"><xsl:attribute name="hidden">hidden</xsl:attribute></xsl:attribute-set>
</xsl:stylesheet>
