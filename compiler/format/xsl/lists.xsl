<?xml version="1.0" encoding="UTF-8"?>
<!--
  Lists of every kind. A check-list is itemizedlist[@role='checklist']: its items get a square,
  on paper too. The hand-off block, variablelist[@role='handoff'], is in procedure.xsl.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <!-- What stands before a list's first item: class mark, title, and blocks. -->
  <xsl:template name="list-head">
    <xsl:apply-templates select="@v:class-label" mode="mark"/>
    <xsl:call-template name="block-title"/>
  </xsl:template>

  <xsl:template match="db:itemizedlist">
    <xsl:call-template name="list-head"/>
    <xsl:apply-templates select="*[not(self::db:listitem)]"/>
    <ul>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:choose>
        <xsl:when test="@role = 'checklist'">
          <xsl:attribute name="class">v-checklist</xsl:attribute>
          <xsl:attribute name="role">list</xsl:attribute>
        </xsl:when>
        <xsl:when test="@role">
          <xsl:attribute name="class"><xsl:value-of select="concat('r-', @role)"/></xsl:attribute>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates select="db:listitem"/>
    </ul>
  </xsl:template>

  <xsl:template match="db:orderedlist">
    <xsl:call-template name="list-head"/>
    <xsl:apply-templates select="*[not(self::db:listitem)]"/>
    <ol>
      <xsl:apply-templates select="@*"/>
      <xsl:choose>
        <!-- Items that show the number above theirs bring it along. -->
        <xsl:when test="db:listitem/@v:number">
          <xsl:attribute name="class">v-numbered</xsl:attribute>
          <xsl:attribute name="role">list</xsl:attribute>
        </xsl:when>
        <xsl:when test="@numeration = 'loweralpha'">
          <xsl:attribute name="type">a</xsl:attribute>
        </xsl:when>
        <xsl:when test="@numeration = 'upperalpha'">
          <xsl:attribute name="type">A</xsl:attribute>
        </xsl:when>
        <xsl:when test="@numeration = 'lowerroman'">
          <xsl:attribute name="type">i</xsl:attribute>
        </xsl:when>
        <xsl:when test="@numeration = 'upperroman'">
          <xsl:attribute name="type">I</xsl:attribute>
        </xsl:when>
      </xsl:choose>
      <xsl:if test="@v:start">
        <xsl:attribute name="start"><xsl:value-of select="@v:start"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="db:listitem"/>
    </ol>
  </xsl:template>

  <xsl:template match="db:listitem">
    <li>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates select="@v:number" mode="label"/>
      <xsl:apply-templates select="@v:class-label" mode="tag"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="@v:number" mode="label">
    <span class="v-item"><xsl:value-of select="."/>.</span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="db:variablelist">
    <xsl:choose>
      <xsl:when test="@role = 'handoff'">
        <xsl:call-template name="handoff"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="list-head"/>
        <xsl:apply-templates select="*[not(self::db:varlistentry)]"/>
        <dl>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates select="db:varlistentry"/>
        </dl>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:varlistentry">
    <div>
      <xsl:apply-templates select="@*"/>
      <xsl:for-each select="db:term">
        <dt>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates/>
        </dt>
      </xsl:for-each>
      <xsl:for-each select="db:listitem">
        <dd>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates select="../@v:class-label|@v:class-label" mode="tag"/>
          <xsl:apply-templates/>
        </dd>
      </xsl:for-each>
    </div>
  </xsl:template>
  <xsl:template match="db:term"><xsl:apply-templates/></xsl:template>

  <xsl:template match="db:simplelist">
    <xsl:choose>
      <xsl:when test="@type = 'inline'">
        <span class="simplelist">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:for-each select="db:member">
            <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
            <xsl:apply-templates/>
          </xsl:for-each>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="@v:class-label" mode="mark"/>
        <ul class="simplelist" role="list">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates select="db:member"/>
        </ul>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="db:member">
    <li>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <!-- Each item of a segmented list says the names of its parts. -->
  <xsl:template match="db:segmentedlist">
    <xsl:call-template name="list-head"/>
    <ul class="segmentedlist" role="list">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="db:seglistitem"/>
    </ul>
  </xsl:template>
  <xsl:template match="db:seglistitem">
    <xsl:variable name="titles" select="../db:segtitle"/>
    <li>
      <xsl:apply-templates select="@*"/>
      <dl>
        <xsl:for-each select="db:seg">
          <xsl:variable name="column" select="position()"/>
          <div>
            <dt><xsl:apply-templates select="$titles[$column]/node()"/></dt>
            <dd><xsl:apply-templates/></dd>
          </div>
        </xsl:for-each>
      </dl>
    </li>
  </xsl:template>
  <xsl:template match="db:segtitle|db:seg"><xsl:apply-templates/></xsl:template>

  <xsl:template match="db:calloutlist">
    <xsl:call-template name="list-head"/>
    <xsl:apply-templates select="*[not(self::db:callout)]"/>
    <ul class="calloutlist" role="list">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="db:callout"/>
    </ul>
  </xsl:template>
  <xsl:template match="db:callout">
    <li>
      <xsl:apply-templates select="@*"/>
      <b class="v-co"><xsl:value-of select="concat('(', @v:label, ')')"/></b>
      <xsl:text> </xsl:text>
      <div><xsl:apply-templates/></div>
    </li>
  </xsl:template>

  <!-- Questions and answers. -->
  <xsl:template match="db:qandaset">
    <xsl:param name="h" select="2"/>
    <div class="qandaset">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="list-head"/>
      <xsl:apply-templates>
        <xsl:with-param name="h" select="$h"/>
      </xsl:apply-templates>
    </div>
  </xsl:template>
  <xsl:template match="db:qandaentry">
    <div class="qandaentry">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:question">
    <div class="question">
      <xsl:apply-templates select="@*" mode="a"/>
      <span class="v-key">
        <xsl:value-of select="$w-question"/>
        <xsl:if test="@v:label">
          <xsl:value-of select="concat(' ', @v:label)"/>
        </xsl:if>
        <xsl:text>: </xsl:text>
      </span>
      <div><xsl:apply-templates/></div>
    </div>
  </xsl:template>
  <xsl:template match="db:answer">
    <div class="answer">
      <xsl:apply-templates select="@*" mode="a"/>
      <span class="v-key"><xsl:value-of select="$w-answer"/><xsl:text>: </xsl:text></span>
      <div><xsl:apply-templates/></div>
    </div>
  </xsl:template>
  <!-- In question and answer, as in a list of the author's own labels. -->
  <xsl:template match="db:label"><b class="label"><xsl:apply-templates/></b></xsl:template>

</xsl:stylesheet>
