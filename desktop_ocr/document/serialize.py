"""The document as plain dictionaries, for JSON; the way back loses nothing.

The form is described in docs/formats.md and by the JSON Schema in
``resources/schema/desktop-ocr-1.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
)
from desktop_ocr.errors import FormatError

FORMAT = "desktop-ocr"
VERSION = 1


def to_dict(document: Document) -> dict[str, Any]:
    """Return the document in the form of docs/formats.md; pages and lines in reading order."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": document.title,
        "pages": [_page_to_dict(page) for page in document.pages],
    }


def from_dict(data: Mapping[str, Any]) -> Document:
    """Rebuild a document.

    Raises:
        FormatError: If the data is not such a document or of a newer version.
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise FormatError("This is not a document of this program.")
    version = data.get("version")
    if not isinstance(version, int):
        raise FormatError("The document does not say its version: export it again.")
    if version > VERSION:
        raise FormatError("The document was written by a newer version: update the program.")
    try:
        return Document(
            pages=[_page_from_dict(page) for page in data["pages"]], title=data.get("title", "")
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError("The document is damaged: export it again.") from error


def _page_to_dict(page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "file": page.file,
        "page": page.page,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "sha256": page.sha256,
        "provenance": {
            "model_id": page.provenance.model_id,
            "steps": [
                {"name": step.name, "parameters": dict(step.parameters)}
                for step in page.provenance.steps
            ],
        },
        "sign_off": _review_to_dict(page.sign_off),
        "lines": [line_to_dict(line) for line in page.lines],
    }


def line_to_dict(line: Line) -> dict[str, Any]:
    """Return one line in the form it has inside a page; the cache stores lines so too."""
    return {
        "id": line.id,
        "quad": _quad_to_list(line.quad),
        "text": line.text,
        "raw_text": line.raw_text,
        "plain_text": line.plain_text,
        "second_text": line.second_text,
        "corrections": [
            {"rule": c.rule, "start": c.start, "before": c.before, "after": c.after}
            for c in line.corrections
        ],
        "confidence": line.confidence,
        "status": line.status.value,
        "review": _review_to_dict(line.review),
        "cell": None
        if line.cell is None
        else {"table": line.cell.table, "row": line.cell.row, "column": line.cell.column},
        "characters": [
            {
                "text": char.text,
                "confidence": char.confidence,
                "quad": None if char.quad is None else _quad_to_list(char.quad),
                "alternatives": [
                    {"text": a.text, "confidence": a.confidence, "source": a.source}
                    for a in char.alternatives
                ],
                # Most characters lack it, and a page has thousands of them.
                **({"confirmed": char.confirmed} if char.confirmed else {}),
            }
            for char in line.characters
        ],
    }


def _review_to_dict(review: Review | None) -> dict[str, str] | None:
    return None if review is None else {"by": review.by, "at": review.at}


def _quad_to_list(quad: Quad) -> list[list[float]]:
    return [[p.x, p.y] for p in quad.points]


def _page_from_dict(data: Mapping[str, Any]) -> Page:
    provenance = data.get("provenance", {})
    return Page(
        id=data["id"],
        file=data["file"],
        page=data["page"],
        width=data["width"],
        height=data["height"],
        dpi=data.get("dpi"),
        sha256=data.get("sha256", ""),
        lines=[line_from_dict(line) for line in data["lines"]],
        provenance=Provenance(
            provenance.get("model_id", ""),
            tuple(Step(s["name"], s["parameters"]) for s in provenance.get("steps", ())),
        ),
        sign_off=_review_from_dict(data.get("sign_off")),
    )


def line_from_dict(data: Mapping[str, Any]) -> Line:
    """Rebuild one line.

    Raises:
        KeyError, TypeError, ValueError: If the data is not a line's.
    """
    return Line(
        id=data["id"],
        quad=Quad.of(data["quad"]),
        text=data["text"],
        raw_text=data["raw_text"],
        confidence=data["confidence"],
        characters=tuple(_char_from_dict(c) for c in data["characters"]),
        status=LineStatus(data["status"]),
        # These came later: files from before lack them.
        plain_text=data.get("plain_text", ""),
        second_text=data.get("second_text", ""),
        corrections=tuple(
            Correction(c["rule"], c["start"], c["before"], c["after"])
            for c in data.get("corrections", ())
        ),
        cell=_cell_from_dict(data.get("cell")),
        review=_review_from_dict(data.get("review")),
    )


def _review_from_dict(data: Mapping[str, Any] | None) -> Review | None:
    if data is None:
        return None
    if not isinstance(data["by"], str):
        raise TypeError("a reviewer's name is text")
    return Review(data["by"], data["at"])


def _cell_from_dict(data: Mapping[str, Any] | None) -> Cell | None:
    if data is None:
        return None
    numbers = (data["table"], data["row"], data["column"])
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers):
        raise TypeError("a cell's numbers are whole")
    return Cell(*numbers)


def _char_from_dict(data: Mapping[str, Any]) -> Char:
    quad = data["quad"]
    return Char(
        text=data["text"],
        confidence=data["confidence"],
        quad=None if quad is None else Quad.of(quad),
        alternatives=tuple(
            Alternative(a["text"], a["confidence"], a.get("source", "crnn"))
            for a in data["alternatives"]
        ),
        confirmed=data.get("confirmed", ""),
    )
