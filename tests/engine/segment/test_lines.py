"""Both ways of finding lines on pages whose lines are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.enhance import enhance
from desktop_ocr.engine.events import SegmenterKind
from desktop_ocr.engine.segment import LineFinder, Segmentation
from desktop_ocr.engine.segment.ink import PageInk
from desktop_ocr.errors import ModelError
from tests.engine.drawing import (
    PROSE,
    DrawnPage,
    lab_sheet,
    on_desk,
    prose,
    shaded,
    skewed,
    two_columns,
)


@pytest.fixture(scope="module")
def finder() -> LineFinder:
    return LineFinder(threads=1)


def find(
    finder: LineFinder, pixels: np.ndarray, kind: SegmenterKind = SegmenterKind.PROJECTION
) -> Segmentation:
    return finder.find(enhance(pixels), kind)


def assert_lines_are(
    found: Sequence[Quad], drawn: list[tuple[int, int, int, int]], slack: int = 12
) -> None:
    """Every drawn line is one quad, in order, close around its ink; nothing else was found.

    A mark lower than its row (a dash) may be given the height of the row.
    """
    assert len(found) == len(drawn)
    for quad, (left, top, right, bottom) in zip(found, drawn, strict=True):
        box = quad.box
        assert box.left <= left + 2
        assert box.top <= top + 2
        assert box.right >= right - 2
        assert box.bottom >= bottom - 2
        assert left - box.left < slack
        assert top - box.top < (slack if bottom - top > 15 else 20)
        assert box.right - right < slack
        assert box.bottom - bottom < (slack if bottom - top > 15 else 20)
        assert box.height > 15


def test_prose_lines_stay_whole(finder: LineFinder) -> None:
    page = prose()
    assert_lines_are(find(finder, page.pixels).quads, page.boxes)


@pytest.mark.parametrize("ruled", [False, True])
def test_cells_of_a_lab_sheet_row_by_row_with_arrows_and_dashes(
    finder: LineFinder, ruled: bool
) -> None:
    page = lab_sheet(ruled=ruled)
    assert_lines_are(find(finder, page.pixels).quads, page.boxes)


def test_two_columns_left_one_first(finder: LineFinder) -> None:
    page = two_columns()
    assert_lines_are(find(finder, page.pixels).quads, page.boxes)


def test_upright_rules_part_cells_that_stand_close(finder: LineFinder) -> None:
    page = DrawnPage()
    for r in range(6):
        page.text(112, 112 + 48 * r, "血红蛋白")
        page.text(248, 112 + 48 * r, "正常")
        page.text(332, 112 + 48 * r, "复查")
    for x in (100, 236, 320, 410):
        page.pen.line((x, 100, x, 400), fill=(0, 0, 0), width=2)
    for y in range(100, 401, 50):
        page.pen.line((100, y, 410, y), fill=(0, 0, 0), width=2)
    assert len(find(finder, page.pixels).quads) == 18


def test_key_values_of_a_header_are_parted_but_not_label_from_value(finder: LineFinder) -> None:
    page = DrawnPage()
    for r, row in enumerate((("姓名：周启明", "性别：男"), ("科别：内科", "床号：12"))):
        for x, text in zip((100, 520), row, strict=True):
            page.text(x, 100 + 60 * r, text)
    for k in range(8):
        page.text(100, 300 + 50 * k, PROSE[k % 6])
    assert_lines_are(find(finder, page.pixels).quads, page.boxes)


def test_lines_that_touch_are_parted(finder: LineFinder) -> None:
    page = DrawnPage()
    for k in range(12):
        page.text(100, 100 + 60 * k, PROSE[k % 6])
    pen = page.pen
    for x in (300, 500):
        pen.line((x, 120, x + 8, 240), fill=(0, 0, 0), width=3)  # long strokes through 3 lines
    assert len(find(finder, page.pixels).quads) == 12


def test_dirt_and_broken_rules_are_no_lines(finder: LineFinder) -> None:
    page = prose(10)
    rng = np.random.default_rng(2)
    for x, y in rng.integers((40, 800), (1200, 1700), (40, 2)):
        page.pen.rectangle((x, y, x + 3, y + 3), fill=(0, 0, 0))
    for x in range(100, 1100, 16):
        page.pen.line((x, 760, x + 8, 760), fill=(0, 0, 0), width=2)
    assert_lines_are(find(finder, page.pixels).quads, page.boxes)


@pytest.mark.parametrize("kind", [SegmenterKind.PROJECTION, SegmenterKind.DETECTOR])
def test_skewed_page_gives_slanted_quads_on_the_original(
    finder: LineFinder, kind: SegmenterKind
) -> None:
    page = prose(16)
    angle = 4.0
    found = find(finder, skewed(page.pixels, angle), kind).quads
    assert len(found) == 16
    for quad, (left, top, right, bottom) in zip(found, page.boxes, strict=True):
        tl, tr, *_ = quad.points
        slope = np.degrees(np.arctan2(tl.y - tr.y, tr.x - tl.x))
        assert slope == pytest.approx(angle, abs=0.7)
        turn = np.radians(angle)
        u, v = (left + right) / 2 - 620, (top + bottom) / 2 - 877
        x, y = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
        assert quad.center.x == pytest.approx(620 + x, abs=12)
        assert quad.center.y == pytest.approx(877 + y, abs=8)


def test_detector_finds_cells_in_shadow(finder: LineFinder) -> None:
    page = lab_sheet()
    found = find(finder, shaded(page.pixels), SegmenterKind.DETECTOR).quads
    words = [b for b, t in zip(page.boxes, page.texts, strict=True) if t != "-"]
    for left, top, right, bottom in words:
        x, y = (left + right) / 2, (top + bottom) / 2
        assert any(
            q.box.left < x < q.box.right and q.box.top < y < q.box.bottom and q.width < 420
            for q in found
        )


def test_auto_takes_projection_for_scans_and_the_detector_for_photographs(
    finder: LineFinder,
) -> None:
    def way(pixels: np.ndarray) -> str:
        steps = find(finder, pixels, SegmenterKind.AUTO).steps
        return next(s.name for s in steps if s.name in ("projection", "detector"))

    assert way(prose().pixels) == "projection"
    assert way(lab_sheet().pixels) == "projection"
    assert way(shaded(prose().pixels)) == "detector"
    assert (
        way(on_desk(prose().pixels, [(30, 30), (970, 40), (975, 1270), (25, 1265)])) == "detector"
    )
    scribbled = prose()
    for k in range(40):  # small drawings, as logos and scrawls are
        x, y = 120 + 25 * k, 1250 + 97 * (k % 4)
        scribbled.pen.arc((x, y, x + 20, y + 70), 0, 250, fill=(0, 0, 0), width=3)
    assert way(scribbled.pixels) == "detector"


def test_text_that_runs_downwards_begins_at_the_top(finder: LineFinder) -> None:
    page = prose(8, left=300)
    for k, sign in enumerate("注意事项请勿折叠"):
        page.text(60, 200 + 34 * k, sign)
    found = find(finder, page.pixels, SegmenterKind.DETECTOR).quads
    column = [q for q in found if q.box.right < 150]
    assert len(column) == 1
    first, second, *_ = column[0].points
    assert second.y > first.y + 200  # the upper edge of the text runs down the page
    assert column[0].width > column[0].height


@pytest.mark.parametrize("kind", [SegmenterKind.PROJECTION, SegmenterKind.DETECTOR])
def test_a_lab_sheet_is_a_table(finder: LineFinder, kind: SegmenterKind) -> None:
    page = lab_sheet()
    found = find(finder, page.pixels, kind)
    table = [cell for cell in found.cells if cell is not None]
    assert len(found.cells) == len(found.quads)
    assert {cell.table for cell in table} == {0}
    assert {cell.row for cell in table} == set(range(12))
    assert len(table) >= len(page.texts) - 2  # all but the title
    for quad, cell in zip(found.quads, found.cells, strict=True):
        if cell is not None and cell.column == 0:
            assert quad.box.left == pytest.approx(100, abs=12)


def test_a_page_upside_down_is_read_from_its_own_top(finder: LineFinder) -> None:
    """Quads lie in pixels of the original, clockwise from the text's own top left corner."""
    page = enhance(prose(9).pixels)
    height, width = page.grey.shape
    turned = replace(page, transform=Transform((-1, 0, width, 0, -1, height, 0, 0, 1)))
    upright = finder.find(page, SegmenterKind.DETECTOR).quads
    for a, b in zip(upright, finder.find(turned, SegmenterKind.DETECTOR).quads, strict=True):
        first, _, third, _ = b.points
        assert first.x > third.x
        assert first.y > third.y
        assert (width - first.x, height - first.y) == pytest.approx(a.points[0], abs=0.01)


