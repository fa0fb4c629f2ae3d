<?xml version="1.0" encoding="UTF-8"?>
<!--
  The first page of a handbook: what is happening, whom to call, the hand-offs, then planning,
  contents and the edition; the way to the same procedure in other handbooks; and the page that
  says what a handbook keeps about its reader.
  v:situations, v:call, v:handoffs, v:later and v:readers are made by compose/situation.c; a
  handbook without procedures has none of them and begins with its contents.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    extension-element-prefixes="out"
    exclude-result-prefixes="db v">

  <xsl:template match="db:set|db:book|db:article" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:call-template name="page-info"/>
    <xsl:if test="@v:front">
      <xsl:apply-templates select="v:situations" mode="frame"/>
      <xsl:if test="v:call">
        <section class="v-call">
          <h2><xsl:value-of select="$w-call"/></h2>
          <ul role="list"><xsl:apply-templates select="v:call" mode="frame"/></ul>
        </section>
      </xsl:if>
      <xsl:apply-templates select="$root/v:agency" mode="frame"/>
      <xsl:apply-templates select="v:handoffs" mode="frame"/>
      <xsl:apply-templates select="v:later" mode="frame"/>
    </xsl:if>
    <xsl:apply-templates select="v:contents" mode="frame"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
    <xsl:if test="@v:front">
      <xsl:apply-templates select="v:matrix" mode="frame"/>
      <!-- The notice stands in full on the first page, whatever its element is. -->
      <xsl:apply-templates select="$notice" mode="frame"/>
      <xsl:if test="not($lone)">
        <dl class="v-facts" xsl:use-attribute-sets="facts">
          <div>
            <dt><xsl:value-of select="$w-handbook"/></dt>
            <dd><xsl:value-of select="$book-title"/></dd>
          </div>
          <xsl:apply-templates select="$root/v:agency" mode="fact"/>
          <xsl:call-template name="edition-facts"/>
        </dl>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template match="v:situations" mode="frame">
    <nav class="v-situations" aria-labelledby="v-situations">
      <h2 id="v-situations"><xsl:value-of select="$w-situations"/></h2>
      <xsl:if test="v:situation/@urgent">
        <h3 class="v-urgent">
          <span aria-hidden="true">⚠ </span>
          <xsl:value-of select="$w-urgent"/>
        </h3>
        <ul class="v-urgent" role="list">
          <xsl:apply-templates select="v:situation[@urgent]" mode="frame"/>
        </ul>
      </xsl:if>
      <xsl:if test="v:situation[not(@urgent)]">
        <xsl:if test="v:situation/@urgent">
          <h3><xsl:value-of select="$w-other-situations"/></h3>
        </xsl:if>
        <ul role="list">
          <xsl:apply-templates select="v:situation[not(@urgent)]" mode="frame"/>
        </ul>
      </xsl:if>
    </nav>
  </xsl:template>

  <xsl:template match="v:situation" mode="frame">
    <li>
      <xsl:if test="string()">
        <p class="v-when"><xsl:value-of select="normalize-space()"/></p>
      </xsl:if>
      <xsl:call-template name="listed"><xsl:with-param name="before" select="'→ '"/></xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template match="v:call" mode="frame">
    <li>
      <a href="tel:{@tel}"><xsl:value-of select="@number"/></a>
      <xsl:text> </xsl:text>
      <span class="v-text"><xsl:value-of select="@name"/></span>
    </li>
  </xsl:template>

  <xsl:template match="v:handoffs" mode="frame">
    <p class="v-handoffs"><xsl:call-template name="listed"/></p>
  </xsl:template>

  <xsl:template match="v:later" mode="frame">
    <nav class="v-contents v-later" aria-labelledby="v-later">
      <h2 id="v-later"><xsl:value-of select="$w-later"/></h2>
      <ul><xsl:apply-templates select="v:entry"/></ul>
    </nav>
  </xsl:template>

  <xsl:template name="matrix-legend">
    <xsl:for-each select="v:mark">
      <xsl:if test="position() != 1"><xsl:text> · </xsl:text></xsl:if>
      <strong><xsl:value-of select="@mark"/></strong>
      <xsl:text> </xsl:text>
      <xsl:value-of select="@name"/>
    </xsl:for-each>
  </xsl:template>

  <!-- Made by compose/role_matrix.c. -->
  <xsl:template match="v:matrix" mode="frame">
    <section class="v-matrix">
      <h2 id="v-matrix"><xsl:value-of select="$w-matrix"/></h2>
      <p class="v-note">
        <xsl:call-template name="matrix-legend"/>
      </p>
      <xsl:for-each select="v:picture">
        <div class="v-drawn v-scroll" role="group" tabindex="0" aria-label="{$w-matrix}">
          <xsl:apply-templates select="svg"/>
        </div>
      </xsl:for-each>
      <div class="v-scroll" role="region" tabindex="0" aria-labelledby="v-matrix">
        <table>
          <thead>
            <tr>
              <th scope="col"><xsl:value-of select="$w-procedure"/></th>
              <xsl:for-each select="v:column">
                <th scope="col"><span><xsl:value-of select="@name"/></span></th>
              </xsl:for-each>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="v:line">
              <tr>
                <th scope="row">
                  <xsl:call-template name="listed"/>
                </th>
                <xsl:for-each select="v:cell">
                  <td>
                    <xsl:if test="@mark">
                      <abbr title="{@name}"><xsl:value-of select="@mark"/></abbr>
                    </xsl:if>
                  </td>
                </xsl:for-each>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <xsl:template match="v:readers" mode="frame">
    <nav class="v-readers" aria-labelledby="v-readers">
      <h2 id="v-readers"><xsl:value-of select="$w-readers"/></h2>
      <ul>
        <xsl:for-each select="v:reader">
          <li><a href="{@href}" data-page="{@page}"><xsl:value-of select="@title"/></a></li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- Called on the first page; its name begins with a digit, as no id does. -->
  <xsl:template name="privacy">
    <out:page name="0-privacy.html">
      <html lang="{$lang}">
        <head>
          <meta charset="utf-8"/>
          <title><xsl:value-of select="concat($w-privacy, ' – ', $book-title)"/></title>
          <xsl:copy-of select="$head"/>
        </head>
        <body>
          <xsl:for-each select="$root">
            <xsl:call-template name="running">
              <xsl:with-param name="heading" select="$w-privacy"/>
            </xsl:call-template>
          </xsl:for-each>
          <div class="v-page">
            <xsl:copy-of select="$skip"/>
            <!-- Its class is the handbook's. -->
            <xsl:call-template name="bare-header"><xsl:with-param name="classed" select="$root"/></xsl:call-template>
            <main id="v-main" tabindex="-1">
              <h1><xsl:value-of select="$w-privacy"/></h1>
              <p class="subtitle"><strong><xsl:value-of select="$w-privacy-nothing"/></strong></p>
              <p><xsl:value-of select="$w-privacy-text"/></p>
              <p><xsl:value-of select="$w-privacy-device"/></p>
            </main>
            <xsl:call-template name="bare-footer"/>
          </div>
        </body>
      </html>
    </out:page>
  </xsl:template>

</xsl:stylesheet>
