#!/bin/bash
# Bad input of a size or depth that nobody writes, made here and not kept: each
# file ends in one clear message, within 20 s of processor and 2 GB of memory.
# Prints what failed, then `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 3
VADE=$(readlink -f "${VADE:-build/vade}")
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
cp -R tests/schema/settings "$work/settings"
cd "$work" || exit 3
ulimit -t 20 -v 2000000
passed=0
failed=0
head='<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>B</title><chapter><title>C</title>'
tail='</chapter></book>'

# many TEXT COUNT: the text so often, on one line.
many() { yes "$1" | head -n "$2" | tr -d '\n'; }
# lines TEXT COUNT
lines() { yes "$1" | head -n "$2"; }

# wants NAME STATUS TEXT [FOLDER]: book.xml, or the project in FOLDER, says exactly this.
wants() {
	local said status
	if [ -n "${4:-}" ]; then
		set -- "$1" "$2" "$3" -C "$4"
	else
		set -- "$1" "$2" "$3" book.xml
	fi
	said=$(timeout 300 "$VADE" check --ui-lang en --message-format short "${@:4}" 2>&1)
	status=$?
	if [ "$status" = "$2" ] && [ "$said" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED hostile/%s: status %s\n%s\n' "$1" "$status" "$(printf '%s\n' "$said" | head -n 5 | cut -c1-300)"
	fi
}

large='a limit of the reader was hit:'
{ printf '%s' "$head<para role=\""; head -c 10000000 /dev/zero | tr '\0' a; printf '%s' "\">x</para>$tail"; } >book.xml
wants attribute-of-10-mb 1 "book.xml:1:114: error: $large 1 MB <…> [V0108]"
{ printf '%s' "$head<para "; head -c 10000000 /dev/zero | tr '\0' a; printf '%s' "=\"1\">x</para>$tail"; } >book.xml
wants attribute-name-of-10-mb 1 "book.xml:1:114: error: $large 1 MB <…> [V0108]"
{ printf '%s' "$head"; head -c 10000000 /dev/zero | tr '\0' a; printf '%s' "$tail"; } >book.xml
wants text-of-10-mb 1 "book.xml:1:114: error: text is not allowed directly inside <chapter> [V0163]"
{ printf '%s\n' "$head"; lines '<para>x</para>' 1000000; printf '%s' "$tail"; } >book.xml
wants million-siblings 0 "nothing found"
{ printf '%s\n' "$head"; lines '<para>x</para>' 999999; printf '%s' "<paar/>$tail"; } >book.xml
wants million-siblings-and-one-wrong 1 "book.xml:1000001:1: error: there is no element <paar> [V0160]"
{ printf '%s\n' "$head"; lines '<paar>x</paar>' 1000000; printf '%s' "<para/>$tail"; } >book.xml
wants million-wrong-siblings 1 "book.xml:2:1: error: there is no element <paar> [V0160]"
{ printf '%s' "$head<para>"; many '<emphasis>' 252; printf x; many '</emphasis>' 252; printf '%s' "</para>$tail"; } >book.xml
wants nested-to-the-limit 0 "nothing found"
{ printf '%s' "$head<para>"; many '<emphasis>' 253; printf '<b/>'; many '</emphasis>' 253; printf '%s' "</para>$tail"; } >book.xml
wants nested-beyond-the-limit 1 "book.xml:1:2640: error: $large 256 × <…> [V0108]"
{ printf '%s\n' "$head"; lines '<para>x<b>y</b></para>' 10000; printf '%s' "$tail"; } >book.xml
wants ten-thousand-errors 1 "$(for i in $(seq 2 21); do echo "book.xml:$i:8: error: there is no element <b> [V0169]"; done
echo "book.xml: note: 9980 more of V0169 in this file are not shown [V0904]")"
{ printf '%s' "$head<para>caf\303\251"; printf ' caf\351 caf\303\251</para>'; printf '%s' "$tail"; } >book.xml
wants encodings-mixed 1 "book.xml:1:135: error: book.xml is UTF-8 except for this byte, which is é in Windows-1252 [V0499]"

# A path of 100,000 lines painted over 10,000 words: nobody judges them all.
{ printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="300" height="300">'
many '<text x="9" y="99">w</text>' 10000; printf '<path fill="none" stroke="red" d="M0 0'; many ' L300 300 L0 0' 50000; printf '"/></svg>'; } >a.svg
printf '%s' "$head<mediaobject><imageobject><imagedata fileref=\"a.svg\"/></imageobject></mediaobject>$tail" >book.xml
wants words-painted-over-by-too-much 4 "book.xml:1:160: error: a.svg holds what no picture may: text=too much drawn (line 1) [V0141]"

# The same of settings.
cp -R settings axes
{ printf '<axes xmlns="urn:vademecum:axes:1"><axis id="'; head -c 10000000 /dev/zero | tr '\0' a; printf '"/></axes>'; } >axes/axes.xml
wants settings-attribute-of-10-mb 1 "axes.xml:1:36: error: $large 1 MB <…> [V0108]" axes
{ printf '<axes xmlns="urn:vademecum:axes:1"><axis id="a" attribute="arch" kind="set">\n'; lines '<axe/>' 10000; printf '</axis></axes>'; } >axes/axes.xml
wants settings-ten-thousand-errors 1 "$(for i in $(seq 2 21); do echo "axes.xml:$i:1: error: there is no element <axe> [V0160]"; done
echo "axes.xml: note: 9980 more of V0160 in this file are not shown [V0904]")" axes
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
