"""How soon the window answers a key: while a page is read, on F3, and when a line is accepted.

    python benchmarks/latency.py [--keys N] [--json]

typing while pages are read  keys that are due every 80 ms in the text field of one page while the
                             program's own engine reads the samples; from when a key is due to the
                             painted frame that shows it (bar: 99 % within 50 ms)
F3 to the caret              on a page of 60 lines, from the key to the painted frame with the caret
                             in the next doubtful place (bar: 50 ms)
accepting an edited line     the window's own thread, from the key until it is free again, with the
                             journal on (bar: 99 % within 20 ms); and its processor time alone,
                             which tells more where other programs run
typing                       the same for a character typed

Each phase runs in a process of its own, in a window without a screen. Prints a table or JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from planted import PlantedEngine, Planting
from screen import use_offscreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_ocr.app import Program

EVERY_S = 0.08
LINES = 60
TEXT = "右肺上叶见斑片状高密度影，边缘模糊，大小约2.3×1.8cm"
PHASES = ("reading", "lines")


def main() -> int:
    """Measure each phase in a fresh process and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keys", type=int, default=400, help="keys in each phase at most")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.phase:
        with tempfile.TemporaryDirectory() as home:
            os.environ["DESKTOP_OCR_HOME"] = home
            use_offscreen(Path(home))
            phase = while_reading if arguments.phase == "reading" else on_a_long_page
            sys.stdout.write(json.dumps(phase(Path(home), arguments.keys)) + "\n")
        return 0
    figures: dict[str, dict[str, float]] = {}
    for phase in PHASES:
        command = [sys.executable, __file__, "--phase", phase, "--keys", str(arguments.keys)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        figures |= json.loads(done.stdout.strip().splitlines()[-1])
    if arguments.json:
        json.dump(figures, sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        print(f"{'milliseconds':32}{'median':>8}{'p99':>8}{'most':>8}{'keys':>8}")
        for name, row in figures.items():
            print(f"{name:32}" + "".join(f"{row[k]:>8}" for k in ("median", "p99", "most", "keys")))
    return 0


class Desk:
    """A window without a screen, and keys that go the way of real ones.

    Args:
        engine: What reads; None for the program's own engine.
        home: Folder of its settings.
    """

    def __init__(self, engine: PlantedEngine | None, home: Path) -> None:
        from PySide6.QtCore import QEvent, QObject

        from desktop_ocr import app as program_module
        from desktop_ocr.ui.settings import Settings

        self.app = program_module.create_application(sys.argv[:1])
        settings = Settings(home / "settings.ini")
        self.program: Program = program_module.build(self.app, engine, settings)
        program_module.keep_calm(self.program)
        self.program.window.resize(1600, 1000)
        self.program.window.show()
        self.program.engine.start()
        painted = self._painted = [0]

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
                if event.type() == QEvent.Type.Paint:
                    painted[0] += 1
                return False

        self._watch = Watch()
        self.program.window.review.editor.viewport().installEventFilter(self._watch)

    def wait(self, ready: Callable[[], bool], seconds: float = 120.0) -> None:
        """Let the window work until something is the case."""
        end = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > end:
                raise SystemExit("the window did not get ready in time")
            self.app.processEvents()
            time.sleep(0.0005)

    def press(self, key: str) -> None:
        """Press a key such as "F3", as the system delivers it."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        combination = QKeySequence(key)[0]
        window = self.program.window.windowHandle()
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())

    def until_painted(self, key: str) -> None:
        """Press a key and wait for the text field to be painted with what it did."""
        before = self._painted[0]
        self.press(key)
        end = time.monotonic() + 2
        while self._painted[0] == before and time.monotonic() < end:
            self.app.processEvents()

    def close(self) -> None:
        """Close the window."""
        self.program.document.mark_exported()
        self.program.window.close()
        self.program.engine.close()


def while_reading(home: Path, keys: int) -> dict[str, dict[str, float]]:
    """Type into one page while the others are read."""
    from desktop_ocr.paths import resource

    desk = Desk(None, home)
    program, document = desk.program, desk.program.document
    names = ("xray_report", "lab_sheet", "outpatient_note", "archive_page")
    first = resource("samples/line.png")
    program.window.open_paths([first])
    desk.wait(lambda: bool(document.document.pages) and not program.engine.is_busy)
    program.window.review.focus_editor()
    kinds = (".png", "_degraded.jpg")
    program.window.open_paths([resource(f"samples/{n}{k}") for k in kinds for n in names])
    desk.wait(lambda: program.engine.is_busy)
    document.set_current_page(document.document.pages[0].id)
    program.window.review.focus_editor()
    waited: list[float] = []
    due = time.perf_counter()
    number = 0
    while program.engine.is_busy and len(waited) < keys:
        desk.app.processEvents()
        if time.perf_counter() < due:
            time.sleep(0.0005)
            continue
        desk.until_painted("A" if number % 20 < 10 else "Backspace")
        waited.append(time.perf_counter() - due)
        number += 1
        # A person types on at the same pace; a key that had to wait does not make the next late.
        due = max(due + EVERY_S, time.perf_counter())
    desk.close()
    return {"typing while pages are read": summary(waited)}


def on_a_long_page(home: Path, keys: int) -> dict[str, dict[str, float]]:
    """Go from doubt to doubt, type and accept on a page of 60 lines, with the journal on."""
    from PIL import Image

    page = home / "long.png"
    Image.new("L", (1654, 2339), 255).save(page)
    rows = [
        {"quad": [[100, y], [1500, y], [1500, y + 28], [100, y + 28]], "text": TEXT}
        for y in range(100, 100 + LINES * 36, 36)
    ]
    page.with_suffix(".json").write_text(json.dumps({page.name: rows}), encoding="utf-8")
    desk = Desk(PlantedEngine(Planting(errors=0.03)), home)
    program, document = desk.program, desk.program.document
    program.window.open_paths([page])
    desk.wait(lambda: bool(document.document.pages) and not program.engine.is_busy)
    review = program.window.review
    review.focus_editor()
    desk.wait(lambda: program.window.windowHandle().isActive())
    jumps: list[float] = []
    exhausted: list[int] = []
    review.doubtful_exhausted.connect(exhausted.append)
    for _round in range(2):
        document.select_line(document.document.pages[0].lines[0].id)
        exhausted.clear()
        while not exhausted and len(jumps) < keys:
            started = time.perf_counter()
            desk.until_painted("F3")
            if not exhausted:
                jumps.append(time.perf_counter() - started)
    document.select_line(document.document.pages[0].lines[0].id)
    typed: list[float] = []
    accepted: list[float] = []
    alone: list[float] = []
    for line in list(document.document.pages[0].lines):
        desk.app.processEvents()
        document.select_line(line.id)
        for key, times in (("A", typed), ("B", typed), ("Return", accepted)):
            desk.app.processEvents()
            started, working = time.perf_counter(), time.thread_time()
            desk.press(key)
            # What the key has put off belongs to it: signals, layout, painting.
            desk.app.processEvents()
            times.append(time.perf_counter() - started)
            if times is accepted:
                alone.append(time.thread_time() - working)
    desk.close()
    return {
        "F3 to the caret": summary(jumps),
        "accepting an edited line": summary(accepted),
        "the same, processor alone": summary(alone),
        "typing": summary(typed),
    }


def summary(seconds: list[float]) -> dict[str, float]:
    """Return median, 99th percentile and maximum in milliseconds."""
    if not seconds:
        raise SystemExit("nothing was measured")
    ordered = sorted(1000 * s for s in seconds)
    return {
        "median": round(ordered[len(ordered) // 2], 1),
        "p99": round(ordered[round(0.99 * (len(ordered) - 1))], 1),
        "most": round(ordered[-1], 1),
        "keys": len(ordered),
    }


if __name__ == "__main__":
    sys.exit(main())
