"""Draw pages and write them: same seed, same pages, whatever the number of processes."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.draw import Pen
from desktop_ocr.training.faces import FaceKind, FaceSet
from desktop_ocr.training.pages import forms, lab, reports
from desktop_ocr.training.pages.camera import Camera, View, moved, photograph
from desktop_ocr.training.pages.draft import Draft, Item, Kind, Kit
from desktop_ocr.training.pages.texts import PageTexts
from desktop_ocr.training.strokes import StrokeBook

LAYOUTS: dict[str, Callable[[Kit], Draft]] = {
    "lab_two_up": lab.lab_two_up,
    "lab_sheet": lab.lab_sheet,
    "imaging_report": reports.imaging_report,
    "prescription": forms.prescription,
    "archive_page": reports.archive_page,
    "discharge_note": reports.discharge_note,
    "outpatient_note": forms.outpatient_note,
}
ORDER = (
    "lab_two_up", "lab_sheet", "imaging_report", "prescription", "lab_two_up",
    "archive_page", "lab_sheet", "discharge_note", "lab_two_up", "outpatient_note",
)  # fmt: skip
"""Layouts of the pages by the last digit of their number."""
VIEWS = {
    "up": View(0, 1.5), "right": View(1, 1.5), "down": View(2, 1.5), "left": View(3, 1.5),
    "plus30": View(0, 30.0), "minus30": View(0, -30.0),
}  # fmt: skip
"""The same pages seen in these ways say whether a reader minds."""
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the material lies; all of it may be missing but for a Chinese type face.

    Attributes:
        data: Folder with ``terms/``, ``text/``, ``strokes/`` and handwriting in ``fonts/``.
        fonts: Folder of the handwriting faces, where it is another.
        latin_handwriting: Folder of unpacked npm packages of Latin handwriting.
    """

    data: Path | None = None
    fonts: Path | None = None
    latin_handwriting: Path | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A photographed page.

    Attributes:
        layout: Its kind, a key of ``LAYOUTS``.
        number: Its number within the seed.
        picture: uint8 (H, W, 3) BGR.
        items: Its truth in reading order, pixels of the picture.
        camera: How it was taken.
    """

    layout: str
    number: int
    picture: NDArray[np.uint8]
    items: list[Item]
    camera: Camera

    @property
    def turn(self) -> int:
        """Quarter turns clockwise by which the page stands turned in the picture, 0–3."""
        return self.camera.view.turn


class PageMaker:
    """Draws pages one after another."""

    def __init__(self, sources: Sources) -> None:
        """Load faces, strokes and texts."""
        nowhere = Path("nowhere")
        fonts = sources.fonts or (sources.data / "fonts" if sources.data else nowhere)
        self._faces = FaceSet.load(fonts, sources.latin_handwriting or nowhere)
        book = sources.data / "strokes" / "hanzi_writer_data.jsonl.gz" if sources.data else nowhere
        self._strokes = StrokeBook.load(book) if book.is_file() else StrokeBook({})
        self._texts = PageTexts.load(sources.data)

    def draft(self, seed: int, number: int, layout: str | None = None) -> Draft:
        """Draw the sheet of page ``number`` of a seed, before the camera.

        Args:
            seed: Any; from ``held_out.FIRST_SEED`` on for measuring.
            number: From 0.
            layout: A key of ``LAYOUTS``; by the number where it is None.

        Raises:
            ValueError: No Chinese face is installed.
        """
        layout = layout or ORDER[number % len(ORDER)]
        for attempt in range(_ATTEMPTS):
            choose = random.Random(f"page {seed} {number} {attempt}")
            rng = np.random.default_rng([seed, number, attempt])
            kit = Kit(choose, rng, self._faces, self._hand(choose), self._texts)
            try:
                draft = LAYOUTS[layout](kit)
            except ValueError as error:
                # A long name or a large type does not fit now and then: lay out anew.
                if "runs off" not in str(error):
                    raise
                continue
            draft.layout = layout
            return draft
        raise ValueError(f"{layout} does not fit its sheet (seed {seed}, page {number})")

    def _hand(self, choose: random.Random) -> Pen:
        """Return the pen of one writer: strokes, or one handwriting face."""
        faces = dict(self._faces.faces)
        for kind in (FaceKind.CHINESE_HAND, FaceKind.LATIN_HAND):
            face = self._faces.pick(choose, kind)
            faces[kind] = [face] if face else []
        by_strokes = choose.random() < 0.5
        if by_strokes:
            faces[FaceKind.CHINESE_HAND] = []
        return Pen(FaceSet(faces), self._strokes if by_strokes else StrokeBook({}))

    def page(
        self, seed: int, number: int, layout: str | None = None, view: View | None = None
    ) -> Page:
        """Draw and photograph page ``number`` of a seed.

        Args:
            seed: As for :meth:`draft`.
            number: As for :meth:`draft`.
            layout: As for :meth:`draft`.
            view: How it stands in the picture; drawn where it is None. All else stays the same.
        """
        draft = self.draft(seed, number, layout)
        sheet = cv2.cvtColor(np.asarray(draft.sheet.image), cv2.COLOR_RGB2BGR)
        # A hand needs more pixels than type of the same height.
        shares = {Kind.HAND: 0.6}
        em = min(item.quad.height * shares.get(item.kind, 0.85) for item in draft.items)
        choose = random.Random(f"camera {seed} {number}")
        camera = Camera.draw(choose, (draft.width, draft.height), draft.written(), em, view)
        picture, lens = photograph(sheet, camera, np.random.default_rng([seed, number]))
        items = moved(draft.items, camera, lens)
        return Page(draft.layout, number, picture, items, camera)


def save(page: Page, name: str, folder: Path) -> dict[str, Any]:
    """Write a page's picture as ``folder/name``; return its truth and how it was taken."""
    data = cv2.imencode(".jpg", page.picture, [cv2.IMWRITE_JPEG_QUALITY, page.camera.quality])[1]
    (folder / name).write_bytes(data.tobytes())
    about = asdict(page.camera)
    return {
        "labels": [item.as_json() for item in page.items],
        "about": {"layout": page.layout, "turn": page.turn, **about},
    }


