"""How long the window's thread is ever blocked, and how soon the window is there.

    python benchmarks/heartbeat.py [--pages FOLDER]

A timer of 5 ms beats in the window's thread while the sample page (or the pages of a folder) are
opened and read, and while one goes from page to page; every gap beyond the 5 ms is a block. The
window's time is measured in a fresh process, from its start to the first painted frame. Prints
one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BEAT_MS = 5
STARTS = 5


def main() -> int:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, help="folder of pages beside the sample page")
    parser.add_argument("--start", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments.start is not None:
        return window_visible(arguments.start)
    with tempfile.TemporaryDirectory() as home:
        os.environ["DESKTOP_OCR_HOME"] = home
        result: dict[str, object] = {"visible_seconds": starts()}
        result |= beats(arguments.pages)
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


def starts() -> dict[str, float]:
    """Start the window in fresh processes; seconds from the start to the first painted frame."""
    seconds = []
    for _ in range(STARTS):
        command = [sys.executable, __file__, "--start", str(time.time())]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds.append(float(done.stdout.strip().splitlines()[-1]))
    # The first start also reads the libraries from disk.
    return {
        "first": round(seconds[0], 3),
        "median": round(statistics.median(seconds), 3),
        "worst": round(max(seconds), 3),
    }


def window_visible(started: float) -> int:
    """Open the window and say how long that took since ``started`` (time.time())."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from desktop_ocr import app as program_module

    program = program_module.build(program_module.create_application(sys.argv[:1]))

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, program.app.quit)
            return False

    watch = Watch()
    program.window.installEventFilter(watch)
    program.window.show()
    program.app.exec()
    sys.stdout.write(f"{time.time() - started}\n")
    program.window.close()
    return 0


def beats(folder: Path | None) -> dict[str, object]:
    """Measure the gaps of a heartbeat in the window's thread."""
    from PySide6.QtCore import Qt, QTimer

    from desktop_ocr import app as program_module
    from desktop_ocr.ui.document_controller import PageState
    from desktop_ocr.ui.waiting import wait_until

    program = program_module.build(program_module.create_application(sys.argv[:1]))
    program_module.keep_calm(program)
    program.window.resize(1600, 1000)
    gaps: dict[str, list[float]] = {}
    phase = "start"
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.setdefault(phase, []).append(1000 * (now - last) - BEAT_MS)
        last = now

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
    timer.timeout.connect(beat)

    def finished() -> bool:
        pages = program.document.document.pages
        over = (PageState.DONE, PageState.FAILED)
        return bool(pages) and all(program.document.page_state(p.id) in over for p in pages)

    def run(name: str, ready: object, seconds: float = 600.0) -> None:
        nonlocal phase, last
        phase = name
        last = time.perf_counter()
        if not wait_until_idle(ready, seconds):
            raise SystemExit(f"{name} did not end in time")

    def wait_until_idle(ready: object, seconds: float) -> bool:
        # The event loop itself, without the pauses of wait_until, which would look like blocks.
        end = time.monotonic() + seconds
        while not ready():  # type: ignore[operator]
            program.app.processEvents()
            if time.monotonic() > end:
                return False
            time.sleep(0.0005)
        return True

    program.window.show()
    wait_until(lambda: False, 0.5)
    timer.start()
    # What the machine itself does to a window that has nothing to do.
    pause = time.monotonic() + 2
    run("idle, for comparison", lambda: time.monotonic() > pause)
    program.engine.start()
    run("model loads", lambda: bool(program.engine.model_id))
    program.window.commands["open_sample"].trigger()
    run("first page is read", lambda: finished() and not program.engine.is_busy)
    if folder is not None:
        program.window.open_paths([folder])
        run("folder is read", lambda: finished() and not program.engine.is_busy)
    else:
        program.window.commands["open_sample"].trigger()
        run("known page comes from the cache", lambda: finished() and not program.engine.is_busy)
    for page in list(program.document.document.pages):
        program.document.set_current_page(page.id)
        end = time.monotonic() + 0.4
        run("from page to page", lambda end=end: time.monotonic() > end)
    timer.stop()
    program.document.mark_exported()
    program.window.close()
    pages = len(program.document.document.pages)
    return {"pages": pages, "blocks_ms": {name: summary(values) for name, values in gaps.items()}}


def summary(values: list[float]) -> dict[str, float]:
    """Return the longest gap, the 99th percentile and how many were beyond 50 ms."""
    ordered = sorted(values)
    return {
        "longest": round(ordered[-1], 1),
        "p99": round(ordered[int(0.99 * (len(ordered) - 1))], 1),
        "median": round(statistics.median(ordered), 1),
        "beyond_50": sum(v > 50 for v in ordered),
        "beats": len(ordered),
    }


if __name__ == "__main__":
    sys.exit(main())
