#!/bin/sh
# Has every diagnostic a golden case that shows it? Every row of base/diag.def
# but those that no input brings about stands, by its code, in a want.err. And
# no cure opens more to readers: none says to raise a clearance or lower a class.
set -u
cd "$(dirname "$0")/.." || exit 3
passed=0
failed=0
for row in $(sed -n 's/^DIAG(\([A-Z_0-9]*\), "\(V[0-9]*\)".*/\1:\2/p' compiler/base/diag.def); do
	name=${row%:*}
	code=${row#*:}
	case $name in ELEMENT_VALUE | SCHEMA_TOO_LARGE | SYSTEM | NO_MEMORY | WORKER_DIED | BUG | SHEET) continue ;; esac
	if grep -rqF --include=want.err -e "[$code]" -e "\"$code\"" tests/golden; then
		echo "ok catalogue/$code $name"
		passed=$((passed + 1))
	else
		echo "FAILED catalogue/$code $name: no golden case shows it"
		failed=$((failed + 1))
	fi
done
if tr '\n' ' ' <compiler/base/diag.def | sed 's/" *"//g' |
	grep -ioE "(raise|suba) [^,.;]*(clearance|acceso)|lower (the|its|a) class|baje (la|su) clase"; then
	echo "FAILED catalogue/cures: these open more to readers"
	failed=$((failed + 1))
else
	echo "ok catalogue/cures"
	passed=$((passed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
