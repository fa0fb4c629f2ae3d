#!/bin/sh
# The order of folders (DESIGN section 3): a file includes its own folder or
# one to its left. libxslt, lua.h and pcre2.h are included in one folder each.
# Run from the top of the tree. Last line: N passed, N failed.
set -eu
order="base model load script select project filter link emit inspect publish serve cli"
passed=0 failed=0

rank() {
	n=0
	for folder in $order; do
		n=$((n + 1))
		[ "$folder" = "$1" ] && { echo $n; return; }
	done
	echo 0
}

fail() {
	echo "FAILED layers: $1"
	failed=$((failed + 1))
}

for file in compiler/*/*.[ch]; do
	folder=${file#compiler/}
	folder=${folder%%/*}
	own=$(rank "$folder")
	bad=
	[ "$own" -gt 0 ] || bad="unknown folder $folder"
	for header in $(sed -n 's/^#include "\(.*\)"$/\1/p' "$file"); do
		case $header in
		*/*) other=$(rank "${header%%/*}") ;;
		*.def | *.h) other=$own ;;
		*) other=0 ;;
		esac
		if [ "$other" -eq 0 ] || [ "$other" -gt "$own" ]; then
			bad="includes $header"
		fi
	done
	case $folder in script) ;; *)
		grep -qE '#include <(lua|lauxlib|lualib|pcre2)\.h>' "$file" && bad="includes Lua or PCRE2" ;;
	esac
	case $folder in emit) ;; *)
		grep -q '#include <libxslt/' "$file" && bad="includes libxslt" ;;
	esac
	if [ -n "$bad" ]; then
		fail "$file $bad"
	else
		passed=$((passed + 1))
	fi
done

# No mutable state at file level: what is not const is inside a function.
for file in compiler/*.c compiler/*/*.c; do
	if grep -nE '^(static )?(struct [a-z_]+|char|int|bool|size_t|uint[0-9]+_t|double|void) \**[a-z_]+(\[[^]]*\])?( = .*)?;' "$file"; then
		fail "$file has mutable state at file level"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
