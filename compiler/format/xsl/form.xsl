<?xml version="1.0" encoding="UTF-8"?>
<!--
  Forms to fill in: the sheet of a form, a page of the site of its own, and the ways to it. What a
  form and its fields are is said in compose/form.c: v:sheet and v:forms come from there.
  A field takes as many lines as its row says: role "short" one, "long" six, none three. A row of
  role "apart" goes on a second sheet, to be kept apart from the first. An item of a check-list
  that asks (it ends in "?") is answered, another is ticked.
  Invariant: the page has no script, so it can keep nothing; the form has no address, no field has
  a value or a name that leads out, and the browser is told to send and to remember nothing.
  v:page is marked for the site alone: nothing can be filled in where there is no form.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    extension-element-prefixes="out"
    exclude-result-prefixes="db v">

  <!-- On the page that explains the form. -->
  <xsl:template name="sheet-link">
    <xsl:if test="@v:sheet">
      <p class="v-fill"><a href="{@v:sheet}"><xsl:value-of select="$w-form-fill"/></a></p>
    </xsl:if>
  </xsl:template>

  <!-- On the page of a procedure. -->
  <xsl:template match="v:forms" mode="frame">
    <nav class="v-fill" aria-labelledby="v-forms">
      <h2 id="v-forms"><xsl:value-of select="$w-forms"/></h2>
      <ul role="list">
        <xsl:for-each select="v:form">
          <li>
            <xsl:call-template name="listed"/>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- Called on the form, inside its page. -->
  <xsl:template name="sheet">
    <out:page name="{@v:sheet}" only="site">
      <html lang="{$lang}">
        <head>
          <meta charset="utf-8"/>
          <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"/>
          <title>
            <xsl:value-of select="concat($w-form, ' ', @xml:id, ' ', @v:heading, ' – ', $book-title)"/>
          </title>
          <meta name="viewport" content="width=device-width, initial-scale=1"/>
          <meta name="color-scheme" content="light dark"/>
          <meta name="referrer" content="no-referrer"/>
          <link rel="stylesheet" href="vade.css"/>
          <xsl:if test="$root/@look">
            <link rel="stylesheet" href="{$root/@look}"/>
          </xsl:if>
          <xsl:call-template name="overlay-head"/>
        </head>
        <body>
          <xsl:call-template name="running"/>
          <div class="v-page">
            <xsl:copy-of select="$skip"/>
            <xsl:call-template name="bare-header"/>
            <main id="v-main" tabindex="-1" class="v-sheets">
              <xsl:if test="@xml:id">
                <p class="cite-id"><xsl:value-of select="@xml:id"/></p>
              </xsl:if>
              <h1>
                <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
              </h1>
              <p class="on-screen">
                <strong><xsl:value-of select="$w-form-keeps"/></strong>
                <xsl:text> </xsl:text>
                <a href="{@v:page}"><xsl:value-of select="$w-form-about"/></a>
              </p>
              <!-- What an answer means: part of the sheet. -->
              <xsl:apply-templates select="db:para[@role = 'purpose']"/>
              <form method="dialog" autocomplete="off">
                <xsl:call-template name="sheet-fields"/>
                <p class="on-screen">
                  <button type="reset"><xsl:value-of select="$w-form-clear"/></button>
                </p>
              </form>
            </main>
            <xsl:call-template name="bare-footer"/>
          </div>
        </body>
      </html>
    </out:page>
  </xsl:template>

  <!-- Fields are numbered over the whole form, so that each has an id of its own. -->
  <xsl:template name="sheet-fields">
    <xsl:variable name="rows" select=".//*[@role = 'fields']/db:tgroup/db:tbody/db:row"/>
    <div class="v-sheet">
      <xsl:if test="not($rows)"><xsl:attribute name="class">v-sheet v-ticks</xsl:attribute></xsl:if>
      <xsl:for-each select="$rows[not(@role = 'apart')]
          |.//db:itemizedlist[@role = 'checklist']/db:listitem">
        <xsl:apply-templates select="." mode="field">
          <xsl:with-param name="id" select="concat('v-f', position())"/>
        </xsl:apply-templates>
      </xsl:for-each>
    </div>
    <xsl:if test="$rows[@role = 'apart']">
      <div class="v-sheet v-apart" role="group" aria-labelledby="v-apart">
        <h2 id="v-apart">
          <xsl:if test="@xml:id"><xsl:value-of select="concat(@xml:id, ': ')"/></xsl:if>
          <xsl:value-of select="$w-form-apart"/>
        </h2>
        <div class="v-field r-short">
          <label for="v-a0"><xsl:value-of select="$w-form-reference"/></label>
          <textarea id="v-a0" rows="1" autocomplete="off" spellcheck="false"/>
        </div>
        <xsl:for-each select="$rows[@role = 'apart']">
          <xsl:apply-templates select="." mode="field">
            <xsl:with-param name="id" select="concat('v-a', position())"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:row" mode="field">
    <xsl:param name="id"/>
    <div class="v-field">
      <xsl:if test="@role = 'short' or @role = 'long'">
        <xsl:attribute name="class"><xsl:value-of select="concat('v-field r-', @role)"/></xsl:attribute>
      </xsl:if>
      <label for="{$id}">
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
        <xsl:apply-templates select="db:entry[1]/node()"/>
      </label>
      <xsl:if test="db:entry[2]">
        <p class="v-hint" id="{$id}-h"><xsl:apply-templates select="db:entry[2]/node()"/></p>
      </xsl:if>
      <textarea id="{$id}" rows="3" autocomplete="off" spellcheck="false">
        <xsl:choose>
          <xsl:when test="@role = 'short'"><xsl:attribute name="rows">1</xsl:attribute></xsl:when>
          <xsl:when test="@role = 'long'"><xsl:attribute name="rows">6</xsl:attribute></xsl:when>
        </xsl:choose>
        <xsl:if test="db:entry[2]">
          <xsl:attribute name="aria-describedby"><xsl:value-of select="concat($id, '-h')"/></xsl:attribute>
        </xsl:if>
      </textarea>
    </div>
  </xsl:template>

  <xsl:template match="db:listitem" mode="field">
    <xsl:param name="id"/>
    <xsl:variable name="words"><xsl:apply-templates mode="words"/></xsl:variable>
    <xsl:variable name="text" select="normalize-space($words)"/>
    <xsl:choose>
      <xsl:when test="substring($text, string-length($text)) = '?'">
        <fieldset class="v-field v-question">
          <legend>
            <xsl:apply-templates select="@v:class-label" mode="tag"/>
            <xsl:apply-templates select="*/node()"/>
          </legend>
          <label><input type="radio" name="{$id}"/><xsl:value-of select="$w-form-yes"/></label>
          <label><input type="radio" name="{$id}"/><xsl:value-of select="$w-form-no"/></label>
          <label><input type="radio" name="{$id}"/><xsl:value-of select="$w-form-unknown"/></label>
        </fieldset>
      </xsl:when>
      <xsl:otherwise>
        <div class="v-field v-tickable">
          <input type="checkbox" id="{$id}"/>
          <label for="{$id}">
            <xsl:apply-templates select="@v:class-label" mode="tag"/>
            <xsl:apply-templates select="*/node()"/>
          </label>
        </div>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
