<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- Every template that may be replaced: ours in a box of our own that tells when it runs. -->
  <xsl:import href="vade:html.xsl"/>
  <xsl:template name="overlay-banner"><p class="t-overlay-banner">Town</p></xsl:template>
  <xsl:template name="overlay-foot"><p class="t-overlay-foot">Town</p></xsl:template>
  <xsl:template name="overlay-head"><meta name="t" content="t-overlay-head"/></xsl:template>
  <xsl:template name="h1"><div class="t-h1"><xsl:call-template name="our-h1"></xsl:call-template></div></xsl:template>
  <xsl:template name="page-header"><div class="t-page-header"><xsl:call-template name="our-page-header"></xsl:call-template></div></xsl:template>
  <xsl:template name="page-footer"><div class="t-page-footer"><xsl:call-template name="our-page-footer"></xsl:call-template></div></xsl:template>
  <xsl:template name="facts"><div class="t-facts"><xsl:call-template name="our-facts"></xsl:call-template></div></xsl:template>
  <xsl:template name="step-head"><xsl:param name="h"/><xsl:param name="word"/><div class="t-step-head"><xsl:call-template name="our-step-head"><xsl:with-param name="h" select="$h"/><xsl:with-param name="word" select="$word"/></xsl:call-template></div></xsl:template>
  <xsl:template name="step-title"><xsl:param name="word"/><span class="t-step-title"><xsl:call-template name="our-step-title"><xsl:with-param name="word" select="$word"/></xsl:call-template></span></xsl:template>
  <xsl:template name="step-body"><xsl:param name="h"/><div class="t-step-body"><xsl:call-template name="our-step-body"><xsl:with-param name="h" select="$h"/></xsl:call-template></div></xsl:template>
  <xsl:template name="handoff"><div class="t-handoff"><xsl:call-template name="our-handoff"></xsl:call-template></div></xsl:template>
</xsl:stylesheet>
