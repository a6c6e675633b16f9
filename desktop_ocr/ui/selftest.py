"""``desktop-ocr selftest``: the whole way through the real window, as a person would go it."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.command_handlers import SAMPLE
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.main_window import MainWindow
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.waiting import wait_until

TYPED = "（已核对）"
PATIENCE = 120.0
"""Seconds that any step may take; a slow computer reads the page in a tenth of that."""


class SelfTestError(Exception):
    """A step did not do what it should; the message is what a person reads."""


@contextlib.contextmanager
def temporary_home() -> Iterator[Path]:
    """Keep settings and cache of the test away from the user's own."""
    before = os.environ.get("DESKTOP_OCR_HOME")
    with tempfile.TemporaryDirectory(prefix="desktop-ocr-") as name:
        os.environ["DESKTOP_OCR_HOME"] = name
        try:
            yield Path(name)
        finally:
            if before is None:
                del os.environ["DESKTOP_OCR_HOME"]
            else:
                os.environ["DESKTOP_OCR_HOME"] = before


class SelfTest:
    """The steps, each with one line on standard output.

    Args:
        window: The real window, shown.
        document: Its document.
        engine: Its engine's controller, started.
        folder: Where the exports go.
    """

    def __init__(
        self,
        window: MainWindow,
        document: DocumentController,
        engine: EngineController,
        folder: Path,
    ) -> None:
        self._window, self._document, self._engine = window, document, engine
        self._folder = folder
        self._edited = ""

    def run(self) -> int:
        """Go all the way; 0 where everything worked, 1 otherwise."""
        try:
            self._read_sample()
            self._edit_line()
            for suffix in ("docx", "json"):
                self._export(suffix)
            self._read_back()
            self._save_and_reopen()
        except SelfTestError as error:
            _say(f"FAILED: {error}")
            return 1
        else:
            _say("self-test passed")
            return 0
        finally:
            self._window.close()
            self._engine.close()

    def _read_sample(self) -> None:
        messages = self._window.messages
        _say(f"window is open ({QCoreApplication.applicationName()})")
        self._window.commands["open_sample"].trigger()

        def is_read() -> bool:
            page = self._document.current_page
            over = page is not None and self._document.page_state(page.id) in (
                PageState.DONE,
                PageState.FAILED,
            )
            return over or bool(messages.messages)

        if not wait_until(is_read, PATIENCE):
            raise SelfTestError("the sample page was not read in time")
        if messages.messages:
            raise SelfTestError(messages.messages[0].text)
        page = self._document.current_page
        if page is None or len(page.lines) < 3:
            raise SelfTestError("hardly any lines were found on the sample page")
        if not any(line.text for line in page.lines):
            raise SelfTestError("no text was read on the sample page")
        _say(f"{SAMPLE}: {len(page.lines)} lines read with {page.provenance.model_id}")

    def _edit_line(self) -> None:
        page = self._document.current_page
        assert page is not None
        line = max(page.lines, key=lambda candidate: len(candidate.text))
        self._document.select_line(line.id)
        self._window.review.focus_editor()
        editor = self._window.review.findChild(LineEditor)
        if editor is None:
            raise SelfTestError("the window has no text field")
        _press(editor, Qt.Key.Key_End)
        # As an input method does: first what is being composed, then the characters.
        composing = QInputMethodEvent("yihedui", [])
        QCoreApplication.sendEvent(editor, composing)
        chosen = QInputMethodEvent()
        chosen.setCommitString(TYPED)
        QCoreApplication.sendEvent(editor, chosen)
        _press(editor, Qt.Key.Key_Return)
        now = page.line(line.id)
        if now.text != line.text + TYPED or now.status is not LineStatus.REVIEWED:
            raise SelfTestError("the text that was typed did not reach the document")
        self._window.commands["undo"].trigger()
        if page.line(line.id).text != line.text:
            raise SelfTestError("the edit could not be taken back")
        self._window.commands["redo"].trigger()
        self._edited = page.line(line.id).text
        if not self._edited.endswith(TYPED):
            raise SelfTestError("the edit could not be done again")
        _say("one line edited through the text field, undone and redone")

    def _export(self, suffix: str) -> None:
        from desktop_ocr.export import ExportFormat

        target = self._target(suffix)
        outcome: list[object] = []
        self._engine.urgent.exported.connect(lambda _id, path: outcome.append(path))
        self._engine.urgent.export_failed.connect(lambda _id, error: outcome.append(error))
        self._engine.urgent.export(
            self._document.snapshot(),
            target,
            ExportFormat(suffix),
            overwrite=False,
            doubt=self._document.doubt,
        )
        if not wait_until(lambda: bool(outcome), PATIENCE):
            raise SelfTestError(f"the {suffix.upper()} export did not end")
        if isinstance(outcome[0], BaseException):
            raise SelfTestError(str(outcome[0]))
        _say(f"exported {suffix.upper()}, {target.stat().st_size} bytes")

    def _read_back(self) -> None:
        import docx

        from desktop_ocr.export import load_json

        page = self._document.current_page
        assert page is not None
        loaded = load_json(self._target("json"))
        if [line.text for line in loaded.pages[0].lines] != [line.text for line in page.lines]:
            raise SelfTestError("the JSON export does not hold the text of the window")
        paragraphs = [p.text for p in docx.Document(str(self._target("docx"))).paragraphs]
        if not any(self._edited in text for text in paragraphs):
            raise SelfTestError("the DOCX export does not hold the edited line")
        _say("both exports read back, the edit is in them")

    def _save_and_reopen(self) -> None:
        from desktop_ocr.project import Pictures

        projects, target = self._window.projects, self._target("docr")
        projects.save_as(target, Pictures.EMBEDDED)

        def is_saved() -> bool:
            return projects.path == target and projects.keeper.saving is Saving.SAVED

        if not wait_until(is_saved, PATIENCE):
            raise SelfTestError("the project was not saved")
        projects.new()
        projects.opener.open(target)

        def is_there() -> bool:
            page = self._document.current_page
            return page is not None and self._document.page_image(page.id) is not None

        if not wait_until(is_there, PATIENCE):
            raise SelfTestError("the project could not be opened again")
        page = self._document.current_page
        if page is None or self._edited not in [line.text for line in page.lines]:
            raise SelfTestError("the project does not hold the edited line")
        _say(f"saved as a project, {target.stat().st_size} bytes, and opened again")

    def _target(self, suffix: str) -> Path:
        return self._folder / f"自检 selftest.{suffix}"


def _press(widget: LineEditor, key: Qt.Key) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, none))


def _say(text: str) -> None:
    if sys.stdout is not None:  # the windowed program on Windows has none
        sys.stdout.write(f"selftest: {text}\n")
        sys.stdout.flush()
