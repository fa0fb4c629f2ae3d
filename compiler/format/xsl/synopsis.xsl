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

  <!-- "public class Boat extends Hull implements Floats {", what it holds, "}". -->
  <xsl:template match="db:classsynopsis">
    <div class="classsynopsis">
      <xsl:apply-templates select="@*" mode="a"/>
      <p>
        <code>
          <xsl:for-each select="*[1]">
            <xsl:for-each select="db:modifier">
              <xsl:apply-templates select="."/>
              <xsl:text> </xsl:text>
            </xsl:for-each>
            <xsl:choose>
              <xsl:when test="self::db:oointerface or ../@class = 'interface'">interface </xsl:when>
              <xsl:otherwise>class </xsl:otherwise>
            </xsl:choose>
            <xsl:apply-templates select="*[not(self::db:modifier)]"/>
          </xsl:for-each>
          <xsl:call-template name="class-parents">
            <xsl:with-param name="word" select="' extends '"/>
            <xsl:with-param name="parents" select="db:ooclass[position() != 1]"/>
          </xsl:call-template>
          <xsl:call-template name="class-parents">
            <xsl:with-param name="word" select="' implements '"/>
            <xsl:with-param name="parents"
              select="db:ooclass[1]/following-sibling::db:oointerface|db:oointerface[position() != 1]"/>
          </xsl:call-template>
          <xsl:call-template name="class-parents">
            <xsl:with-param name="word" select="' throws '"/>
            <xsl:with-param name="parents" select="db:ooexception"/>
          </xsl:call-template>
          <xsl:text> {</xsl:text>
        </code>
      </p>
      <xsl:apply-templates select="*[not(self::db:ooclass or self::db:oointerface
          or self::db:ooexception)]"/>
      <p><code>}</code></p>
    </div>
  </xsl:template>
  <xsl:template name="class-parents">
    <xsl:param name="word"/>
    <xsl:param name="parents"/>
    <xsl:for-each select="$parents">
      <xsl:choose>
        <xsl:when test="position() = 1"><xsl:value-of select="$word"/></xsl:when>
        <xsl:otherwise><xsl:text>, </xsl:text></xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="db:classsynopsisinfo">
    <pre><code><xsl:apply-templates/></code></pre>
  </xsl:template>

  <!-- What stands before the name, the name, its parameters, what it throws. -->
  <xsl:template match="db:fieldsynopsis|db:methodsynopsis|db:constructorsynopsis
      |db:destructorsynopsis">
    <p class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <code>
        <xsl:variable name="after" select="db:methodname[1]/following-sibling::db:void
            |self::db:constructorsynopsis/db:void|self::db:destructorsynopsis/db:void"/>
        <!-- "const" after the parameters. -->
        <xsl:variable name="last" select="db:modifier[preceding-sibling::db:methodname or preceding-sibling::db:methodparam
            or preceding-sibling::db:exceptionname or (preceding-sibling::db:void and not(../db:methodname))]"/>
        <xsl:for-each select="*[not(self::db:methodparam or self::db:exceptionname
            or self::db:modifier and (preceding-sibling::db:methodname or preceding-sibling::db:methodparam
              or preceding-sibling::db:exceptionname or (preceding-sibling::db:void and not(../db:methodname)))
            or self::db:void and ../db:methodname and preceding-sibling::db:methodname)]">
          <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:if test="self::db:initializer">= </xsl:if>
          <xsl:apply-templates select="."/>
        </xsl:for-each>
        <xsl:if test="not(self::db:fieldsynopsis)">
          <xsl:text>(</xsl:text>
          <xsl:for-each select="db:methodparam|$after">
            <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
          <xsl:text>)</xsl:text>
        </xsl:if>
        <xsl:call-template name="class-parents">
          <xsl:with-param name="word" select="' throws '"/>
          <xsl:with-param name="parents" select="db:exceptionname"/>
        </xsl:call-template>
        <xsl:for-each select="$last">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="."/>
        </xsl:for-each>
        <xsl:text>;</xsl:text>
      </code>
    </p>
  </xsl:template>
  <xsl:template match="db:methodparam">
    <xsl:for-each select="*">
      <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:if test="self::db:initializer">= </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="db:void">void</xsl:template>
  <xsl:template match="db:varargs">...</xsl:template>

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
