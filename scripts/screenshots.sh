#!/bin/sh
# screenshots.sh PYTHON FOLDER [ARGUMENT ...]: pictures of the window for the docs, on a virtual screen where there is none.
set -eu
python=$1
shift
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" != Darwin ]; then
    QT_QPA_PLATFORM=xcb exec xvfb-run -a -s "-screen 0 1920x1080x24" "$python" scripts/screenshots.py "$@"
fi
exec "$python" scripts/screenshots.py "$@"
