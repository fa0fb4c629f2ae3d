#!/bin/sh
# Builds and runs the unit tests: prints what failed, then `N passed, N failed`
# over all tests. --san: with AddressSanitizer and UBSan. Status 1 if any failed.
set -u
cd "$(dirname "$0")/../.." || exit 3
mode=release
if [ "${1:-}" = --san ]; then
	mode=san # finds leaks too; ASAN_OPTIONS=detect_leaks=0 where ptrace is refused
fi
mkdir -p build
make -s MODE=$mode unit >build/unit.log 2>&1 || {
	grep -v '^  [a-z]* build/' build/unit.log
	exit 3
}

passed=0
failed=0
for source in tests/unit/*_test.c; do
	name=$(basename "$source" .c)
	output=$(CMOCKA_MESSAGE_OUTPUT=tap timeout 600 "build/$mode/unit/$name" 2>&1)
	status=$?
	planned=$(printf '%s\n' "$output" | sed -n 's/^1\.\.\([0-9]*\)$/\1/p' | head -n 1)
	ok=$(printf '%s\n' "$output" | grep -c '^ok ')
	# What needs a file that is not ours (RNGSPEC) is skipped, and not counted.
	skipped=$(printf '%s\n' "$output" | grep -c '^not ok [0-9]* # SKIP')
	# A program that ended before its last test failed the rest of them.
	bad=$((${planned:-1} - ok - skipped))
	[ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
	if [ "$bad" -ne 0 ]; then
		echo "== $name (status $status)"
		printf '%s\n' "$output" | grep -v -e '^ok ' -e '^1\.\.'
	fi
	passed=$((passed + ok))
	failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
