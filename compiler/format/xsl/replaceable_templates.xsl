<?xml version="1.0" encoding="UTF-8"?>
<!--
  What an organisation's stylesheet may replace, by name; the man page tells the same list. Each of
  these that shows something is ours under another name, so that a replacement can put boxes around
  it: our-h1 for h1. style/protection_kept.c sees to it that what protects people stays.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- Nothing, until an organisation says what. -->
  <xsl:template name="overlay-head"/>
  <xsl:template name="overlay-banner"/>
  <xsl:template name="overlay-foot"/>

  <xsl:template name="h1">
    <xsl:call-template name="our-h1"/>
  </xsl:template>
  <xsl:template name="page-header">
    <xsl:call-template name="our-page-header"/>
  </xsl:template>
  <xsl:template name="page-footer">
    <xsl:call-template name="our-page-footer"/>
  </xsl:template>
  <xsl:template name="facts">
    <xsl:call-template name="our-facts"/>
  </xsl:template>
  <xsl:template name="step-head">
    <xsl:param name="h"/>
    <xsl:param name="word"/>
    <xsl:call-template name="our-step-head">
      <xsl:with-param name="h" select="$h"/>
      <xsl:with-param name="word" select="$word"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="step-title">
    <xsl:param name="word"/>
    <xsl:call-template name="our-step-title">
      <xsl:with-param name="word" select="$word"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="step-body">
    <xsl:param name="h"/>
    <xsl:call-template name="our-step-body">
      <xsl:with-param name="h" select="$h"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="handoff">
    <xsl:call-template name="our-handoff"/>
  </xsl:template>

</xsl:stylesheet>
