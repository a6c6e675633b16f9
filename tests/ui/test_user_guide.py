"""The user guides tell what the program does: its keys, and pictures of its window."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from desktop_ocr.ui.i18n import Language, LanguageManager

ROOT = Path(__file__).parents[2]


@pytest.fixture
def manager(qapp):
    manager = LanguageManager(qapp)
    yield manager
    manager.show(Language.ENGLISH)


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("user_guide", ROOT / "scripts/user_guide.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_the_sheet_of_keys_is_that_of_the_program(script, manager, language):
    guide = (script.DOCS / script.GUIDES[language]).read_text(encoding="utf-8")
    tables = script.key_tables(manager, language)
    assert script.with_tables(guide, tables) == guide, "run python scripts/user_guide.py"
    assert bool(re.search("[\u4e00-\u9fff]", tables)) is (language is Language.CHINESE)
    # And it does notice what is not up to date.
    assert script.with_tables(guide.replace("`F12`", "`F13`"), tables) != guide.replace(
        "`F12`", "`F13`"
    )


def test_a_guide_without_its_marks_is_refused(script):
    with pytest.raises(ValueError, match="marks"):
        script.with_tables("# Guide", "")


def test_both_guides_have_the_same_sections_and_pictures(script):
    found = []
    for name in script.GUIDES.values():
        guide = (script.DOCS / name).read_text(encoding="utf-8")
        pictures = re.findall(r"screenshots/(\w+)-(?:zh|en)-light.png", guide)
        found.append((len(re.findall("^## ", guide, re.MULTILINE)), pictures))
    assert found[0] == found[1]


def test_links_inside_the_guides_lead_to_sections(script):
    for name in script.GUIDES.values():
        guide = (script.DOCS / name).read_text(encoding="utf-8")
        heads = {
            re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-")
            for head in re.findall("^#+ (.*)$", guide, re.MULTILINE)
        }
        assert set(re.findall(r"\]\(#([^)]+)\)", guide)) <= heads
