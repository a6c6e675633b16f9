"""Steps over a whole project in the window: finding, replacing in 20,000 lines, undo and redo.

    python benchmarks/long_steps.py [--pages 500] [--folder FOLDER]

The project is that of ``benchmarks/projects.py``, 60 lines a page; the first character of every
line is replaced (the window lists 20,000 lines at most). Of each step: seconds until all of it is
done and on the disk; the longest time, of the clock and of the processor, for which the window's
thread did nothing else, found by a timer of 5 ms; and the memory of the process at its highest.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from screen import use_offscreen

BEAT_MS = 5


def main() -> int:
    """Make the project, then measure in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="where files are made (default: temporary)")
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.project:
        json.dump(measure(arguments.project), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    from projects import make

    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        path = Path(name) / "project.docr"
        make(path, arguments.pages)
        subprocess.run([sys.executable, __file__, "--project", str(path)], check=True)
    return 0


class Watch:
    """Measures for how long the window's thread is kept."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin with nothing measured."""
        self.clock = self.processor = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.clock = max(self.clock, now - self._last - BEAT_MS / 1000)
        self.processor = max(self.processor, worked - self._worked)
        self._last, self._worked = now, worked


def measure(path: Path) -> dict[str, object]:
    """Open the project in the window and take the steps."""
    home = path.with_name("home")
    home.mkdir()
    os.environ["DESKTOP_OCR_HOME"] = str(home)
    use_offscreen(home)
    from latency import Desk

    from desktop_ocr.process_memory import peak_memory
    from desktop_ocr.ui.projects.keeper import Saving

    desk = Desk(None, home)
    window, document = desk.program.window, desk.program.document
    search, watch = window.workspace.search, Watch()
    result: dict[str, object] = {}

    def is_saved() -> bool:
        return window.projects.keeper.saving is Saving.SAVED

    def step(name: str, act: Callable[[], object], ready: Callable[[], bool]) -> None:
        watch.start()
        began = time.perf_counter()
        act()
        desk.wait(lambda: ready() and is_saved() and not search.is_busy)
        result[name] = {
            "seconds": round(time.perf_counter() - began, 2),
            "longest_ms": round(1000 * watch.clock),
            "longest_ms_of_the_processor": round(1000 * watch.processor),
        }

    window.open_paths([path])
    desk.wait(
        lambda: bool(document.document.pages) and is_saved() and not desk.program.engine.is_busy
    )
    search.open(replacing=True)
    search.bar.is_pattern.setChecked(True)
    search.bar.text.setText("^.")
    search.bar.replacement.setText("換")
    step("find", search.bar.ask_now, search.bar.replace.isEnabled)
    replaced: list[int] = []
    search.replaced.connect(replaced.append)
    step("replace", search.replace_ticked, lambda: bool(replaced))
    search.close()
    stack = document.undo_stack
    step("undo", window.commands["undo"].trigger, lambda: not stack.canUndo())
    step("redo", window.commands["redo"].trigger, lambda: not stack.canRedo())
    desk.close()
    shutil.rmtree(home)
    return {"lines": replaced[0], **result, "peak_megabytes": round(peak_memory() / 1e6)}


if __name__ == "__main__":
    sys.exit(main())
