#!/usr/bin/env bash
# Runs every test; what `make check` is. --hard: full campaigns.
# A part is a command that prints its own `N passed, N failed` as its last
# line, or none, and then counts as one test. Last line: the sum.
set -u
cd "$(dirname "$0")/.."
hard=0
[ "${1:-}" = --hard ] && hard=1
cases=300 planted=40 laws=8 shapes=12 others=20 mutations=40 few="--handbooks 12" all=
[ "$hard" = 1 ] && cases=1000 planted=200 laws=100 shapes=300 others=200 mutations=1000 few= all=--all
logs=build/check
mkdir -p "$logs"
passed=0
failed=0
broken=""

part() {
	local name=$1 start=$SECONDS status line
	shift
	"$@" > "$logs/$name.log" 2>&1
	status=$?
	line=$(tail -n 1 "$logs/$name.log")
	if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
		passed=$((passed + BASH_REMATCH[1]))
		failed=$((failed + BASH_REMATCH[2]))
		[ "$status" -ne 0 ] && [ "${BASH_REMATCH[2]}" -eq 0 ] && failed=$((failed + 1))
	elif [ "$status" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
	if [ "$status" -eq 0 ]; then
		printf '%-12s %s (%d s)\n' "$name" "${line:-ok}" $((SECONDS - start))
	else
		broken="$broken $name"
		printf '%-12s FAILED (%d s), see %s\n' "$name" $((SECONDS - start)) "$logs/$name.log"
		grep -E '^FAILED|error|Error' "$logs/$name.log" | head -n 40
		tail -n 15 "$logs/$name.log"
	fi
}

export XDG_CACHE_HOME=$PWD/$logs/cache
export VADE=$PWD/build/vade
export PYTHONDONTWRITEBYTECODE=1
export VADE_TYPST=  # only one part makes PDFs
unset LC_ALL LC_MESSAGES LANG SOURCE_DATE_EPOCH

part build make MODE=check build/check/vade build/vade
part format make format-check
part layers tests/layers.sh
part schemas tests/schemas.sh
part san make MODE=san build/san/vade
part unit tests/unit/run.sh
part unit-san tests/unit/run.sh --san
part golden tests/golden/run.sh
part golden-san env VADE="$PWD/build/san/vade" tests/golden/run.sh
part catalogue tests/catalogue.sh
part oracle python3 tests/oracle/selftest.py
part selection python3 tests/property/selection.py --cases "$cases"
part shapes python3 tests/property/shapes.py --cases "$shapes"
part manual build/vade check manual --deny warnings
part laws python3 tests/property/laws.py --cases "$laws"
part noninter python3 tests/property/noninterference.py --mutations "$mutations" $few
part mutations tests/mutate.sh --table
[ "$hard" = 0 ] || part mutate tests/mutate.sh
part others python3 tests/property/others.py --cases "$others" --handbooks 12
part leaks python3 tests/property/leaks.py --cases "$planted"
part site python3 tests/property/site.py
part formats python3 tests/property/formats.py $all
part stem python3 tests/stem.py
part web nice -n 5 tests/web/run.sh $all
part filters tests/filters.sh
part who python3 tests/property/who.py
part manpage tests/manpage.sh
part readme tests/readme.sh
part pdf env -u VADE_TYPST python3 tests/pdf.py
[ "$hard" = 0 ] || part handbooks env -u VADE_TYPST make handbooks
[ "$hard" = 0 ] || part pdf-all env -u VADE_TYPST python3 tests/pdf.py --all build/handbooks

[ -z "$broken" ] || echo "broken:$broken"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
