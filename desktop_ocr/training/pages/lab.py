"""Laboratory sheets: one table over the page's width, or two halves side by side."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_ocr.training.pages.draft import Draft, Kind, Kit, Place
from desktop_ocr.training.pages.parts import begin, header, paper, signatures
from desktop_ocr.training.pages.texts import Result, day, hospital
from desktop_ocr.training.samples.sheet import A4, points

A5_LEVEL = (1654, 1165)
B5 = (1386, 1969)
_TITLES = {
    "number": ("序号", "№", "No", "序"),
    "code": ("代号", "项目代号", "缩写", "英文名", "代码"),
    "name": ("项目", "检验项目", "项目名称", "中文名称"),
    "result": ("结果", "测定结果", "检验结果", "结果"),
    "flag": ("提示", "", "标志", "状态"),
    "range": ("参考范围", "参考值", "参考区间", "正常值"),
    "unit": ("单位", "单位", "计量单位"),
}
_ORDERS = (
    ("name", "result", "flag", "range", "unit"),
    ("number", "code", "name", "result", "flag", "unit", "range"),
    ("number", "name", "result", "flag", "unit", "range"),
    ("code", "name", "result", "flag", "range", "unit"),
    ("number", "code", "name", "flag", "result", "range", "unit"),
    ("name", "result", "unit", "flag", "range"),
    ("name", "result", "range"),
    ("code", "result", "range"),
)
_SIGNS = (("↑", "↓"), ("↑", "↓"), ("↑", "↓"), ("H", "L"), ("+", "-"), ("*", "*"), ("↑", "↓"))
_EXPENDABLE = ("number", "unit", "code", "flag")
"""Columns that are left out, in this order, where there is no room."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How one laboratory prints its tables.

    Attributes:
        columns: Names of the columns from left to right.
        titles: What stands above them.
        signs: For too high and too low.
        apart: Whether the sign has a column of its own.
        join: Between the bounds of a range.
        bracket: Around a range.
        unit_in_range: The unit follows the range.
        grid: none, head, rows, dotted or full.
        right: Columns that are set to the right.
    """

    columns: tuple[str, ...]
    titles: dict[str, str]
    signs: tuple[str, str]
    apart: bool
    join: str
    bracket: tuple[str, str]
    unit_in_range: bool
    grid: str
    right: frozenset[str]


def lab_two_up(kit: Kit) -> Draft:
    """Draw a sheet with two halves side by side, the left one read first."""
    return _sheet(kit, 2)


def lab_sheet(kit: Kit) -> Draft:
    """Draw a sheet with one table."""
    return _sheet(kit, 1)


def _sheet(kit: Kit, halves: int) -> Draft:
    choose = kit.choose
    size = choose.choice((A4, A5_LEVEL, A4, B5) if halves == 1 else (A4, A5_LEVEL, A5_LEVEL))
    em = points(choose.uniform(8.5, 11) if halves == 1 else choose.uniform(7.5, 9))
    draft = begin(kit, size, em, paper(kit, size))
    left, right = choose.randrange(60, 130), size[0] - choose.randrange(60, 130)
    top = choose.randrange(90, 150)
    title = hospital(choose) + choose.choice(("检验报告单", "检验结果报告单", "化验单", "检验报告"))
    draft.centred(top, title, points(choose.uniform(13, 19)), choose.choice((0, 2, 6)))
    y = header(draft, left, right, top + em * 2.4, choose.randrange(6, 13))
    foot = size[1] - choose.randrange(70, 110) - 4.2 * em
    y += em * 0.2
    draft.line((left, y - em, right, y - em), choose.choice((2, 3, 4)))
    y += em * 0.7
    pitch = em * (choose.uniform(1.22, 1.5) if choose.random() < 0.55 else choose.uniform(1.5, 2.1))
    room = int((foot - y) / pitch) - 1
    count = room if halves == 2 or choose.random() < 0.5 else choose.randrange(5, max(6, room))
    if halves == 2 and choose.random() < 0.5:
        count = max(8, int(room * choose.uniform(0.5, 1)))
    count = max(3, min(count, room, 34))
    style = _style(kit, halves)
    lane = choose.randrange(20, 60) if halves == 2 else 0
    half = (right - left - lane) / halves
    bottom = y
    for k in range(halves):
        own = count if k == 0 or choose.random() < 0.5 else choose.randrange(count // 2, count + 1)
        start = left + k * (half + lane)
        bottom = max(bottom, _table(draft, style, k, start, start + half, y, pitch, own))
    if halves == 2 and (style.grid == "full" or choose.random() < 0.4):
        draft.line((left + half + lane / 2, y - em, left + half + lane / 2, bottom), 2)
    y = bottom + em * (0.9 if choose.random() < 0.5 else 0.2) + em
    draft.line((left, y - em * 1.1, right, y - em * 1.1), choose.choice((2, 3)))
    end = _footer(draft, left, right, min(y, foot + em * 1.2))
    if choose.random() < 0.7:  # Paper is cut behind what is printed.
        low = min(size[1], round(end + em * choose.uniform(1.5, 8)))
        draft.sheet.image = draft.sheet.image.crop((0, 0, size[0], low))
    return draft


def _footer(draft: Draft, left: float, right: float, y: float) -> float:
    """Print times, signatures and a note; return the last line's foot."""
    kit, em = draft.kit, draft.size
    keys = ("采样时间", "接收时间", "报告时间")
    times = [f"{key}：{day(kit.choose, clock=True)}" for key in keys]
    x = float(left)
    for text in times[: kit.choose.randrange(2, 4)]:
        if x + draft.long(text) > right:
            break
        x = draft.text(x, y, text, Kind.FIELD) + em * kit.choose.uniform(1.6, 3)
    y += em * 1.6
    note = kit.choose.choice(
        ("本结果仅对该标本负责", "此报告仅供临床医师参考", "注：结果有疑问请及时与检验科联系")
    )
    end = signatures(draft, left, y, ("检验者", "审核者"))
    if end + em * 2 + draft.long(note) < right:
        draft.text(right - draft.long(note), y, note)
    return y


