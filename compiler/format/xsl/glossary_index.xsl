<?xml version="1.0" encoding="UTF-8"?>
<!--
  What one looks things up in: glossaries, bibliographies, reference pages, message sets, written
  indexes and tables of contents. Entries are in their final order already.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <!-- Each entry is a list of its own: entries stand among other blocks, and in divisions. -->
  <xsl:template match="db:glosslist">
    <div class="glosslist">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="list-head"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:glossentry">
    <dl class="glossentry">
      <xsl:apply-templates select="@*" mode="a"/>
      <dt>
        <xsl:apply-templates select="db:glossterm/node()"/>
        <xsl:for-each select="db:acronym|db:abbrev">
          <xsl:text> (</xsl:text>
          <xsl:apply-templates/>
          <xsl:text>)</xsl:text>
        </xsl:for-each>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
      </dt>
      <xsl:apply-templates select="db:glossdef|db:glosssee"/>
    </dl>
  </xsl:template>
  <xsl:template match="db:glossdef">
    <dd>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates/>
    </dd>
  </xsl:template>
  <xsl:template match="db:glosssee">
    <dd>
      <xsl:value-of select="concat($w-see, ' ')"/>
      <xsl:call-template name="see"/>
    </dd>
  </xsl:template>
  <xsl:template match="db:glossseealso">
    <p class="see-also">
      <xsl:value-of select="concat($w-see-also, ' ')"/>
      <xsl:call-template name="see"/>
    </p>
  </xsl:template>
  <xsl:template name="see">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a><xsl:call-template name="href"/><xsl:call-template name="link-text"/></a>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="link-text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A reference, under the id it is cited by. Role U: nobody has checked it yet. -->
  <xsl:template match="db:biblioentry|db:bibliomixed">
    <div class="v-biblio">
      <xsl:apply-templates select="@*" mode="a"/>
      <p>
        <xsl:choose>
          <xsl:when test="@v:label">
            <b class="v-label"><xsl:value-of select="@v:label"/></b>
            <xsl:text> </xsl:text>
          </xsl:when>
          <xsl:when test="@xml:id and not(db:abbrev)">
            <b class="v-label"><xsl:value-of select="@xml:id"/></b>
            <xsl:text> </xsl:text>
          </xsl:when>
        </xsl:choose>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
        <xsl:choose>
          <xsl:when test="self::db:bibliomixed">
            <xsl:apply-templates mode="biblio"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="*">
              <xsl:apply-templates select="." mode="biblio"/>
              <xsl:text>. </xsl:text>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@role = 'U' and not($release)">
          <xsl:text> </xsl:text>
          <strong class="v-doubt">
            <xsl:value-of select="concat('[', $w-to-verify, ']')"/>
          </strong>
        </xsl:if>
      </p>
    </div>
  </xsl:template>
  <xsl:template match="db:title" mode="biblio">
    <cite><xsl:apply-templates/></cite>
  </xsl:template>
  <xsl:template match="db:subtitle" mode="biblio">
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="db:bibliomset|db:biblioset" mode="biblio">
    <span class="{local-name()}">
      <xsl:choose>
        <xsl:when test="text()"><xsl:apply-templates mode="biblio"/></xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="*">
            <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
            <xsl:apply-templates select="." mode="biblio"/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>
  <xsl:template match="*" mode="biblio">
    <xsl:apply-templates select="."/>
  </xsl:template>
  <!-- The mark of an entry stands apart from what follows. -->
  <xsl:template match="db:bibliomixed/db:abbrev" mode="biblio">
    <xsl:apply-templates select="."/>
    <xsl:if test="following-sibling::node()[1][self::*]
        or translate(substring(following-sibling::node()[1], 1, 1), ' &#9;&#10;.,;:', '') != ''">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:bibliolist">
    <div class="bibliolist">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="list-head"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Reference pages. -->
  <xsl:template match="db:refentry" mode="main">
    <h1>
      <xsl:apply-templates select="@xml:id" mode="a"/>
      <xsl:choose>
        <xsl:when test="db:refmeta/db:refentrytitle">
          <xsl:apply-templates select="db:refmeta/db:refentrytitle/node()"/>
          <xsl:for-each select="db:refmeta/db:manvolnum">
            <xsl:text>(</xsl:text>
            <xsl:apply-templates/>
            <xsl:text>)</xsl:text>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@v:heading"/></xsl:otherwise>
      </xsl:choose>
    </h1>
    <xsl:call-template name="page-info"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
  </xsl:template>
  <!-- Its title and number are the heading. -->
  <xsl:template match="db:refmeta">
    <xsl:if test="db:refmiscinfo">
      <p class="refmeta">
        <xsl:for-each select="db:refmiscinfo">
          <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
          <xsl:apply-templates/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:refnamediv">
    <p class="refnamediv">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="db:refdescriptor"/>
      <xsl:for-each select="db:refname">
        <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
        <code><xsl:apply-templates/></code>
      </xsl:for-each>
      <xsl:text> – </xsl:text>
      <xsl:apply-templates select="db:refpurpose"/>
      <xsl:apply-templates select="db:refclass"/>
    </p>
  </xsl:template>
  <xsl:template match="db:refname|db:refpurpose"><xsl:apply-templates/></xsl:template>
  <xsl:template match="db:refdescriptor">
    <strong><xsl:apply-templates/></strong>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="db:refclass">
    <xsl:text> (</xsl:text>
    <xsl:apply-templates/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <!-- Message sets. -->
  <xsl:template match="db:msgentry|db:simplemsgentry|db:msg|db:msgmain|db:msgsub|db:msgrel
      |db:msgexplan">
    <div class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:msgtext"><div class="msgtext"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="db:msginfo"><p class="msginfo"><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="db:msgaud|db:msglevel|db:msgorig">
    <span class="{local-name()}"><xsl:apply-templates/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- The index from A to Z, as compose/term_index.c made it. Where it leads is told once a page. -->
  <xsl:template match="db:index|db:setindex" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:call-template name="page-info"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="v:index" mode="frame"/>
  </xsl:template>
  <xsl:template match="v:index" mode="frame">
    <xsl:call-template name="letters"/>
    <xsl:for-each select="v:letter">
      <section class="v-letter">
        <h2 id="v-letter-{position()}"><xsl:value-of select="@name"/></h2>
        <ul role="list"><xsl:apply-templates select="v:entry" mode="frame"/></ul>
      </section>
    </xsl:for-each>
  </xsl:template>
  <xsl:template name="letters">
    <nav class="v-letters" aria-label="{$w-index-letters}">
      <ul role="list">
        <xsl:for-each select="v:letter">
          <li><a href="#v-letter-{position()}"><xsl:value-of select="@name"/></a></li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>
  <xsl:template match="v:entry" mode="frame">
    <li>
      <span class="v-words"><xsl:value-of select="@words"/></span>
      <xsl:for-each select="v:place[not(@again)]">
        <xsl:choose>
          <xsl:when test="position() = 1">: </xsl:when>
          <xsl:otherwise>, </xsl:otherwise>
        </xsl:choose>
        <a class="v-place" href="{@href}"><xsl:value-of select="@text"/></a>
      </xsl:for-each>
      <xsl:for-each select="v:see|v:also">
        <xsl:text>. </xsl:text>
        <em>
          <xsl:choose>
            <xsl:when test="self::v:see"><xsl:value-of select="$w-see"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$w-see-also"/></xsl:otherwise>
          </xsl:choose>
        </em>
        <xsl:value-of select="concat(' ', .)"/>
      </xsl:for-each>
      <xsl:if test="v:entry">
        <ul role="list"><xsl:apply-templates select="v:entry" mode="frame"/></ul>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- Indexes and tables of contents that an author wrote out. -->
  <xsl:template match="db:indexentry|db:tocentry">
    <div class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:choose>
        <xsl:when test="self::db:tocentry and (@v:href or @v:target)">
          <a><xsl:call-template name="href"/><xsl:apply-templates/></a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>
  <xsl:template match="db:primaryie|db:secondaryie|db:tertiaryie|db:seeie|db:seealsoie">
    <p class="{local-name()}">
      <xsl:if test="self::db:seeie"><xsl:value-of select="concat($w-see, ' ')"/></xsl:if>
      <xsl:if test="self::db:seealsoie"><xsl:value-of select="concat($w-see-also, ' ')"/></xsl:if>
      <xsl:apply-templates/>
    </p>
  </xsl:template>
  <xsl:template match="db:toc">
    <xsl:param name="h" select="2"/>
    <div class="toc">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates>
        <xsl:with-param name="h" select="$h"/>
      </xsl:apply-templates>
    </div>
  </xsl:template>

</xsl:stylesheet>
