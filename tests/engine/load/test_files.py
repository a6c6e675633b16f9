from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.load import find_files, load_page
from desktop_ocr.engine.load.files import natural_key
from desktop_ocr.errors import FileNotReadableError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_folders_are_walked_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "page10.PNG", "page2.png", "扫描/第1页.jpg", "notes.txt", ".hidden.png",
          ".git/x.png", "Page1.tiff", "a.pdf")  # fmt: skip
    names = [p.relative_to(tmp_path).as_posix() for p in find_files([tmp_path])]
    assert names == ["a.pdf", "Page1.tiff", "page2.png", "page10.PNG", "扫描/第1页.jpg"]


def test_a_named_file_is_kept_whatever_it_is_and_comes_once(tmp_path: Path) -> None:
    touch(tmp_path, "notes.txt", "a.png")
    notes, picture, missing = tmp_path / "notes.txt", tmp_path / "a.png", tmp_path / "no.png"
    assert find_files([notes, tmp_path, picture, missing]) == [notes, picture, missing]


def test_unreadable_folder_is_reported_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a/1.png", "locked/2.png", "z/3.png")
    locked = tmp_path / "locked"
    real = os.scandir

    def refuse(path: object) -> object:
        if Path(str(path)) == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_files([tmp_path])
    assert found == [tmp_path / "a/1.png", locked, tmp_path / "z/3.png"]
    with pytest.raises(FileNotReadableError):
        load_page(locked)


@given(st.lists(st.text("aB1209.中", max_size=6)))
def test_natural_order_is_an_order(names: list[str]) -> None:
    once = sorted(names, key=natural_key)
    names.reverse()
    assert sorted(names, key=natural_key) == once


def test_numbers_sort_as_numbers() -> None:
    assert sorted(["b10", "b9", "B1", "a"], key=natural_key) == ["a", "B1", "b9", "b10"]
