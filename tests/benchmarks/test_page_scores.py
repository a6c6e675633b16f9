"""What the benchmarks of pages count."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """The modules as they see each other when they are run as scripts."""
    sys.path.insert(0, str(FOLDER))
    try:
        import cell_score
        import page_score

        yield SimpleNamespace(cells=cell_score.score_cells, page=page_score.score_page)
    finally:
        sys.path.remove(str(FOLDER))


def box(left: float, top: float, right: float, bottom: float, text: str, **more: Any) -> Any:
    quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return {"quad": quad, "text": text, **more}


def turned(label: dict[str, Any]) -> dict[str, Any]:
    """The same on a page that stands on its head, 400 pixels wide and high."""
    return label | {"quad": [[400 - x, 400 - y] for x, y in label["quad"]]}


ROW = [
    box(10, 10, 90, 30, "血小板", table=0, row=1, column=0),
    box(110, 10, 160, 30, "86", table=0, row=1, column=1),
    box(175, 10, 185, 30, "↓", table=0, row=1, column=2, flag="↓"),
    box(200, 10, 290, 30, "125-350", table=0, row=1, column=3),
]
BELOW = [
    box(10, 40, 90, 60, "钾", table=0, row=2, column=0),
    box(110, 40, 160, 60, "4.1", table=0, row=2, column=1),
]
TITLE = box(10, 80, 290, 100, "本结果仅供参考")


@pytest.mark.parametrize("way", [dict, turned])
def test_what_is_read_as_it_stands_is_whole(bench: Any, way: Any) -> None:
    labels = [way(label) for label in [*ROW, *BELOW, TITLE]]
    score = bench.cells(labels, labels[::-1])
    assert (score.cells, score.found, score.glued) == (6, 6, 0)
    assert (score.flags, score.kept) == (1, 1)
    assert score.edits == 0
    assert score.characters == len("血小板86↓125-350") + len("钾4.1")
    page = bench.page(labels, labels)
    assert (page.found, page.edits, page.pairs, page.ordered) == (7, 0, 6, 6)


@pytest.mark.parametrize("way", [dict, turned])
def test_glued_cells_are_not_found_but_read(bench: Any, way: Any) -> None:
    lines = [box(10, 8, 165, 32, "血小板 86"), box(170, 8, 292, 32, "125-350"), *BELOW]
    score = bench.cells([way(v) for v in [*ROW, *BELOW]], [way(v) for v in lines])
    assert (score.cells, score.found, score.glued) == (6, 2, 2)
    assert (score.flags, score.kept) == (1, 0)
    assert score.edits == 1  # the arrow


def test_a_sign_in_a_glued_line_is_kept(bench: Any) -> None:
    score = bench.cells(ROW, [box(10, 8, 292, 32, "血小板86↓125-350")])
    assert (score.found, score.kept, score.edits) == (0, 1, 0)


def test_a_dash_of_a_range_is_no_sign(bench: Any) -> None:
    low = [*ROW[:2], ROW[2] | {"text": "-", "flag": "-"}, ROW[3]]
    assert bench.cells(low, [box(10, 8, 292, 32, "血小板86125-350")]).kept == 0
    assert bench.cells(low, [box(10, 8, 292, 32, "血小板86—125－350")]).kept == 1


def test_a_loose_box_around_a_small_sign_finds_it(bench: Any) -> None:
    score = bench.cells(ROW, [box(168, 4, 192, 36, "↓")])
    assert (score.found, score.kept) == (1, 1)


def test_a_cell_in_two_parts_is_found(bench: Any) -> None:
    parts = [box(240, 12, 290, 28, "350"), box(200, 12, 240, 28, "125-")]
    score = bench.cells([ROW[3]], parts)
    assert (score.found, score.edits) == (1, 0)


def test_a_line_over_two_rows_spoils_both(bench: Any) -> None:
    score = bench.cells([*ROW, *BELOW], [box(8, 8, 95, 62, "血小板钾")])
    assert (score.found, score.glued) == (0, 1)
    assert score.edits >= len("86↓125-350") + len("4.1")


def test_nothing_read(bench: Any) -> None:
    score = bench.cells(ROW, [])
    assert (score.cells, score.found, score.flags, score.kept) == (4, 0, 1, 0)
    assert score.edits == score.characters
    assert bench.cells([], [TITLE]).cells == 0
