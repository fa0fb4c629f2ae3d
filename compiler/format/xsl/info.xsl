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
      |db:subject|db:subjectterm|db:extendedlink|db:arc|db:locator|db:refmiscinfo
      |db:primary|db:secondary|db:tertiary
      |db:see|db:seealso|db:cover"/>

  <!-- Called on a page element. -->
  <xsl:template name="page-info">
    <xsl:apply-templates select="db:subtitle|db:info/db:subtitle" mode="shown"/>
    <xsl:call-template name="block-info"/>
  </xsl:template>

  <!-- What an info says beside its title: who made it, the facts of its edition, then its blocks. -->
  <xsl:template name="block-info">
    <xsl:if test="db:info/*[not(self::db:title or self::db:subtitle)]">
      <xsl:for-each select="db:info">
        <xsl:if test="db:author or db:authorgroup or db:authorinitials">
          <p class="v-by">
            <xsl:for-each select="db:author|db:authorgroup|db:authorinitials">
              <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
              <xsl:apply-templates select="."/>
            </xsl:for-each>
          </p>
        </xsl:if>
        <xsl:call-template name="imprint"/>
        <xsl:for-each select="db:copyright">
          <p><xsl:apply-templates select="."/></p>
        </xsl:for-each>
        <xsl:apply-templates select="*/db:personblurb|db:authorgroup/*/db:personblurb"/>
        <xsl:apply-templates select="db:cover/node()|db:abstract|db:legalnotice|db:mediaobject
            |db:address|db:printhistory|db:revhistory|db:annotation"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="imprint">
    <xsl:if test="../db:titleabbrev or *[not(self::db:title or self::db:subtitle or self::db:author
        or self::db:authorgroup or self::db:copyright or self::db:cover or self::db:abstract
        or self::db:legalnotice or self::db:mediaobject or self::db:address
        or self::db:printhistory or self::db:revhistory or self::db:annotation
        or self::db:indexterm or self::db:itermset or self::db:extendedlink)]">
      <dl class="v-facts v-imprint" xsl:use-attribute-sets="facts">
        <xsl:apply-templates select="*|../db:titleabbrev" mode="imprint"/>
        <xsl:if test="db:keywordset/db:keyword">
          <div>
            <dt><xsl:value-of select="$w-keywords"/></dt>
            <dd>
              <xsl:for-each select="db:keywordset/db:keyword">
                <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
                <xsl:apply-templates/>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:if>
      </dl>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="imprint"/>
  <xsl:template match="db:titleabbrev" mode="imprint">
    <div>
      <dt><xsl:value-of select="$w-short-title"/></dt>
      <dd><xsl:apply-templates/></dd>
    </div>
  </xsl:template>
  <xsl:template match="db:productname|db:productnumber" mode="imprint">
    <xsl:if test="self::db:productname or not(../db:productname)">
      <div>
        <dt><xsl:value-of select="$w-product"/></dt>
        <dd>
          <xsl:apply-templates select="."/>
          <xsl:for-each select="self::db:productname/../db:productnumber">
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:editor|db:othercredit|db:collab|db:org|db:orgname|db:confgroup|db:edition
      |db:releaseinfo|db:pubdate|db:date|db:publisher|db:publishername|db:biblioid|db:bibliocoverage
      |db:bibliomisc|db:bibliorelation|db:bibliosource|db:contractnum|db:contractsponsor
      |db:artpagenums|db:issuenum|db:pagenums|db:seriesvolnums|db:volumenum|db:bibliomset
      |db:biblioset" mode="imprint">
    <div>
      <dt>
        <xsl:choose>
          <xsl:when test="self::db:editor"><xsl:value-of select="$w-editor"/></xsl:when>
          <xsl:when test="self::db:othercredit[@class = 'translator']">
            <xsl:value-of select="$w-translator"/>
          </xsl:when>
          <xsl:when test="self::db:othercredit or self::db:collab or self::db:org or self::db:orgname
              or self::db:confgroup"><xsl:value-of select="$w-contributor"/></xsl:when>
          <xsl:when test="self::db:edition"><xsl:value-of select="$w-edition"/></xsl:when>
          <xsl:when test="self::db:releaseinfo"><xsl:value-of select="$w-released"/></xsl:when>
          <xsl:when test="self::db:pubdate"><xsl:value-of select="$w-published"/></xsl:when>
          <xsl:when test="self::db:date"><xsl:value-of select="$w-date"/></xsl:when>
          <xsl:when test="self::db:publisher or self::db:publishername">
            <xsl:value-of select="$w-publisher"/>
          </xsl:when>
          <xsl:when test="self::db:biblioid[@class and @class != 'other']">
            <xsl:value-of select="translate(@class, 'abcdefghijklmnopqrstuvwxyz',
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$w-identifier"/></xsl:otherwise>
        </xsl:choose>
      </dt>
      <dd><xsl:apply-templates select="."/></dd>
    </div>
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
