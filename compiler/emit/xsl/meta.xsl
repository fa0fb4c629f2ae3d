<?xml version="1.0" encoding="UTF-8"?>
<!--
  Metadata. An info is silent where it stands: titles are asked for by their owners, and a page
  shows, under its title, what a reader of that page can use (template page-info).
  The wrappers that only metadata and bibliographies hold are silent too, or plain.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <xsl:template match="db:info|db:indexterm|db:itermset|db:keywordset|db:keyword|db:subjectset
      |db:subject|db:subjectterm|db:extendedlink|db:arc|db:locator|db:refmeta|db:refmiscinfo
      |db:classsynopsisinfo|db:primary|db:secondary|db:tertiary
      |db:see|db:seealso|db:cover"/>

  <!-- Called on a page element. -->
  <xsl:template name="page-info">
    <xsl:apply-templates select="db:subtitle|db:info/db:subtitle" mode="shown"/>
    <xsl:if test="db:info">
      <xsl:if test="db:info/db:author or db:info/db:authorgroup">
        <p class="v-by"><xsl:apply-templates select="db:info/db:author|db:info/db:authorgroup"/></p>
      </xsl:if>
      <xsl:for-each select="db:info/db:copyright">
        <p><xsl:apply-templates select="."/></p>
      </xsl:for-each>
      <xsl:apply-templates select="db:info/db:cover/node()|db:info/db:abstract
          |db:info/db:legalnotice|db:info/db:mediaobject|db:info/db:revhistory"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:revhistory">
    <div class="revhistory">
      <xsl:apply-templates select="@*" mode="a"/>
      <p class="title">
        <xsl:choose>
          <xsl:when test="db:title or db:info/db:title">
            <xsl:call-template name="title-text"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$w-revisions"/></xsl:otherwise>
        </xsl:choose>
      </p>
      <ul>
        <xsl:apply-templates select="db:revision"/>
      </ul>
    </div>
  </xsl:template>
  <xsl:template match="db:revision">
    <li>
      <xsl:for-each select="db:revnumber|db:date|db:author|db:authorinitials">
        <xsl:if test="position() != 1"><xsl:text> · </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:apply-templates select="db:revremark|db:revdescription"/>
    </li>
  </xsl:template>
  <xsl:template match="db:revremark"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="db:revdescription"><div><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="db:printhistory">
    <div class="printhistory"><xsl:apply-templates/></div>
  </xsl:template>

</xsl:stylesheet>
