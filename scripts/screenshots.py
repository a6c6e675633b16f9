"""Pictures of the window for the docs: both languages, both themes, 100 and 200 %.

    python scripts/screenshots.py FOLDER [--only SCENE ...]

Pictures at 100 % are SCENE-LANGUAGE-THEME.png; those at 200 % stand together on one sheet for each
language, scale-200-LANGUAGE.jpg. Everything is shown by the program's own engine on the program's
own sample pages, whose persons are invented. Each language and scale has a process of its own.
`make screenshots` runs this where there is no screen, too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_ocr.app import Program

SIZES = {1: (1280, 800), 2: (960, 540)}
"""Size of the window in device-independent pixels, by scale: 1920 by 1080 pixels at 200 %."""

LANGUAGES = {"zh": "zh_CN", "en": "en"}
EXPORTS = Path("/srv")
"""A folder that is everywhere and nobody's; it stands in the picture of the export."""
REVIEWERS = {"zh": "李静", "en": "Li Jing"}
THEMES = ("light", "dark")
COLOURS = 256
RARE_COLOURS_TOO = Image.Quantize.MAXCOVERAGE
PATIENCE = 120.0
SHEET_WIDTH = 900


def main() -> int:
    """Make all pictures, or, as a child, those of one language and scale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="names of scenes")
    parser.add_argument("--child", nargs=2, metavar=("LANGUAGE", "SCALE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    folder = arguments.folder.absolute()
    if arguments.child:
        language, scale = arguments.child
        return Photographer(folder, language, int(scale)).run(arguments.only)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as large:
        for scale, target in ((1, folder), (2, Path(large))):
            for language in LANGUAGES:
                with tempfile.TemporaryDirectory() as home:
                    leave_unfinished_work(Path(home))
                    environment = os.environ | {
                        "DESKTOP_OCR_HOME": home,
                        "QT_SCALE_FACTOR": str(scale),
                        "DESKTOP_OCR_SHOTS_HOME": home,
                    }
                    command = [sys.executable, __file__, str(target)]
                    command += ["--child", language, str(scale), "--only", *arguments.only]
                    subprocess.run(command, check=True, env=environment)
        for language in LANGUAGES:
            sheet(sorted(Path(large).glob(f"*-{language}-light.png")), language, folder)
    for path in sorted(folder.glob("*.png")):
        shrink(path)
    return 0


def leave_unfinished_work(home: Path) -> None:
    """Let a program end without closing while somebody works, so that the next start offers it."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import screenshots;"
        " screenshots.work_and_crash()"
    )
    environment = os.environ | {"DESKTOP_OCR_HOME": str(home)}
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    subprocess.run(command, check=False, env=environment)
    if not list(home.glob("sessions/*.docr")):
        raise SystemExit("no unfinished work was left")


def work_and_crash() -> None:
    """Open two pages, accept lines, type into one, and end as a power cut would."""
    desk = Desk("en")
    desk.open("lab_sheet.png", "xray_report.png")
    desk.accept(9)
    desk.program.window.review.editor.insertPlainText("x")
    desk.settle(2.5)
    os._exit(1)


class Desk:
    """The program with its own engine, and what a person does with it.

    Args:
        language: "zh" or "en".
        size: Of the window in device-independent pixels.
    """

    def __init__(self, language: str, size: tuple[int, int] = SIZES[1]) -> None:
        from PySide6.QtGui import QCursor

        from desktop_ocr import app as program_module
        from desktop_ocr.ui.i18n import Language
        from desktop_ocr.ui.settings import Settings

        self.app = program_module.create_application(sys.argv[:1])
        settings = Settings()
        settings.language = Language(LANGUAGES[language])
        settings.reviewer = REVIEWERS[language]
        settings.set_folder("export", EXPORTS)
        self.program: Program = program_module.build(self.app, settings=settings)
        self.window = self.program.window
        self.window.showNormal()
        self.window.resize(*size)
        self.program.engine.start()
        self.window.offers.start()
        self.window.activateWindow()  # where no window manager does it
        QCursor.setPos(0, 0)  # or a row under the pointer would look different
        self.settle()

    def settle(self, seconds: float = 0.4) -> None:
        """Let the window work until everything is painted."""
        from desktop_ocr.ui.waiting import wait_until

        wait_until(lambda: False, seconds)

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is the case."""
        from desktop_ocr.ui.waiting import wait_until

        if not wait_until(ready, PATIENCE):
            raise SystemExit("the window did not get ready in time")

    def open(self, *names: str) -> None:
        """Open sample pages and wait until they are read."""
        from desktop_ocr.paths import resource

        document = self.program.document
        count = len(document.document.pages) + len(names)
        self.window.open_paths([resource(f"samples/{name}") for name in names])
        self.wait(lambda: len(document.document.pages) == count and not self.program.engine.is_busy)
        self.window.review.focus_editor()

    def page(self, number: int) -> None:
        """Show a page, from 1."""
        document = self.program.document
        document.set_current_page(document.document.pages[number - 1].id)
        self.window.review.focus_editor()

    def accept(self, lines: int) -> None:
        """Accept lines of the page in view, from the first."""
        document = self.program.document
        assert document.current_page is not None
        document.select_line(document.current_page.lines[0].id)
        for _ in range(lines):
            self.press("Return")

    def press(self, key: str) -> None:
        """Press a key such as "F3", as the system delivers it."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        combination = QKeySequence(key)[0]
        handle = self.window.windowHandle()
        QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())

    def do(self, command: str) -> None:
        """Do what a command of the menus does."""
        self.window.commands[command].trigger()
        self.settle()


