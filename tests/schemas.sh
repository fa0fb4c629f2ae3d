#!/bin/sh
# Checks schemas/: that every .rng is what trang makes of its .rnc, and that jing
# and libxml2 accept tests/schemas/good and refuse tests/schemas/bad. A bad sample
# says in its second line which complaint of jing it wants, "LINE: TEXT"; libxml2
# only has to refuse it (its messages are of no use). No network, no DTD.
#
#   --write  make the .rng files anew instead
#
# Needs jing, trang, libxml2-utils, docbook5-xml, python3. A sample's name begins
# with the name of its schema.
set -u
LC_ALL=C.UTF-8
export LC_ALL

root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
docbook=/usr/share/xml/docbook/schema/rng/5.0
schemas="manual project axes handbooks agency"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

ok()
{
	echo "ok $1"
	passed=$((passed + 1))
}

fail()
{
	echo "FAILED $1: $2"
	failed=$((failed + 1))
}

# Makes $work/NAME.rng of every schema. trang follows the include, so DocBook's own
# source has to stand beside ours.
regenerate()
{
	cp "$root"/schemas/*.rnc "$docbook/docbook.rnc" "$work" || return 1
	for schema in $schemas; do
		trang "$work/$schema.rnc" "$work/$schema.rng" || return 1
	done
}

check_generated()
{
	for schema in $schemas; do
		if cmp -s "$work/$schema.rng" "$root/schemas/$schema.rng"; then
			ok "generated/$schema.rng"
		else
			fail "generated/$schema.rng" "differs from $schema.rnc: sh tests/schemas.sh --write"
		fi
	done
	if cmp -s "$docbook/docbook.rng" "$root/schemas/docbook.rng"; then
		ok generated/docbook.rng
	else
		fail generated/docbook.rng "is not the one of the package docbook5-xml"
	fi
}

# libxml2_accepts SCHEMA FILE
libxml2_accepts()
{
	xmllint --nonet --noout --relaxng "$root/schemas/$1.rng" "$2" \
	    >"$work/xmllint" 2>&1
}

# One run of jing per schema and folder: its start is most of its time.
check_good()
{
	for schema in $schemas; do
		jing "$root/schemas/$schema.rng" "$root/tests/schemas/good/$schema-"*.xml \
		    >"$work/jing" 2>&1
		for file in "$root/tests/schemas/good/$schema-"*.xml; do
			name=good/$(basename "$file" .xml)
			if grep -F "$file:" "$work/jing" >"$work/said" || grep -v : "$work/jing" >"$work/said"; then
				fail "$name" "jing: $(head -n 1 "$work/said")"
			elif ! libxml2_accepts "$schema" "$file"; then
				fail "$name" "libxml2: $(head -n 1 "$work/xmllint")"
			else
				ok "$name"
			fi
		done
	done
}

check_bad()
{
	for schema in $schemas; do
		jing "$root/schemas/$schema.rng" "$root/tests/schemas/bad/$schema-"*.xml \
		    >"$work/jing" 2>&1
		for file in "$root/tests/schemas/bad/$schema-"*.xml; do
			name=bad/$(basename "$file" .xml)
			want=$(sed -n '2s/^<!-- want \(.*\) -->$/\1/p' "$file")
			line=${want%%:*}
			text=${want#*: }
			# "FILE:LINE:COLUMN: error: TEXT"
			if [ -z "$want" ]; then
				fail "$name" "line 2 does not say what it wants"
			elif ! grep -F "$file:$line:" "$work/jing" | grep -qF "error: $text"; then
				fail "$name" "wanted '$want', got '$(grep -F "$file:" "$work/jing" | head -n 1)'"
			elif libxml2_accepts "$schema" "$file"; then
				fail "$name" "libxml2 accepts it"
			else
				ok "$name"
			fi
		done
	done
}

# The size that matters: a book of 1.7 MB, then one mistake near its end.
check_book()
{
	python3 "$root/tests/bench/book.py" --handbooks 3 "$work/book" 2>"$work/said" ||
	    { fail book "$(cat "$work/said")"; return; }
	for pair in docbook:book manual:book project:vade axes:axes handbooks:handbooks; do
		if libxml2_accepts "${pair%:*}" "$work/book/${pair#*:}.xml"; then
			ok "book/${pair#*:}.xml against ${pair%:*}.rng"
		else
			fail "book/${pair#*:}.xml against ${pair%:*}.rng" "$(head -n 1 "$work/xmllint")"
		fi
	done
	for edit in 's/<glossdef>/<glossdef v:lead="a">/' 's/<glossdef>/<glossdef><foo\/>/'; do
		sed -e 's/<book /<book xmlns:v="urn:vademecum:1" /' -e "/g-150/$edit" \
		    "$work/book/book.xml" >"$work/broken.xml"
		if libxml2_accepts manual "$work/broken.xml"; then
			fail "book broken by $edit" "libxml2 accepts it"
		else
			ok "book broken by $edit"
		fi
	done
}

check_catalog()
{
	for name in http://docbook.org/ns/docbook urn:vademecum:1 urn:vademecum:project:1 \
	    urn:vademecum:axes:1 urn:vademecum:handbooks:1 \
	    http://docbook.org/xml/5.0/rng/docbook.rng; do
		file=$(xmlcatalog "$root/schemas/catalog.xml" "$name" | tail -n 1)
		if [ -f "$file" ]; then
			ok "catalog/$name"
		else
			fail "catalog/$name" "leads to '$file'"
		fi
	done
}

for tool in jing trang xmllint xmlcatalog python3 "$docbook/docbook.rnc"; do
	if ! command -v "$tool" >/dev/null && ! [ -f "$tool" ]; then
		fail tools "$tool is missing"
		echo "$passed passed, $failed failed"
		exit 1
	fi
done
if ! regenerate >"$work/said" 2>&1; then
	fail generated "$(head -n 1 "$work/said")"
elif [ "${1-}" = --write ]; then
	for schema in $schemas; do
		cp "$work/$schema.rng" "$root/schemas/" || exit 1
	done
	exit 0
else
	check_generated
fi
check_catalog
check_good
check_bad
check_book
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
