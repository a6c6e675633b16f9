#!/bin/sh
# install.sh: put the built program, its menu entry and icons below the user's own folders; no rights needed.
#     sh packaging/linux/install.sh [--remove]
set -eu
cd "$(dirname "$0")/../.."
share=${XDG_DATA_HOME:-$HOME/.local/share}
program=$share/desktop-ocr-program
bin=$HOME/.local/bin

if [ "${1:-}" = --remove ]; then
    rm -rf "$program" "$bin/desktop-ocr" "$share/applications/desktop-ocr.desktop"
    rm -f "$share"/icons/hicolor/*/apps/desktop-ocr.png
    exit 0
fi
[ -x dist/desktop-ocr/desktop-ocr ] || { echo "Build the program first: pyinstaller build.spec" >&2; exit 1; }
mkdir -p "$bin" "$share/applications"
rm -rf "$program"
cp -a dist/desktop-ocr "$program"
ln -sf "$program/desktop-ocr" "$bin/desktop-ocr"
for size in 16 24 32 48 64 128 256; do
    mkdir -p "$share/icons/hicolor/${size}x${size}/apps"
    cp "resources/icons/app/app-$size.png" "$share/icons/hicolor/${size}x${size}/apps/desktop-ocr.png"
done
# An absolute path, because ~/.local/bin is not on every session's PATH
sed "s|^Exec=desktop-ocr |Exec=\"$program/desktop-ocr\" |" packaging/linux/desktop-ocr.desktop \
    >"$share/applications/desktop-ocr.desktop"
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database "$share/applications" || true
echo "Installed. The program is in the menu, and as $bin/desktop-ocr."
