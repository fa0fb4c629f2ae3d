#!/bin/sh
# Builds the handbooks of manual/ and opens their pages in a browser: a sample,
# or with --all every page of every handbook. Where node, its packages or
# Chromium are missing it says so and skips. Last line: N passed, N failed.
set -eu
cd "$(dirname "$0")/../.."
skip() {
	echo "skipped: $1"
	echo "0 passed, 0 failed"
	exit 0
}
command -v node >/dev/null || skip "there is no node"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || skip "node is older than 18"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "there is no chromium"
[ -e build/web/.installed ] || skip "the packages of tests/web are not there: make build/web/.installed"
unset VADE_TYPST # which check.sh empties, so that other parts are the same everywhere
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp tests/web/*.mjs tests/web/pagetext.js build/web/
build/vade build -q manual -o "$out/site" --to html,single
# Side by side: only where it is named.
build/vade build -q manual -o "$out/site" --to html,single --lang en+es --handbook edu-teacher
# A shelf that lacks all others, and has every format that can be made here.
pdf=
[ ! -e build/typst/.installed ] || pdf=,pdf,card
build/vade build -q manual -o "$out/alone" --to "html,single,epub,text,docbook,json$pdf" --handbook edu-teacher
build/vade build -q manual -o "$out/english" --to html --lang en --handbook edu-teacher
node build/web/selftest.mjs "$out/site"
node build/web/hide.mjs "$out/hide"
node build/web/check.mjs "$out/site" "$@"
