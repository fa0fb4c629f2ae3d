#!/bin/sh
# The order of folders (DESIGN section 3): a file includes its own folder or
# one to its left. libxslt, lua.h and pcre2.h are included in one folder each.
# No mutable state at file level: what is not const is inside a function.
# Run from the top of the tree. Last line: N passed, N failed.
set -eu
exec awk -v order="base extract model load script select project filter link compose style format check query audit publish serve cli" '
BEGIN {
	count = split(order, folders, " ")
	for (i = 1; i <= count; i++)
		rank[folders[i]] = i
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
FNR == 1 {
	finish()
	file = FILENAME
	split(file, path, "/")
	# The files beside the folders stand above them all.
	top = path[3] == ""
	own = top ? count + 1 : rank[path[2]]
	bad = own ? "" : "unknown folder " path[2]
}
/^#include "/ {
	split($2, quoted, "\"")
	split(quoted[2], header, "/")
	if (header[2] != "" && (!rank[header[1]] || rank[header[1]] > own))
		bad = "includes " quoted[2]
}
/^#include </ {
	for (name in only)
		if (index($2, "<" name) && path[2] != only[name])
			bad = "includes " $2 ", which is for " only[name]
}
FILENAME ~ /\.c$/ && /^(static )?(struct [a-z_]+|char|int|bool|size_t|uint[0-9]+_t|double|void) \**[a-z_]+(\[[^]]*\])?( = .*)?;/ {
	bad = "has mutable state at file level: " $0
}
END {
	finish()
	print passed " passed, " failed + 0 " failed"
	exit failed > 0
}' compiler/*.[ch] compiler/*/*.[ch]
