#!/bin/sh
# The order of rooms (DESIGN section 3): a file includes its own room or one to
# its left; build, front and worker are one step, above publish and below cli;
# main.c is above all. libxslt, lua.h and pcre2.h are included in one room each.
# No mutable state at file level: what is not const is inside a function. A room
# has at most as many lines of C as its row of tests/rooms.txt says.
# Run from the top of the tree. Last line: N passed, N failed.
set -eu
exec awk -v order="base extract schema model syntax load parity script select project filter link compose style format check query audit publish . serve cli" '
BEGIN {
	count = split(order, rooms, " ")
	for (i = 1; i <= count; i++)
		rank[rooms[i]] = i
	only["libxslt/"] = "style"
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
	for (room in lines)
		if (lines[room] > budget[room]) {
			print "FAILED layers: " room " has " lines[room] " lines, tests/rooms.txt allows " budget[room] + 0
			failed++
		} else
			passed++
	print passed " passed, " failed + 0 " failed"
	exit failed > 0
}' tests/rooms.txt compiler/*.[ch] compiler/*/*.[ch]
