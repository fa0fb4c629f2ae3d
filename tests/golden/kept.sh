#!/bin/sh
# kept.sh CHANGE [OPTION]...: builds the project of this folder into out, runs
# CHANGE, builds again with OPTIONs, and says whether out is byte for byte as
# it was. Exits as the second build did.
digest() {
	(cd out && find . -type f -exec sha256sum {} + && find . -type l -o -type d) | LC_ALL=C sort | sha256sum
}
"$VADE" build -q || exit
before=$(digest)
eval "$1"
shift
"$VADE" build "$@"
status=$?
if [ "$(digest)" = "$before" ] && [ -z "$(find . -maxdepth 1 -name '.out.vade-*')" ]; then
	echo "the output is as it was"
else
	echo "the output has changed"
fi
exit $status
