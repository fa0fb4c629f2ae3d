#!/bin/sh
# Checks README.md: its example project is built with its own commands and the
# two roles see what it says; every file and folder it names is there.
# Last line: N passed, N failed.
#
# A fenced block belongs to the last `path` in the line of text before it; an
# xml block is that file, a text block is what that page shows of its steps.
# Needs python3. $VADE is the program, default build/vade.
set -u
LC_ALL=C.UTF-8
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 3
readme=$root/README.md
VADE=${VADE:-$root/build/vade}
case $VADE in /*) ;; *) VADE=$PWD/$VADE ;; esac
[ -x "$VADE" ] || { echo "there is no $VADE: run make" >&2; exit 3; }
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

ok() {
	echo "ok $1"
	passed=$((passed + 1))
}

# fail NAME WHY
fail() {
	echo "FAILED $1: $2"
	failed=$((failed + 1))
}

# blocks KIND FOLDER: writes the fenced blocks of a kind below FOLDER and
# prints their paths.
blocks() {
	awk -v wanted="\`\`\`$1" -v folder="$2/" '
		/^```/ && !inside {
			inside = 1
			if ($0 == wanted && path != "") {
				print path
				file = folder path
				parent = file
				sub(/\/[^\/]*$/, "", parent)
				system("mkdir -p " parent)
			}
			next
		}
		/^```/ { if (file != "") close(file); inside = 0; file = path = ""; next }
		inside { if (file != "") print > file; next }
		/`[^` ]*\/[^` ]*`[^`]*:$/ { path = $0; sub(/`[^`]*$/, "", path); sub(/.*`/, "", path) }' "$readme"
}

# The steps of a page as they are seen, a block a line.
show_steps() {
	python3 - "$1" <<'END'
import html, re, sys

page = open(sys.argv[1], encoding="utf-8").read()
steps = re.search(r'<ol class="v-steps".*</ol>', page, re.S).group()
steps = re.sub(r'<span class="v-vh">[^<]*</span>', "", steps)  # only read aloud
steps = re.sub(r"</?(?:p|h[1-6]|ol|ul|li|div|dl|dt|dd)\b[^>]*>", "\n", steps)
lines = html.unescape(re.sub(r"<[^>]*>", "", steps)).split("\n")
print("\n".join(" ".join(line.split()) for line in lines if line.strip()))
END
}

check_commands() {
	mkdir -p "$work/build"
	ln -s "$VADE" "$work/build/vade"
	ln -s "$root/manual" "$work/manual"
	sed -n '/^```sh$/,/^```$/p' "$readme" | grep '^build/vade' >"$work/commands"
	while read -r line; do
		if (cd "$work" && sh -c "$line") >"$work/said" 2>&1 </dev/null; then
			ok "command/$line"
		else
			fail "command/$line" "$(head -n 1 "$work/said")"
		fi
	done <"$work/commands"
	if grep -qx 'nothing found' "$work/said.check"; then
		ok command/clean
	else
		fail command/clean "vade check town: $(head -n 1 "$work/said.check")"
	fi
}

check_pages() {
	blocks text "$work/wanted" >"$work/pages"
	[ "$(wc -l <"$work/pages")" -eq 2 ] || fail pages "README.md does not show two pages"
	while read -r path; do
		if ! show_steps "$work/$path" >"$work/shown" 2>&1; then
			fail "page/$path" "$(tail -n 1 "$work/shown")"
		elif ! diff "$work/wanted/$path" "$work/shown" >"$work/difference"; then
			fail "page/$path" "shows something else"
			cat "$work/difference"
		else
			ok "page/$path"
		fi
	done <"$work/pages"
}

# Targets of make and paths in the tree that the text names.
check_names() {
	sed -n 's/^make //p' "$readme" | tr ' ' '\n' | sort -u >"$work/targets"
	while read -r target; do
		if grep -q "^$target:" "$root/Makefile"; then
			ok "target/$target"
		else
			fail "target/$target" "is not in the Makefile"
		fi
	done <"$work/targets"
	grep -oE '[(`](compiler|filters|manual|schemas|tests)/[A-Za-z0-9._/-]*' "$readme" | cut -c 2- | sort -u >"$work/paths"
	while read -r path; do
		if [ -e "$root/$path" ]; then
			ok "path/$path"
		else
			fail "path/$path" "is not there"
		fi
	done <"$work/paths"
}

blocks xml "$work" >"$work/files"
[ "$(wc -l <"$work/files")" -eq 4 ] || fail files "README.md does not show four files"
"$VADE" check "$work/town" --ui-lang en >"$work/said.check" 2>&1
check_commands
check_pages
check_names
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
