#!/bin/sh
# What `make bench` runs: measures vade, docbook-xsl and an identity transform on
# one book in one run, and compares with DESIGN.md section 10.
#
#   VADE       the program, default build/vade
#   BENCH_DIR  scratch folder, default build/bench
#   --quick    one run of each, two sizes: does it work, not how fast is it
#
# Needs python3, xsltproc, docbook-xsl-ns. Exit 0 unless a command failed.
exec python3 "$(dirname "$0")/bench.py" "$@"