def _style(kit: Kit, halves: int) -> _Style:
    choose = kit.choose
    columns: tuple[str, ...] = choose.choice(_ORDERS)
    if halves == 2 and len(columns) > 5:
        columns = tuple(c for c in columns if c != choose.choice(("number", "code")))
    return _Style(
        columns=columns,
        titles={name: choose.choice(titles) for name, titles in _TITLES.items()},
        signs=choose.choice(_SIGNS),
        apart=choose.random() < 0.6,
        join=choose.choice(("-", "--", "~", "～", "—", "-", "-")),
        bracket=choose.choice((("", ""), ("", ""), ("", ""), ("(", ")"), ("[", "]"))),
        unit_in_range="unit" not in columns and choose.random() < 0.8,
        grid=choose.choice(("none", "none", "head", "head", "rows", "dotted", "full")),
        right=frozenset(
            name
            for name, chance in (("result", 0.4), ("number", 0.3), ("name", 0.05))
            if choose.random() < chance
        ),
    )


def _cells(style: _Style, number: int, row: Result) -> dict[str, tuple[str, str]]:
    """Return text and sign of each cell of a row; an empty cell has an empty text."""
    sign = style.signs[0] if row.side > 0 else style.signs[1] if row.side < 0 else ""
    bounds = row.low
    if row.high:
        bounds = f"{row.low}{style.join}{row.high}" if row.low else f"<{row.high}"
        bounds = style.bracket[0] + bounds + style.bracket[1]
    if style.unit_in_range:
        bounds += row.unit
    within = sign and not (style.apart and "flag" in style.columns)
    value = f"{row.value} {sign}" if within else row.value
    if within and style.signs[0] == "*":
        value = f"*{row.value}"
    return {
        "number": (str(number), ""),
        "code": (row.code, ""),
        "name": (row.name or row.code, ""),
        "result": (value, sign if within else ""),
        "flag": ("" if within else sign, "" if within else sign),
        "range": (bounds, ""),
        "unit": (row.unit, ""),
    }


def _table(
    draft: Draft, style: _Style, table: int, left: float, right: float, y: float, pitch: float,
    count: int,
) -> float:  # fmt: skip
    """Print a table with ``count`` rows below its head; return where it ends, in pixels."""
    kit, em = draft.kit, draft.size
    longest = 12 if right - left > 900 else 8
    results = kit.texts.results(kit.choose, count, longest)
    columns = [c for c in style.columns if c != "flag" or style.apart]
    first = kit.choose.choice((1, 1, table * count + 1))
    rows = [{name: (style.titles[name], "") for name in _TITLES}]
    rows += [_cells(style, first + k, row) for k, row in enumerate(results)]

    least = 0.45 * em
    while True:
        widths = [max(draft.long(row[name][0]) for row in rows) for name in columns]
        spare = right - left - sum(widths)
        if spare >= least * (len(columns) - 1) or len(columns) <= 2:
            break
        columns.remove(next((c for c in _EXPENDABLE if c in columns), columns[-1]))
    # Dense sheets leave a narrow gap and the rest of the width empty; others fill it.
    even = spare / max(1, len(columns) - 1)
    tight = kit.choose.uniform(0.45, 0.9)
    gap = min(even, em * kit.choose.choice((tight, tight, 1.2, 2.0, 99, 99)))
    starts, x = [], left
    for width in widths:
        starts.append(x)
        x += width + gap
    for k, row in enumerate(rows):
        for column, name in enumerate(columns):
            text, sign = row[name]
            text = draft.drawable(text)
            if not text:
                continue
            shift = widths[column] - draft.long(text) if name in style.right else 0.0
            place = Place(table, k, column)
            draft.text(starts[column] + shift, y + k * pitch, text, Kind.CELL, place=place,
                       flag=sign if sign and sign in text else "", bold=k == 0)  # fmt: skip
    end = min(right, starts[-1] + widths[-1])
    edges = [left, *(s - gap / 2 for s in starts[1:]), end]
    return _rule(draft, style.grid, edges, y, pitch, len(rows))


def _rule(
    draft: Draft, grid: str, edges: list[float], y: float, pitch: float, rows: int
) -> float:  # fmt: skip
    """Draw the rules of a table whose columns lie between the edges; return its end."""
    em = draft.size
    below = (pitch - em * 0.74) / 2  # from the foot of a row to the middle between two rows
    left, right = edges[0] - em * 0.25, edges[-1] + em * 0.25
    left, right = max(4.0, left), min(draft.width - 4.0, right)
    levels = [y + below + k * pitch for k in range(rows)]
    pale = (150, 150, 150)
    if grid in ("head", "rows", "dotted"):
        draft.line((left, levels[0], right, levels[0]), 2)
    if grid in ("rows", "dotted"):
        for level in levels[1:]:
            draft.line((left, level, right, level), 1, pale, dash=5 if grid == "dotted" else 0)
    if grid == "full":
        ink = draft.kit.choose.choice((draft.ink, pale))
        for level in [levels[0] - pitch, *levels]:
            draft.line((left, level, right, level), 2, ink)
        for edge in [left, *edges[1:-1], right]:
            draft.line((edge, levels[0] - pitch, edge, levels[-1]), 2, ink)
    return levels[-1]
