from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from desktop_ocr.document.edits import SetText
from desktop_ocr.engine import pipeline
from desktop_ocr.engine.load import PageImage
from desktop_ocr.errors import EngineError
from desktop_ocr.export import load_json
from desktop_ocr.paths import resource
from desktop_ocr.project import PageFields, Project, PutPage
from tests.fakes.engines import TEXTS, TruthEngine
from tests.test_cli import run

XRAY = resource("samples/xray_report.png")
TRUTH = resource("samples/xray_report.txt").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TruthEngine:
    """An engine that knows what stands on the samples, and a folder of the user of its own."""
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    return _use(monkeypatch, TruthEngine())


def _use(monkeypatch: pytest.MonkeyPatch, engine: TruthEngine) -> TruthEngine:
    monkeypatch.setattr(pipeline, "Engine", lambda **_given: engine)
    return engine


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "扫描"
    folder.mkdir()
    shutil.copy(XRAY, folder / "xray_report.png")
    pages = [Image.new("L", (900, 1200), 255 - k) for k in range(3)]
    pages[0].save(folder / "三页.tif", save_all=True, append_images=pages[1:])
    return folder


def _texts(project: Project) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in project.document().pages]


def test_what_was_read_overnight_is_a_project_for_each_file(
    capfdbinary: Any, scans: Path, tmp_path: Path
) -> None:
    target = tmp_path / "queue"
    given = ("recognize", scans, "--format", "docr", "--output", f"{target}/")
    assert run(capfdbinary, *given) == (0, "", "")
    assert sorted(p.name for p in target.iterdir()) == ["xray_report.docr", "三页.docr"]
    project = Project.open(target / "xray_report.docr")
    assert project.was_closed
    assert "".join("".join(_texts(project)[0]).split()) == "".join(TRUTH.split())
    (page,) = project.document().pages
    assert (page.file, page.page) == ("xray_report.png", 1)
    facts = project.facts()[page.id]
    assert (facts.state, facts.reviewed) == ("done", 0)
    assert facts.read == facts.lines > 3
    found = project.picture(page.id)
    assert (found.data, found.path, found.found) == (None, scans / "xray_report.png", True)
    small = project.thumbnail(page.id)
    assert small is not None
    assert small.startswith(b"\xff\xd8")
    assert len(small) < 30_000
    assert project.options["reading"]["language"] is True
    project.close()
    project = Project.open(target / "三页.docr")
    pages = project.document().pages
    assert _texts(project) == [list(TEXTS)] * 3
    assert [project.picture(page.id).page for page in pages] == [1, 2, 3]
    project.close()


def test_one_project_holds_all_files_and_their_pictures(
    capfdbinary: Any, scans: Path, tmp_path: Path
) -> None:
    target = tmp_path / "alle.docr"
    assert run(capfdbinary, "recognize", scans, "--output", target, "--embed") == (0, "", "")
    shutil.rmtree(scans)
    project = Project.open(target)
    pages = project.document().pages
    assert [page.file for page in pages] == ["xray_report.png"] + ["三页.tif"] * 3
    assert all(project.picture(page.id).found for page in pages)
    project.close()


