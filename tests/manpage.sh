#!/bin/sh
# Checks compiler/vade.1 against the program: every option of every command's
# --help (its own ones in the SYNOPSIS too), every command, every code of `vade explain` with its text; that
# mandoc has nothing to say; that the example files build and that the command
# lines of EXAMPLES run on manual/. Last line: N passed, N failed.
#
#   --write  write the list of codes anew instead
#
# Needs mandoc. $VADE is the program, default build/vade.
set -u
LC_ALL=C.UTF-8
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 3
page=$root/compiler/vade.1
VADE=${VADE:-$root/build/vade}
case $VADE in /*) ;; *) VADE=$PWD/$VADE ;; esac
VADE_TYPST=${VADE_TYPST-}
export VADE_TYPST
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

# has NAME LINE: is the line in the page?
has() {
	if grep -qxF -e "$2" "$page"; then
		ok "$1"
	else
		fail "$1" "vade.1 has no line '$2'"
	fi
}

commands() {
	"$VADE" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z0-9-]*\) .*/\1/p'
}

# The .It lines that the options of a command's --help ask for.
option_lines() {
	"$VADE" "$1" --help | sed -n '/^Options:/,$p' | awk '
		$1 ~ /^-[A-Za-z],$/ { letter = substr($1, 2, 1); $1 = ""; $0 = $0 }
		$1 ~ /^--/ {
			argument = $2 ~ /^[A-Z]+$/ ? " Ar " tolower($2) : ""
			short = letter == "" ? "" : "Fl " letter argument " , "
			print ".It " short "Fl -" substr($1, 3) argument
			letter = ""
		}'
}

# "V0101 error 1 TEXT": code, severity, exit status and text of every message.
codes() {
	"$VADE" explain --ui-lang en | while read -r code severity text; do
		status=$("$VADE" explain "$code" --ui-lang en | sed -n '1s/.*exit status \([0-9]*\)).*/\1/p')
		printf '%s %s %s %s\n' "$code" "$severity" "$status" "$text"
	done
}

# The list of codes as it stands in the page.
code_list() {
	echo '.Bl -tag -width V0000'
	codes | while read -r code severity status text; do
		echo ".It $code"
		echo "$severity, exit status $status:"
		printf '%s\n' "$text" | fold -s -w 72 | sed -e 's/ *$//' -e 's/\\/\\e/g' -e "s/^[.']/\\\\\&&/"
	done
	echo '.El'
}

listed() {
	sed -n '/^\.\\" codes:/,/^\.\\" end of codes/p' "$page" | sed -e 1d -e '$d'
}

write_codes() {
	code_list >"$work/codes"
	sed -e '/^\.\\" codes:/,/^\.\\" end of codes/{/^\.\\" /!d;}' \
	    -e "/^\\.\\\\\" codes:/r $work/codes" "$page" >"$work/page" && cp "$work/page" "$page"
}

# What an organisation's CSS may name (style/css_allowed.def) stands in the page.
check_look() {
	sed -n '/^\.Ss The look of an organisation/,/^\.Ss axes/p' "$page" | tr '\n' ' ' >"$work/look"
	sed -n 's/^LOOK_[A-Z]*("\([^"]*\)".*/\1/p' "$root/compiler/style/css_allowed.def" | while read -r name; do
		grep -qE "[ ,]$name[ ,]" "$work/look" || echo "$name"
	done >"$work/missing"
	if [ -s "$work/missing" ]; then
		fail manpage/look "the page does not name $(tr '\n' ' ' <"$work/missing")"
	else
		ok manpage/look
	fi
}

check_commands() {
	for command in $(commands); do
		if grep -q "^\.It Cm $command\>" "$page"; then
			ok "command/$command"
		else
			fail "command/$command" "vade.1 has no '.It Cm $command'"
		fi
	done
}

check_options() {
	for command in $(commands); do
		option_lines "$command"
	done | sort -u >"$work/options"
	while read -r line; do
		has "option/$(echo "$line" | sed 's/.*Fl -\([a-z-]*\).*/\1/')" "$line"
	done <"$work/options"
	grep '^\.It Fl ' "$page" | sort | comm -23 - "$work/options" >"$work/strange"
	if [ -s "$work/strange" ]; then
		fail option/unknown "no command has '$(head -n 1 "$work/strange")'"
	else
		ok option/unknown
	fi
}

