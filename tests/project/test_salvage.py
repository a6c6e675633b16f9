from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.errors import DesktopOcrError, OutputExistsError, ProjectDamagedError
from desktop_ocr.project import Project, RemovePage, Salvage, salvage
from tests.project.damage import damaged, several_pages, whole
from tests.project.helpers import page, store, writing

FILES = 40


def _look_at_all(project: Project, truth: Document) -> int:
    """Look at everything in a project; return its lines, each of which must be the true one."""
    lines = {(p.id, line.id): line for p in truth.pages for line in p.lines}
    count = 0
    for one in project.document().pages:
        for line in one.lines:
            assert line == lines[one.id, line.id]
            count += 1
        project.thumbnail(one.id)
        with contextlib.suppress(KeyError):
            project.picture(one.id)
    assert sum(f.lines for f in project.facts().values()) == count
    for entry in project.history():
        assert entry.after == lines[entry.page_id, entry.line_id].text
    return count


def test_a_damaged_file_is_read_truly_or_refused_and_most_of_it_is_rescued(tmp_path: Path) -> None:
    """No crash, no hang, no line that was not written: with flipped bits and cut-off files."""
    path, target = tmp_path / "x.docr", tmp_path / "rescued.docr"
    truth = several_pages()
    data = whole(path, truth)
    total = sum(len(p.lines) for p in truth.pages)
    refused, rescued = 0, []
    for seed in range(FILES):
        path.write_bytes(damaged(data, seed))
        try:
            project = Project.open(path)
        except DesktopOcrError as error:
            assert isinstance(error, ProjectDamagedError)
            refused += 1
        else:
            try:
                assert _look_at_all(project, truth) == total
            except ProjectDamagedError:  # in a place that opening does not look at
                refused += 1
            project.close()
            continue
        path.write_bytes(damaged(data, seed))
        try:
            found = salvage(path, target, overwrite=True)
        except ProjectDamagedError:
            rescued.append(0)
            continue
        assert path.read_bytes() == damaged(data, seed)
        project = Project.open(target)
        assert len(project.document().pages) == found.pages
        assert _look_at_all(project, truth) == found.lines
        project.close()
        assert found.lost <= total - found.lines
        rescued.append(found.lines)
    assert 0 < refused < FILES
    assert sum(rescued) > 0.75 * total * len(rescued)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["rescued.docr", "x.docr"]


def test_a_line_that_was_turned_round_is_left_out_and_counted(tmp_path: Path) -> None:
    path, target = tmp_path / "x.docr", tmp_path / "y.docr"
    truth = several_pages()
    whole(path, truth)
    data = path.read_bytes()
    text = "第7行 血压 120/80".encode()
    # The text as the page shows it, in one line of one page: 120 becomes 121.
    path.write_bytes(data.replace(text, text.replace(b"120", b"121"), 1))
    with pytest.raises(ProjectDamagedError):
        Project.open(path)
    with pytest.raises(OutputExistsError):
        salvage(path, path)
    assert salvage(path, target) == Salvage(pages=6, lines=119, lost=1)
    project = Project.open(target)
    assert _look_at_all(project, truth) == 119
    assert all(project.picture(one.id).found for one in truth.pages)
    assert len(list(project.history())) == 120
    project.close()


def test_a_file_without_its_head_is_rescued_whole(tmp_path: Path) -> None:
    path, target = tmp_path / "x.docr", tmp_path / "y.docr"
    truth = several_pages()
    data = whole(path, truth)
    path.write_bytes(bytes(4096) + data[4096:])
    with pytest.raises(ProjectDamagedError):
        Project.open(path)
    assert salvage(path, target) == Salvage(pages=6, lines=120, lost=0)
    path.write_bytes(bytes(len(data)))
    with pytest.raises(ProjectDamagedError):
        salvage(path, target, overwrite=True)


def test_an_undamaged_project_is_copied_without_what_was_removed(tmp_path: Path) -> None:
    path, target = tmp_path / "x.docr", tmp_path / "y.docr"
    store(path, Document([page("a"), page("b")], "题目"))
    project = Project.open(path)
    with writing(project) as writer:
        writer.put(RemovePage("a"))
    project.close()
    assert salvage(path, target) == Salvage(pages=1, lines=3, lost=0)
    project = Project.open(target)
    assert project.document() == Document([page("b")], "题目")
    project.close()
