<?xml version="1.0" encoding="UTF-8"?>
<!--
  Elements inside a line: links, emphasis, terms, code, names, keys.
  A link has v:target if what it points to is shown (v:target-page, unless that is on the same
  page; v:target-mark, unless it is the page), v:href if that is on the web; without either the
  text stays, so that no sentence breaks. C has vetted every target. How a target becomes an
  address is for the template "href" alone to say.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:db="http://docbook.org/ns/docbook"
    xmlns:v="urn:vademecum:1"
    exclude-result-prefixes="db v">

  <!-- The address that an element leads to, as an attribute. -->
  <xsl:template name="href">
    <xsl:attribute name="href">
      <xsl:choose>
        <xsl:when test="@v:href|@href"><xsl:value-of select="@v:href|@href"/></xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="@v:target-page"/>
          <xsl:if test="@v:target-mark"><xsl:value-of select="concat('#', @v:target-mark)"/></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:template>
  <!-- The same of where a branch goes on. -->
  <xsl:template name="go-href">
    <xsl:attribute name="href">
      <xsl:value-of select="@v:go-target-page"/>
      <xsl:if test="@v:go-target-mark">
        <xsl:value-of select="concat('#', @v:go-target-mark)"/>
      </xsl:if>
    </xsl:attribute>
  </xsl:template>

  <xsl:template match="db:link|db:olink|db:uri|db:citation|db:xref|db:biblioref">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a><xsl:call-template name="href"/>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="link-text"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="link-text"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The author's own text, else what C wrote, else the target. -->
  <xsl:template name="link-text">
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
      <xsl:when test="@v:text"><xsl:value-of select="@v:text"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@v:href"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Called on an element in a line: what is inside, as a link if it leads somewhere. -->
  <xsl:template name="linked">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a><xsl:call-template name="href"/><xsl:apply-templates/></a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:glossterm">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a class="v-term"><xsl:call-template name="href"/>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="v-term">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:apply-templates/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="db:firstterm">
    <xsl:choose>
      <xsl:when test="@v:href or @v:target">
        <a class="v-term"><xsl:call-template name="href"/>
          <xsl:apply-templates select="@*" mode="a"/>
          <dfn><xsl:apply-templates/></dfn>
        </a>
      </xsl:when>
      <xsl:otherwise><dfn><xsl:apply-templates/></dfn></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="db:termdef">
    <span class="termdef">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- The mark of a note, whose text is at the end of the page; one in a note is shown there. -->
  <xsl:template match="db:footnote">
    <sup>
      <a class="v-noteref" id="v-fnref-{@v:label}" href="#v-fn-{@v:label}">
        <span class="v-vh"><xsl:value-of select="$w-footnote"/><xsl:text> </xsl:text></span>
        <xsl:value-of select="@v:label"/>
      </a>
    </sup>
  </xsl:template>
  <xsl:template match="db:footnote//db:footnote">
    <span class="footnote">
      <xsl:text> [</xsl:text>
      <xsl:for-each select="db:para|db:simpara">
        <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
      <xsl:text>]</xsl:text>
    </span>
  </xsl:template>
  <!-- The words of an element without those of its notes, for where a line is wanted. -->
  <xsl:template match="db:footnote" mode="words"/>
  <xsl:template match="db:footnoteref">
    <sup>
      <xsl:choose>
        <xsl:when test="@v:href or @v:target">
          <a class="v-noteref"><xsl:call-template name="href"/>
            <span class="v-vh"><xsl:value-of select="$w-footnote"/><xsl:text> </xsl:text></span>
            <xsl:value-of select="@v:text"/>
          </a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@v:text"/></xsl:otherwise>
      </xsl:choose>
    </sup>
  </xsl:template>

  <xsl:template match="db:emphasis">
    <xsl:choose>
      <xsl:when test="@role = 'bold' or @role = 'strong'">
        <strong>
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="linked"/>
        </strong>
      </xsl:when>
      <xsl:otherwise>
        <em>
          <xsl:apply-templates select="@*"/>
          <xsl:call-template name="linked"/>
        </em>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- v:param is left only where the text is the default, not the agency's value. -->
  <xsl:template match="db:phrase">
    <xsl:choose>
      <xsl:when test="@v:tel and not($draft)">
        <a class="v-param" href="tel:{@v:tel}">
          <xsl:apply-templates select="@*" mode="a"/>
          <xsl:call-template name="linked"/>
        </a>
      </xsl:when>
      <xsl:when test="@v:param">
        <xsl:choose>
          <xsl:when test="$draft">
            <mark class="v-param">
              <xsl:apply-templates select="@*" mode="a"/>
              <xsl:call-template name="linked"/>
              <xsl:value-of select="concat(' [', $w-default, ': ', @v:param, ']')"/>
            </mark>
          </xsl:when>
          <xsl:otherwise>
            <span class="v-param">
              <xsl:apply-templates select="@*" mode="a"/>
              <xsl:call-template name="linked"/>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:apply-templates select="@*"/>
          <xsl:apply-templates select="@v:class-label" mode="tag"/>
          <xsl:call-template name="linked"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:quote">
    <!-- A quote in a quote has the other marks. -->
    <xsl:variable name="is-inner" select="count(ancestor::db:quote[count(ancestor::db:footnote)
        = count(current()/ancestor::db:footnote)]) mod 2"/>
    <xsl:choose>
      <xsl:when test="$is-inner"><xsl:value-of select="$w-quote-inner-open"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w-quote-open"/></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="@*">
        <span>
          <xsl:apply-templates select="@*"/>
          <xsl:call-template name="linked"/>
        </span>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="linked"/></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="$is-inner"><xsl:value-of select="$w-quote-inner-close"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w-quote-close"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="db:citetitle|db:foreignphrase|db:wordasword">
    <i class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </i>
  </xsl:template>

  <xsl:template match="db:abbrev|db:acronym">
    <abbr>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:if test="db:alt">
        <xsl:attribute name="title"><xsl:value-of select="db:alt"/></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="linked"/>
    </abbr>
  </xsl:template>

  <xsl:template match="db:subscript"><sub><xsl:call-template name="linked"/></sub></xsl:template>
  <xsl:template match="db:superscript"><sup><xsl:call-template name="linked"/></sup></xsl:template>

  <xsl:template match="db:email">
    <a href="mailto:{normalize-space()}"><xsl:apply-templates/></a>
  </xsl:template>

  <xsl:template match="db:anchor">
    <span>
      <xsl:apply-templates select="@*" mode="a"/>
    </span>
  </xsl:template>

  <!-- What a machine reads or says. -->
  <xsl:template match="db:code|db:classname|db:command|db:computeroutput|db:constant|db:envar
      |db:errorcode|db:errorname|db:errortext|db:errortype|db:exceptionname|db:filename|db:function
      |db:initializer|db:interfacename|db:literal|db:markup|db:methodname|db:modifier
      |db:nonterminal|db:option|db:package|db:parameter
      |db:prompt|db:property|db:returnvalue|db:symbol|db:systemitem|db:token|db:type|db:void
      |db:varargs">
    <code class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </code>
  </xsl:template>
  <xsl:template match="db:userinput">
    <kbd>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </kbd>
  </xsl:template>
  <xsl:template match="db:varname|db:replaceable">
    <var>
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </var>
  </xsl:template>
  <xsl:template match="db:optional">
    <xsl:text>[</xsl:text>
    <xsl:call-template name="linked"/>
    <xsl:text>]</xsl:text>
  </xsl:template>
  <xsl:template match="db:tag">
    <code class="tag">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:choose>
        <xsl:when test="@class = 'endtag'">&lt;/<xsl:call-template name="linked"/>&gt;</xsl:when>
        <xsl:when test="@class = 'emptytag'">&lt;<xsl:call-template name="linked"/>/&gt;</xsl:when>
        <xsl:when test="@class = 'starttag'"
          >&lt;<xsl:call-template name="linked"/>&gt;</xsl:when>
        <xsl:when test="@class = 'genentity'">&amp;<xsl:call-template name="linked"/>;</xsl:when>
        <xsl:when test="@class = 'numcharref'">&amp;#<xsl:call-template name="linked"/>;</xsl:when>
        <xsl:when test="@class = 'paramentity'">%<xsl:call-template name="linked"/>;</xsl:when>
        <xsl:when test="@class = 'pi'">&lt;?<xsl:call-template name="linked"/>?&gt;</xsl:when>
        <xsl:when test="@class = 'comment'">&lt;!--<xsl:call-template name="linked"/>--&gt;</xsl:when>
        <xsl:when test="@class = 'attvalue'">"<xsl:call-template name="linked"/>"</xsl:when>
        <xsl:otherwise><xsl:call-template name="linked"/></xsl:otherwise>
      </xsl:choose>
    </code>
  </xsl:template>
  <xsl:template match="db:citerefentry">
    <span class="citerefentry">
      <xsl:apply-templates select="db:refentrytitle"/>
      <xsl:if test="db:manvolnum">
        <xsl:text>(</xsl:text>
        <xsl:apply-templates select="db:manvolnum"/>
        <xsl:text>)</xsl:text>
      </xsl:if>
    </span>
  </xsl:template>
  <xsl:template match="db:citebiblioid">
    <span class="citebiblioid"><xsl:call-template name="linked"/></span>
  </xsl:template>

  <!-- Keys and menus. -->
  <xsl:template match="db:keycap|db:keycode|db:keysym|db:accel|db:mousebutton">
    <kbd class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </kbd>
  </xsl:template>
  <xsl:template match="db:keycombo">
    <span class="keycombo">
      <xsl:for-each select="*">
        <xsl:if test="position() != 1">+</xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>
  <xsl:template match="db:menuchoice">
    <span class="menuchoice">
      <xsl:for-each select="db:guibutton|db:guiicon|db:guilabel|db:guimenu|db:guisubmenu
          |db:guimenuitem">
        <xsl:if test="position() != 1"><xsl:text> › </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:if test="db:shortcut">
        <xsl:text> (</xsl:text>
        <xsl:apply-templates select="db:shortcut"/>
        <xsl:text>)</xsl:text>
      </xsl:if>
    </span>
  </xsl:template>
  <xsl:template match="db:shortcut">
    <xsl:for-each select="*">
      <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="db:guibutton|db:guiicon|db:guilabel|db:guimenu|db:guimenuitem|db:guisubmenu">
    <b class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </b>
  </xsl:template>

  <!-- Words of the world: marked by class, shown as they are. -->
  <xsl:template match="db:application|db:database|db:date|db:hardware|db:jobtitle|db:productname
      |db:productnumber|db:orgname|db:orgdiv|db:shortaffil|db:holder|db:year|db:edition|db:pubdate
      |db:manvolnum|db:refentrytitle|db:lineannotation|db:firstname|db:surname
      |db:honorific|db:lineage|db:othername|db:city|db:country|db:fax|db:phone|db:pob|db:postcode
      |db:state|db:street|db:otheraddr|db:contrib|db:volumenum|db:issuenum|db:pagenums
      |db:artpagenums|db:publishername|db:confdates|db:confnum|db:confsponsor|db:conftitle
      |db:contractnum|db:contractsponsor|db:seriesvolnums|db:releaseinfo|db:biblioid
      |db:bibliosource|db:bibliorelation|db:bibliocoverage|db:bibliomisc|db:authorinitials
      |db:revnumber">
    <span class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:call-template name="linked"/>
    </span>
  </xsl:template>
  <xsl:template match="db:trademark">
    <xsl:apply-templates/>
    <xsl:choose>
      <xsl:when test="@class = 'registered'">®</xsl:when>
      <xsl:when test="@class = 'copyright'">©</xsl:when>
      <xsl:when test="@class = 'service'">℠</xsl:when>
      <xsl:otherwise>™</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Names: parts with one space between them. -->
  <xsl:template match="db:person|db:personname|db:author|db:editor|db:othercredit|db:org
      |db:affiliation|db:collab|db:publisher|db:confgroup|db:bibliomset|db:biblioset">
    <span class="{local-name()}">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:choose>
        <xsl:when test="text()">
          <xsl:call-template name="linked"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="*[not(self::db:personblurb)]">
            <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
      <!-- In a line; an info has them as blocks. -->
      <xsl:if test="db:personblurb and not(ancestor::db:info)">
        <span class="personblurb">
          <xsl:for-each select="(db:personblurb//db:title|db:personblurb//db:para|db:personblurb//db:simpara)
              [not(ancestor::db:footnote)]">
            <xsl:text> </xsl:text>
            <xsl:apply-templates/>
          </xsl:for-each>
        </span>
      </xsl:if>
    </span>
  </xsl:template>
  <xsl:template match="db:authorgroup">
    <span class="authorgroup">
      <xsl:for-each select="*">
        <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>
  <!-- "© 2024, 2026 Port Office". -->
  <xsl:template match="db:copyright">
    <span class="copyright">
      <xsl:text>© </xsl:text>
      <xsl:for-each select="db:year">
        <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:for-each select="db:holder">
        <xsl:value-of select="substring(', ', 1 + (position() = 1))"/>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>

  <!-- A class and its modifiers. -->
  <xsl:template match="db:ooclass|db:ooexception|db:oointerface">
    <code class="{local-name()}">
      <xsl:for-each select="*">
        <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </code>
  </xsl:template>

  <!-- Callout marks. -->
  <xsl:template match="db:co">
    <b class="co">
      <xsl:apply-templates select="@*" mode="a"/>
      <xsl:value-of select="concat('(', @v:label, ')')"/>
    </b>
  </xsl:template>
  <xsl:template match="db:coref">
    <b class="coref">
      <xsl:choose>
        <xsl:when test="@v:href or @v:target">
          <a><xsl:call-template name="href"/><xsl:value-of select="concat('(', @v:text, ')')"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="concat('(', @v:text, ')')"/></xsl:otherwise>
      </xsl:choose>
    </b>
  </xsl:template>
  <xsl:template match="db:sbr"><br/></xsl:template>

</xsl:stylesheet>
