#!/bin/sh
# bench.sh PYTHON DATA: the figures of the README, each beside its peers in one run, each program in its own process.
# DATA/dev holds lines.tsv and pages.json; without them only our own sample pages are measured.
set -eu
python=$1 data=$2
if [ -f "$data/dev/lines.tsv" ]; then
    "$python" benchmarks/lines.py "$data/dev/lines.tsv"
fi
"$python" benchmarks/pages.py
"$python" benchmarks/heartbeat.py
