from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.project import Pictures, Project, PutPicture
from tests.project.helpers import page, put, store, writing


def _project(path: Path, pictures: Pictures, *files: Path) -> Project:
    project = Project.create(path, pictures=pictures)
    with writing(project) as writer:
        for i, file in enumerate(files):
            writer.put(put(page(f"p{i}"), i))
            writer.put(PutPicture(f"p{i}", file, page=i + 1, thumbnail=b"small"))
    return project


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    folder = tmp_path / "扫描"
    folder.mkdir()
    picture = folder / "张.png"
    picture.write_bytes(b"pixels" * 100)
    return picture


def test_embedded_pictures_need_no_file(tmp_path: Path, picture: Path) -> None:
    path = tmp_path / "x.docr"
    _project(path, Pictures.EMBEDDED, picture).close()
    shutil.rmtree(picture.parent)
    project = Project.open(path)
    found = project.picture("p0")
    assert (found.data, found.path, found.page, found.found) == (b"pixels" * 100, picture, 1, True)
    assert project.thumbnail("p0") == b"small"
    assert project.thumbnail("none") is None
    with pytest.raises(KeyError):
        project.picture("none")
    project.close()


def test_a_file_of_many_pages_is_kept_once(tmp_path: Path, picture: Path) -> None:
    path = tmp_path / "x.docr"
    project = _project(path, Pictures.EMBEDDED, *[picture] * 200)
    assert [project.picture(f"p{i}").page for i in (0, 7, 199)] == [1, 8, 200]
    project.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM pictures").fetchone() == (1,)
    connection.close()


def test_a_picture_is_found_where_it_was_beside_the_project_or_not_at_all(
    tmp_path: Path, picture: Path
) -> None:
    path = tmp_path / "x.docr"
    project = _project(path, Pictures.REFERENCED, picture)
    assert project.picture("p0").path == picture
    assert project.picture("p0").data is None
    assert project.picture("p0").found
    project.close()
    # Project and pictures were carried over to another computer together.
    moved = tmp_path / "other" / "x.docr"
    moved.parent.mkdir()
    path.rename(moved)
    picture.parent.rename(moved.parent / picture.parent.name)
    project = Project.open(moved)
    here = moved.parent / picture.parent.name / picture.name
    assert (project.picture("p0").path, project.picture("p0").found) == (here, True)
    beside = moved.parent / picture.name
    here.rename(beside)
    assert (project.picture("p0").path, project.picture("p0").found) == (beside, True)
    beside.write_bytes(b"pixelz" * 100)  # another one of the same name and size
    assert (project.picture("p0").path, project.picture("p0").found) == (picture, False)
    found = tmp_path / "found again.png"
    found.write_bytes(b"pixels" * 100)
    with writing(project) as writer:
        writer.put(PutPicture("p0", found))
    assert (project.picture("p0").path, project.picture("p0").found) == (found, True)
    assert project.thumbnail("p0") == b"small"
    project.close()


def test_a_picture_without_a_file_is_always_embedded(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.REFERENCED)
    with writing(project) as writer:
        writer.put(put(page("a")))
        writer.put(PutPicture("a", data=b"from the clipboard"))
        writer.put(PutPicture("gone", data=b"of a page that is not there"))
    assert project.picture("a").data == b"from the clipboard"
    assert project.picture("a").path is None
    copy = project.save_as(tmp_path / "y.docr")
    assert copy.picture("a").data == b"from the clipboard"
    copy.close()
    project.close()


def test_a_file_that_is_gone_before_it_was_read_is_noted(tmp_path: Path) -> None:
    project = _project(tmp_path / "x.docr", Pictures.EMBEDDED, tmp_path / "gone.png")
    found = project.picture("p0")
    assert (found.data, found.path, found.found) == (None, tmp_path / "gone.png", False)
    project.close()


@pytest.mark.parametrize("kept", list(Pictures))
def test_a_copy_holds_its_pictures_as_it_was_asked(
    tmp_path: Path, picture: Path, kept: Pictures
) -> None:
    gone = tmp_path / "gone.png"
    gone.write_bytes(b"gone later")
    other = next(p for p in Pictures if p is not kept)
    project = _project(tmp_path / "x.docr", kept, picture, gone)
    gone.unlink()
    copy = project.save_as(tmp_path / "y.docr", pictures=other)
    assert copy.pictures is other
    assert (copy.picture("p0").data is None) is (other is Pictures.REFERENCED)
    assert copy.picture("p0").found
    # What cannot be found any more stays as it was: bytes are never thrown away for a lost file.
    assert copy.picture("p1").found is (kept is Pictures.EMBEDDED)
    assert copy.picture("p1").data == (b"gone later" if kept is Pictures.EMBEDDED else None)
    assert copy.document() == project.document()
    copy.close()
    project.close()


def test_nothing_of_a_picture_that_was_damaged_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    project = Project.create(path, pictures=Pictures.EMBEDDED)
    with writing(project) as writer:
        writer.put(put(page("a")))
        writer.put(PutPicture("a", data=b"left lung" * 2000))
    project.close()
    path.write_bytes(path.read_bytes().replace(b"left lung", b"loft lung", 1))
    project = Project.open(path)
    assert not project.picture("a").found
    assert project.picture("a").data is None
    project.close()


def test_two_files_with_the_same_picture_are_one(tmp_path: Path, picture: Path) -> None:
    second = picture.with_name("copy.png")
    shutil.copy(picture, second)
    project = _project(tmp_path / "x.docr", Pictures.REFERENCED, picture, second)
    assert project.picture("p0").found
    assert project.picture("p1").found
    project.close()


def test_an_empty_project_and_one_without_pictures(tmp_path: Path) -> None:
    store(tmp_path / "x.docr", Document([page("a")]))
    project = Project.open(tmp_path / "x.docr")
    with pytest.raises(KeyError):
        project.picture("a")
    project.close()


def test_a_copy_in_another_folder_finds_its_pictures_after_both_moved(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for name in ("a", "b"):
        (root / name).mkdir(parents=True)
    picture = root / "a" / "scan.png"
    picture.write_bytes(b"pixels")
    project = _project(root / "a" / "x.docr", Pictures.REFERENCED, picture)
    project.save_as(root / "b" / "y.docr").close()
    project.close()
    root.rename(tmp_path / "elsewhere")
    copy = Project.open(tmp_path / "elsewhere" / "b" / "y.docr")
    found = copy.picture("p0")
    assert found.found
    assert found.path is not None
    assert found.path.resolve() == tmp_path / "elsewhere" / "a" / "scan.png"
    copy.close()


def test_a_copy_without_its_pictures_is_small(tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(bytes(range(256)) * 4_000)
    project = _project(tmp_path / "x.docr", Pictures.EMBEDDED, picture)
    project.save_as(tmp_path / "y.docr", pictures=Pictures.REFERENCED).close()
    project.close()
    assert (tmp_path / "x.docr").stat().st_size > 1_000_000
    assert (tmp_path / "y.docr").stat().st_size < 200_000
