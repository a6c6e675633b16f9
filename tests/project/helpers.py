"""Projects for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Document, Line, Page
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.project import PageFields, Pictures, Project, PutPage, SetTitle, Writer


def line(line_id: str, text: str = "双肺未见异常") -> Line:
    """A line as the engine reads it."""
    chars = tuple(
        Char(c, 0.9, Quad.from_box(i * 20, 0, i * 20 + 20, 30)) for i, c in enumerate(text)
    )
    return Line(
        line_id, Quad.from_box(0, 0, 20 * len(text), 30), text, text, 0.9, chars, plain_text=text
    )


def page(page_id: str, lines: int = 3) -> Page:
    """A page that was read."""
    texts = [line(f"{page_id}-{i}", f"第{i}行 血压 120/80") for i in range(lines)]
    return Page(page_id, "scan.png", 1, 1000, 1400, lines=texts)


def put(page: Page, position: int = 0, state: str = "done", **more: object) -> PutPage:
    """What the window puts for a page."""
    return PutPage(page.id, position, PageFields.of(page), tuple(page.lines), state, **more)  # type: ignore[arg-type]


@contextmanager
def writing(project: Project) -> Iterator[Writer]:
    """A writer that must succeed with everything."""
    failures: list[DesktopOcrError] = []
    writer = Writer(project, on_failed=failures.append)
    try:
        yield writer
        assert writer.flush(20), failures
    finally:
        writer.close()
    assert not failures


def store(path: Path, document: Document, pictures: Pictures = Pictures.REFERENCED) -> None:
    """Write a document to a new project and close it."""
    project = Project.create(path, pictures=pictures)
    with writing(project) as writer:
        writer.put(SetTitle(document.title))
        for i, one in enumerate(document.pages):
            writer.put(put(one, i))
    project.close()


def texts(path: Path) -> list[list[str]]:
    """The texts of all lines of a project's pages."""
    project = Project.open(path)
    try:
        return [[line.text for line in page.lines] for page in project.document().pages]
    finally:
        project.close()
