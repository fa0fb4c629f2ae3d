<?xml version="1.0" encoding="UTF-8"?>
<!--
  Whose edition a handbook is: the agency's name and logo, and whom to call, on the first page.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="v">

  <xsl:template match="v:agency" mode="fact">
    <div>
      <dt><xsl:value-of select="$w-agency"/></dt>
      <dd><xsl:value-of select="@name"/></dd>
    </div>
  </xsl:template>

  <xsl:template match="v:agency" mode="frame">
    <xsl:if test="@logo">
      <p class="v-logo"><img src="{@logo}" alt="{@name}"/></p>
    </xsl:if>
    <xsl:if test="v:phone">
      <section class="v-phones" aria-labelledby="v-phones">
        <h2 id="v-phones"><xsl:value-of select="$w-phones"/></h2>
        <dl>
          <xsl:for-each select="v:phone">
            <div>
              <dt><xsl:value-of select="@label"/></dt>
              <dd>
                <a href="tel:{translate(@number, ' ().-', '')}"><xsl:value-of select="@number"/></a>
                <xsl:text> </xsl:text>
                <small>
                  <xsl:value-of select="concat('(', @source, ', ', $w-phone-checked, ' ', @date, ')')"/>
                </small>
              </dd>
            </div>
          </xsl:for-each>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="v:agency"/>

</xsl:stylesheet>
