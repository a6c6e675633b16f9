"""What became of characters since they were gathered."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_ocr.document.model import Char, Line
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.verify.groups import Occurrence, Span, Standing, State


class Fates:
    """Knows which lines changed; thousands of characters in all others are as they were.

    Args:
        controller: The document.
    """

    def __init__(self, controller: DocumentController) -> None:
        self._controller = controller
        # Lines that changed, with what stands in them; None until somebody asks.
        self._changed: dict[tuple[str, str], Standing | None] = {}
        # Where the characters of a line stand in a text that came about here.
        self._places: dict[tuple[str, str, str], dict[int, Span]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._changed.clear()
        self._places.clear()

    def take_line(self, page_id: str, line_id: str) -> None:
        """Take that a line changed."""
        self._changed[page_id, line_id] = None

    def take_lines(self, occurrences: Iterable[Occurrence]) -> None:
        """Take that the lines of these may have changed or gone."""
        self._changed.update({(o.page_id, o.line_id): None for o in occurrences})

    def line(self, occurrence: Occurrence) -> Line | None:
        """Return the line of a character as it is now."""
        page = self._controller.find_page(occurrence.page_id)
        if page is None:
            return None
        return next((line for line in page.lines if line.id == occurrence.line_id), None)

    def char(self, occurrence: Occurrence) -> Char | None:
        """Return the machine's reading of a character."""
        line = self.line(occurrence)
        if line is None or occurrence.character >= len(line.characters):
            return None
        return line.characters[occurrence.character]

    def standing(self, occurrence: Occurrence) -> Standing | None:
        """Return what stands in a character's line; None where the line is gone."""
        line = self.line(occurrence)
        if line is None:
            return None
        return Standing(line, self._places.get((line.id, line.raw_text, line.text)))

    def state(self, occurrence: Occurrence) -> State:
        """Return what became of a character."""
        place = (occurrence.page_id, occurrence.line_id)
        if place not in self._changed:
            return State.OPEN
        standing = self._changed[place]
        if standing is None:
            standing = self._changed[place] = self.standing(occurrence)
        return State.GONE if standing is None else standing.state(occurrence)

    def replaced(self, occurrence: Occurrence, text: str) -> str | None:
        """Return the text of a character's line with something else in its place.

        Returns:
            None where the character is gone, or nobody can tell any more where it stands.
        """
        if self.state(occurrence) in (State.GONE, State.REVIEWED):
            return None
        line, standing = self.line(occurrence), self.standing(occurrence)
        made = None if standing is None else standing.replaced(occurrence.character, text)
        if line is None or standing is None or made is None:
            return None
        # Both are kept: undo leads back to the text as it was.
        self._places[line.id, line.raw_text, line.text] = standing.places
        self._places[line.id, line.raw_text, made[0]] = made[1]
        return made[0]
