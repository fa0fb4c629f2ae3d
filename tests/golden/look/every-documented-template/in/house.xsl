<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <!-- The built-in sheet again, under a name that tells when each template runs. -->
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="facts"><p class="t">facts</p></xsl:template>
  <xsl:template name="handoff"><p class="t">handoff</p><xsl:apply-templates/></xsl:template>
  <xsl:template name="h1"><h1>h1</h1></xsl:template>
  <xsl:template name="overlay-banner"><p class="t">overlay-banner</p></xsl:template>
  <xsl:template name="overlay-foot"><p class="t">overlay-foot</p></xsl:template>
  <xsl:template name="overlay-head"><meta name="t" content="overlay-head"/></xsl:template>
  <xsl:template name="page-footer"><p class="t">page-footer</p><p><v:code/> Check it before use.</p><xsl:call-template name="overlay-foot"/></xsl:template>
  <xsl:template name="page-header"><xsl:call-template name="overlay-banner"/><p class="t">page-header</p><xsl:call-template name="class-mark"/></xsl:template>
  <xsl:template name="step-body"><p class="t">step-body</p><xsl:apply-templates/></xsl:template>
  <xsl:template name="step-title"><span class="t">step-title</span> <xsl:apply-templates select="db:title/node()"/></xsl:template>
  <xsl:template name="step-head"><p class="t">step-head</p><xsl:call-template name="step-title"/></xsl:template>
</xsl:stylesheet>
