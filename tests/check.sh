#!/usr/bin/env bash
# Runs every test; what `make check` is. --hard: full campaigns, and as many
# again on random seeds, which are printed.
# A part is a command that prints its own `N passed, N failed` as its last
# line, or none, and then counts as one test. What is built comes first; then
# as many parts run side by side as there are processors, the longest first.
# Last line: the sum.
set -u
cd "$(dirname "$0")/.."
hard=0
[ "${1:-}" = --hard ] && hard=1
few="--handbooks 12" all= faults=60 changes=300
[ "$hard" = 1 ] && few= all=--all faults=300 changes=2000
logs=build/check
places=$(nproc)
rm -rf "$logs/parts"
mkdir -p "$logs/parts"

# Runs one part; leaves build/check/NAME.log, and in parts/NAME what it counts.
run() {
	local name=$1 start=$SECONDS status line passed=0 failed=0
	shift
	"$@" > "$logs/$name.log" 2>&1
	status=$?
	line=$(tail -n 1 "$logs/$name.log")
	if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
		passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
	elif [ "$status" -eq 0 ]; then
		line=ok passed=1
	fi
	[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
	echo "$passed $failed" > "$logs/parts/$name"
	if [ "$status" -eq 0 ]; then
		printf '%-12s %s (%d s)\n' "$name" "$line" $((SECONDS - start))
	else
		printf '%-12s FAILED (%d s), see %s\n%s\n' "$name" $((SECONDS - start)) "$logs/$name.log" \
			"$(grep -E '^FAILED|error|Error' "$logs/$name.log" | head -n 40; tail -n 15 "$logs/$name.log")"
	fi
}

# Starts a part as soon as there is a place for it.
part() {
	while [ "$(jobs -rp | wc -l)" -ge "$places" ]; do
		wait -n
	done
	run "$@" &
}

export XDG_CACHE_HOME=$PWD/$logs/cache
export VADE=$PWD/build/vade
export PYTHONDONTWRITEBYTECODE=1
export VADE_TYPST=  # only one part makes PDFs
unset LC_ALL LC_MESSAGES LANG SOURCE_DATE_EPOCH

run build make -j "$places" MODE=check build/check/vade build/vade
run san make -j "$places" MODE=san build/san/vade
run units make -j "$places" unit
run units-san make -j "$places" MODE=san unit

fixed() { # NAME: the property on its seeds
	part "$1" python3 tests/property/campaign.py fixed "$1" --jobs 1
}

part web nice -n 5 tests/web/run.sh $all
part golden-san env VADE="$PWD/build/san/vade" tests/golden/run.sh -j 1
fixed selection
fixed noninterference
part manual-cases python3 tests/property/noninterference.py --part manual --mutations 5 $few
part formats python3 tests/property/formats.py $all
fixed others
fixed laws
part site python3 tests/property/site.py
part golden tests/golden/run.sh -j 1
fixed leaks
fixed pdf_readers
fixed complete
fixed shapes
fixed differences
part pdf env -u VADE_TYPST python3 tests/pdf.py
part mutations tests/mutate.sh --table
part fault python3 tests/fault/faults.py --cases "$faults"
part who python3 tests/property/who.py
part unit-san tests/unit/run.sh --san
part unit tests/unit/run.sh
part manual build/vade check manual --deny warnings
part manual-units sh -c 'build/vade i18n stale manual | tee /dev/stderr | grep -qx "All units are agreed."'
part schemas tests/schemas.sh
part constraints python3 tests/schema/constraints.py
part hostile tests/schema/hostile.sh
part jing python3 tests/schema/compare.py --mutations "$changes"
part oracle python3 tests/oracle/selftest.py
part stem python3 tests/stem.py
part queries tests/web/queries.sh
part filters tests/filters.sh
part manpage tests/manpage.sh
part readme tests/readme.sh
part catalogue tests/catalogue.sh
part examples python3 tests/examples.py -j 1
part layers tests/layers.sh
part classes python3 tests/classes.py
part format make -s format-check
wait
if [ "$hard" = 1 ]; then
	run campaign python3 tests/property/campaign.py random --again --time 10h
	run mutate tests/mutate.sh
	# Not ours, so not here: spectest.xml of jing and trang.
	[ -z "${RNGSPEC:-}" ] || run rngspec build/release/unit/schema_test
	run handbooks env -u VADE_TYPST make handbooks
	run pdf-all env -u VADE_TYPST python3 tests/pdf.py --all build/handbooks
fi

passed=0 failed=0 broken=
for part in "$logs/parts/"*; do
	read -r good bad < "$part"
	passed=$((passed + good)) failed=$((failed + bad))
	[ "$bad" = 0 ] || broken="$broken $(basename "$part")"
done
[ -z "$broken" ] || echo "broken:$broken"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
