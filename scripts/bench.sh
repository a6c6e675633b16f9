#!/bin/sh
# bench.sh PYTHON DATA: the figures of the README, each beside its peers in one run, each program in its own process.
# DATA/dev holds lines.tsv and pages.json; without them only our own sample pages are measured. Digits, units, arrows
# and signs are measured on drawn lines, which need what training draws from: DATA/text and the rest (see
# docs/model-card.md), and LATIN_HANDS=FOLDER in the environment or behind make, the folder of the Latin hands.
set -eu
python=$1 data=$2 hands=${LATIN_HANDS:-}
title() { printf '\n## %s\n\n' "$1"; }

if [ -f "$data/dev/lines.tsv" ]; then
    title "Lines"
    "$python" benchmarks/lines.py "$data/dev/lines.tsv" --threads 2 --ignore-case --bootstrap 1000
fi
if [ -d "$data/text" ] && [ -d "$hands" ]; then
    title "Digits, units, arrows and signs"
    "$python" benchmarks/signs.py --data "$data" --latin-hands "$hands" --threads 2
    title "Language"
    "$python" benchmarks/language.py --data "$data" --latin-hands "$hands" --threads 2
    title "Drawing"
    "$python" benchmarks/drawing.py --data "$data" --latin-hands "$hands"
else
    echo "Digits, units, arrows and signs are not measured: that needs $data/text and LATIN_HANDS." >&2
fi
title "Sample pages"
"$python" benchmarks/pages.py --threads 2
if [ -f "$data/dev/pages.json" ]; then
    title "Dev pages"
    "$python" benchmarks/pages.py "$data/dev/pages.json" --ignore-case print_en --partial lab_zh \
        --threads 2 --programs ours,rapidocr
fi
title "Window"
"$python" benchmarks/heartbeat.py