@pytest.mark.parametrize("kind", list(SegmenterKind))
@pytest.mark.parametrize("shape", [(1, 1), (40, 3), (1, 3000), (500, 400)])
def test_blank_pages_have_no_lines(
    finder: LineFinder, kind: SegmenterKind, shape: tuple[int, int]
) -> None:
    assert find(finder, np.full((*shape, 3), 255, np.uint8), kind).quads == ()


def test_strokes_of_letters_on_a_page_cut_down_to_its_text_are_no_rules() -> None:
    """The shortest rule is told by the text's height, too: here the page is 36 letters wide."""
    page = DrawnPage(1050, 300)
    for k in range(4):
        page.text(20, 20 + 60 * k, "三二一十五天主王工土" * 3)
    ink = enhance(page.pixels).ink
    assert PageInk.of(ink).text.sum() > 0.98 * ink.sum()


def test_quads_stay_on_the_page(finder: LineFinder) -> None:
    page = DrawnPage(500, 200)
    page.text(-8, -6, "贴着纸边写的字 ABCDEFG 1234567890 完")
    for kind in SegmenterKind:
        for quad in find(finder, page.pixels, kind).quads:
            box = quad.box
            assert 0 <= box.left < box.right <= 500
            assert 0 <= box.top < box.bottom <= 200


def test_pages_of_dirt_and_halftone_do_no_harm(finder: LineFinder) -> None:
    rng = np.random.default_rng(0)
    salt = np.full((1200, 900, 3), 255, np.uint8)
    salt[rng.random((1200, 900)) < 0.02] = 0
    dots = np.full((1200, 900, 3), 255, np.uint8)
    dots.reshape(-1)[:] = np.where((np.indices((1200, 900, 3))[:2] % 9 < 3).all(0), 0, 255).ravel()
    for page in (salt, dots, rng.integers(0, 255, (1200, 900, 3), dtype=np.uint8)):
        assert len(find(finder, page, SegmenterKind.AUTO).quads) < 50


def test_missing_detector_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pp_ocr, "DETECTOR", "gone.onnx")
    with pytest.raises(ModelError, match="missing"):
        LineFinder().find(enhance(prose(3).pixels), SegmenterKind.DETECTOR)
