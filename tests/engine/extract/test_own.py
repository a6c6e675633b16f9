"""Definitions of fields in files of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.extract import Definitions, definitions, extract
from desktop_ocr.engine.extract.own import KINDS, as_toml, read_own
from desktop_ocr.errors import FieldFileError, FieldIncompleteError
from tests.engine.extract.test_extract import rows

NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40).filter(
    lambda name: name.isprintable()
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    made = tmp_path / "fields"
    made.mkdir()
    return made


def found(*texts: str) -> dict[str, str]:
    return {value.field: value.text for value in extract(rows(*texts)).values}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("line", "管路：胃管 在位", "胃管 在位"),
        ("section", "管路：\n胃管在位\n尿管在位", "胃管在位\n尿管在位"),
        ("number", "管路 ≥ 2.5 mmol/L 姓名：周启明", "≥ 2.5 mmol/L"),
        ("number", "管路：140~160 mmHg", "140~160 mmHg"),
        ("date", "管路 2026年3月4日 姓名：周启明", "2026年3月4日"),
        ("code", "管路：B-12，见下", "B-12"),
    ],
)
def test_each_kind_of_value_is_found(folder: Path, kind: str, text: str, value: str) -> None:
    assert kind in KINDS
    (folder / "own.toml").write_text(as_toml("管路", ["管路"], kind), encoding="utf-8")
    assert found(*text.split("\n"))["管路"] == value


def test_own_files_count_as_soon_as_they_change_and_labels_are_theirs(folder: Path) -> None:
    assert definitions() is Definitions.built_in()
    assert found("姓名：周启明") == {"name": "周启明"}
    (folder / "own.toml").write_text(as_toml("病人", ["姓名"], "line"), encoding="utf-8")
    assert found("姓名：周启明") == {"病人": "周启明"}
    assert definitions() is definitions()
    (folder / "own.toml").unlink()
    assert found("姓名：周启明") == {"name": "周启明"}


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("[[field]]\nname = \n", FieldFileError, 2),
        ("name = 1\n", FieldIncompleteError, 1),
        (
            "[[field]]\nname = 'a'\nlabels = ['a']\n\n[[field]]\nname = 'b'\n",
            FieldIncompleteError,
            5,
        ),
        ("[[field]]\nname = 'a'\nlabels = []\n", FieldIncompleteError, 1),
        ("[[field]]\nname = 'a'\nlabels = [' ']\n", FieldIncompleteError, 1),
        ("[[field]]\nname = 'a'\nlabels = ['a']\nkind = 'text'\n", FieldIncompleteError, 1),
        ("[[field]]\nname = 'a'\nlabels = ['a']\nvalue = '(a+)+b'\n", FieldIncompleteError, 1),
        ("[[field]]\nname = 'a'\nlabels = ['a']\nvalue = '('\n", FieldIncompleteError, 1),
        ("[[field]]\nname = 'a'\nlabels = ['a']\nlabel = 'x'\n", FieldIncompleteError, 1),
        ("field = [1]\n", FieldIncompleteError, 1),
    ],
)
def test_mistakes_are_told_with_their_line_and_the_rest_goes_on(
    folder: Path, text: str, kind: type[FieldFileError], line: int
) -> None:
    (folder / "bad.toml").write_text(text, encoding="utf-8")
    (folder / "good.toml").write_text(as_toml("管路", ["管路"], "line"), encoding="utf-8")
    (problem,) = definitions().problems
    assert (type(problem), getattr(problem, "line", 0)) == (kind, line)
    assert "bad.toml" in str(problem) and str(line) in str(problem)
    assert found("管路：胃管", "姓名：周启明") == {"管路": "胃管", "name": "周启明"}


@given(name=NAMES, labels=st.lists(NAMES, min_size=1, max_size=3), kind=st.sampled_from([*KINDS]))
def test_what_is_written_is_read_as_it_was(name, labels, kind, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("own") / "a.toml"
    path.write_text(as_toml(name, labels, kind), encoding="utf-8")
    (field,) = read_own(path)
    assert (field.id, field.zh, field.en, field.section) == (name, name, name, kind == "section")
    assert len(field.labels) == len(labels)
