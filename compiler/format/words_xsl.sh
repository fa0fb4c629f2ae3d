#!/bin/sh
# Writes words.xsl: the words of the interface, in the handbook's language, a
# variable w-KEY per row of the file named, which is model/ui.def. They are the
# attributes of one element: each is found without looking through elements.
set -eu
cat << 'END'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:v="urn:vademecum:1">
<xsl:variable name="words" select="/*/v:words"/>
END
sed -n 's|^WORD("\([a-z-]*\)".*|<xsl:variable name="w-\1" select="string($words/@\1)"/>|p' "$1"
echo '</xsl:stylesheet>'
