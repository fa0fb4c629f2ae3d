<?xml version="1.0" encoding="UTF-8"?>
<!--
  Sections, paragraphs, admonitions and the other blocks of running text; and the two small
  families every file uses: attributes (id, lang, class) and class marks.

  Attributes, by apply-templates select="@*": without a mode also role, as class "r-ROLE"; in
  mode "a" only id and lang, for elements that have a class of their own.
  Marks, by apply-templates select="@v:class-label": mode "mark" gives a line, "tag" a span.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <xsl:template match="@*"/>
  <xsl:template match="@*" mode="a"/>

  <xsl:template match="@xml:id">
    <xsl:attribute name="id"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@xml:id" mode="a">
    <xsl:attribute name="id"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@xml:lang">
    <xsl:attribute name="lang"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@xml:lang" mode="a">
    <xsl:attribute name="lang"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@dir">
    <xsl:attribute name="dir"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@dir" mode="a">
    <xsl:attribute name="dir"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>
  <xsl:template match="@role">
    <xsl:attribute name="class"><xsl:value-of select="concat('r-', .)"/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@v:class-label" mode="mark">
    <p class="v-mark">
      <span class="v-key"><xsl:value-of select="$w-class"/><xsl:text>: </xsl:text></span>
      <strong><xsl:value-of select="."/></strong>
    </p>
  </xsl:template>
  <xsl:template match="@v:class-label" mode="tag">
    <xsl:apply-templates select="." mode="word"/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="@v:class-label|@class-label" mode="word">
    <span class="v-mark"><xsl:value-of select="."/></span>
  </xsl:template>

  <!-- Titles are asked for by their owners. -->
  <xsl:template match="db:title|db:subtitle|db:titleabbrev"/>

  <xsl:template name="title-text">
    <xsl:if test="@v:label">
      <span class="v-label"><xsl:value-of select="@v:label"/></span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
  </xsl:template>

  <!-- The title line of a block that is no section: not a heading. -->
  <xsl:template name="block-title">
    <xsl:if test="db:title or db:info/db:title">
      <p class="title">
        <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
      </p>
    </xsl:if>
    <xsl:apply-templates select="db:subtitle" mode="shown"/>
    <xsl:call-template name="block-info"/>
  </xsl:template>

  <!-- A section that is a form is a page. -->
  <xsl:template match="db:section">
    <xsl:param name="h" select="2"/>
    <xsl:choose>
      <xsl:when test="@v:page">
        <xsl:call-template name="page"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="section">
          <xsl:with-param name="h" select="$h"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:sect1|db:sect2|db:sect3|db:sect4|db:sect5|db:simplesect
      |db:refsect1|db:refsect2|db:refsect3|db:refsection|db:refsynopsisdiv
      |db:glossdiv|db:bibliodiv|db:indexdiv|db:tocdiv|db:qandadiv">
    <xsl:param name="h" select="2"/>
    <xsl:call-template name="section">
      <xsl:with-param name="h" select="$h"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="section">
    <xsl:param name="h" select="2"/>
    <section>
      <xsl:apply-templates select="@*"/>
      <xsl:choose>
        <xsl:when test="db:title or db:info/db:title">
          <xsl:element name="h{$h}">
            <xsl:call-template name="title-text"/>
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="@v:class-label" mode="tag"/>
          </xsl:element>
          <xsl:call-template name="under-title"/>
          <xsl:apply-templates>
            <xsl:with-param name="h" select="$h + ($h &lt; 6)"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="@v:class-label" mode="mark"/>
          <xsl:call-template name="under-title"/>
          <xsl:apply-templates>
            <xsl:with-param name="h" select="$h"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- What of its metadata a reader of a section or task can use. -->
  <xsl:template name="under-title">
    <xsl:apply-templates select="db:subtitle|db:info/db:subtitle" mode="shown"/>
    <xsl:choose>
      <!-- Dates and keywords of a procedure are for those who keep it. -->
      <xsl:when test="self::db:task"><xsl:apply-templates select="db:info/db:abstract"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="block-info"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:biblioset/db:title|db:biblioset/db:subtitle|db:bibliomset/db:title|db:bibliomset/db:subtitle">
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="db:subtitle" mode="shown">
    <p class="subtitle"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- A heading, or a paragraph where no heading is due (h = 0), as in a step of a plain procedure. -->
  <xsl:template match="db:bridgehead">
    <xsl:param name="h" select="2"/>
    <xsl:choose>
      <xsl:when test="$h">
        <xsl:element name="h{$h}">
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <p class="title">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:partintro">
    <xsl:param name="h" select="2"/>
    <div class="partintro">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates>
        <xsl:with-param name="h" select="$h"/>
      </xsl:apply-templates>
    </div>
  </xsl:template>

  <!-- HTML allows no block in p: C marks such a para with v:blocks. -->
  <xsl:template match="db:para|db:simpara">
    <xsl:choose>
      <xsl:when test="not(@*)">
        <p><xsl:apply-templates/></p>
      </xsl:when>
      <xsl:when test="@v:blocks">
        <div class="para">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
          <xsl:apply-templates/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
          <xsl:apply-templates/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:formalpara">
    <div class="formalpara">
      <xsl:apply-templates select="@*" mode="a"/>
      <p class="title">
        <xsl:call-template name="title-text"/>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
      </p>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Admonitions say their kind in words. A safeguard is an important[@role='safeguard']. -->
  <xsl:template match="db:warning|db:caution|db:important|db:note|db:tip">
    <xsl:call-template name="admonition"/>
  </xsl:template>
  <xsl:template name="admonition">
    <xsl:variable name="word">
      <xsl:choose>
        <xsl:when test="self::db:warning"><xsl:value-of select="$w-warning"/></xsl:when>
        <xsl:when test="self::db:caution"><xsl:value-of select="$w-caution"/></xsl:when>
        <xsl:when test="self::db:note"><xsl:value-of select="$w-note"/></xsl:when>
        <xsl:when test="self::db:tip"><xsl:value-of select="$w-tip"/></xsl:when>
        <xsl:when test="@role = 'safeguard'"><xsl:value-of select="$w-safeguard"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$w-important"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="kind">
      <xsl:if test="not(self::db:important[@role = 'safeguard'])"><xsl:value-of select="local-name()"/></xsl:if>
      <xsl:if test="self::db:important[@role = 'safeguard']">v-safeguard</xsl:if>
    </xsl:variable>
    <div class="v-admonition {$kind}" role="note" xsl:use-attribute-sets="box">
      <xsl:apply-templates select="@*" mode="a"/>
      <p class="title">
        <xsl:call-template name="kind"><xsl:with-param name="word" select="$word"/></xsl:call-template>
        <!-- True only if there is a title, and it says more than the word. -->
        <xsl:if test="db:title != $word or db:info/db:title != $word">
          <xsl:text> </xsl:text>
          <span class="v-text">
            <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
          </span>
        </xsl:if>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
      </p>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- What a box is, before its title. -->
  <xsl:template name="kind">
    <xsl:param name="word"/>
    <span class="v-kind"><xsl:value-of select="$word"/></span>
  </xsl:template>

  <xsl:template match="db:example|db:informalexample">
    <div class="example">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:if test="db:title or db:info/db:title">
        <p class="title">
          <xsl:value-of select="$w-example"/>
          <xsl:text> </xsl:text>
          <xsl:call-template name="title-text"/>
        </p>
      </xsl:if>
      <xsl:call-template name="block-info"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="db:sidebar|db:abstract|db:personblurb|db:annotation|db:msgset
      |db:constraintdef|db:legalnotice">
    <div class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="db:blockquote|db:epigraph">
    <blockquote class="{local-name()}" xsl:use-attribute-sets="box">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates/>
      <xsl:if test="db:attribution">
        <p class="attribution">
          <xsl:text>— </xsl:text>
          <xsl:apply-templates select="db:attribution/node()"/>
        </p>
      </xsl:if>
    </blockquote>
  </xsl:template>
  <xsl:template match="db:attribution"/>

  <!-- Text whose lines count. It wraps on a narrow screen rather than scroll sideways. -->
  <xsl:template match="db:programlisting|db:screen|db:synopsis">
    <pre class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="tag"/>
      <code><xsl:apply-templates/></code>
    </pre>
  </xsl:template>
  <xsl:template match="db:literallayout|db:address">
    <div class="v-lines">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="tag"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:programlistingco|db:screenco">
    <div class="v-callouts">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <!-- Areas of a picture: what leads to one lands here. -->
  <xsl:template match="db:areaspec|db:areaset|db:area">
    <xsl:if test="@xml:id"><span id="{@xml:id}"/></xsl:if>
    <xsl:apply-templates select="db:areaset|db:area"/>
  </xsl:template>

  <!-- Remarks are for drafts; C drops them elsewhere, and so does this. -->
  <xsl:template match="db:remark">
    <xsl:if test="$draft">
      <mark class="remark">
        <xsl:value-of select="concat('[', $w-remark, ': ')"/>
        <xsl:apply-templates/>
        <xsl:text>]</xsl:text>
      </mark>
    </xsl:if>
  </xsl:template>

  <!-- An element nobody knows: C reports it; its text is kept. -->
  <xsl:template match="*">
    <xsl:choose>
      <xsl:when test="*/self::db:para">
        <div class="v-unknown">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <span class="v-unknown">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
