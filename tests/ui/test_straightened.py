"""The straightened page: other pixels, the same document."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.enhance import LightChoices, Switch
from desktop_ocr.engine.load import PageImage
from desktop_ocr.errors import EngineError
from desktop_ocr.ui.light import KEPT
from desktop_ocr.ui.page_view import Tool
from desktop_ocr.ui.page_view.shaping import angle
from tests.engine.drawing import prose, skewed
from tests.fakes.engines import TruthEngine

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Tilted(TruthEngine):
    """Finds two lines that lie as the tilted page's text does; fails where it is told to."""

    fails = False

    def lines_of(self, image: PageImage):
        height, width = image.pixels.shape[:2]
        slope = math.tan(math.radians(-8))  # 8 degrees counter-clockwise on the screen
        quads = [
            Quad.of([(x, y + slope * (x - 200)) for x, y in
                     ((200, top), (width - 200, top), (width - 200, top + 50), (200, top + 50))])
            for top in (height / 2, height / 2 + 100)
        ]  # fmt: skip
        return [(quad, "一二三四五六") for quad in quads]

    def enhanced(self, image, options=None):
        if self.fails:
            raise EngineError("out of order")
        return super().enhanced(image, options)


@pytest.fixture
def tilted(tmp_path):
    path = tmp_path / "tilted.png"
    Image.fromarray(skewed(prose().pixels, 8.0)).save(path)
    return path


@pytest.fixture
def shown(make_program, tilted, idle):
    program = make_program(Tilted())
    program.window.open_paths([tilted])
    idle(program, 1)
    program.window.activateWindow()
    program.window.page_view.setFocus()
    return program


def straighten(program, qtbot):
    view = program.window.page_view
    qtbot.keyClick(view, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: view.frame.to_page is not None, timeout=20_000)
    return view


def test_boxes_lie_level_on_the_straightened_page_and_come_back(shown, qtbot):
    view, page = shown.window.page_view, shown.document.current_page
    before = [(line.id, view.item(line.id).quad) for line in page.lines]
    straighten(shown, qtbot)
    assert shown.window.commands["show_straightened"].isChecked()
    for line in page.lines:
        assert abs(math.degrees(angle(view.item(line.id).quad))) < 0.7
    assert view.page_rect.size().toSize().toTuple() != (page.width, page.height)
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert [(line.id, view.item(line.id).quad) for line in page.lines] == before
    assert (view.page_rect.width(), view.page_rect.height()) == (page.width, page.height)
    assert shown.document.undo_stack.count() == 0


def test_a_box_moved_there_is_kept_in_pixels_of_the_original(shown, qtbot, idle):
    view = straighten(shown, qtbot)
    line = shown.document.current_line
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: shown.document.undo_stack.count() == 1)
    moved = shown.document.current_page.line(line.id).quad
    x, y = moved.center.x - line.quad.center.x, moved.center.y - line.quad.center.y
    scale = view.frame.width / shown.document.current_page.width
    assert math.hypot(x, y) == pytest.approx(30 / scale, rel=0.3)
    assert math.degrees(math.atan2(y, x)) == pytest.approx(-8, abs=1)  # along the tilted text
    idle(shown)
    shown.document.undo()
    assert shown.document.current_page.line(line.id).quad == line.quad


def test_cutting_and_drawing_there_speak_of_the_same_places(shown, qtbot, idle):
    view, document = straighten(shown, qtbot), shown.document
    first = document.current_page.lines[0]
    quad = view.item(first.id).quad
    view.set_tool(Tool.CUT)
    at = view.mapFromScene(*quad.between(0.5, 0.5).center)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    left, right = document.current_page.lines[:2]
    assert (left.text, right.text) == ("一二三", "四五六")
    assert left.quad.width == pytest.approx(first.quad.width / 2, rel=0.05)
    view.set_tool(Tool.DRAW)
    view.fit_page()
    start = view.mapFromScene(*quad.points[0]) + QPoint(0, 90)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(60, 20))
    QTest.mouseMove(view.viewport(), start + QPoint(120, 24))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(120, 24))
    drawn = document.current_line.quad
    assert math.degrees(angle(drawn)) == pytest.approx(-8, abs=1)
    idle(shown)


def test_a_click_finds_the_character_there(shown, qtbot):
    view = straighten(shown, qtbot)
    line = shown.document.current_page.lines[1]
    shown.document.select_line(line.id)
    at = view.mapFromScene(*view.item(line.id).quad.between(0.6, 0.6).center)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown.window.review.editor.caret in (3, 4)


def test_the_same_place_of_the_paper_stays_in_view(shown, qtbot):
    view = shown.window.page_view
    view.zoom_to(1.5)
    line = shown.document.current_page.lines[1]
    view.centerOn(*line.quad.center)
    before = view.mapToScene(view.viewport().rect().center())
    straighten(shown, qtbot)
    at = view.mapToScene(view.viewport().rect().center())
    now = view.frame.point_on_page(at.x(), at.y())
    assert math.dist(now, (before.x(), before.y())) < 30


def test_alt_hides_the_boxes_there_too(shown, qtbot):
    view = straighten(shown, qtbot)
    QTest.keyPress(view, Qt.Key.Key_Alt)
    assert not view.overlay.shown
    QTest.keyRelease(view, Qt.Key.Key_Alt)
    assert view.overlay.shown


def test_a_page_that_cannot_be_straightened_is_shown_as_it_is(shown, qtbot):
    shown.engine._worker._engine.fails = True
    qtbot.keyClick(shown.window.page_view, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: bool(shown.window.messages.messages), timeout=20_000)
    assert not shown.window.commands["show_straightened"].isChecked()
    assert shown.window.page_view.frame.to_page is None
    assert not shown.window.page_view._hint.isVisible()
    shown.engine._worker._engine.fails = False
    straighten(shown, qtbot)  # it is tried again when it is asked for again


def test_few_straightened_pages_are_kept(shown, qtbot, tmp_path, idle, picture):
    shown.window.open_paths([picture(f"{i}.png") for i in range(KEPT + 1)])
    idle(shown, KEPT + 2)
    straighten(shown, qtbot)
    for page in shown.document.document.pages:
        shown.document.set_current_page(page.id)
        qtbot.waitUntil(lambda: shown.window.page_view.frame.to_page is not None, timeout=20_000)
    assert len(shown.engine.light._pages) == KEPT


def test_other_choices_are_looked_at_before_they_are_read_with(shown, qtbot, idle):
    engine, light = shown.engine._worker._engine, shown.engine.light
    view, page = straighten(shown, qtbot), shown.document.current_page
    reads = len(engine.options)
    light.try_out(page.id, LightChoices(turn=False, shadows=Switch.OFF))
    assert view.frame.to_page is not None  # what was there stays until the other one comes
    qtbot.waitUntil(lambda: engine.enhances[-1].light.turn is False, timeout=20_000)
    qtbot.waitUntil(
        lambda: np.allclose(view.frame.to_page.m[:2], (1, 0), atol=0.01), timeout=20_000
    )
    assert len(engine.options) == reads
    shown.window.commands["read_page"].trigger()
    idle(shown)
    assert engine.options[-1].light == LightChoices()
    light.choose(page.id)
    shown.window.commands["read_page"].trigger()
    idle(shown)
    assert engine.options[-1].light == LightChoices(turn=False, shadows=Switch.OFF)
