#!/bin/sh
# run.sh PYTHON: open the window on a sample page; without a display in a virtual one, saving what it shows.
set -eu
python=$1
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec "$python" -m desktop_ocr --demo
fi
mkdir -p out
if command -v xvfb-run >/dev/null 2>&1; then
    QT_QPA_PLATFORM=xcb exec xvfb-run -a -s "-screen 0 1600x1000x24" "$python" -m desktop_ocr --demo --shots out
fi
QT_QPA_PLATFORM=offscreen exec "$python" -m desktop_ocr --demo --shots out
