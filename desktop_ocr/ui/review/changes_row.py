"""Above the text field: the line with what a person changed in it, character by character."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop_ocr.document.compare import Difference
from desktop_ocr.ui.keys import with_key
from desktop_ocr.ui.theme import GRID, reading_font, tokens

TEXT_SIZE = 17


class ChangesRow(QWidget):
    """What was read struck through, what stands there instead underlined; each is a link.

    Attributes:
        restore: Brings back the whole line.

    Signals:
        restore_requested: Which of the changes that are shown is to be taken back, from 0.
    """

    restore_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._changes: Sequence[Difference] = ()
        self._was_read = False
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._label.setFont(reading_font(TEXT_SIZE))
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._label.linkActivated.connect(lambda link: self.restore_requested.emit(int(link)))
        self.restore = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._label, 1)
        row.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        self._retranslate()
        self.hide()

    def show_line(self, text: str, changes: Sequence[Difference], *, was_read: bool) -> None:
        """Show a line.

        Args:
            text: Its text as it stands in the editor.
            changes: Where it differs from what was read.
            was_read: Whether the machine has read it.
        """
        self._text, self._changes, self._was_read = text, changes, was_read
        self._tell()

    def sentence(self) -> str:
        """Return in words what the row shows."""
        if not self._was_read:
            return self.tr("The machine has not read this line.")
        if not self._changes:
            return self.tr("Nothing was changed in this line.")
        told = [
            self.tr("“{0}” was “{1}”").format(self._text[d.start : d.end], d.other)
            for d in self._changes
        ]
        return "; ".join(told)

    def _tell(self) -> None:
        shown = self._was_read and bool(self._changes)
        self.restore.setEnabled(shown)
        muted = tokens().muted
        self._label.setText(
            _set_off(self._text, self._changes)
            if shown
            else f'<span style="color: {muted}">{html.escape(self.sentence())}</span>'
        )
        self._label.setAccessibleName(self.sentence())
        tip = with_key(self.tr("Click a change to take it back"), "restore_change")
        self._label.setToolTip(tip if shown else "")

    def _retranslate(self) -> None:
        self.restore.setText(self.tr("As it was read"))
        self.restore.setToolTip(
            with_key(self.tr("Bring back the whole line as it was read"), "restore_reading")
        )
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()


def _set_off(text: str, changes: Sequence[Difference]) -> str:
    """Return a text as rich text with its changes as links."""
    colours = tokens()
    parts = []
    done = 0
    for i, d in enumerate(changes):
        was = f'<s style="color: {colours.error}">{_seen(d.other)}</s>' if d.other else ""
        now = _seen(text[d.start : d.end])
        if now:
            now = f'<b style="color: {colours.reviewed}; text-decoration: underline">{now}</b>'
        parts += [
            html.escape(text[done : d.start]),
            f'<a href="{i}" style="text-decoration: none">{was}{now}</a>',
        ]
        done = d.end
    parts.append(html.escape(text[done:]))
    return f'<span style="white-space: pre-wrap">{"".join(parts)}</span>'


def _seen(text: str) -> str:
    """Return a part of a text so that spaces alone can be seen."""
    return html.escape("␣" * len(text) if text.isspace() else text)
