"""The text field of one line: tinted doubt, alternatives, and input methods left in peace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from desktop_ocr.ui.doubt import DEFAULT_DOUBT, shown_characters
from desktop_ocr.ui.incoming import is_text, one_row
from desktop_ocr.ui.keys import Keys
from desktop_ocr.ui.review.brackets import paint_brackets
from desktop_ocr.ui.review.jumps import jump
from desktop_ocr.ui.review.marks import found_format, text_marks
from desktop_ocr.ui.review.row_field import TEXT_SIZE, RowField
from desktop_ocr.ui.review.tips import tip_at
from desktop_ocr.ui.review.utf16 import from_units, to_units
from desktop_ocr.ui.theme import tokens

if TYPE_CHECKING:
    from desktop_ocr.document.model import Char, Line
    from desktop_ocr.engine.correct.rules import Rules
    from desktop_ocr.ui.review.hints import Hints

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class LineEditor(RowField):
    """One line of text, wrapped where it is longer than the field; never holds a newline.

    Attributes:
        redo_waits: Steps of the window's history were undone after the typing was: they come
            back first, for typing anew would end that history.

    Signals:
        accepted: Enter was pressed; True with Shift, to stay at the line.
        stepped: -1 for Up, 1 for Down.
        restore_requested: Esc was pressed.
        edited: A person changed the text.
        caret_moved: The caret moved or the text changed.
        composition_ended: An input method has finished.
    """

    accepted = Signal(bool)
    stepped = Signal(int)
    restore_requested = Signal()
    edited = Signal()
    caret_moved = Signal()
    composition_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.redo_waits = False
        self._line: Line | None = None
        self._doubt = DEFAULT_DOUBT
        self._found: list[tuple[int, int]] = []
        self._keys = Keys().in_window()
        self._rules: Rules | None = None
        self._hints: Hints | None = None
        self._loaded_text = ""
        self._loading = False
        self._composing = False
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.set_text_size(TEXT_SIZE)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    # --- text ---------------------------------------------------------------------------------

    @property
    def line(self) -> Line | None:
        """The line whose text this is."""
        return self._line

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not part of the line yet."""
        return self._composing

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the text since it was loaded."""
        return self.text() != self._loaded_text

    def text(self) -> str:
        """Return the text, without what an input method is composing."""
        return self.document().toRawText()

    def load(self, line: Line | None, *, caret: int | None = None) -> None:
        """Show a line's own text.

        Args:
            line: The line; None empties the field.
            caret: Where the caret goes, as an index into the text; None is the end.
        """
        self._line = line
        self._loading = True
        self.setPlainText("" if line is None else one_row(line.text))
        self._loading = False
        self._loaded_text = self.text()
        text = self.text()
        self.set_caret(len(text) if caret is None else min(caret, len(text)))
        self._rehighlight()
        self.caret_moved.emit()

    def lock(self, locked: bool) -> None:
        """Let nothing be typed; the keyboard stays, for the next line comes by itself."""
        if locked != self.isReadOnly():
            self.setReadOnly(locked)
            self.style().unpolish(self)  # it is looked at when the style is put on
            self.style().polish(self)

    def take_reading(self, line: Line) -> None:
        """Take over what changed about the line in the background; the text stays.

        Args:
            line: The line as it is now. Its text counts as the text loaded.
        """
        self._line = line
        self._loaded_text = one_row(line.text)
        if not self._composing:
            self._rehighlight()
            if not self.is_edited:
                # What was typed is a step of the window's history now, which undo takes back.
                self.document().clearUndoRedoStacks()

    def replace_text(self, text: str) -> None:
        """Replace the text as if it were typed, so that it can be undone."""
        if text != self.text():
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(one_row(text))

    def replace_characters(self, start: int, end: int, text: str) -> None:
        """Replace characters ``start`` to ``end`` as if the text were typed."""
        cursor = self._cursor(start, end)
        cursor.insertText(one_row(text))
        self.setTextCursor(cursor)

    # --- caret --------------------------------------------------------------------------------

    @property
    def caret(self) -> int:
        """Index of the character to the right of the caret."""
        return from_units(self.text(), self.textCursor().position())

    def set_caret(self, index: int) -> None:
        """Put the caret before a character."""
        self.setTextCursor(self._cursor(index, index))

    def select(self, start: int, end: int) -> None:
        """Select characters ``start`` to ``end``."""
        self.setTextCursor(self._cursor(start, end))

    def selection(self) -> tuple[int, int]:
        """Return where the selection starts and ends; both the caret where nothing is selected."""
        text, cursor = self.text(), self.textCursor()
        return (
            from_units(text, cursor.selectionStart()),
            from_units(text, cursor.selectionEnd()),
        )

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(text, start))
        cursor.setPosition(to_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def caret_rect(self, index: int) -> QRect:
        """Return where in the viewport the caret stands before a character."""
        return self.cursorRect(self._cursor(index, index))

    def index_near(self, position: QPoint) -> int:
        """Return the index before which a click on a point of the viewport puts the caret."""
        return from_units(self.text(), self.cursorForPosition(position).position())

    def point_below(self, index: int) -> QPoint:
        """Return the screen position below a character, for a popup."""
        return self.viewport().mapToGlobal(self.caret_rect(index).bottomLeft())

    def hint(self, text: str) -> None:
        """Tell something at the caret that goes by itself."""
        QToolTip.showText(self.point_below(self.caret), text, self)

    # --- characters ---------------------------------------------------------------------------

    def characters(self) -> list[Char | None]:
        """Return, for each character of the text, what the machine says about it."""
        if self._line is None:
            return []
        return shown_characters(self._line, self.text())

    def character_at(self, index: int) -> Char | None:
        """Return what the machine says about the character to the right of an index."""
        characters = self.characters()
        return characters[index] if 0 <= index < len(characters) else None

    def set_doubt(self, doubt: float) -> None:
        """Take over the threshold of doubt."""
        self._doubt = doubt
        self._rehighlight()

    def set_found(self, spans: Sequence[tuple[int, int]]) -> None:
        """Set off what a search found: starts and ends of parts of the text."""
        if list(spans) != self._found:
            self._found = list(spans)
            self._rehighlight()

    def set_keys(self, keys: frozenset[QKeySequence]) -> None:
        """Take over the keys of the window's commands, which the text field leaves to it."""
        self._keys = keys

    def set_hints(self, hints: Hints) -> None:
        """Take over what knows critical places; they are marked while it says so."""
        self._hints = hints
        hints.changed.connect(self.viewport().update)

    def set_rules(self, rules: Rules | None) -> None:
        """Take over where names and suggestions of rules come from; None where they are off."""
        self._rules = rules

    def _rehighlight(self) -> None:
        line, text = self._line, self.text()
        marks = [] if line is None else list(text_marks(line, self._doubt, text))
        form = found_format(tokens())
        # The text may be another already: the search follows it later.
        marks += [(start, end, form) for start, end in self._found if end <= len(text)]
        if self._composing:
            # Qt counts places without what is composed: marks behind it would lie elsewhere.
            marks = [mark for mark in marks if mark[1] <= self.caret]
        selections = []
        for start, end, form in marks:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(start, end)  # type: ignore[attr-defined]
            selection.format = form  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    # --- what Qt tells ------------------------------------------------------------------------

    def _on_text_changed(self) -> None:
        self.update_height()
        if not self._loading and not self._composing:
            self.redo_waits = False
            self._rehighlight()
            self.edited.emit()

    def _on_caret_moved(self) -> None:
        if not self._loading:
            self.caret_moved.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was_composing = self._composing
        self._composing = bool(event.preeditString())
        commit = event.commitString()
        if commit != one_row(commit):  # some input methods paste from their own clipboard
            start, length = event.replacementStart(), event.replacementLength()
            event.setCommitString(one_row(commit), start, length)
        super().inputMethodEvent(event)
        if self._composing and not was_composing:
            self._rehighlight()
            self.edited.emit()
        if was_composing and not self._composing:
            self._rehighlight()
            self.composition_ended.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # What is not taken here becomes a command of the window.
            if self._is_own(event):
                return super().event(event)
            if _pressed(event) in self._keys:
                return False
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Say whether a key is for the text field although the window has a command for it."""
        key = QKeySequence.StandardKey
        return (
            (event.matches(key.Undo) and self.document().isUndoAvailable())
            or (event.matches(key.Redo) and self._may_redo())
            or (event.matches(key.Paste) and is_text(QGuiApplication.clipboard().mimeData()))
        )

    def _may_redo(self) -> bool:
        return self.document().isRedoAvailable() and not self.redo_waits

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._composing:
            # The input method has the keys; one that it lets through must not break the line.
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
            else:
                super().keyPressEvent(event)
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain or modifiers == _SHIFT:
                self.accepted.emit(modifiers == _SHIFT)
            else:
                event.ignore()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and modifiers in (_CTRL, _CTRL | _SHIFT):
            self._jump(1 if key == Qt.Key.Key_Right else -1, select=bool(modifiers & _SHIFT))
        elif key == Qt.Key.Key_Escape:
            self.restore_requested.emit()
        elif _pressed(event) in self._keys and not self._is_own(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _jump(self, step: int, *, select: bool) -> None:
        """Move the caret by a word or a few Chinese characters, which Qt would take one by one."""
        cursor, mode = self.textCursor(), QTextCursor.MoveMode
        to = to_units(self.text(), jump(self.text(), self.caret, step))
        cursor.setPosition(to, mode.KeepAnchor if select else mode.MoveAnchor)
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            rows = (row.strip() for row in source.text().splitlines())
            self.insertPlainText(" ".join(row for row in rows if row))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return is_text(source)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            line, doubt = self._line, self._doubt
            text = "" if line is None else tip_at(self, event.pos(), line, doubt, self._rules)
            if text:
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        hints, text = self._hints, self.text()
        if hints is None or not hints.marks or self._line is None or self._composing:
            return
        block = self.document().firstBlock()
        at = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        painter = QPainter(self.viewport())
        for i in range(block.layout().lineCount()):
            row = block.layout().lineAt(i)
            paint_brackets(painter, row, at, text, hints.critical(self._line, text))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kind = event.type()
        if kind in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._rehighlight()
            self.update_height()


def _pressed(event: QKeyEvent) -> QKeySequence:
    """Return a key with what is held with it; a key of the number block is that key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
