#!/bin/sh
# setup.sh PYTHON VENV WHAT: system libraries where Debian lacks them, a virtual environment, our package.
# Does nothing where all of that is there and pyproject.toml is unchanged.
set -eu
python=$1 venv=$2 what=$3

libraries="libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0 libxkbcommon-x11-0
 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 fonts-noto-cjk fonts-dejavu-core xvfb xauth"
# PyInstaller's tools, needed for the tests only.
[ "$what" = "." ] || libraries="$libraries binutils"

if command -v dpkg-query >/dev/null 2>&1; then
    missing=""
    for library in $libraries; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$library" 2>/dev/null | grep -q '^ii' || missing="$missing $library"
    done
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    if [ -n "$missing" ]; then
        root=""
        [ "$(id -u)" = 0 ] || root="sudo"
        if [ -n "$root" ] && ! command -v sudo >/dev/null 2>&1; then
            echo "These packages are missing; ask an administrator to install them:$missing" >&2
        else
            echo "Installing system libraries:$missing"
            $root apt-get update -qq
            # shellcheck disable=SC2086
            DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
        fi
    fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
stamp="$venv/.installed"
wanted=$(printf '%s %s' "$what" "$(cksum pyproject.toml)")
case "$what" in
    .) # The larger set serves as well.
        larger=$(printf '%s %s' ".[dev]" "$(cksum pyproject.toml)")
        [ "$(cat "$stamp" 2>/dev/null)" != "$larger" ] || exit 0 ;;
esac
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "Installing Python packages into $venv ..."
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --upgrade pip
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -e "$what"
    printf '%s' "$wanted" >"$stamp"
fi