def test_a_page_that_failed_is_in_the_project_and_marked(
    capfdbinary: Any, scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FailsOnTheSecond(TruthEngine):
        def lines_of(self, image: PageImage) -> Any:
            if image.page == 2:
                raise EngineError("Reading failed.")
            return super().lines_of(image)

    _use(monkeypatch, FailsOnTheSecond())
    target = tmp_path / "x.docr"
    status, _, said = run(capfdbinary, "recognize", scans / "三页.tif", "--output", target)
    assert status == 1
    assert said == f"{scans / '三页.tif'}, page 2: Reading failed.\n"
    project = Project.open(target)
    facts = list(project.facts().values())
    assert [(f.state, f.lines) for f in facts] == [("done", 3), ("failed", 0), ("done", 3)]
    assert facts[1].message == "Reading failed."
    assert project.document().pages[1].width == 900
    project.close()


def test_a_project_is_never_replaced_unasked(capfdbinary: Any, scans: Path, tmp_path: Path) -> None:
    target = tmp_path / "queue"
    run(
        capfdbinary,
        "recognize",
        scans / "xray_report.png",
        "--format",
        "docr",
        "--output",
        f"{target}/",
    )
    before = (target / "xray_report.docr").read_bytes()
    status, _, said = run(capfdbinary, "recognize", scans, "--format", "docr", "--output", target)
    assert status == 1
    assert said.startswith(f"{target / 'xray_report.docr'}: The file exists already")
    assert said.count("\n") == 1
    assert (target / "xray_report.docr").read_bytes() == before
    assert (target / "三页.docr").exists()
    status, _, _ = run(
        capfdbinary, "recognize", scans, "--format", "docr", "--output", target, "--overwrite"
    )
    assert status == 0
    assert (target / "xray_report.docr").read_bytes() != before
    with pytest.raises(SystemExit):
        run(capfdbinary, "recognize", scans, "--format", "docr")


def test_a_project_that_is_being_reviewed_is_left_alone(
    capfdbinary: Any, scans: Path, tmp_path: Path
) -> None:
    target = tmp_path / "x.docr"
    run(capfdbinary, "recognize", scans, "--output", target)
    project = Project.open(target)
    for arguments in (("recognize", scans, "--output", target, "--overwrite"), ("export", target)):
        status, out, said = run(capfdbinary, *arguments)
        assert status == 1
        assert out == ""
        assert "open in another window or program" in said
    project.close()


def test_pages_that_were_read_before_a_kill_are_there(scans: Path, tmp_path: Path) -> None:
    """Killed in the middle of a file: what was read is in the project."""
    target = tmp_path / "x.docr"
    program = f"""
import os, signal, sys
from pathlib import Path
from desktop_ocr.engine import pipeline
from desktop_ocr import cli
from tests.fakes.engines import TruthEngine
class Killed(TruthEngine):
    def lines_of(self, image):
        if image.page == 3:
            os.kill(os.getpid(), {int(signal.SIGTERM)})
        return super().lines_of(image)
pipeline.Engine = lambda **given: Killed()
signal.signal(signal.SIGTERM, signal.SIG_DFL)
cli.main(["recognize", sys.argv[1], "--output", sys.argv[2]])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, scans / "三页.tif", target],
        check=False,
        cwd=Path(__file__).parents[1],
        timeout=60,
    )
    assert done.returncode != 0
    project = Project.open(target)
    assert not project.was_closed
    assert _texts(project) == [list(TEXTS)] * 2
    project.close()


def test_an_interrupted_run_leaves_closed_projects(
    capfdbinary: Any, scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(TruthEngine):
        def lines_of(self, image: PageImage) -> Any:
            if image.page == 2:
                raise KeyboardInterrupt
            return super().lines_of(image)

    _use(monkeypatch, Interrupted())
    target = tmp_path / "x.docr"
    assert run(capfdbinary, "recognize", scans / "三页.tif", "--output", target)[0] == 130
    project = Project.open(target)
    assert project.was_closed
    assert len(project.facts()) == 1
    project.close()


# --- export -----------------------------------------------------------------------------------


@pytest.fixture
def reviewed(capfdbinary: Any, scans: Path, tmp_path: Path) -> Path:
    """A project in which a person corrected a line."""
    path = tmp_path / "x.docr"
    run(capfdbinary, "recognize", scans / "xray_report.png", "--output", path)
    project = Project.open(path)
    document = project.document()
    page = document.pages[0]
    SetText(page.id, page.lines[0].id, "改过的一行").apply(document)
    project.store([PutPage(page.id, 0, PageFields.of(page), tuple(page.lines), "done")])
    project.close()
    return path


def test_a_project_is_printed_as_it_was_corrected(capfdbinary: Any, reviewed: Path) -> None:
    before = reviewed.read_bytes()
    status, out, said = run(capfdbinary, "export", reviewed)
    assert (status, said) == (0, "")
    assert out.splitlines()[0] == "改过的一行"
    assert out.splitlines()[1:] == TRUTH.splitlines()[1:]
    status, out, _ = run(capfdbinary, "export", reviewed, "--format", "tsv")
    assert out.splitlines()[0] == "xray_report.png\t改过的一行"
    assert reviewed.read_bytes() == before
    assert [p.suffix for p in reviewed.parent.glob("x.docr*")] == [".docr"]


def test_a_project_is_exported_to_every_kind_of_file(
    capfdbinary: Any, reviewed: Path, tmp_path: Path
) -> None:
    for suffix in ("json", "docx", "txt", "tsv"):
        target = tmp_path / f"out.{suffix}"
        assert run(capfdbinary, "export", reviewed, "-o", target) == (0, "", "")
        assert run(capfdbinary, "export", reviewed, "-o", target)[0] == 4
        assert run(capfdbinary, "export", reviewed, "-o", target, "--overwrite")[0] == 0
    project = Project.open(reviewed)
    document = project.document()
    assert load_json(tmp_path / "out.json") == document
    project.close()
    paragraphs = [p.text for p in docx.Document(str(tmp_path / "out.docx")).paragraphs]
    assert any("改过的一行" in text for text in paragraphs)
    with pytest.raises(SystemExit):
        run(capfdbinary, "export", reviewed, "--format", "docx")


def test_what_is_no_project_cannot_be_exported(capfdbinary: Any, tmp_path: Path) -> None:
    assert run(capfdbinary, "export", tmp_path / "none.docr")[0] == 1
    status, _, said = run(capfdbinary, "export", XRAY)
    assert status == 2
    assert "choose one that the program saved" in said
    newer = tmp_path / "newer.docr"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA application_id = 0x646F6372")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    status, _, said = run(capfdbinary, "export", newer)
    assert status == 2
    assert "newer version" in said
