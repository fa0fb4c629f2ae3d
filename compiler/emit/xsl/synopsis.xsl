<?xml version="1.0" encoding="UTF-8"?>
<!--
  Synopses of commands, functions and classes, and grammars. A public-safety manual has none;
  they are here so that any DocBook file keeps its meaning.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <xsl:template match="db:cmdsynopsis">
    <p class="cmdsynopsis">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:for-each select="*">
        <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </p>
  </xsl:template>
  <xsl:template match="db:arg|db:group">
    <xsl:choose>
      <xsl:when test="@choice = 'plain'"/>
      <xsl:when test="@choice = 'req'">{</xsl:when>
      <xsl:otherwise>[</xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="self::db:group">
        <xsl:for-each select="*">
          <xsl:if test="position() != 1"><xsl:text> | </xsl:text></xsl:if>
          <xsl:apply-templates select="."/>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><code><xsl:apply-templates/></code></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="@choice = 'plain'"/>
      <xsl:when test="@choice = 'req'">}</xsl:when>
      <xsl:otherwise>]</xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@rep = 'repeat'">…</xsl:if>
  </xsl:template>
  <xsl:template match="db:synopfragment">
    <span class="synopfragment">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:for-each select="*">
        <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>
  <xsl:template match="db:synopfragmentref">
    <i><xsl:apply-templates/></i>
  </xsl:template>

  <xsl:template match="db:funcsynopsis">
    <div class="funcsynopsis">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:funcsynopsisinfo">
    <pre><code><xsl:apply-templates/></code></pre>
  </xsl:template>
  <xsl:template match="db:funcprototype">
    <p>
      <xsl:apply-templates select="@*" mode="a"/>
      <code>
        <xsl:apply-templates select="db:modifier|db:funcdef"/>
        <xsl:text>(</xsl:text>
        <xsl:for-each select="db:void|db:varargs|db:paramdef">
          <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
          <xsl:choose>
            <xsl:when test="self::db:void">void</xsl:when>
            <xsl:when test="self::db:varargs">...</xsl:when>
            <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:text>);</xsl:text>
      </code>
    </p>
  </xsl:template>
  <xsl:template match="db:funcdef|db:paramdef"><xsl:apply-templates/></xsl:template>
  <xsl:template match="db:funcparams">
    <xsl:text>(</xsl:text>
    <xsl:apply-templates/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <xsl:template match="db:classsynopsis">
    <div class="classsynopsis">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:fieldsynopsis|db:methodsynopsis|db:constructorsynopsis
      |db:destructorsynopsis">
    <p class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <code>
        <xsl:for-each select="*[not(self::db:methodparam)]">
          <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:if test="self::db:initializer">= </xsl:if>
          <xsl:apply-templates select="."/>
        </xsl:for-each>
        <xsl:if test="not(self::db:fieldsynopsis)">
          <xsl:text>(</xsl:text>
          <xsl:for-each select="db:methodparam">
            <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
          <xsl:text>)</xsl:text>
        </xsl:if>
        <xsl:text>;</xsl:text>
      </code>
    </p>
  </xsl:template>
  <xsl:template match="db:methodparam">
    <xsl:for-each select="*">
      <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="db:productionset">
    <div class="productionset">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:production">
    <p class="production">
      <xsl:apply-templates select="@*" mode="a"/>
      <code>
        <xsl:apply-templates select="db:lhs"/>
        <xsl:text> ::= </xsl:text>
        <xsl:for-each select="db:rhs">
          <xsl:if test="position() != 1"><xsl:text> | </xsl:text></xsl:if>
          <xsl:apply-templates/>
        </xsl:for-each>
      </code>
      <xsl:for-each select="db:constraint">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </p>
  </xsl:template>
  <xsl:template match="db:productionrecap|db:constraint">
    <span class="{local-name()}">
      <xsl:text>[</xsl:text>
      <xsl:call-template name="see"/>
      <xsl:text>]</xsl:text>
    </span>
  </xsl:template>
  <xsl:template match="db:lhs|db:rhs"><xsl:apply-templates/></xsl:template>

</xsl:stylesheet>
