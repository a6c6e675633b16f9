from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_ocr.errors import (
    DiskFullError,
    FileInUseError,
    OutputError,
    OutputExistsError,
    OutputFolderError,
)
from desktop_ocr.export.atomic import write_atomically


def full_disk(error: int = errno.ENOSPC) -> Iterator[bytes]:
    yield b"the first part"
    raise OSError(error, os.strerror(error))


def test_writes_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "报告 1.txt"
    write_atomically(target, [b"a", b"b"], overwrite=False)
    assert target.read_bytes() == b"ab"
    assert list(tmp_path.iterdir()) == [target]


def test_never_replaces_unasked(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(OutputExistsError):
        write_atomically(target, [b"new"], overwrite=False)
    assert target.read_bytes() == b"old"
    write_atomically(target, [b"new"], overwrite=True)
    assert target.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"

    def slow() -> Iterator[bytes]:
        target.write_bytes(b"of somebody else")
        yield b"mine"

    with pytest.raises(OutputExistsError):
        write_atomically(target, slow(), overwrite=False)
    assert target.read_bytes() == b"of somebody else"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_full_disk_leaves_the_old_file_and_nothing_more(tmp_path: Path, overwrite: bool) -> None:
    target = tmp_path / "a.txt"
    if overwrite:
        target.write_bytes(b"old")
    with pytest.raises(DiskFullError, match="disk is full"):
        write_atomically(target, full_disk(), overwrite=overwrite)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([b"old"] if overwrite else [])


def test_any_other_failure_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x"
        raise RuntimeError("a bug of ours")

    with pytest.raises(RuntimeError):
        write_atomically(tmp_path / "a.txt", broken(), overwrite=False)
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / "a.txt", full_disk(errno.EIO), overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError):
        write_atomically(tmp_path / "no" / "a.txt", [b""], overwrite=False)


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "open", refuse)  # root may write everywhere, so rights cannot be set
    with pytest.raises(OutputFolderError):
        write_atomically(tmp_path / "a.txt", [b""], overwrite=False)


def test_a_file_that_word_holds_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "held by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileInUseError, match="open in another program"):
        write_atomically(target, [b"new"], overwrite=True)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_a_folder_of_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    for overwrite in (False, True):
        with pytest.raises(OutputError, match="folder of this name"):
            write_atomically(tmp_path / "a.txt", [b""], overwrite=overwrite)


def test_a_name_that_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="another name"):
        write_atomically(tmp_path / ("长" * 200), [b""], overwrite=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, [b"new"], overwrite=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
    mask = os.umask(0o027)
    try:
        write_atomically(tmp_path / "fresh.txt", [b""], overwrite=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "fresh.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_really_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def on_the_full_device(path: os.PathLike[str], _flags: int, _mode: int) -> int:
        os.close(opened(path, os.O_WRONLY | os.O_CREAT, 0o600))
        return opened("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", on_the_full_device)
    with pytest.raises(DiskFullError):
        write_atomically(tmp_path / "a.txt", [b"x" * 100_000], overwrite=False)
    assert list(tmp_path.iterdir()) == []
