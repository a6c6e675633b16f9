"""Every text of the window is translated, and what is shipped is what was translated."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from desktop_ocr.paths import resource
from desktop_ocr.ui.commands import COMMANDS, translated
from desktop_ocr.ui.i18n import Language, LanguageManager, sentences

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh_CN", "en")


def messages(path):
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [f.text or "" for f in translation.iter("numerusform")]
            yield (
                context.findtext("name"),
                message.findtext("source"),
                forms or [translation.text or ""],
                translation.get("type"),
            )


def tool(name, *arguments):
    program = Path(sys.executable).parent / f"pyside6-{name}"
    subprocess.run([program, "-silent", *map(str, arguments)], check=True, cwd=ROOT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_unfinished_and_placeholders_are_kept(language):
    for context, source, forms, kind in messages(resource(f"i18n/desktop_ocr_{language}.ts")):
        assert kind is None, f"{context}: {source!r} is {kind}"
        for form in forms:
            assert form.strip(), f"{context}: {source!r} is empty"
            wanted = sorted(re.findall(r"\{\w*\}|%n", source))
            assert sorted(re.findall(r"\{\w*\}|%n", form)) == wanted, (context, source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_the_code_are_those_of_the_file(language, tmp_path):
    committed = resource(f"i18n/desktop_ocr_{language}.ts")
    fresh = tmp_path / committed.name
    sources = [Path("desktop_ocr/app.py"), *(ROOT / "desktop_ocr" / "ui").rglob("*.py")]
    plurals = ["-pluralonly"] if language == "en" else []
    tool("lupdate", "-locations", "none", *plurals, *sources, "-ts", fresh)
    in_code = {(context, source) for context, source, _forms, _kind in messages(fresh)}
    in_file = {(context, source) for context, source, _forms, _kind in messages(committed)}
    assert in_code - in_file == set(), "not translated: run scripts/translations.sh"
    assert in_file - in_code == set(), "no longer used: run scripts/translations.sh"


def test_sentences_stand_as_each_language_writes_them():
    assert sentences("Not signed off.", "", "2 places left.") == "Not signed off. 2 places left."
    assert sentences("未签发：还有 2 行。", "1–9 选择读法。", "Esc：返回") == (
        "未签发：还有 2 行。1–9 选择读法。Esc：返回"
    )


def test_no_text_stands_where_lupdate_does_not_look():
    """It passes over what is inside of a formatted string: that would stay English."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "desktop_ocr").rglob("*.py")
        for formatted in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(formatted, ast.JoinedStr)
        for call in ast.walk(formatted)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("tr", "translate")
        and isinstance(call.args[call.func.attr == "translate"], ast.Constant)
    ]
    assert not hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_that_of_its_source(language, tmp_path):
    source = resource(f"i18n/desktop_ocr_{language}.ts")
    tool("lrelease", source, "-qm", tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == source.with_suffix(".qm").read_bytes()


def test_mnemonics_of_a_menu_differ(qapp):
    translator = QTranslator()
    assert translator.load(str(resource("i18n/desktop_ocr_zh_CN.qm")))
    for chinese in (False, True):
        if chinese:
            QCoreApplication.installTranslator(translator)
        try:
            seen = {}
            for command in COMMANDS:
                found = re.search(r"&(\w)", translated(command.text))
                if found:
                    key = (command.menu, found[1].lower())
                    assert key not in seen, f"{seen.get(key)} and {command.id} share a letter"
                    seen[key] = command.id
        finally:
            QCoreApplication.removeTranslator(translator)


def test_english_has_plurals(qapp):
    manager = LanguageManager(qapp)
    manager.show(Language.ENGLISH)
    said = [QCoreApplication.translate("MessageBar", "%n message(s)", None, n) for n in (1, 2)]
    assert said == ["1 message", "2 messages"]
    manager.show(Language.CHINESE)
    assert QCoreApplication.translate("MessageBar", "%n message(s)", None, 2) == "2 条消息"
    # Qt's own dialogs speak Chinese too.
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    manager.show(Language.ENGLISH)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