# An option that not every command has stands in the SYNOPSIS of those that do.
check_synopsis() {
	option_lines explain >"$work/common"
	sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/p' "$page" | awk '
		/^\.Cm / { command = $2 }
		/Fl / { for (i = 2; i <= NF; i++) if ($(i - 1) ~ /^(\.?Fl|\|)$/) print command, $i }' | sort -u >"$work/synopsis"
	for command in $(commands); do
		option_lines "$command" | grep -vxFf "$work/common" | while read -r line; do
			echo "$line" | awk '{ for (i = 1; i < NF; i++) if ($i == "Fl") print "'"$command"'", $(i + 1) }' >"$work/names"
			grep -qxFf "$work/names" "$work/synopsis" || echo "$command: $line"
		done
	done >"$work/missing"
	if [ -s "$work/missing" ]; then
		fail synopsis "$(tr '\n' ' ' <"$work/missing")"
	else
		ok synopsis
	fi
}

# The blocks of the list, a line each.
paragraphs() {
	awk '/^\.It / { printf "%s", sep; sep = "\n" } /^\.(Bl|El)/ { next } { printf "%s ", $0 } END { print "" }'
}

# Every format of build --help stands in the page with its summary.
check_formats() {
	"$VADE" build --help --ui-lang en | sed -n '/^Formats:/,$s/^  \([a-z]*\) *\(.*\)/\1 \2/p' >"$work/formats"
	while read -r name summary; do
		summary=${summary% (the default)}
		if paragraphs <"$page" | grep -qF -e ".It Li $name $summary "; then
			ok "format/$name"
		else
			fail "format/$name" "vade.1 has no '.It Li $name' with '$summary'"
		fi
	done <"$work/formats"
}

check_codes() {
	code_list | paragraphs >"$work/wanted"
	listed | paragraphs >"$work/listed"
	while read -r line; do
		code=$(echo "$line" | cut -d ' ' -f 2)
		if grep -qxF -e "$line" -e "$line " "$work/listed"; then
			ok "code/$code"
		else
			fail "code/$code" "missing or with another text: tests/manpage.sh --write"
		fi
	done <"$work/wanted"
	if [ "$(wc -l <"$work/wanted")" -eq "$(wc -l <"$work/listed")" ]; then
		ok code/unknown
	else
		fail code/unknown "a code that vade does not know: tests/manpage.sh --write"
	fi
}

check_lint() {
	if mandoc -T lint -W style "$page" >"$work/lint" 2>&1 && ! [ -s "$work/lint" ]; then
		ok lint
	else
		fail lint "$(head -n 1 "$work/lint")"
	fi
}

# A display after a comment `FILE name` is that file of an example project.
check_project() {
	mkdir -p "$work/town/en" "$work/town/es" "$work/town/filters" "$work/town/agency"
	awk -v folder="$work/town/" '
		/^\.\\" FILE / { name = folder $3; next }
		/^\.Bd / { shown = name != "" }
		/^\.Ed/ { if (shown) close(name); shown = 0; name = "" }
		shown && !/^\.Bd / { print > name }' "$page"
	sed 's/xml:lang="en"/xml:lang="es"/' "$work/town/en/book.xml" >"$work/town/es/book.xml"
	if ! "$VADE" check "$work/town" --deny warnings >"$work/said" 2>&1; then
		fail project/check "$(head -n 1 "$work/said")"
	elif ! "$VADE" build "$work/town" -o "$work/town-out" >"$work/said" 2>&1; then
		fail project/build "$(head -n 1 "$work/said")"
	elif ! "$VADE" build "$work/town" -o "$work/town-out" --agency "$work/town/agency" >"$work/said" 2>&1 ||
	    [ ! -f "$work/town-out/demo/agency.json" ]; then
		fail project/agency "$(head -n 1 "$work/said")"
	else
		ok project
	fi
	for handbook in public/public-edition staff/guard staff/clerk staff/guard-north; do
		if [ -f "$work/town-out/$handbook/es/html/lost-01.html" ]; then
			ok "project/$handbook"
		else
			fail "project/$handbook" "there is no page lost-01.html"
		fi
	done
}

check_examples() {
	mkdir -p "$work/bin" "$work/examples"
	ln -s "$VADE" "$work/bin/vade"
	cp -R "$root/manual" "$work/examples/manual"
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh DIAG/s/^\.Dl //p' "$page" >"$work/lines"
	while read -r line; do
		if (cd "$work/examples" && PATH="$work/bin:$PATH" sh -c "$line") >"$work/said" 2>&1 </dev/null; then
			ok "example/$line"
		else
			fail "example/$line" "$(tail -n 3 "$work/said" | tr '\n' ' ')"
		fi
	done <"$work/lines"
}

if [ "${1-}" = --write ]; then
	write_codes
	exit
fi
check_commands
check_look
check_options
check_synopsis
check_formats
check_codes
check_lint
check_project
check_examples
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
