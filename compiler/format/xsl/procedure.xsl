<?xml version="1.0" encoding="UTF-8"?>
<!--
  A procedure: the page of a task, its steps, decisions, hand-offs and RACI table.
  Step labels come from C and are the same in every handbook and language; nothing is counted.
  A branch that is the default says so in words; hand-offs and warnings too.
  Headings: the page h1, the parts of a task h2, steps h3, what is in a step h4 and on. In a
  procedure that is in no task a step's title is a paragraph: h is then 0.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <xsl:template match="db:task" mode="main">
    <xsl:if test="@xml:id">
      <p class="cite-id"><xsl:value-of select="@xml:id"/></p>
    </xsl:if>
    <h1>
      <xsl:apply-templates select="@xml:id" mode="a"/>
      <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
      <xsl:if test="not(db:title or db:info/db:title)"><xsl:value-of select="@v:heading"/></xsl:if>
    </h1>
    <xsl:call-template name="under-title"/>
    <xsl:choose>
      <!-- Whoever opens a procedure needs what endangers life and the first step at once: the
           rest is a link away, below the steps. -->
      <xsl:when test="db:procedure">
        <xsl:call-template name="warnings-first"/>
        <xsl:choose>
          <xsl:when test="db:tasksummary or db:taskprerequisites">
            <xsl:call-template name="jump"/>
            <xsl:apply-templates select="db:procedure"/>
            <div id="v-before" tabindex="-1"><xsl:call-template name="around-steps"/></div>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="db:procedure"/>
            <xsl:call-template name="around-steps"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates>
          <xsl:with-param name="h" select="2"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="v:forms" mode="frame"/>
    <xsl:call-template name="facts"/>
    <xsl:apply-templates select="v:contents" mode="frame"/>
    <xsl:apply-templates select="v:raci" mode="frame"/>
    <xsl:apply-templates select="v:picture" mode="frame"/>
  </xsl:template>

  <xsl:template name="jump">
    <p class="v-jump"><a href="#v-before"><xsl:value-of select="$w-before-steps"/></a></p>
  </xsl:template>

  <xsl:template name="around-steps">
    <xsl:apply-templates select="*[not(self::db:procedure)]">
      <xsl:with-param name="h" select="2"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- What endangers life comes before all else of a procedure, on a screen and in print. -->
  <xsl:template name="warnings-first">
    <xsl:if test="db:procedure">
      <xsl:apply-templates select="db:tasksummary/db:warning|db:taskprerequisites/db:warning"
          mode="first"/>
    </xsl:if>
  </xsl:template>

  <!-- Shown before the steps, so not where they stand. -->
  <xsl:template match="db:tasksummary/db:warning|db:taskprerequisites/db:warning">
    <xsl:if test="not(../../db:procedure)">
      <xsl:apply-templates select="." mode="first"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="db:warning" mode="first">
    <xsl:call-template name="admonition"/>
  </xsl:template>

  <xsl:template name="our-facts">
    <dl class="v-facts" xsl:use-attribute-sets="facts">
      <xsl:for-each select="v:facts/v:fact">
        <div class="fact-{@key}">
          <dt><xsl:value-of select="@name"/></dt>
          <dd><xsl:value-of select="."/></dd>
        </div>
      </xsl:for-each>
      <xsl:for-each select="db:info/db:pubdate">
        <div>
          <dt><xsl:value-of select="$w-in-force"/></dt>
          <dd><xsl:apply-templates/></dd>
        </div>
      </xsl:for-each>
      <xsl:for-each select="db:info/db:date[@role = 'review']">
        <div>
          <dt><xsl:value-of select="$w-review"/></dt>
          <dd><xsl:apply-templates/></dd>
        </div>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <xsl:template match="db:tasksummary|db:taskprerequisites|db:taskrelated">
    <xsl:param name="h" select="2"/>
    <div class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:choose>
        <xsl:when test="db:title or db:info/db:title">
          <h2><xsl:call-template name="title-text"/></h2>
          <xsl:apply-templates>
            <xsl:with-param name="h" select="3"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates>
            <xsl:with-param name="h" select="2"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- The named parts of a task are sections for whoever moves from heading to heading. -->
  <xsl:template match="db:tasksummary/db:formalpara|db:taskprerequisites/db:formalpara
      |db:taskrelated/db:formalpara">
    <xsl:param name="h" select="2"/>
    <section>
      <xsl:apply-templates select="@*"/>
      <xsl:element name="h{$h}">
        <xsl:call-template name="title-text"/>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
      </xsl:element>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="db:task/db:procedure">
    <section class="procedure">
      <xsl:apply-templates select="@*" mode="a"/>
      <h2 id="v-steps">
        <xsl:choose>
          <xsl:when test="db:title or db:info/db:title">
            <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$w-steps"/></xsl:otherwise>
        </xsl:choose>
      </h2>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:apply-templates select="*[not(self::db:step)]"/>
      <xsl:if test="db:step">
        <ol class="v-steps" role="list">
          <xsl:apply-templates select="db:step">
            <xsl:with-param name="h" select="3"/>
          </xsl:apply-templates>
        </ol>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="db:procedure">
    <div class="procedure">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:if test="db:title or db:info/db:title">
        <p class="title"><xsl:call-template name="title-text"/></p>
      </xsl:if>
      <xsl:apply-templates select="*[not(self::db:step)]"/>
      <xsl:if test="db:step">
        <ol class="v-steps" role="list">
          <xsl:apply-templates select="db:step">
            <xsl:with-param name="h" select="0"/>
          </xsl:apply-templates>
        </ol>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- A step, sub-step or branch. v:mode is how much of it this handbook shows. -->
  <xsl:template match="db:step">
    <xsl:param name="h" select="0"/>
    <xsl:param name="word" select="$w-step"/>
    <li class="step" xsl:use-attribute-sets="item">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="step-head">
        <xsl:with-param name="h" select="$h"/>
        <xsl:with-param name="word" select="$word"/>
      </xsl:call-template>
      <xsl:call-template name="step-body">
        <xsl:with-param name="h" select="$h"/>
      </xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template match="db:step/@v:mode" mode="a">
    <xsl:attribute name="class">step m-<xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <!-- The label and title: a heading, or a paragraph where no heading is due (h = 0). -->
  <xsl:template name="our-step-head">
    <xsl:param name="h"/>
    <xsl:param name="word"/>
    <xsl:choose>
      <xsl:when test="$h and (db:title or db:info/db:title)">
        <xsl:element name="h{$h}" use-attribute-sets="line">
          <xsl:attribute name="class">step-title</xsl:attribute>
          <xsl:call-template name="step-title">
            <xsl:with-param name="word" select="$word"/>
          </xsl:call-template>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <p class="step-title">
          <xsl:call-template name="step-title">
            <xsl:with-param name="word" select="$word"/>
          </xsl:call-template>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="our-step-title">
    <xsl:param name="word"/>
    <span class="v-number">
      <xsl:call-template name="heard"><xsl:with-param name="words" select="concat($word, ' ')"/></xsl:call-template>
      <xsl:value-of select="@v:label"/>
    </span>
    <xsl:text> </xsl:text>
    <span class="v-text">
      <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
      <xsl:if test="@performance = 'optional'">
        <xsl:text> </xsl:text>
        <span class="v-optional"><xsl:value-of select="concat('(', $w-optional, ')')"/></span>
      </xsl:if>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="@v:class-label" mode="tag"/>
    </span>
  </xsl:template>

  <!-- Words for whoever hears the page. -->
  <xsl:template name="heard">
    <xsl:param name="words"/>
    <span class="v-vh"><xsl:value-of select="$words"/></span>
  </xsl:template>

  <xsl:template name="our-step-body">
    <xsl:param name="h"/>
    <xsl:if test="@v:in-absence">
      <p class="v-standin" xsl:use-attribute-sets="line"><strong><xsl:value-of select="@v:in-absence"/></strong></p>
    </xsl:if>
    <xsl:if test="@v:actors or @v:receivers">
      <p class="v-who" xsl:use-attribute-sets="line">
        <xsl:if test="@v:actors">
          <span class="v-key"><xsl:value-of select="@v:who"/><xsl:text>: </xsl:text></span>
          <xsl:value-of select="@v:actors"/>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:if test="@v:receivers">
          <span class="v-to">
            <span aria-hidden="true">→ </span>
            <span class="v-key"><xsl:value-of select="$w-hands-over"/><xsl:text>: </xsl:text></span>
            <xsl:value-of select="@v:receivers"/>
          </span>
        </xsl:if>
      </p>
    </xsl:if>
    <xsl:apply-templates>
      <xsl:with-param name="h" select="$h + ($h and $h &lt; 6)"/>
    </xsl:apply-templates>
    <xsl:if test="@v:go-text">
      <p class="v-go" xsl:use-attribute-sets="line">
        <span aria-hidden="true">→ </span>
        <xsl:choose>
          <xsl:when test="@v:go-target">
            <a><xsl:call-template name="go-href"/><xsl:value-of select="@v:go-text"/></a>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="@v:go-text"/></xsl:otherwise>
        </xsl:choose>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="db:substeps">
    <xsl:param name="h" select="0"/>
    <ol class="v-steps substeps" role="list">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="db:step">
        <xsl:with-param name="h" select="$h"/>
      </xsl:apply-templates>
    </ol>
  </xsl:template>

  <!-- Alternatives; a decision if it says so: then one branch is the most protective. Whoever does not
       choose is not told to: another's branches are lines. -->
  <xsl:template match="db:stepalternatives">
    <xsl:param name="h" select="0"/>
    <div class="v-alternatives" xsl:use-attribute-sets="box">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:if test="not(../@v:mode = 'brief')">
        <p class="title">
          <xsl:choose>
            <xsl:when test="@v:decision"><xsl:value-of select="$w-decide"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$w-do-one"/></xsl:otherwise>
          </xsl:choose>
        </p>
      </xsl:if>
      <ol class="v-branches" role="list">
        <xsl:for-each select="db:step">
          <li class="v-branch" xsl:use-attribute-sets="item">
            <xsl:apply-templates select="@*" mode="a"/>
            <xsl:attribute name="class">
              <xsl:text>v-branch</xsl:text>
              <xsl:if test="@v:default"> v-default</xsl:if>
              <xsl:if test="@v:mode"> m-<xsl:value-of select="@v:mode"/></xsl:if>
            </xsl:attribute>
            <xsl:call-template name="step-head">
              <xsl:with-param name="h" select="$h"/>
              <xsl:with-param name="word" select="$w-branch"/>
            </xsl:call-template>
            <xsl:if test="@v:default and db:para[@role = 'because']">
              <p class="if-in-doubt" xsl:use-attribute-sets="line"><strong><xsl:value-of select="$w-default-branch"/></strong></p>
            </xsl:if>
            <xsl:call-template name="step-body">
              <xsl:with-param name="h" select="$h"/>
            </xsl:call-template>
          </li>
        </xsl:for-each>
      </ol>
    </div>
  </xsl:template>

  <!-- Called on a variablelist[@role='handoff']. Who hands over to whom is on the step. -->
  <xsl:template name="our-handoff">
    <div class="v-handoff" role="group" aria-label="{$w-handoff}" xsl:use-attribute-sets="box">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <p class="title">
        <xsl:call-template name="kind"><xsl:with-param name="word" select="$w-handoff"/></xsl:call-template>
        <xsl:if test="../@v:receivers">
          <xsl:text> </xsl:text>
          <span class="v-text">
            <xsl:value-of select="../@v:actors"/>
            <span aria-hidden="true"> → </span>
            <xsl:call-template name="heard">
              <xsl:with-param name="words" select="concat(', ', $w-hands-over, ': ')"/>
            </xsl:call-template>
            <xsl:value-of select="../@v:receivers"/>
          </span>
        </xsl:if>
      </p>
      <dl>
        <xsl:apply-templates select="db:varlistentry"/>
      </dl>
    </div>
  </xsl:template>

  <xsl:template match="v:raci" mode="frame">
    <section class="v-raci">
      <h2 id="v-raci"><xsl:value-of select="$w-raci"/></h2>
      <div class="v-scroll" role="region" tabindex="0" aria-labelledby="v-raci">
        <table>
          <thead>
            <tr>
              <th scope="col"><xsl:value-of select="$w-step"/></th>
              <th scope="col"><xsl:value-of select="$w-responsible"/></th>
              <th scope="col"><xsl:value-of select="$w-accountable"/></th>
              <th scope="col"><xsl:value-of select="$w-consulted"/></th>
              <th scope="col"><xsl:value-of select="$w-informed"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="v:row"/>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="v:row">
    <tr>
      <th scope="row">
        <xsl:choose>
          <xsl:when test="@href">
            <a><xsl:call-template name="href"/><xsl:value-of select="concat(@label, ' ', @title)"/></a>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="concat(@label, ' ', @title)"/></xsl:otherwise>
        </xsl:choose>
      </th>
      <td><xsl:value-of select="@r"/></td>
      <td><xsl:value-of select="@a"/></td>
      <td><xsl:value-of select="@c"/></td>
      <td><xsl:value-of select="@i"/></td>
    </tr>
  </xsl:template>

  <!-- A swimlane or a chain of stages. What it shows, words on the page say. One that could not be
       read any more when it is as small as a sheet of paper is called tall. -->
  <xsl:template match="v:picture" mode="frame">
    <xsl:param name="title" select="$w-lane"/>
    <xsl:param name="note" select="$w-lane-note"/>
    <section class="v-drawn">
      <xsl:if test="*/@height &gt; 1450"><xsl:attribute name="class">v-drawn v-tall</xsl:attribute></xsl:if>
      <h2 id="v-{@kind}"><xsl:value-of select="$title"/></h2>
      <div class="v-scroll" role="region" tabindex="0" aria-labelledby="v-{@kind}">
        <xsl:apply-templates select="svg"/>
      </div>
      <p class="v-note">
        <xsl:if test="@columns"><xsl:value-of select="concat(@columns, '. ')"/></xsl:if>
        <xsl:value-of select="$note"/>
      </p>
    </section>
  </xsl:template>

</xsl:stylesheet>
