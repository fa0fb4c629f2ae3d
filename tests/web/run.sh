#!/bin/sh
# Builds handbooks of manual/ and opens their pages in a browser: a sample, or
# with --all every page of every handbook. Last line: N passed, N failed.
set -eu
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp tests/web/check.mjs build/web/
case ${1:-} in
--all) some= ;;
*) some="--handbook edu-teacher --handbook complete-edition --handbook public-edition" ;;
esac
# The words are names of options, and none holds a blank.
build/vade build -q manual -o "$out/site" --to html $some
node build/web/check.mjs "$out/site" "$@"
