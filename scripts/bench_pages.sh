#!/bin/sh
# bench_pages.sh PYTHON DATA: whole pages beside RapidOCR, each program in its own process: 60 drawn pages that nothing
# was tuned on, six of them seen in six ways, the dev pages where DATA/dev holds them, and our samples. Handwriting
# wants DATA/fonts and DATA/strokes; LATIN_HANDS=FOLDER in the environment or behind make adds Latin hands.
set -eu
python=$1 data=$2 hands=${LATIN_HANDS:-} out=out/bench-pages seed=90000
title() { printf '\n## %s\n\n' "$1"; }
draw() {
    rm -rf "${out:?}/$1"
    "$python" -m desktop_ocr.training.pages --data "$data" ${hands:+--latin-hands "$hands"} \
        --output "$out/$1" --seed "$seed" --pages "$2" --first "$3" ${4:-} >/dev/null
}
draw held-out 60 0
draw views 6 60 --views

title "Drawn pages, by layout"
"$python" benchmarks/pages.py "$out/held-out/pages.json" --threads 2 --rounds 1 --programs ours,rapidocr \
    --worst 12
title "The same pages, turned"
"$python" benchmarks/pages.py "$out/views/pages.json" --threads 2 --rounds 1 --programs ours,rapidocr
if [ -f "$data/dev/pages.json" ]; then
    title "Dev pages"
    "$python" benchmarks/pages.py "$data/dev/pages.json" --ignore-case print_en --partial lab_zh \
        --threads 2 --rounds 1 --programs ours,rapidocr
fi
title "Sample pages"
"$python" benchmarks/pages.py --threads 2 --rounds 1 --programs ours,rapidocr
