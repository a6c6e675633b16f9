"""Whole pages: the same from a seed, and their truth lies where their ink is."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop_ocr.document.geometry import Box
from desktop_ocr.training.faces import FaceKind, FaceSet
from desktop_ocr.training.pages.camera import Camera, View, moved, photograph
from desktop_ocr.training.pages.draft import Draft, Kind
from desktop_ocr.training.pages.make import LAYOUTS, VIEWS, PageMaker, Sources, write_pages
from desktop_ocr.training.samples.degrade import Shot

SEED = 3
PLAIN = Shot(0.0, shadow=0.0, blur=0.3, noise=0.0)
"""A light in which ink is what is dark."""


@pytest.fixture(scope="session")
def maker() -> PageMaker:
    """Draws without any handwriting face, as machines without training data do."""
    nowhere = Path("nowhere")
    if not FaceSet.load(nowhere, nowhere).faces[FaceKind.CHINESE_PRINT]:
        pytest.skip("no Chinese face installed: install fonts-noto-cjk")
    return PageMaker(Sources())


@pytest.fixture(scope="session")
def drafts(maker: PageMaker) -> dict[str, Draft]:
    """One of each layout."""
    return {layout: maker.draft(SEED, 0, layout) for layout in LAYOUTS}


def camera(number: int, draft: Draft, view: View) -> Camera:
    """Draw a camera that bends and turns the sheet but leaves paper and ink apart."""
    sheet = (draft.width, draft.height)
    drawn = Camera.draw(random.Random(number), sheet, draft.written(), 40.0, view)
    aim = (0.0, 0.0, float(sheet[0]), float(sheet[1]))
    return replace(
        drawn, shot=PLAIN, aim=aim, fill=0.95, shift=(0.0, 0.0), white=245.0, black=10.0,
        motion=0, sharpen=0.0, cover=0.0, width=1200, height=1200,
    )  # fmt: skip


def inked(picture: np.ndarray, quad: np.ndarray) -> float:
    """Return which share of a quad is much darker than the paper around it."""
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int) + 1
    patch = cv2.cvtColor(picture[max(0, top) : bottom, max(0, left) : right], cv2.COLOR_BGR2GRAY)
    inside = np.zeros(patch.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(quad - (max(0, left), max(0, top))).astype(np.int32)], 1)
    paper = float(np.percentile(patch, 90))
    return float((patch[inside > 0] < 0.7 * paper).mean())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_seed_gives_one_sheet(maker: PageMaker, drafts: dict[str, Draft], layout: str) -> None:
    again = maker.draft(SEED, 0, layout)
    assert again.items == drafts[layout].items
    assert again.sheet.image.tobytes() == drafts[layout].sheet.image.tobytes()
    assert maker.draft(SEED, 1, layout).items != again.items


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_label_has_text_and_ink(drafts: dict[str, Draft], layout: str) -> None:
    draft = drafts[layout]
    page = cv2.cvtColor(np.asarray(draft.sheet.image), cv2.COLOR_RGB2BGR)
    assert len(draft.items) > 8
    for item in draft.items:
        assert item.text == item.text.strip() != ""
        assert inked(page, np.array(item.quad.points)) > 0.004, item.text
        box = item.quad.box
        assert box.left >= 0
        assert box.right <= draft.width


@pytest.mark.parametrize("layout", ["lab_two_up", "lab_sheet"])
def test_cells_stand_in_a_grid(drafts: dict[str, Draft], layout: str) -> None:
    cells = [item for item in drafts[layout].items if item.place]
    tables = {cell.place.table for cell in cells if cell.place}
    assert tables == ({0, 1} if layout == "lab_two_up" else {0})
    places = [(c.place.table, c.place.row, c.place.column) for c in cells if c.place]
    assert len(set(places)) == len(places)
    assert places == sorted(places)  # the left half is read before the right one
    assert {cell.kind for cell in cells} == {Kind.CELL}
    feet: dict[tuple[int, int], set[float]] = {}
    for cell in cells:
        assert cell.place is not None
        feet.setdefault((cell.place.table, cell.place.row), set()).add(cell.quad.center.y)
        assert cell.flag in cell.text
    for centres in feet.values():
        assert max(centres) - min(centres) < 6  # one row, one line of type
    if layout == "lab_two_up":
        left = max(c.quad.box.right for c in cells if c.place and c.place.table == 0)
        assert left < min(c.quad.box.left for c in cells if c.place and c.place.table == 1)


@pytest.mark.parametrize("view", VIEWS)
def test_truth_goes_through_the_camera(drafts: dict[str, Draft], view: str) -> None:
    draft = drafts["lab_sheet"]
    page = cv2.cvtColor(np.asarray(draft.sheet.image), cv2.COLOR_RGB2BGR)
    for number in (1, 2):
        how = camera(number, draft, VIEWS[view])
        picture, lens = photograph(page, how, np.random.default_rng(number))
        items = moved(draft.items, how, lens)
        assert picture.shape == (how.height, how.width, 3)
        assert [item.text for item in items] == [item.text for item in draft.items]
        for item in items:
            assert inked(picture, np.array(item.quad.points)) > 0.004, (number, item.text)
        # The text runs to the right, down, to the left or up.
        along = np.mean(
            [np.subtract(i.quad.points[1], i.quad.points[0]) for i in items if len(i.text) > 3],
            axis=0,
        )
        wanted = np.deg2rad(90 * VIEWS[view].turn - VIEWS[view].angle)
        turned = np.arctan2(along[1], along[0]) - wanted
        assert abs((turned + np.pi) % (2 * np.pi) - np.pi) < np.deg2rad(15)


def test_dots_are_found_again_on_bent_paper() -> None:
    """Not only about: the map of the truth is the map of the picture."""
    page = np.full((900, 700, 3), 255, np.uint8)
    places = np.array([(x, y) for x in (80, 350, 620) for y in (90, 300, 450, 600, 810)])
    for x, y in places.tolist():
        cv2.circle(page, (x, y), 7, (0, 0, 0), -1)
    text, whole = Box(50, 50, 650, 850), (0.0, 0.0, 700.0, 900.0)
    bent = 0
    for number in range(6):
        how = Camera.draw(random.Random(number), (700, 900), text, 30.0, View(number % 4, 4.0))
        how = replace(how, shot=PLAIN, aim=whole, fill=0.9, cover=0.0, motion=0, sharpen=0.0,
                      width=800, height=1000, white=245.0, black=5.0)  # fmt: skip
        bent += len(how.surface.bends)
        picture, lens = photograph(page, how, np.random.default_rng(0))
        grey = picture.min(axis=2).astype(float)
        for x, y in lens.to_picture(places.astype(float)).tolist():
            left, top = round(x) - 12, round(y) - 12
            patch = grey[top : top + 25, left : left + 25]
            dark = np.clip(np.percentile(patch, 90) - patch - 40, 0, None)
            rows, columns = np.mgrid[0:25, 0:25]
            seen = (
                left + (dark * columns).sum() / dark.sum(),
                top + (dark * rows).sum() / dark.sum(),
            )
            assert np.hypot(seen[0] - x, seen[1] - y) < 1.0, (number, x, y)
    assert bent > 3


def test_what_is_cut_off_says_nothing(drafts: dict[str, Draft]) -> None:
    draft = drafts["imaging_report"]
    how = replace(camera(1, draft, View(0, 0.0)), fill=1.8)
    _, lens = photograph(np.full((draft.height, draft.width, 3), 250, np.uint8), how,
                         np.random.default_rng(1))  # fmt: skip
    items = moved(draft.items, how, lens)
    cut = [item for item in items if item.kind is Kind.CUT]
    assert cut
    assert len(items) < len(draft.items)
    assert {item.text for item in cut} == {""}
    for item in items:
        box = item.quad.box
        inside = box.left >= 0 and box.top >= 0 and box.right <= how.width
        assert item.kind is Kind.CUT or (inside and box.bottom <= how.height)


def test_pages_are_written_with_their_truth(tmp_path: Path) -> None:
    write_pages(Sources(), tmp_path, SEED, range(3, 4), 1, report=lambda _: None)
    truth = json.loads((tmp_path / "pages.json").read_text("utf-8"))
    about = json.loads((tmp_path / "about.json").read_text("utf-8"))
    (name,) = truth
    assert about[name]["layout"] == "prescription"
    assert about[name]["turn"] in range(4)
    picture = cv2.imread(str(tmp_path / name))
    assert picture is not None
    for label in truth[name]:
        assert np.shape(label["quad"]) == (4, 2)
        assert label["text"] or label["kind"] == "cut"


def test_seeds_of_one_page_do_not_depend_on_others(maker: PageMaker) -> None:
    alone = maker.page(SEED, 3)
    maker.draft(SEED, 2)
    again = maker.page(SEED, 3)
    assert (alone.picture == again.picture).all()
    assert alone.items == again.items
