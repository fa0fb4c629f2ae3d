<?xml version="1.0" encoding="UTF-8"?>
<!--
  The procedures of one projected handbook as data: steps, actors, hand-offs, decisions,
  responsibilities, and the facts of the edition. Used by format/json.c, which writes the tree of
  members that this makes.

  Input: a view, with the ids that compose/ids_for_programs.c leaves.
  Output: object, array, string, number, boolean in the namespace urn:vademecum:members, each with
  its @name where it is a member. One that is empty is left out, unless it says keep="yes".
  Invariant: the form is that of schemas/handbook.schema.json. Linear.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:out="urn:vademecum:out"
    xmlns="urn:vademecum:members"
    exclude-result-prefixes="db v out">

  <xsl:key name="roles" match="v:names/v:roles" use="@id"/>
  <xsl:key name="class" match="v:names/v:class" use="@id"/>

  <xsl:variable name="top" select="/v:handbook"/>
  <xsl:variable name="tasks" select="$top/descendant::db:task"/>

  <xsl:template match="v:handbook">
    <object>
      <!-- A change of the form that a reader must know of counts up. -->
      <number name="form">1</number>
      <string name="project"><xsl:value-of select="v:names/@project"/></string>
      <string name="handbook"><xsl:value-of select="@id"/></string>
      <string name="title"><xsl:value-of select="@title"/></string>
      <string name="lang"><xsl:value-of select="@lang"/></string>
      <object name="languages"><xsl:apply-templates select="v:names/v:language"/></object>
      <xsl:apply-templates select="key('class', @class)"/>
      <object name="edition">
        <string name="version"><xsl:value-of select="@version"/></string>
        <string name="in_force"><xsl:value-of select="@date"/></string>
        <string name="review"><xsl:value-of select="@review"/></string>
        <string name="mode"><xsl:value-of select="@mode"/></string>
        <string name="code"><xsl:value-of select="@code"/></string>
        <xsl:if test="not(@lone)">
          <string name="copy"><xsl:value-of select="v:words/@uncontrolled"/></string>
        </xsl:if>
      </object>
      <xsl:apply-templates select="v:notice"/>
      <array name="procedures" keep="yes"><xsl:apply-templates select="$tasks"/></array>
      <array name="handoffs" keep="yes">
        <xsl:apply-templates select="$tasks/db:procedure[1]/db:step" mode="handoff"/>
      </array>
    </object>
  </xsl:template>

  <!-- Where the same handbook is in each language; ids are the same in all. -->
  <xsl:template match="v:language">
    <string name="{@id}">
      <xsl:value-of select="concat('../', @id, '/', $top/@id, '.', @id, '.json')"/>
    </string>
  </xsl:template>

  <xsl:template match="v:notice">
    <object name="notice">
      <string name="title" keep="yes"><xsl:value-of select="@title"/></string>
      <string name="line" keep="yes"><xsl:value-of select="@line"/></string>
      <array name="text" keep="yes">
        <xsl:for-each select="v:para"><string><xsl:value-of select="."/></string></xsl:for-each>
      </array>
    </object>
  </xsl:template>

  <xsl:template match="v:class">
    <object name="class"><xsl:call-template name="id-and-label"/></object>
  </xsl:template>
  <xsl:template match="v:role">
    <object><xsl:call-template name="id-and-label"/></object>
  </xsl:template>
  <xsl:template name="id-and-label">
    <string name="id"><xsl:value-of select="@id"/></string>
    <string name="label"><xsl:value-of select="@label"/></string>
  </xsl:template>

  <!-- Procedures -->

  <xsl:template match="db:task">
    <object>
      <string name="id"><xsl:value-of select="@xml:id"/></string>
      <string name="title"><xsl:call-template name="title"/></string>
      <string name="subtitle">
        <xsl:apply-templates mode="folded"
            select="(db:subtitle|db:info[not(../db:subtitle)]/db:subtitle)[1]"/>
      </string>
      <string name="page"><xsl:value-of select="@v:page"/></string>
      <xsl:apply-templates select="key('class', @v:own-class)"/>
      <array name="lead"><xsl:apply-templates select="key('roles', @v:lead)/v:role"/></array>
      <array name="with"><xsl:apply-templates select="key('roles', @v:with)/v:role"/></array>
      <array name="informed"><xsl:apply-templates select="key('roles', @v:informed)/v:role"/></array>
      <array name="partner"><xsl:apply-templates select="key('roles', @v:partner)/v:role"/></array>
      <array name="facts"><xsl:apply-templates select="v:facts/*"/></array>
      <array name="summary"><xsl:apply-templates select="db:tasksummary[1]/*" mode="block"/></array>
      <array name="prerequisites">
        <xsl:apply-templates select="db:taskprerequisites[1]/*" mode="block"/>
      </array>
      <array name="related"><xsl:apply-templates select="db:taskrelated[1]/*" mode="block"/></array>
      <array name="steps" keep="yes"><xsl:apply-templates select="db:procedure[1]/db:step"/></array>
      <array name="responsibilities"><xsl:apply-templates select="v:raci/*"/></array>
    </object>
  </xsl:template>

  <xsl:template match="v:facts/*">
    <object>
      <string name="key"><xsl:value-of select="@key"/></string>
      <string name="name"><xsl:value-of select="@name"/></string>
      <string name="value" keep="yes"><xsl:value-of select="normalize-space()"/></string>
    </object>
  </xsl:template>

  <xsl:template match="v:raci/*">
    <object>
      <string name="label"><xsl:value-of select="@label"/></string>
      <string name="title"><xsl:value-of select="@title"/></string>
      <string name="responsible"><xsl:value-of select="@r"/></string>
      <string name="accountable"><xsl:value-of select="@a"/></string>
      <string name="consulted"><xsl:value-of select="@c"/></string>
      <string name="informed"><xsl:value-of select="@i"/></string>
    </object>
  </xsl:template>

  <!-- Steps -->

  <xsl:template match="db:step">
    <object>
      <string name="id"><xsl:value-of select="@xml:id"/></string>
      <string name="label"><xsl:value-of select="@v:label"/></string>
      <string name="title"><xsl:call-template name="title"/></string>
      <xsl:if test="@performance = 'optional'"><boolean name="optional">true</boolean></xsl:if>
      <string name="share">
        <xsl:value-of select="@v:mode"/>
        <xsl:if test="not(@v:mode)">full</xsl:if>
      </string>
      <xsl:apply-templates select="key('class', @v:own-class)"/>
      <array name="actors"><xsl:apply-templates select="key('roles', @v:actor)/v:role"/></array>
      <array name="standin"><xsl:apply-templates select="key('roles', @v:standin)/v:role"/></array>
      <array name="to"><xsl:apply-templates select="key('roles', @v:to)/v:role"/></array>
      <xsl:if test="@v:go">
        <string name="go"><xsl:value-of select="@v:go"/></string>
        <string name="go_text"><xsl:value-of select="@v:go-text"/></string>
        <!-- A line does not say which one is. -->
        <xsl:if test="not(@v:mode = 'brief')">
          <boolean name="default"><xsl:value-of select="boolean(@v:default)"/></boolean>
        </xsl:if>
      </xsl:if>
      <array name="blocks">
        <xsl:apply-templates mode="block" select="*[not(self::db:title or self::db:substeps
            or self::db:stepalternatives or self::db:variablelist[@role = 'handoff'])]"/>
      </array>
      <xsl:for-each select="db:stepalternatives[1]">
        <boolean name="decision"><xsl:value-of select="normalize-space(@v:decision) = 'yes'"/></boolean>
        <array name="branches"><xsl:apply-templates select="db:step"/></array>
      </xsl:for-each>
      <array name="steps"><xsl:apply-templates select="db:substeps[1]/db:step"/></array>
    </object>
  </xsl:template>

  <!-- The hand-off of a step, a member per field, then those of the steps in it. -->
  <xsl:template match="db:step" mode="handoff">
    <xsl:variable name="to" select="key('roles', @v:to)/v:role"/>
    <xsl:if test="$to">
      <xsl:variable name="fields"
          select="db:variablelist[@role = 'handoff']/db:varlistentry[@v:field]"/>
      <object>
        <string name="procedure"><xsl:value-of select="ancestor::db:task[1]/@xml:id"/></string>
        <string name="step"><xsl:value-of select="@xml:id"/></string>
        <string name="label"><xsl:value-of select="@v:label"/></string>
        <array name="from"><xsl:apply-templates select="key('roles', @v:actor)/v:role"/></array>
        <array name="to"><xsl:apply-templates select="$to"/></array>
        <object name="fields" keep="yes">
          <xsl:for-each select="$fields">
            <xsl:variable name="at" select="position()"/>
            <!-- A step may have a block for each that it hands to: then a field says both. -->
            <xsl:if test="not($fields[position() &lt; $at][@v:field = current()/@v:field])">
              <string name="{@v:field}">
                <xsl:apply-templates mode="folded"
                    select="$fields[@v:field = current()/@v:field]/db:listitem[1]"/>
              </string>
            </xsl:if>
          </xsl:for-each>
        </object>
      </object>
    </xsl:if>
    <xsl:apply-templates select="db:stepalternatives[1]/db:step" mode="handoff"/>
    <xsl:apply-templates select="db:substeps[1]/db:step" mode="handoff"/>
  </xsl:template>

  <!-- Paragraphs, so that no two are read as one; kind says what one stands in -->

  <xsl:template match="*" mode="block"/>
  <xsl:template match="db:*" mode="block">
    <xsl:variable name="raw"><xsl:apply-templates select="." mode="words"/></xsl:variable>
    <xsl:variable name="words" select="normalize-space($raw)"/>
    <xsl:if test="$words">
      <object>
        <string name="kind"><xsl:apply-templates select="." mode="kind"/></string>
        <string name="text"><xsl:value-of select="$words"/></string>
      </object>
    </xsl:if>
  </xsl:template>
  <!-- What holds no text of its own. -->
  <xsl:template match="db:*[out:is-container()]" mode="block">
    <xsl:apply-templates select="*" mode="block"/>
  </xsl:template>
  <xsl:template match="db:info|db:footnote|db:indexterm|db:alt" mode="block" priority="1"/>

  <xsl:template match="*" mode="kind"><xsl:value-of select="local-name()"/></xsl:template>
  <xsl:template match="db:para|db:simpara" mode="kind">
    <xsl:value-of select="local-name(..)"/>
  </xsl:template>
  <xsl:template mode="kind" match="db:step/db:para|db:step/db:simpara|db:tasksummary/db:para
      |db:tasksummary/db:simpara|db:taskprerequisites/db:para|db:taskprerequisites/db:simpara
      |db:taskrelated/db:para|db:taskrelated/db:simpara|db:formalpara/db:para
      |db:formalpara/db:simpara">para</xsl:template>

  <!-- Words, white space folded -->

  <xsl:template name="title">
    <xsl:apply-templates select="(db:title|db:info[not(../db:title)]/db:title)[1]" mode="folded"/>
  </xsl:template>
  <xsl:template match="*" mode="folded">
    <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
    <xsl:choose>
      <xsl:when test="*">
        <xsl:variable name="raw"><xsl:apply-templates select="." mode="words"/></xsl:variable>
        <xsl:value-of select="normalize-space($raw)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*" mode="words"/>
  <xsl:template match="db:*" mode="words">
    <xsl:if test="not(node())"><xsl:value-of select="@v:text"/></xsl:if>
    <xsl:apply-templates mode="words"/>
  </xsl:template>
  <!-- Blocks do not run into each other. -->
  <xsl:template match="db:para|db:entry|db:title|db:term|db:member|db:td" mode="words">
    <xsl:if test="not(node())"><xsl:value-of select="@v:text"/></xsl:if>
    <xsl:apply-templates mode="words"/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="db:footnote|db:indexterm|db:alt" mode="words"/>
</xsl:stylesheet>
