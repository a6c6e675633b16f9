#!/bin/sh
# bench.sh PYTHON DATA: the figures of the README, each beside its peers in one run, each program in its own process.
# DATA/dev holds lines.tsv and pages.json; without them only our own sample pages are measured.
set -eu
python=$1 data=$2
if [ -f "$data/dev/lines.tsv" ]; then
    "$python" benchmarks/lines.py "$data/dev/lines.tsv" --threads 2 --ignore-case --bootstrap 1000
fi
"$python" benchmarks/pages.py --threads 2
if [ -f "$data/dev/pages.json" ]; then
    "$python" benchmarks/pages.py "$data/dev/pages.json" --ignore-case print_en --partial lab_zh \
        --threads 2 --programs ours,rapidocr
fi
"$python" benchmarks/heartbeat.py
