<?xml version="1.0" encoding="UTF-8"?>
<!--
  Figures, images, equations; SVG and MathML in the text.
  The text alternative of an image is v:alt, computed by C; an image without one is decoration.
  SVG and MathML lose their namespaces, as HTML wants, and everything that could act.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:mml="http://www.w3.org/1998/Math/MathML"
    exclude-result-prefixes="db v svg mml xlink">

  <xsl:template match="db:figure|db:informalfigure">
    <figure>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates/>
      <xsl:if test="db:title or db:info/db:title or @v:class-label">
        <figcaption>
          <span class="v-kind">
            <xsl:value-of select="$w-figure"/>
          </span>
          <xsl:text> </xsl:text>
          <xsl:call-template name="title-text"/>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
        </figcaption>
      </xsl:if>
      <xsl:call-template name="block-info"/>
    </figure>
  </xsl:template>

  <xsl:template match="db:mediaobject|db:imageobjectco">
    <div class="v-media">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="media"/>
      <xsl:apply-templates select="db:areaspec|db:calloutlist|db:caption"/>
    </div>
  </xsl:template>
  <xsl:template match="db:inlinemediaobject">
    <span class="v-media">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="media"/>
    </span>
  </xsl:template>
  <xsl:template match="db:screenshot">
    <div class="screenshot">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="block-title"/>
      <xsl:apply-templates select="db:subtitle|db:info/db:subtitle" mode="shown"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:screeninfo"/>

  <!-- The first object a reader can be shown: image, then video, audio, text. -->
  <xsl:template name="media">
    <xsl:choose>
      <xsl:when test="db:imageobjectco">
        <xsl:apply-templates select="db:imageobjectco[1]"/>
      </xsl:when>
      <xsl:when test="db:imageobject">
        <xsl:apply-templates select="db:imageobject[1]"/>
      </xsl:when>
      <xsl:when test="db:videoobject">
        <xsl:apply-templates select="db:videoobject[1]"/>
      </xsl:when>
      <xsl:when test="db:audioobject">
        <xsl:apply-templates select="db:audioobject[1]"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="db:textobject[1]"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:imageobject|db:videoobject|db:audioobject|db:textobject">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="db:imagedata">
    <xsl:choose>
      <xsl:when test="@v:src">
        <img src="{@v:src}" alt="{../../@v:alt}">
          <xsl:apply-templates select="@*" mode="a"/>
        </img>
      </xsl:when>
      <xsl:when test="svg:svg|mml:math"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise>
        <span class="v-missing"><xsl:value-of select="../../@v:alt"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="db:videodata">
    <xsl:choose>
      <xsl:when test="@v:src">
        <video controls="" preload="none" src="{@v:src}" aria-label="{../../@v:alt}"/>
      </xsl:when>
      <xsl:otherwise>
        <span class="v-missing"><xsl:value-of select="../../@v:alt"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="db:audiodata">
    <xsl:choose>
      <xsl:when test="@v:src">
        <audio controls="" preload="none" src="{@v:src}" aria-label="{../../@v:alt}"/>
      </xsl:when>
      <xsl:otherwise>
        <span class="v-missing"><xsl:value-of select="../../@v:alt"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- C has put the file's text, if any, inside. -->
  <xsl:template match="db:textdata"><xsl:apply-templates/></xsl:template>

  <xsl:template match="db:caption">
    <xsl:choose>
      <xsl:when test="parent::db:informaltable[not(db:tgroup or db:mediaobject)]">
        <caption><xsl:apply-templates/></caption>
      </xsl:when>
      <xsl:otherwise>
        <div class="caption"><xsl:apply-templates/></div>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:equation|db:informalequation">
    <div class="equation">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates select="@v:class-label" mode="mark"/>
      <xsl:if test="self::db:equation">
        <p class="title">
          <xsl:value-of select="$w-equation"/>
          <xsl:text> </xsl:text>
          <xsl:call-template name="title-text"/>
        </p>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="db:inlineequation">
    <span class="inlineequation">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>
  <xsl:template match="db:mathphrase">
    <span class="v-math"><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="db:alt"/>

  <!-- Drawings of ours: compose/svg.h makes them as HTML wants them. -->
  <xsl:template match="v:picture/svg"><xsl:copy-of select="."/></xsl:template>

  <!-- Copies what authors drew, without namespaces, scripts, handlers and outside references. -->
  <xsl:template match="svg:*|mml:*">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*" mode="drawn"/>
      <xsl:if test="self::svg:svg and ../../../@v:alt">
        <xsl:attribute name="role">img</xsl:attribute>
        <xsl:attribute name="aria-label"><xsl:value-of select="../../../@v:alt"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <!-- A formula says itself in a line too: what is read aloud, and stands in text and in print. -->
  <xsl:template match="mml:math">
    <math>
      <xsl:if test="not(@alttext)">
        <xsl:attribute name="alttext"><xsl:apply-templates mode="line"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="@*" mode="drawn"/>
      <xsl:apply-templates/>
    </math>
  </xsl:template>
  <xsl:template match="mml:*" mode="line"><xsl:apply-templates mode="line"/></xsl:template>
  <xsl:template match="text()" mode="line"><xsl:value-of select="normalize-space()"/></xsl:template>
  <xsl:template match="mml:annotation-xml|mml:annotation" mode="line"/>
  <xsl:template match="mml:mtext|mml:ms" mode="line">
    <xsl:text> </xsl:text>
    <xsl:value-of select="normalize-space()"/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="mml:mo" mode="line">
    <xsl:text> </xsl:text>
    <xsl:value-of select="normalize-space()"/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="mml:mspace|mml:mtr|mml:mtd|mml:mlabeledtr" mode="line">
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="line"/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="mml:mfrac" mode="line">
    <xsl:apply-templates select="*[1]" mode="part"/>
    <xsl:text>/</xsl:text>
    <xsl:apply-templates select="*[2]" mode="part"/>
  </xsl:template>
  <xsl:template match="mml:msqrt" mode="line">√(<xsl:apply-templates mode="line"/>)</xsl:template>
  <!-- The index of a root comes first when it is read, and last in the source. -->
  <xsl:template match="mml:mroot" mode="line">
    <xsl:text>root(</xsl:text>
    <xsl:apply-templates select="*[1]" mode="line"/>
    <xsl:text>; </xsl:text>
    <xsl:apply-templates select="*[2]" mode="line"/>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template match="mml:msub|mml:munder" mode="line">
    <xsl:apply-templates select="*[1]" mode="part"/>
    <xsl:text>_</xsl:text>
    <xsl:apply-templates select="*[2]" mode="part"/>
  </xsl:template>
  <xsl:template match="mml:msup|mml:mover" mode="line">
    <xsl:apply-templates select="*[1]" mode="part"/>
    <xsl:text>^</xsl:text>
    <xsl:apply-templates select="*[2]" mode="part"/>
  </xsl:template>
  <xsl:template match="mml:msubsup|mml:munderover" mode="line">
    <xsl:apply-templates select="*[1]" mode="part"/>
    <xsl:text>_</xsl:text>
    <xsl:apply-templates select="*[2]" mode="part"/>
    <xsl:text>^</xsl:text>
    <xsl:apply-templates select="*[3]" mode="part"/>
  </xsl:template>
  <xsl:template match="mml:mfenced" mode="line">
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*">
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <xsl:apply-templates select="." mode="line"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <!-- What is more than one sign stands in brackets beside an operator. -->
  <xsl:template match="*" mode="part">
    <xsl:choose>
      <xsl:when test="self::mml:mi or self::mml:mn or self::mml:mo or self::mml:mtext">
        <xsl:value-of select="normalize-space()"/>
      </xsl:when>
      <xsl:otherwise>(<xsl:apply-templates select="." mode="line"/>)</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@*" mode="drawn">
    <xsl:if test="not(starts-with(local-name(), 'on')) and not(contains(., 'url('))">
      <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
    </xsl:if>
  </xsl:template>
  <xsl:template match="@href|@xlink:href" mode="drawn">
    <xsl:if test="starts-with(., '#')">
      <xsl:attribute name="href"><xsl:value-of select="."/></xsl:attribute>
    </xsl:if>
  </xsl:template>
  <xsl:template match="@xml:base|@style" mode="drawn"/>
  <!-- A drawing may point into itself: markers, gradients, clips. -->
  <xsl:template match="@marker-start|@marker-mid|@marker-end|@fill|@stroke|@clip-path|@mask"
      mode="drawn">
    <xsl:if test="not(contains(., 'url(')) or starts-with(., 'url(#')">
      <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
    </xsl:if>
  </xsl:template>
  <xsl:template match="svg:script|svg:style|svg:foreignObject|svg:image|svg:animate|svg:set
      |svg:animateMotion|svg:animateTransform|svg:handler|svg:listener
      |mml:annotation-xml|mml:annotation|mml:maction"/>

</xsl:stylesheet>
