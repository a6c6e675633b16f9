#!/bin/sh
# translations.sh BIN: bring resources/i18n up to date with the texts in the code and compile it.
set -eu
bin=$1
i18n=resources/i18n
# shellcheck disable=SC2046 # names of our modules have no spaces
sources="desktop_ocr/app.py $(find desktop_ocr/ui -name '*.py' | LC_ALL=C sort)"
"$bin/pyside6-lupdate" -silent -locations none -no-obsolete $sources -ts $i18n/desktop_ocr_zh_CN.ts
"$bin/pyside6-lupdate" -silent -locations none -no-obsolete -pluralonly $sources -ts $i18n/desktop_ocr_en.ts
for language in zh_CN en; do
    "$bin/pyside6-lrelease" -silent $i18n/desktop_ocr_$language.ts -qm $i18n/desktop_ocr_$language.qm
done
