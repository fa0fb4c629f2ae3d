<?xml version="1.0" encoding="UTF-8"?>
<!--
  Turns one projected handbook into the pages of its site. This is the entry sheet: it owns the
  frame of a page (head, header, trail, footer); what stands in it is in the files included below.
  Used by format/site.c; out:page gives a page away when it is whole, see style/stylesheet.h.

  Input: v:handbook or v:shelf (DESIGN section 8). Numbers, labels, link targets and page names
  are there already, as v: attributes and children.
  Output: one v:page per page element (by out:page), in place, so inside the page that holds it; HTML elements
  in no namespace.
  Invariant: linear. Nothing is counted, sorted or searched, and only near nodes are read, but for
  the notes of a page, by a key.
  Two params travel down: h, the level of the next heading, and nothing else.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    extension-element-prefixes="out"
    exclude-result-prefixes="db v">

  <xsl:include href="words.xsl"/>
  <xsl:include href="block.xsl"/>
  <xsl:include href="inline.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="table.xsl"/>
  <xsl:include href="procedure.xsl"/>
  <xsl:include href="media.xsl"/>
  <xsl:include href="info.xsl"/>
  <xsl:include href="glossary_index.xsl"/>
  <xsl:include href="synopsis.xsl"/>
  <xsl:include href="shelf.xsl"/>
  <xsl:include href="agency.xsl"/>
  <xsl:include href="first_page.xsl"/>
  <xsl:include href="form.xsl"/>
  <xsl:include href="moved.xsl"/>
  <xsl:include href="replaceable_templates.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- Notes by the name of their page: once over the tree, however pages nest. -->
  <xsl:key name="notes" match="db:footnote[not(ancestor::db:footnote)]"
    use="ancestor::*[@v:page][1]/@v:page"/>

  <!-- What another format says of what is shared: of a box, a line close to its neighbours, an item
       of a list, a list of facts. -->
  <xsl:attribute-set name="box"/>
  <xsl:attribute-set name="line"/>
  <xsl:attribute-set name="item"/>
  <xsl:attribute-set name="facts"/>

  <xsl:variable name="root" select="/*"/>
  <xsl:variable name="lang" select="string($root/@lang)"/>
  <xsl:variable name="book-title" select="string($root/@title)"/>
  <!-- A DocBook file without a project is no edition of ours: it has none of its marks. -->
  <xsl:variable name="lone" select="$root/@lone"/>
  <xsl:variable name="draft" select="$root/@mode = 'draft'"/>
  <xsl:variable name="release" select="$root/@mode = 'release'"/>
  <xsl:variable name="translations" select="$root/v:translation"/>
  <xsl:variable name="notice" select="$root/v:notice"/>

  <!-- What is the same on every page is made once. -->
  <xsl:variable name="class-label" select="string($root/@class-label)"/>
  <xsl:variable name="edition-line">
    <xsl:if test="$root/v:agency">
      <xsl:value-of select="concat($root/v:agency/@name, ' · ')"/>
    </xsl:if>
    <xsl:if test="$root/@version">
      <xsl:value-of select="concat($w-edition, ' ', $root/@version)"/>
    </xsl:if>
    <xsl:if test="$root/@date">
      <xsl:value-of select="concat(' · ', $root/@date)"/>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="head">
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="referrer" content="no-referrer"/>
    <link rel="stylesheet" href="vade.css"/>
    <xsl:if test="$root/@look">
      <link rel="stylesheet" href="{$root/@look}"/>
    </xsl:if>
    <xsl:if test="not(/v:shelf)"><v:script/></xsl:if>
    <xsl:call-template name="overlay-head"/>
  </xsl:variable>
  <xsl:variable name="skip">
    <a class="v-skip" href="#v-main"><xsl:value-of select="$w-skip"/></a>
  </xsl:variable>
  <xsl:variable name="running-rest">
    <p>
      <xsl:if test="$draft">
        <strong><xsl:value-of select="$w-draft"/></strong>
        <xsl:text> · </xsl:text>
      </xsl:if>
      <xsl:if test="$root/v:agency">
        <xsl:value-of select="concat($root/v:agency/@name, ' · ')"/>
      </xsl:if>
      <xsl:value-of select="concat($root/@title, ' · ')"/>
      <xsl:if test="$root/@version">
        <xsl:value-of select="concat($w-edition, ' ', $root/@version, ' · ')"/>
      </xsl:if>
      <xsl:if test="$root/@date">
        <xsl:value-of select="concat($w-in-force, ' ', $root/@date, ' · ')"/>
      </xsl:if>
      <xsl:if test="$root/@review">
        <xsl:value-of select="concat($w-review, ' ', $root/@review, ' · ')"/>
      </xsl:if>
      <xsl:value-of select="$w-language-name"/>
      <xsl:if test="not($lone)">
        <xsl:value-of select="concat(' · ', $w-uncontrolled, ' · ', $w-code, ' ')"/>
        <xsl:value-of select="$root/@code"/>
      </xsl:if>
    </p>
    <xsl:if test="$notice">
      <p><xsl:value-of select="$notice/@line"/></p>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="site">
    <xsl:if test="$draft">
      <p class="v-draft"><strong><xsl:value-of select="$w-draft"/></strong></p>
    </xsl:if>
    <p class="v-site">
      <xsl:choose>
        <xsl:when test="/v:shelf"><xsl:value-of select="$root/@project-title"/></xsl:when>
        <xsl:otherwise><a href="index.html"><xsl:value-of select="$book-title"/></a></xsl:otherwise>
      </xsl:choose>
    </p>
    <p class="v-edition"><xsl:value-of select="$edition-line"/></p>
  </xsl:variable>
  <!-- The script shows it, once it is late: above all else. -->
  <xsl:variable name="outdated">
    <xsl:if test="$root/@review">
      <p id="v-outdated" class="v-outdated" hidden="hidden" data-review="{$root/@review}">
        <strong><xsl:value-of select="concat($w-outdated, ' ', $root/@review)"/></strong>
      </p>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="edition-facts">
    <xsl:if test="$root/@version">
      <div>
        <dt><xsl:value-of select="$w-edition"/></dt>
        <dd><xsl:value-of select="$root/@version"/></dd>
      </div>
    </xsl:if>
    <xsl:if test="$root/@date">
      <div>
        <dt><xsl:value-of select="$w-in-force"/></dt>
        <dd><xsl:value-of select="$root/@date"/></dd>
      </div>
    </xsl:if>
    <xsl:if test="$root/@review">
      <div>
        <dt><xsl:value-of select="$w-review"/></dt>
        <dd><xsl:value-of select="$root/@review"/></dd>
      </div>
    </xsl:if>
    <div>
      <dt><xsl:value-of select="$w-language"/></dt>
      <dd><xsl:value-of select="$w-language-name"/></dd>
    </div>
    <xsl:if test="not($lone)">
      <div>
        <dt><xsl:value-of select="$w-code"/></dt>
        <dd class="v-code"><xsl:value-of select="$root/@code"/></dd>
      </div>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="notice-here">
    <xsl:call-template name="notice-line">
      <xsl:with-param name="href" select="'#notice'"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="notice-there">
    <xsl:call-template name="notice-line">
      <xsl:with-param name="href" select="'index.html#notice'"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="foot">
    <xsl:if test="not($lone)">
      <p class="v-copy"><xsl:value-of select="$w-uncontrolled"/></p>
    </xsl:if>
  </xsl:variable>

  <xsl:template match="v:handbook">
    <xsl:apply-templates select="*[@v:page]"/>
  </xsl:template>

  <!-- Page elements. One without v:page is shown as a section of the page around it. -->
  <xsl:template match="db:set|db:book|db:part|db:preface|db:chapter|db:appendix|db:article
      |db:glossary|db:bibliography|db:index|db:setindex|db:reference|db:refentry|db:task|db:topic
      |db:acknowledgements|db:dedication|db:colophon">
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

  <!-- The frame of a page, around what mode "main" gives for it. -->
  <xsl:template name="page">
    <out:page name="{@v:page}">
      <html lang="{$lang}">
        <head>
          <meta charset="utf-8"/>
          <title>
            <xsl:value-of select="@v:heading"/>
            <xsl:if test="not(@v:front)">
              <xsl:text> – </xsl:text>
              <xsl:value-of select="$book-title"/>
            </xsl:if>
          </title>
          <xsl:copy-of select="$head"/>
          <xsl:if test="@v:front">
            <xsl:apply-templates select="$notice" mode="meta"/>
          </xsl:if>
        </head>
        <body>
          <xsl:call-template name="running"/>
          <div class="v-page">
            <xsl:copy-of select="$skip"/>
            <xsl:call-template name="page-header"/>
            <xsl:if test="v:trail/v:crumb or $root/@shelf-href">
              <xsl:apply-templates select="v:trail" mode="frame"/>
            </xsl:if>
            <!-- The first step of a procedure is on the first screen of a phone. -->
            <xsl:if test="not(self::db:task)"><xsl:call-template name="tools"/></xsl:if>
            <main id="v-main" tabindex="-1">
              <xsl:apply-templates select="." mode="main"/>
              <xsl:call-template name="footnotes"/>
            </main>
            <xsl:if test="self::db:task"><xsl:call-template name="tools"/></xsl:if>
            <xsl:apply-templates select="v:readers" mode="frame"/>
            <xsl:call-template name="page-turn"/>
            <xsl:call-template name="page-footer"/>
          </div>
          <xsl:if test="@v:front and not($lone)"><xsl:call-template name="privacy"/></xsl:if>
          <xsl:if test="@v:sheet"><xsl:call-template name="sheet"/></xsl:if>
          <xsl:apply-templates select="v:former" mode="moved"/>
        </body>
      </html>
    </out:page>
  </xsl:template>

  <!-- What print repeats at the head of every sheet, in place of header and footer. -->
  <xsl:template name="running">
    <xsl:param name="heading" select="@v:heading"/>
    <div class="v-running" aria-hidden="true">
      <p>
        <xsl:if test="@v:class-label or $class-label">
          <strong class="v-mark"><xsl:call-template name="class-label"/></strong>
        </xsl:if>
        <xsl:value-of select="concat(' ', $heading)"/>
      </p>
      <xsl:copy-of select="$running-rest"/>
    </div>
  </xsl:template>

  <!-- Where the script puts what it adds, with the words it uses. Steps are ticked where no
       case data is: not on pages of class cas. -->
  <xsl:template name="tools">
    <div id="v-tools" class="v-tools" hidden="hidden" data-handbook="{$root/@id}"
        data-search="{$w-search}" data-found="{$w-search-found}" data-none="{$w-search-none}"
        data-done="{$w-done}" data-new-case="{$w-new-case}" data-copy="{$w-copy-link}"
        data-copied="{$w-copied}" data-keys="{$w-keys}" data-keys-text="{$w-keys-text}"
        data-keys-off="{$w-keys-off}" data-keys-on="{$w-keys-on}" data-close="{$w-close}">
      <xsl:if test="(@v:class or $root/@class) and not(@v:class = 'cas' or not(@v:class) and $root/@class = 'cas')">
        <xsl:attribute name="data-ticks">yes</xsl:attribute>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template name="our-page-header">
    <header class="v-top">
      <xsl:call-template name="overlay-banner"/>
      <xsl:copy-of select="$site"/>
      <xsl:call-template name="class-mark"/>
      <xsl:if test="$translations">
        <xsl:variable name="page" select="@v:page"/>
        <nav class="v-languages" aria-label="{$w-language}">
          <ul>
            <xsl:for-each select="$translations">
              <li>
                <a href="{@dir}{$page}" lang="{@lang}" hreflang="{@lang}" rel="alternate">
                  <xsl:value-of select="@name"/>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </nav>
      </xsl:if>
      <xsl:copy-of select="$outdated"/>
    </header>
  </xsl:template>

  <!-- The same for a page from which nobody goes on, and its foot. -->
  <xsl:template name="bare-header">
    <xsl:param name="classed" select="."/>
    <header class="v-top">
      <xsl:call-template name="overlay-banner"/>
      <xsl:copy-of select="$site"/>
      <xsl:for-each select="$classed"><xsl:call-template name="class-mark"/></xsl:for-each>
    </header>
  </xsl:template>
  <xsl:template name="bare-footer">
    <footer class="v-bottom">
      <xsl:copy-of select="$notice-there"/>
      <dl class="v-colophon"><xsl:call-template name="edition-facts"/></dl>
      <xsl:copy-of select="$foot"/>
      <xsl:call-template name="overlay-foot"/>
    </footer>
  </xsl:template>

  <!-- The class of this page; the handbook's if the page says none. -->
  <xsl:template name="class-label">
    <xsl:choose>
      <xsl:when test="@v:class-label"><xsl:value-of select="@v:class-label"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$class-label"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A project without classes has no mark. -->
  <xsl:template name="class-mark">
    <xsl:if test="@v:class-label or $class-label">
      <p class="v-mark">
        <span class="v-key"><xsl:value-of select="concat($w-class, ': ')"/></span>
        <strong><xsl:call-template name="class-label"/></strong>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The pages above this one; its own title follows at once, as h1. -->
  <xsl:template match="v:trail" mode="frame">
    <nav class="v-trail" aria-label="{$w-trail}">
      <ol>
        <xsl:if test="$root/@shelf-href">
          <li><a href="{$root/@shelf-href}"><xsl:value-of select="$root/@shelf-title"/></a></li>
        </xsl:if>
        <xsl:for-each select="v:crumb">
          <li><a href="{@href}"><xsl:value-of select="@title"/></a></li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>

  <xsl:template name="page-turn">
    <xsl:if test="@v:prev or @v:next">
      <nav class="v-turn" aria-label="{$w-pages}">
        <ul>
          <xsl:if test="@v:prev">
            <li class="v-prev">
              <a rel="prev" href="{@v:prev}">
                <span class="v-key"><xsl:value-of select="$w-previous"/></span>
                <xsl:text> </xsl:text>
                <span class="v-text"><xsl:value-of select="@v:prev-title"/></span>
              </a>
            </li>
          </xsl:if>
          <xsl:if test="@v:next">
            <li class="v-next">
              <a rel="next" href="{@v:next}">
                <span class="v-key"><xsl:value-of select="$w-next"/></span>
                <xsl:text> </xsl:text>
                <span class="v-text"><xsl:value-of select="@v:next-title"/></span>
              </a>
            </li>
          </xsl:if>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="our-page-footer">
    <footer class="v-bottom">
      <xsl:choose>
        <xsl:when test="@v:front"><xsl:copy-of select="$notice-here"/></xsl:when>
        <xsl:otherwise><xsl:copy-of select="$notice-there"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="not($lone)">
        <dl class="v-colophon">
          <xsl:call-template name="edition-facts"/>
        </dl>
        <xsl:copy-of select="$foot"/>
        <p><a href="0-privacy.html"><xsl:value-of select="$w-privacy"/></a></p>
      </xsl:if>
      <xsl:call-template name="overlay-foot"/>
    </footer>
  </xsl:template>

  <xsl:template name="notice-line">
    <xsl:param name="href"/>
    <xsl:if test="$notice">
      <p class="notice-line">
        <xsl:value-of select="$notice/@line"/>
        <xsl:text> </xsl:text>
        <a href="{$href}"><xsl:value-of select="$w-notice-full"/></a>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The edition, as rows of a dl; the class is that of the page. -->
  <xsl:template name="edition-facts">
    <xsl:if test="@v:class-label or $class-label">
      <div>
        <dt><xsl:value-of select="$w-class"/></dt>
        <dd class="v-class"><xsl:call-template name="class-label"/></dd>
      </div>
    </xsl:if>
    <xsl:copy-of select="$edition-facts"/>
  </xsl:template>

  <!-- What stands in main. Tasks, books and reference pages have templates of their own. -->
  <xsl:template match="*" mode="main">
    <xsl:call-template name="h1"/>
    <xsl:call-template name="page-info"/>
    <xsl:call-template name="sheet-link"/>
    <xsl:apply-templates select="v:contents" mode="frame"/>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="v:picture" mode="frame">
      <xsl:with-param name="title" select="$w-chain"/>
      <xsl:with-param name="note" select="$w-chain-note"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- A page without a title of its own has the heading that C made up for it. -->
  <xsl:template name="our-h1">
    <h1>
      <xsl:apply-templates select="@xml:id" mode="a"/>
      <xsl:call-template name="title-text"/>
      <xsl:if test="not(db:title or db:info/db:title)">
        <xsl:value-of select="@v:heading"/>
      </xsl:if>
    </h1>
  </xsl:template>

  <xsl:template match="v:notice" mode="frame">
    <section class="v-notice" id="notice" aria-labelledby="v-notice">
      <h2 id="v-notice"><xsl:value-of select="@title"/></h2>
      <xsl:for-each select="v:para">
        <p><xsl:value-of select="."/></p>
      </xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template match="v:notice" mode="meta">
    <xsl:variable name="text">
      <xsl:for-each select="v:para">
        <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:value-of select="normalize-space()"/>
      </xsl:for-each>
    </xsl:variable>
    <meta name="description" content="{$text}"/>
    <meta name="DC.description" content="{$text}"/>
    <meta name="DC.type" content="{@title}"/>
    <meta name="DC.language" content="{$lang}"/>
  </xsl:template>

  <!-- A list of the pages below this one. -->
  <xsl:template match="v:contents" mode="frame">
    <nav class="v-contents" aria-labelledby="v-contents">
      <h2 id="v-contents"><xsl:value-of select="$w-contents"/></h2>
      <ul>
        <xsl:apply-templates select="v:entry"/>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template match="v:entry">
    <li>
      <xsl:call-template name="listed"/>
      <xsl:if test="@class-label">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@class-label" mode="word"/>
      </xsl:if>
      <xsl:if test="v:entry">
        <ul>
          <xsl:apply-templates select="v:entry"/>
        </ul>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- The way to what a list of the frame names: its label and title. -->
  <xsl:template name="listed">
    <xsl:param name="before"/>
    <a><xsl:call-template name="href"/>
      <xsl:if test="$before"><span aria-hidden="true"><xsl:value-of select="$before"/></span></xsl:if>
      <xsl:if test="@label">
        <span class="v-label"><xsl:value-of select="@label"/></span>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:value-of select="@title"/>
    </a>
  </xsl:template>

  <!-- The notes of this page, not of those inside it; in the text each has only its mark. -->
  <xsl:template name="footnotes">
    <xsl:variable name="notes" select="key('notes', @v:page)"/>
    <xsl:if test="$notes">
      <section class="v-footnotes" aria-labelledby="v-footnotes">
        <h2 id="v-footnotes"><xsl:value-of select="$w-footnotes"/></h2>
        <ul role="list">
          <xsl:for-each select="$notes">
            <li id="v-fn-{@v:label}">
              <xsl:apply-templates select="@v:label" mode="label"/>
              <div><xsl:apply-templates/></div>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:footnote/@v:label" mode="label">
    <a class="v-label" href="#v-fnref-{.}">
      <span class="v-vh"><xsl:value-of select="concat($w-footnote-back, ' ')"/></span>
      <xsl:value-of select="."/>
    </a>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- Parts of the frame are placed by name, never met on the way. -->
  <xsl:template match="v:trail|v:contents|v:facts|v:raci|v:picture|v:words|v:notice
      |v:situations|v:call|v:handoffs|v:later|v:readers|v:forms|v:matrix|v:former
      |v:index"/>

</xsl:stylesheet>
