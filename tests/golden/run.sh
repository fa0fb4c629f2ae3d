#!/bin/sh
# Runs golden cases: tests/golden/run.sh [-j N] [--accept] [--first] [AREA | AREA/CASE]...
#
# N cases run side by side, each in a folder of its own (default: one a
# processor); what is said of them comes in the order of their names. --first
# ends at the first case that fails: those not run count as failed.
# A case is a folder AREA/CASE with
#   cmd                           one line for sh, run in a scratch copy of the case
#   base                          optional: the project of base/ that is copied first
#   in/                           optional: files copied over it
#   want.out want.err want.rc     what the command says and its exit status; missing: nothing, 0
#                                 (the scratch copy's own path as /SCRATCH)
#   want/PATH                     what the file PATH of the scratch copy must be
#
# $VADE is the compiler, $KEPT and $PAGE are kept.sh and page.sh. The
# environment is fixed: no locale, no colour, the first of June 2026.
# --accept rewrites what is wanted; read the difference like code.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 3
VADE=${VADE:-$here/../../build/vade}
case $VADE in /*) ;; *) VADE=$PWD/$VADE ;; esac
accept=no first=no one= jobs=$(nproc)
while :; do
	case ${1-} in
	--accept) accept=yes ;;
	--first) first=yes ;;
	-j) jobs=$2 && shift ;;
	--one) one=$2 results=$3 && shift 2 ;; # how this script calls itself, below
	*) break ;;
	esac
	shift
done
[ -x "$VADE" ] || { echo "there is no $VADE: run make" >&2; exit 3; }
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Prints the case folders that are asked for.
list_cases() {
	if [ $# -eq 0 ]; then
		set -- "$here"
	fi
	for named in "$@"; do
		named=${named#golden/}
		[ -d "$named" ] || named=$here/${named%/}
		find "$named" -name cmd -type f
	done | sed 's|/cmd$||' | LC_ALL=C sort -u
}

# Runs the case in $folder; leaves $work/out, $work/err, $work/rc, $work/copy.
run_case() {
	rm -rf "$work/copy" "$work/home"
	mkdir "$work/copy" "$work/home"
	if [ -f "$folder/base" ]; then
		cp -R "$here/base/$(cat "$folder/base")/." "$work/copy"
	fi
	if [ -d "$folder/in" ]; then
		cp -R "$folder/in/." "$work/copy"
	fi
	(cd "$work/copy" && exec env -i PATH="$PATH" HOME="$work/home" XDG_CACHE_HOME="$work/home" TMPDIR="$work/home" \
		LC_ALL=C NO_COLOR=1 SOURCE_DATE_EPOCH=1780272000 ASAN_OPTIONS="${ASAN_OPTIONS-}" VADE="$VADE" \
		KEPT="$here/kept.sh" PAGE="$here/page.sh" timeout 600 sh "$folder/cmd" \
		>"$work/out" 2>"$work/err" </dev/null)
	echo $? >"$work/rc"
	sed -i "s|$work/copy|/SCRATCH|g" "$work/err"
}

list_wanted() {
	[ ! -d "$folder/want" ] || (cd "$folder/want" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)
}

# compare WANTED GOT LABEL: the difference, if there is one.
compare() {
	diff -u --label "wanted $3" --label "got $3" "$1" "$2" && return 0
	same=no
}

check_case() {
	same=yes
	for part in out err rc; do
		wanted=$folder/want.$part
		[ -f "$wanted" ] || wanted=$work/none.$part
		compare "$wanted" "$work/$part" "$part"
	done
	for file in $(list_wanted); do
		if [ -f "$work/copy/$file" ]; then
			compare "$folder/want/$file" "$work/copy/$file" "$file"
		else
			echo "no file $file"
			same=no
		fi
	done
	[ $same = yes ]
}

accept_case() {
	for part in out err rc; do
		if cmp -s "$work/$part" "$work/none.$part"; then
			rm -f "$folder/want.$part"
		else
			cp "$work/$part" "$folder/want.$part"
		fi
	done
	for file in $(list_wanted); do
		cp "$work/copy/$file" "$folder/want/$file" || return 1
	done
}

# Runs the case $1, accepts it if that is wanted, and writes what there is to say.
do_case() {
	folder=$1
	name=golden/${folder#"$here/"}
	run_case
	if [ $accept = yes ]; then
		accept_case
	fi
	if check_case >"$work/difference"; then
		echo "ok $name"
	else
		echo "FAILED $name"
		cat "$work/difference"
	fi
}

: >"$work/none.out"
: >"$work/none.err"
echo 0 >"$work/none.rc"
if [ -n "$one" ]; then
	said=$results/$(echo "${one#"$here/"}" | tr / :)
	do_case "$one" >"$said"
	[ $first = no ] || ! grep -q '^FAILED ' "$said" || exit 255 # which ends xargs
	exit 0
fi
list_cases "$@" >"$work/cases"
[ -s "$work/cases" ] || { echo "no such case: $*" >&2; exit 2; }
mkdir "$work/results"
again=
[ $accept = no ] || again=--accept
[ $first = no ] || again="$again --first"
export VADE
tr '\n' '\0' <"$work/cases" | xargs -0 -P "$jobs" -I '{}' sh "$0" $again --one '{}' "$work/results"
LC_ALL=C
export LC_ALL
cat "$work/results"/*
# A case of which nothing was said has not passed.
passed=$(cat "$work/results"/* | grep -c '^ok golden/')
failed=$(($(wc -l <"$work/cases") - passed))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
