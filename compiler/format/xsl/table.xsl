<?xml version="1.0" encoding="UTF-8"?>
<!--
  Tables: CALS ones, whose cells C has placed (link/cell_columns), and HTML ones.
  Every table stands in a region of its own that scrolls and takes the focus, so that a page
  never scrolls sideways. A table with a title is a landmark, named by its number.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <xsl:template match="db:table">
    <figure class="table">
      <xsl:apply-templates select="@*" mode="a"/>
      <figcaption>
        <span class="v-kind">
          <xsl:value-of select="concat($w-table, ' ', @v:label)"/>
        </span>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="db:title/node()|db:info/db:title/node()"/>
        <!-- A table of HTML is titled by its caption. -->
        <xsl:if test="not(db:title or db:info/db:title)">
          <xsl:apply-templates select="db:caption/node()"/>
        </xsl:if>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="@v:class-label" mode="tag"/>
      </figcaption>
      <div class="v-scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:value-of select="concat($w-table, ' ')"/>
          <xsl:choose>
            <xsl:when test="@v:label"><xsl:value-of select="@v:label"/></xsl:when>
            <xsl:otherwise>
              <xsl:variable name="words">
                <xsl:apply-templates select="(db:title|db:info/db:title|db:caption)[1]" mode="words"/>
              </xsl:variable>
              <xsl:value-of select="normalize-space($words)"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <xsl:call-template name="table-body"/>
      </div>
      <xsl:if test="db:title or db:info/db:title"><xsl:apply-templates select="db:caption"/></xsl:if>
      <xsl:call-template name="block-info"/>
    </figure>
  </xsl:template>

  <!-- Many of these may stand on a page without a name: a group, not a landmark. -->
  <xsl:template match="db:informaltable">
    <xsl:apply-templates select="@v:class-label" mode="mark"/>
    <div class="v-scroll" role="group" tabindex="0" aria-label="{$w-table}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="table-body"/>
    </div>
    <xsl:if test="db:tgroup or db:mediaobject"><xsl:apply-templates select="db:caption"/></xsl:if>
    <xsl:call-template name="block-info"/>
  </xsl:template>

  <xsl:template name="table-body">
    <xsl:choose>
      <xsl:when test="db:tgroup"><xsl:apply-templates select="db:tgroup"/></xsl:when>
      <xsl:when test="db:mediaobject"><xsl:apply-templates select="db:mediaobject"/></xsl:when>
      <xsl:otherwise>
        <table>
          <xsl:if test="not(self::db:table)">
            <xsl:apply-templates select="db:caption"/>
          </xsl:if>
          <xsl:apply-templates select="db:col|db:colgroup"/>
          <xsl:apply-templates select="db:thead"/>
          <xsl:apply-templates select="db:tbody"/>
          <xsl:if test="db:tr">
            <tbody><xsl:apply-templates select="db:tr"/></tbody>
          </xsl:if>
          <xsl:apply-templates select="db:tfoot"/>
        </table>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:tgroup">
    <table>
      <xsl:if test="../@frame and not(self::db:entrytbl)">
        <xsl:attribute name="class">frame-<xsl:value-of select="../@frame"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="db:colspec/@v:width">
        <colgroup><xsl:apply-templates select="db:colspec"/></colgroup>
      </xsl:if>
      <xsl:apply-templates select="db:thead"/>
      <xsl:apply-templates select="db:tbody"/>
      <xsl:apply-templates select="db:tfoot"/>
    </table>
  </xsl:template>

  <!-- v:width is a length or per cent: C has vetted it. -->
  <xsl:template match="db:colspec">
    <col>
      <xsl:if test="@v:width">
        <xsl:attribute name="style"><xsl:value-of select="concat('width:', @v:width)"/></xsl:attribute>
      </xsl:if>
    </col>
  </xsl:template>
  <xsl:template match="db:spanspec"/>

  <xsl:template match="db:thead|db:tbody|db:tfoot">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="db:row">
    <tr>
      <xsl:apply-templates select="@*"/>
      <xsl:choose>
        <xsl:when test="parent::db:thead">
          <xsl:for-each select="db:entry|db:entrytbl">
            <xsl:call-template name="entry">
              <xsl:with-param name="scope" select="'col'"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:when test="../../../@rowheader = 'firstcol' or ../../../@rowheader = 'headers'">
          <xsl:for-each select="db:entry|db:entrytbl">
            <xsl:call-template name="entry">
              <xsl:with-param name="scope" select="substring('row', 1, 3 * (position() = 1))"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
      </xsl:choose>
    </tr>
  </xsl:template>

  <xsl:template match="db:entry|db:entrytbl">
    <xsl:choose>
      <xsl:when test="not(@*)">
        <td><xsl:apply-templates/></td>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="entry"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A cell; a header cell if scope is given and it has content. -->
  <xsl:template name="entry">
    <xsl:param name="scope"/>
    <xsl:choose>
      <xsl:when test="$scope = '' or not(node())">
        <td><xsl:call-template name="entry-body"/></td>
      </xsl:when>
      <xsl:when test="not(@*)">
        <th scope="{$scope}"><xsl:apply-templates/></th>
      </xsl:when>
      <xsl:otherwise>
        <th scope="{$scope}">
          <xsl:call-template name="entry-body"/>
        </th>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="entry-body">
    <xsl:apply-templates select="@*"/>
    <xsl:if test="@morerows">
      <xsl:attribute name="rowspan"><xsl:value-of select="@morerows + 1"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="@v:columns">
      <xsl:attribute name="colspan"><xsl:value-of select="@v:columns"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="@v:align or @v:valign">
      <xsl:attribute name="class">
        <xsl:if test="@v:align">align-<xsl:value-of select="@v:align"/></xsl:if>
        <xsl:if test="@v:align and @v:valign"><xsl:text> </xsl:text></xsl:if>
        <xsl:if test="@v:valign">valign-<xsl:value-of select="@v:valign"/></xsl:if>
      </xsl:attribute>
    </xsl:if>
    <xsl:apply-templates select="@v:class-label" mode="tag"/>
    <xsl:choose>
      <xsl:when test="self::db:entrytbl">
        <table>
          <xsl:apply-templates select="db:thead"/>
          <xsl:apply-templates select="db:tbody"/>
        </table>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:td/@align|db:th/@align">
    <xsl:attribute name="class">align-<xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <!-- HTML tables. -->
  <xsl:template match="db:tr">
    <tr>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates/>
    </tr>
  </xsl:template>
  <xsl:template match="db:td|db:th|db:col|db:colgroup">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*"/>
      <xsl:for-each select="@colspan|@rowspan|@scope|@headers|@span">
        <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
      </xsl:for-each>
      <xsl:if test="self::db:th and not(@scope) and parent::db:tr/parent::db:thead">
        <xsl:attribute name="scope">col</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="@v:class-label" mode="tag"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