_maker: PageMaker | None = None  # One a worker process, made once.


def _start(sources: Sources) -> None:
    global _maker  # noqa: PLW0603 - a worker process keeps its own
    cv2.setNumThreads(1)
    _maker = PageMaker(sources)


def _work(task: tuple[int, int, str | None, Path]) -> tuple[str, dict[str, Any]]:
    seed, number, view, folder = task
    assert _maker is not None
    page = _maker.page(seed, number, view=VIEWS[view] if view else None)
    name = f"{page.layout}_{seed}-{number:04d}.jpg"
    if view:  # Sorted by the view, not by the layout.
        name = f"{view}_{name.replace('_', '-')}"
    return f"{folder.name}/{name}", save(page, name, folder)


def write_pages(
    sources: Sources, output: Path, seed: int, numbers: range, processes: int, *,
    views: bool = False, report: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Write pictures to ``output/pages``, their truth to ``pages.json``, cameras to ``about.json``.

    Args:
        sources: Where the material lies.
        output: Folder, made where it is missing.
        seed: Of all pages.
        numbers: Which pages.
        processes: That draw at the same time.
        views: Take each page in all ``VIEWS``, not in one of its own.
        report: Called with each picture's name.
    """
    folder = output / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    kinds = list(VIEWS) if views else [None]
    tasks = [(seed, number, view, folder) for number in numbers for view in kinds]
    made: dict[str, dict[str, Any]] = {}
    if processes == 1:
        _start(sources)
        done = map(_work, tasks)
        for name, rows in done:
            report(name)
            made[name] = rows
    else:
        context = multiprocessing.get_context("spawn")
        with context.Pool(processes, _start, (sources,)) as pool:
            for name, rows in pool.imap(_work, tasks):
                report(name)
                made[name] = rows
    for file, key in (("pages.json", "labels"), ("about.json", "about")):
        rows_of = {name: rows[key] for name, rows in made.items()}
        text = json.dumps(rows_of, ensure_ascii=False, separators=(",", ":"))
        (output / file).write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")
