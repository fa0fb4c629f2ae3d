#!/bin/sh
# Asks the everyday queries of queries.tsv (frozen) of built handbooks, without a browser. Where node is missing it says
# so and skips. --all prints where the wanted procedure stands for every query. Last line: N passed, N failed.
set -eu
cd "$(dirname "$0")/../.."
command -v node >/dev/null || {
	echo "skipped: there is no node"
	echo "0 passed, 0 failed"
	exit 0
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
named=$(cut -sf 4 tests/web/queries.tsv | grep -v '^handbook$' | sort -u | sed 's/^/--handbook /')
# shellcheck disable=SC2086 # options
"${VADE:-build/vade}" build -q manual -o "$out" --to html $named
node tests/web/queries.mjs "$out" "$@"
