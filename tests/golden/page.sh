#!/bin/sh
# page.sh FILE [FIRST [LAST]]: the main part of an HTML page, an element a
# line, without the edition's code; or only what lies between two patterns of
# sed.
sed 's/></>\
</g' "$1" | sed 's/\(class="v-code">\)[0-9a-f]*/\1…/' | sed -n '/^<main/,/^<\/main>/p' |
	sed -n "/${2:-<main}/,/${3:-<\/main>}/p"
