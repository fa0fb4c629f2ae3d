#!/bin/sh
# The order of rooms (DESIGN section 3): a file includes its own room or one to
# its left; build, front and worker are one step, above publish and below cli;
# main.c is above all. libxslt, lua.h and pcre2.h are included in one room each.
# No mutable state at file level: what is not const is inside a function. A room
# has at most as many lines of C as its row of tests/rooms.txt says. A file of C
# without a header of its own says at its head what it is for, and a comment
# names only files that there are.
# Run from the top of the tree. Last line: N passed, N failed.
set -eu
exec awk -v order="base extract schema model syntax load parity script select project filter link diff picture compose style print format check query audit publish . serve cli" '
BEGIN {
	count = split(order, rooms, " ")
	for (i = 1; i <= count; i++)
		rank[rooms[i]] = i
	only["libxslt/"] = "style"
	only["git2.h"] = "base"
	only["lua.h"] = only["lauxlib.h"] = only["lualib.h"] = only["pcre2.h"] = "script"
}
function finish() {
	if (file == "")
		return
	if (bad != "") {
		print "FAILED layers: " file " " bad
		failed++
	} else
		passed++
}
function room_of(name,   path) {
	return split(name, path, "/") == 3 ? path[2] : "."
}
FILENAME == "tests/rooms.txt" {
	if ($1 !~ /^#/ && NF)
		budget[$1] = $2
	next
}
FNR == 1 {
	finish()
	file = FILENAME
	room = room_of(file)
	own = file == "compiler/main.c" ? count + 1 : rank[room]
	bad = own ? "" : "is in an unknown room"
	headed[file] = /^\/\*/
	name = file
	sub(/.*\//, "", name)
	there[name] = 1
}
/^( \*|\t*\/\*| *\/\*)/ {
	for (rest = $0; match(rest, /[a-z_]+\.[ch]($|[^a-z_])/); rest = substr(rest, RSTART + RLENGTH))
		{
		name = substr(rest, RSTART)
		sub(/\.[ch].*/, substr(name, index(name, "."), 2), name)
		named[name] = file
	}
}
{
	lines[room]++
}
/^#include "/ {
	split($2, quoted, "\"")
	slash = index(quoted[2], "/")
	from = slash ? substr(quoted[2], 1, slash - 1) : quoted[2] ~ /^(build|front|worker)\.h$/ ? "." : room
	if (!rank[from] || rank[from] > own)
		bad = "includes " quoted[2]
}
/^#include </ {
	for (name in only)
		if (index($2, "<" name) && room != only[name])
			bad = "includes " $2 ", which is for " only[name]
}
FILENAME ~ /\.c$/ && /^(static )?(struct [a-z_]+|char|int|bool|size_t|uint[0-9]+_t|double|void) \**[a-z_]+(\[[^]]*\])?( = .*)?;/ {
	bad = "has mutable state at file level: " $0
}
END {
	finish()
	for (file in headed) {
		header = file
		sub(/c$/, "h", header)
		if (!headed[file] && !(header in headed)) {
			print "FAILED layers: " file " does not say what it is for"
			failed++
		}
	}
	there["embedded.c"] = there["examples.c"] = there["lua.h"] = 1
	for (name in named)
		if (!(name in there)) {
			print "FAILED layers: " named[name] " names " name ", which there is not"
			failed++
		}
	for (room in lines)
		if (lines[room] > budget[room]) {
			print "FAILED layers: " room " has " lines[room] " lines, tests/rooms.txt allows " budget[room] + 0
			failed++
		} else
			passed++
	print passed " passed, " failed + 0 " failed"
	exit failed > 0
}' tests/rooms.txt compiler/*.[ch] compiler/*/*.[ch]
