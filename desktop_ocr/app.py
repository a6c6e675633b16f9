"""The only place that builds the engine, the controllers and the window, and connects them."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_ocr import __version__
from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.log import configure, logger
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.garbage import GarbageCollection
from desktop_ocr.ui.i18n import LanguageManager
from desktop_ocr.ui.icons import app_icon
from desktop_ocr.ui.main_window import MainWindow
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import apply_theme

if TYPE_CHECKING:
    from desktop_ocr.ui.jobs import ReadingEngine

_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that one open window consists of."""

    app: QApplication
    window: MainWindow
    document: DocumentController
    engine: EngineController
    settings: Settings
    language: LanguageManager


def create_application(argv: Sequence[str]) -> QApplication:
    """Create Qt's application with our names, icon and scaling; without a display, offscreen."""
    if sys.platform.startswith("linux") and "QT_QPA_PLATFORM" not in os.environ:
        display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if not display:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform == "win32":
        # Else the task bar groups the window with other Python programs, under their icon.
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("DesktopOCR.DesktopOCR")
    # 125 % and 150 % stay what they are instead of being rounded to a whole number.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(list(argv))
    app.setOrganizationName("Desktop OCR")
    app.setApplicationName("Desktop OCR")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("desktop-ocr")
    app.setWindowIcon(app_icon())
    if app.font().family() in ("Sans Serif", "DejaVu Sans"):
        # No desktop told Qt its font, and the last resort has no Chinese characters.
        font = QFont(["Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", "Sans Serif"])
        font.setPointSize(10)
        app.setFont(font)
    return app


def build(
    app: QApplication, engine: ReadingEngine | None = None, settings: Settings | None = None
) -> Program:
    """Build the window with everything behind it; it is not shown yet, no thread runs yet.

    Args:
        app: The application.
        engine: What reads; the program's own engine where none is given.
        settings: What was remembered; the user's own where none are given.
    """
    if settings is None:
        settings = Settings()
    cache = ReadingCache()
    cache.enabled = settings.keep_readings

    def make_engine() -> ReadingEngine:
        if engine is not None:
            return engine
        from desktop_ocr.engine.pipeline import Engine

        return Engine(cache=cache)

    language = LanguageManager(app)
    language.show(settings.language)
    apply_theme(app, settings.theme)
    document = DocumentController()
    controller = EngineController(make_engine, document)
    window = MainWindow(document, controller, settings, language, cache)
    document.setParent(window)
    controller.setParent(window)
    return Program(app, window, document, controller, settings, language)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed.

    Args:
        argv: Arguments without the program's name: files and folders to open.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="desktop-ocr", add_help=False)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--shots", type=Path)
    arguments = parser.parse_args(sys.argv[1:] if argv is None else list(argv))
    configure()
    program = build(create_application(sys.argv[:1]))
    keep_calm(program)
    _report_own_errors(program.window)
    program.window.show()
    # The window is painted before the worker starts to load its libraries.
    QTimer.singleShot(0, program.engine.start)
    if arguments.shots is None:  # pictures for others show nobody's own files
        QTimer.singleShot(0, program.window.offers.start)
    if arguments.demo:
        if arguments.shots is not None:
            from desktop_ocr.ui.demo import Demo

            demo = Demo(program.window, program.document, program.engine, program.language)
            return demo.run(arguments.shots)
        program.window.commands["open_sample"].trigger()
    program.window.open_paths(path.absolute() for path in arguments.paths)
    return program.app.exec()


def keep_calm(program: Program) -> None:
    """Keep Python itself from stopping the window; for the rest of the process."""
    # How long the worker may hold the interpreter while the window waits for it (5 ms is usual):
    # a repaint asks for it many times. Measured with benchmarks/heartbeat.py.
    sys.setswitchinterval(0.001)
    garbage = GarbageCollection(program.window)

    def collect_when_empty(_page_id: str) -> None:
        if not program.document.document.pages:
            garbage.collect_everything()

    program.document.page_removed.connect(collect_when_empty)


def selftest(argv: Sequence[str] = ()) -> int:
    """Try the program on a built-in page, from opening to reading the exports back.

    Args:
        argv: Arguments for Qt, for example ``-platform``.

    Returns:
        0 where everything worked, 1 otherwise.
    """
    from desktop_ocr.ui.selftest import SelfTest, temporary_home

    configure()
    app = create_application([*sys.argv[:1], *argv])
    with temporary_home() as folder:
        program = build(app, settings=Settings(folder / "settings.ini"))
        keep_calm(program)  # as for a person: the self-test tries the program that is used
        test = SelfTest(program.window, program.document, program.engine, folder)
        program.window.show()
        program.engine.start()
        return test.run()


def _report_own_errors(window: MainWindow) -> None:
    """Show one sentence for an error of ours inside the window, and go on."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        # Where, but never what: the message could hold a text or a file's name.
        place = trace
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = "" if place is None else f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}"
        _log.error("unexpected %s in %s", kind.__name__, where)
        window.messages.show_message(Message(MessageKind.ERROR, error_text(error)))

    sys.excepthook = report
