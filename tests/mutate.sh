#!/usr/bin/env bash
# Takes one safeguard at a time out of a copy of the compiler and wants the
# tests to notice. A mutation is a line of tests/mutations.tsv: name, file,
# sed expression, and which test is most likely to notice: areas of golden
# cases, or unit/NAME; the others come after it. One that changes nothing, or
# does not compile, is an error of the table. mutate.sh [NAME…] runs some;
# --table only looks whether every line still changes its file, and stands once,
# which is quick. --random COUNT [SEED] takes mutations of random_mutations.py
# instead, and prints the seed: one that no test noticed is to be looked at; it
# may mean the same.
# Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.."
if [ "${1:-}" = --table ]; then
	lost=0 rows=0 names=" "
	while IFS=$'\t' read -r name file change _; do
		case $name in '' | '#'*) continue ;; esac
		rows=$((rows + 1))
		if [[ $names = *" $name "* ]]; then
			echo "FAILED mutate/$name: stands twice in the table"
			lost=$((lost + 1))
		fi
		names="$names$name "
		if sed -E -z "$change" "$file" | cmp -s - "$file"; then
			echo "FAILED mutate/$name: the table's expression matches nothing in $file"
			lost=$((lost + 1))
		fi
	done < tests/mutations.tsv
	echo "$((rows - lost)) passed, $lost failed"
	[ "$lost" -eq 0 ]
	exit
fi
rows=tests/mutations.tsv random=no
areas="select project check link parity config filter audit release agency output xml roles task i18n"
if [ "${1:-}" = --random ]; then
	random=yes seed=${3:-$RANDOM}
	echo "mutate: seed $seed"
	rows=$(mktemp)
	python3 tests/random_mutations.py "$seed" "$2" > "$rows" || exit 1
	areas=$(ls -d tests/golden/*/ | sed 's|/$||; s|.*/||; /^base$/d' | tr '\n' ' ')
	shift $#
fi
scratch=$(mktemp -d "${TMPDIR:-/tmp}/mutate-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/tree"
cp -r Makefile compiler filters schemas tests manual "$scratch/tree/"
cd "$scratch/tree" || exit 1
make -s CFLAGS='-O1 -w' build/vade > build.log 2>&1 || { cat build.log; exit 1; }
cp build/vade unchanged
export VADE=$PWD/build/vade XDG_CACHE_HOME=$scratch/cache PYTHONDONTWRITEBYTECODE=1
passed=0
failed=0

# Which areas are most likely to notice a random change in this file.
likely_areas() {
	case ${1#compiler/} in
	audit/*) echo "audit release" ;;
	check/*) echo "check link select filter sound" ;;
	cli/*) echo "cli params output" ;;
	parity/*) echo "i18n parity release" ;;
	config/*) echo "config agency" ;;
	format/*) echo "page look xml format pdf" ;;
	compose/*) echo "page look project task" ;;
	picture/*) echo "image" ;;
	script/* | style/*) echo "filter look sound" ;;
	link/* | load/*) echo "link xml project" ;;
	publish/*) echo "output release" ;;
	query/*) echo "roles task params draft" ;;
	*) echo "project select roles" ;;
	esac
}

# One test: areas of golden cases up to the first case that fails, or unit/NAME. Fails if it notices.
try() {
	case $1 in
	unit/*) make -s CFLAGS='-O1 -w' "build/release/$1" > unit.log 2>&1 && "build/release/$1" > unit.log 2>&1 ;;
	*) timeout 600 tests/golden/run.sh --first $1 > golden.log 2>&1 ;; # several words
	esac
}

# noticed LIKELY…: does any test fail? The likely ones come first, then the cheap.
noticed() {
	local test
	: > golden.log
	for test in "$@" "$areas"; do
		try "$test" || { sed -n 's|^FAILED golden/||p' golden.log | grep -m1 . || echo "$test"; return; }
	done
	make -s CFLAGS='-O1 -w' unit > unit.log 2>&1 && tests/unit/run.sh > unit.log 2>&1 || { echo unit; return; }
	python3 tests/property/selection.py --seed 1 --cases 80 > property.log 2>&1 || { echo selection; return; }
}

verdict() { # ok|FAILED name text
	printf '%s mutate/%s: %s\n' "$1" "$2" "$3"
	if [ "$1" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# Makes the change to the file: a sed expression, or @LINE@what this line becomes.
mutate() {
	local line=${2#@}
	case $2 in
	@*) text=${line#*@} awk -v at="${line%%@*}" 'NR == at { print ENVIRON["text"]; next } { print }' "$1" > mutated && cp mutated "$1" ;;
	*) sed -i -E -z "$2" "$1" ;;
	esac
}

while IFS=$'\t' read -r name file change likely; do
	case $name in '' | '#'*) continue ;; esac
	if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
	cp "$file" original
	mutate "$file" "$change"
	if cmp -s "$file" original; then
		verdict FAILED "$name" "the table's expression matches nothing in $file"
		continue
	fi
	if ! make -s CFLAGS='-O1 -w' build/vade > build.log 2>&1; then
		[ $random = no ] || { echo "skipped mutate/$name: does not compile: $change"; cp original "$file"; continue; }
		verdict FAILED "$name" "does not compile: $(grep -m1 error build.log)"
	elif cmp -s build/vade unchanged; then
		echo "same mutate/$name: the program is the same: $change"
	else
		# shellcheck disable=SC2086 # several words
		if [ $random = yes ]; then by=$(noticed "$(likely_areas "$file")"); else by=$(noticed $likely); fi
		if [ -n "$by" ]; then verdict ok "$name" "noticed by $by"; else verdict FAILED "$name" "no test noticed: $change"; fi
	fi
	cp original "$file"
	touch "$file"
done < "$rows"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
