#!/bin/sh
# check_package.sh FOLDER: the packaged program tests itself and reads a page on a path with Chinese characters.
set -eu
program=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DESKTOP_OCR_HOME="$work/home"

du -sm "$program" | awk '{print "packaged program: " $1 " MB"}'

# Python's own settings of this environment must not reach the packaged program.
run() { env -u PYTHONPATH -u PYTHONHOME "$@"; }

if command -v xvfb-run >/dev/null 2>&1; then
    run env QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" "$program/desktop-ocr-cli" selftest
else
    run env QT_QPA_PLATFORM=offscreen "$program/desktop-ocr-cli" selftest
fi

folder="$work/检查报告 第一批"
mkdir "$folder"
cp resources/samples/xray_report.png "$folder/胸片（正位）.png"
run "$program/desktop-ocr-cli" recognize --stats "$folder/胸片（正位）.png" >"$folder/文本.txt"
grep -q "检查所见" "$folder/文本.txt" || { echo "the packaged program did not read the sample page" >&2; exit 1; }
# A photograph goes the other way: through the detector of the rapidocr library.
cp resources/samples/xray_report_degraded.jpg "$folder/手机照片.jpg"
run "$program/desktop-ocr-cli" recognize --format docx --output "$folder/" "$folder/手机照片.jpg"
[ -s "$folder/手机照片.docx" ] || { echo "the packaged program did not export the photograph" >&2; exit 1; }
echo "packaged program: self-test passed, scan and photograph read"