class Photographer:
    """Takes the pictures of one language and scale.

    Args:
        folder: Where they go.
        language: "zh" or "en".
        scale: 1 or 2.
    """

    def __init__(self, folder: Path, language: str, scale: int) -> None:
        self._folder, self._language = folder, language
        self._desk = Desk(language, SIZES[scale])

    def run(self, only: list[str]) -> int:
        """Take all pictures, or those of some scenes."""
        desk = self._desk
        self._wanted = set(only)
        self._shoot("recovery")
        desk.open("xray_report.png", "outpatient_note_degraded.jpg", "lab_sheet.png")
        desk.page(1)
        desk.accept(6)
        desk.press("A")
        desk.press("Backspace")
        desk.program.document.set_doubt(0.9)
        desk.do("next_doubtful")
        self._shoot("page")
        with self._switched("verify_groups"):
            self._shoot("groups")
            desk.press("Alt+1")  # Cl, read as CI
            desk.press("Return")
        desk.do("replace")
        bar = desk.window.workspace.search.bar
        bar.text.setText("斑片影")
        bar.replacement.setText("斑片状影")
        desk.settle(1.0)
        self._shoot("find")
        bar.closed.emit()
        desk.page(3)
        with self._switched("show_fields"):
            self._shoot("fields")
        desk.page(2)
        with self._switched("show_review", "show_straightened", "show_light"):
            desk.window.page_view.setFocus()
            desk.settle(1.5)
            self._shoot("light")
        desk.page(1)
        for name, command in (
            ("export", "export"), ("keys", "show_shortcuts"), ("settings", "show_settings"),
            ("effort", "show_effort"),
        ):  # fmt: skip
            with self._dialog(command) as dialog:
                self._shoot(name, dialog)
        desk.program.document.mark_exported()
        desk.window.close()
        desk.program.engine.close()
        return 0

    @contextmanager
    def _switched(self, *commands: str) -> Iterator[None]:
        for command in commands:
            self._desk.do(command)
        yield
        for command in reversed(commands):
            self._desk.do(command)

    @contextmanager
    def _dialog(self, command: str) -> Iterator[QWidget]:
        from PySide6.QtWidgets import QApplication, QDialog

        before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
        self._desk.do(command)
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in before]
        dialog = next(w for w in shown if isinstance(w, QDialog))
        yield dialog
        dialog.close()
        self._desk.settle(0.1)

    def _shoot(self, name: str, dialog: QWidget | None = None) -> None:
        from desktop_ocr.ui.theme import Theme, apply_theme

        if self._wanted and name not in self._wanted:
            return
        for theme in THEMES:
            apply_theme(self._desk.app, Theme(theme))
            self._desk.settle()
            path = self._folder / f"{name}-{self._language}-{theme}.png"
            self._picture(dialog).save(str(path))
            sys.stdout.write(f"{path.name}\n")
        apply_theme(self._desk.app, Theme.LIGHT)

    def _picture(self, dialog: QWidget | None):
        """Return the window, with a dialog before its middle where there is one."""
        from PySide6.QtGui import QPainter

        from desktop_ocr.ui.theme import tokens

        picture = self._desk.window.grab()
        if dialog is not None:
            front, ratio = dialog.grab(), picture.devicePixelRatio()
            x = (picture.width() - front.width()) / 2 / ratio
            y = (picture.height() - front.height()) / 2 / ratio
            painter = QPainter(picture)
            painter.fillRect(self._desk.window.rect(), tokens().colour("canvas", 0.5))
            painter.drawPixmap(round(x), round(y), front)
            painter.setPen(tokens().colour("edge"))
            size = front.deviceIndependentSize()
            painter.drawRect(round(x), round(y), round(size.width()) - 1, round(size.height()) - 1)
            painter.end()
        return picture


def sheet(lights: list[Path], language: str, folder: Path) -> None:
    """Put the pictures at 200 % on one sheet: a row for each scene, light beside dark.

    Args:
        lights: The pictures of the light theme.
        language: "zh" or "en".
        folder: Where the sheet goes.
    """
    gap, rows = 12, []
    for path in lights:
        dark = path.with_name(path.name.replace("-light.png", "-dark.png"))
        pair = [Image.open(path), Image.open(dark)]
        height = round(pair[0].height * SHEET_WIDTH / pair[0].width)
        rows.append([p.convert("RGB").resize((SHEET_WIDTH, height), 1) for p in pair])
    if not rows:
        return
    height = sum(row[0].height + gap for row in rows) + gap
    whole = Image.new("RGB", (2 * SHEET_WIDTH + 3 * gap, height), "#868e99")
    y = gap
    for row in rows:
        for column, picture in enumerate(row):
            whole.paste(picture, (gap + column * (SHEET_WIDTH + gap), y))
        y += row[0].height + gap
    # Both themes together have more colours than a palette.
    whole.save(folder / f"scale-200-{language}.jpg", quality=80, optimize=True)


def shrink(path: Path) -> None:
    """Keep a picture in few colours, which a window hardly has more of."""
    with Image.open(path) as picture:
        if picture.mode == "P":
            return
        few = picture.convert("RGB").quantize(COLOURS, method=RARE_COLOURS_TOO, kmeans=3, dither=0)
    few.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
