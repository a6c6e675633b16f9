"""Hypothesis strategies for documents."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from desktop_ocr.document.fields import FieldValue, LabCell, LabRow, PageFields, Piece
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import (
    Alternative,
    Cell,
    Char,
    Correction,
    Document,
    Line,
    LineStatus,
    Page,
    Provenance,
    Review,
    Step,
    corrected,
)

unit = st.floats(0, 1)
coordinate = st.floats(-1e5, 1e5, allow_nan=False)
# Any text a person can paste, lone surrogates apart: they are no text in UTF-8.
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
quads = st.builds(Quad.of, st.lists(st.tuples(coordinate, coordinate), min_size=4, max_size=4))
upright_quads = st.builds(
    lambda x, y, w, h: Quad.from_box(x, y, x + w, y + h),
    st.integers(0, 2000),
    st.integers(0, 3000),
    st.integers(1, 900),
    st.integers(1, 90),
)
alternatives = st.builds(
    Alternative,
    st.text("甲乙丙O0l1", min_size=1, max_size=1),
    unit,
    st.sampled_from(["crnn", "second", "plain", "rule:zero"]),
)
chars = st.builds(
    Char,
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=2),
    unit,
    st.none() | quads,
    st.lists(alternatives, max_size=2).map(tuple),
    st.just("") | st.text("甲乙O0l1", max_size=2),
)

reviews = st.builds(
    lambda by, seconds, hours: Review(
        by, datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))).isoformat()
    ),
    texts,
    st.integers(0, 4_000_000_000),
    st.integers(-12, 14),
)
cells = st.builds(Cell, st.integers(0, 2), st.integers(0, 6), st.integers(0, 6))


@st.composite
def corrections(draw: st.DrawFn, raw: str) -> tuple[Correction, ...]:
    """What rules made of a raw text: pieces of it replaced, deleted, or something put in."""
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=6, unique=True)))
    found = []
    grown = 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        before, after = raw[start:end], draw(st.text("0O1l ", max_size=3))
        if before != after:
            found.append(Correction("zero", start + grown, before, after))
            grown += len(after) - len(before)
    return tuple(found)


@st.composite
def lines(draw: st.DrawFn, line_id: str = "line") -> Line:
    """One line: read by the machine or not, edited by a person or not."""
    characters = tuple(draw(st.lists(chars, max_size=8)))
    raw = "".join(c.text for c in characters)
    if not characters:
        raw = draw(texts)
    made = draw(corrections(raw))
    status = draw(st.sampled_from(LineStatus))
    return Line(
        id=line_id,
        quad=draw(upright_quads | quads),
        text=draw(st.just(corrected(raw, made)) | st.just(raw) | texts),
        raw_text=raw,
        confidence=draw(unit),
        characters=characters,
        status=status,
        plain_text=draw(st.just(raw) | texts),
        second_text=draw(st.just("") | texts),
        corrections=made,
        cell=draw(st.none() | cells),
        review=None if status is LineStatus.UNREVIEWED else draw(st.none() | reviews),
    )


@st.composite
def pages(draw: st.DrawFn, page_id: str = "page", min_lines: int = 0) -> Page:
    """One page with lines of different ids."""
    count = draw(st.integers(min_lines, 5))
    parameters = st.dictionaries(
        st.sampled_from(["angle", "window", "on"]),
        st.none() | st.booleans() | st.integers(-99, 99) | st.floats(-99, 99) | texts,
        max_size=3,
    )
    return Page(
        id=page_id,
        file=draw(texts),
        page=draw(st.integers(1, 500)),
        width=draw(st.integers(1, 30000)),
        height=draw(st.integers(1, 30000)),
        dpi=draw(st.none() | st.floats(1, 1200)),
        sha256=draw(st.text("0123456789abcdef", max_size=64)),
        lines=[draw(lines(f"{page_id}-{i}")) for i in range(count)],
        provenance=Provenance(
            draw(texts),
            tuple(
                draw(
                    st.lists(
                        st.builds(Step, st.sampled_from(["grey", "deskew"]), parameters), max_size=3
                    )
                )
            ),
        ),
        sign_off=draw(st.none() | reviews),
    )


@st.composite
def documents(draw: st.DrawFn, min_pages: int = 0, min_lines: int = 0) -> Document:
    """A document of a few pages."""
    count = draw(st.integers(min_pages, 3))
    return Document([draw(pages(f"p{i}", min_lines)) for i in range(count)], title=draw(texts))


pieces = st.builds(Piece, st.sampled_from(["p0-0", "p0-1", "x"]), st.just(0), st.integers(0, 9))


@st.composite
def page_fields(draw: st.DrawFn) -> PageFields:
    """Fields of a page: of one that exists or not."""
    some = st.lists(pieces, min_size=1, max_size=2).map(tuple)
    cell = st.builds(LabCell, st.text(min_size=1, max_size=5), some)
    return PageFields(
        draw(st.sampled_from(["", "imaging"])),
        tuple(
            draw(
                st.lists(
                    st.builds(
                        FieldValue, st.sampled_from(["name", "age"]), texts, some, pieces,
                        st.booleans(),
                    ),
                    max_size=2,
                )
            )
        ),
        tuple(draw(st.lists(st.sampled_from(["sex", "age"]), max_size=2))),
        tuple(draw(st.lists(st.builds(LabRow, cell, cell, st.just(LabCell()) | cell), max_size=2))),
    )  # fmt: skip
