"""What checking costs: keystrokes per correction, replayed in the real window.

    python benchmarks/review.py [--errors 0.03] [--flagged 0.73] [--seed 6] [--pages NAME ...]
                                [--slowest N] [--json]

Pages of the program's samples are read with planted errors (``planted.py``). Then a skilled user
who knows the paper checks them with keys alone, which go the way of real ones: to the window, then
to its shortcuts, then to what has the focus. Chinese characters come as an input method puts them
in. Two ways of working:

every line   each line is looked at; Enter accepts it; errors are put right on the way
doubtful     F3 from one doubtful place to the next; only what is marked is put right

What is counted: a key, with Ctrl, Shift or Alt or without, is one keystroke; a character typed, or
put in by an input method, is one, and what the input method itself takes (pinyin, choosing) is not
counted, since that is the person's own. A correction is one place of a line whose characters
differ from the paper. "per correction" are the keys from the moment the line is in the text field
to the corrected text (F3 that leads there, ways of the caret, deleting, choosing another reading)
without the characters typed; the bar is 3. Enter for each line, and F3 to places that turn out to
be right, are told apart. The caret takes the shortest way that its keys allow.
"""

from __future__ import annotations

import argparse
import json
import os
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planted import PlantedEngine, Planting
from screen import use_offscreen
from slips import BAR, Slip, Tally, slips

if TYPE_CHECKING:
    from desktop_ocr.app import Program

SAMPLES = ("xray_report", "lab_sheet", "outpatient_note", "archive_page")


class Person:
    """Checks the pages of an open window with keys alone."""

    def __init__(self, program: Program, engine: PlantedEngine) -> None:
        from PySide6.QtCore import Qt

        self._program, self._engine = program, engine
        self._review = program.window.review
        self._editor = program.window.review.editor
        self._tally = Tally()
        self._pressed: list[str] = []
        self._qt = Qt

    # --- keys -----------------------------------------------------------------------------

    def press(self, name: str, purpose: str) -> None:
        """Press a key such as "F3" or "Ctrl+Left", as the system delivers it."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        combination = QKeySequence(name)[0]
        window = (QApplication.activePopupWidget() or self._program.window).windowHandle()
        started = time.perf_counter()
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())
        self._done(name, purpose, started)

    def type(self, text: str) -> None:
        """Type characters; all but the plainest come from an input method."""
        from PySide6.QtGui import QInputMethodEvent, QKeySequence
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for char in text:
            started = time.perf_counter()
            if char in string.ascii_lowercase + string.digits + ".,/-":
                key = QKeySequence(char)[0].key()
                QTest.keyClick(self._program.window.windowHandle(), key)
            else:
                composing = QInputMethodEvent("x", [])
                QApplication.sendEvent(QApplication.focusObject(), composing)
                commit = QInputMethodEvent()
                commit.setCommitString(char)
                QApplication.sendEvent(QApplication.focusObject(), commit)
            self._done(char, "type", started)

    def _done(self, name: str, purpose: str, started: float) -> None:
        from PySide6.QtWidgets import QApplication

        self._tally.seconds[purpose].append(time.perf_counter() - started)
        self._tally.keys[purpose] += 1
        self._pressed.append(name)
        self._program.app.processEvents()
        window = self._program.window
        if QApplication.activePopupWidget() is None and not window.windowHandle().isActive():
            # The offscreen platform does not give the focus back when a popup closes.
            window.windowHandle().requestActivate()
            self._program.app.processEvents()

    # --- ways -----------------------------------------------------------------------------

    def _ways(self, targets: set[int]) -> tuple[list[str], int]:
        """Return the shortest keys from the caret to one of some places, and the place."""
        from desktop_ocr.ui.doubt import doubtful_places
        from desktop_ocr.ui.review.jumps import jump

        line = self._review.line
        assert line is not None
        text, doubt = self._editor.text(), self._program.document.doubt
        places = doubtful_places(line, doubt, text)
        fresh = bool(self._review.arrived)
        start = (self._editor.caret, fresh)
        seen: dict[tuple[int, bool], list[str]] = {start: []}
        queue = [start]
        for state in queue:
            caret, arrived = state
            if caret in targets:
                return seen[state], caret
            steps = {
                "Left": max(caret - 1, 0),
                "Right": min(caret + 1, len(text)),
                "Home": self._moved(caret, "StartOfLine"),
                "End": self._moved(caret, "EndOfLine"),
                "Ctrl+Home": 0,
                "Ctrl+End": len(text),
                "Ctrl+Left": jump(text, caret, -1),
                "Ctrl+Right": jump(text, caret, 1),
            }
            doubtful = next((p for p in places if arrived or p > caret), None)
            if doubtful is not None:
                steps["F3"] = doubtful
            for key, to in steps.items():
                if (to, False) not in seen:
                    seen[(to, False)] = [*seen[state], key]
                    queue.append((to, False))
        raise RuntimeError("no way leads there")

    def _moved(self, caret: int, operation: str) -> int:
        """Return where a key puts the caret; Home and End stop at the ends of a row on the screen.

        Args:
            caret: Where it is, as an index into the text.
            operation: Qt's name of the movement.
        """
        from PySide6.QtGui import QTextCursor

        from desktop_ocr.ui.review.utf16 import from_units, to_units

        cursor, text = QTextCursor(self._editor.document()), self._editor.text()
        cursor.setPosition(to_units(text, caret))
        cursor.movePosition(QTextCursor.MoveOperation[operation])
        return from_units(text, cursor.position())

    def _fix(self, slip: Slip, before: int) -> None:
        """Put one place right; the caret goes there by itself first.

        Args:
            slip: The place.
            before: How many keys led here already.
        """
        editor = self._editor
        text = editor.text()
        ways = []  # keys to the place, what to do there, cost
        wanted = text[: slip.start] + slip.right + text[slip.end :]
        for at in range(max(slip.start - 1, 0), min(slip.end + 2, len(text) + 1)):
            for number, offer in enumerate(self._review.others.offers(at)):
                if text[: offer.start] + offer.text + text[offer.end :] == wanted:
                    ways.append((self._ways({at})[0], ["F2", str(number + 1)], ""))
                    break
        removed = slip.end - slip.start
        ways.append((self._ways({slip.start})[0], ["Del"] * removed, slip.right))
        ways.append((self._ways({slip.end})[0], ["Backspace"] * removed, slip.right))
        # What is typed costs a keystroke, too.
        go, do, typed = min(ways, key=lambda way: len(way[0]) + len(way[1]) + len(way[2]))
        self._pressed.clear()
        for key in go:
            self.press(key, "go")
        for key in do:
            self.press(key, "fix")
        self.type(typed)
        if editor.text() != wanted:
            raise RuntimeError(f"{' '.join(self._pressed)} did not put the place right")
        self._tally.costs.append((before + len(go) + len(do), " ".join(self._pressed)))

    # --- ways of working ------------------------------------------------------------------

    def every_line(self) -> Tally:
        """Look at each line of all pages."""
        for page in self._pages():
            self._review.focus_editor()
            for line in list(page.lines):
                assert self._review.line is not None and self._review.line.id == line.id
                truth = self._engine.truth[line.id]
                self._tally.visited += 1
                while found := slips(self._editor.text(), truth):
                    nearest = min(found, key=lambda s: len(self._ways({s.start, s.end})[0]))
                    self._fix(nearest, 0)
                self.press("Return", "accept")
        return self._finish()

    def doubtful_places(self) -> Tally:
        """Go from one doubtful place to the next."""
        from desktop_ocr.ui.doubt import doubtful_places

        document = self._program.document
        pages = self._pages(turn=False)
        next(pages)
        self._review.focus_editor()
        exhausted: list[int] = []
        self._review.doubtful_exhausted.connect(exhausted.append)
        visited = set()
        while True:
            self.press("F3", "go")
            if exhausted:
                self._tally.keys["go"] -= 1
                self._tally.keys["pass"] += 1
                break
            line = self._review.line
            assert line is not None
            visited.add(line.id)
            at, text = self._editor.caret, self._editor.text()
            places = doubtful_places(line, document.doubt, text)
            end = next((p for p in places if p > at), len(text) + 1)
            here = [
                s
                for s in slips(text, self._engine.truth[line.id])
                # What a person sees who looks at a marked place: it and its neighbours.
                if at - 1 <= s.start <= at + 2 and s.start < end
            ]
            if here:
                self._fix(here[0], 1)
            else:
                self._tally.keys["go"] -= 1
                self._tally.keys["pass"] += 1
        document.commit_pending.emit()
        self._tally.visited = len(visited)
        return self._finish()

    def _pages(self, *, turn: bool = True) -> Iterator[object]:
        """Yield the pages, one after the other in view; count what was planted."""
        document = self._program.document
        self._tally = Tally()
        for page in document.document.pages:
            self._tally.lines += len(page.lines)
            self._tally.planted += sum(
                len(slips(line.text, self._engine.truth[line.id])) for line in page.lines
            )
        for number, page in enumerate(document.document.pages):
            if number and turn and document.current_page is not page:
                self.press("PgDown", "turn")
            assert document.current_page is not None
            yield page

    def _finish(self) -> Tally:
        document = self._program.document
        self._tally.left = sum(
            len(slips(line.text, self._engine.truth[line.id]))
            for page in document.document.pages
            for line in page.lines
        )
        counter = self._program.window._handlers.effort.counter
        total = counter.total(page.id for page in document.document.pages)
        self._tally.counted = total.keystrokes
        return self._tally


def main() -> int:
    """Replay both ways of working and print what they took."""
    usual = Planting()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", nargs="*", default=SAMPLES, help="names of sample pages")
    parser.add_argument("--errors", type=float, default=usual.errors)
    parser.add_argument("--flagged", type=float, default=usual.flagged)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--slowest", type=int, default=0, help="list so many dear corrections")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    planting = Planting(errors=arguments.errors, flagged=arguments.flagged, seed=arguments.seed)
    results = {}
    for way in ("every_line", "doubtful_places"):
        results[way] = replay(way, planting, arguments.pages)
    rows = {way: tally.row() for way, tally in results.items()}
    if arguments.json:
        json.dump(rows, sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        names = list(dict.fromkeys(name for row in rows.values() for name in row))
        print(f"{'':26}{'every line':>14}{'doubtful':>14}")
        for name in names:
            print(f"{name:26}" + "".join(f"{rows[w].get(name, '')!s:>14}" for w in rows))
    for way, tally in results.items():
        for cost, how in sorted(tally.costs, reverse=True)[: arguments.slowest]:
            print(f"{way}: {cost}  {how}")
    return 0 if all(row["per_correction"] <= BAR for row in rows.values()) else 1


def replay(way: str, planting: Planting, names: list[str]) -> Tally:
    """Open the pages in a fresh window and check them in one way of working."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from desktop_ocr import app as program_module
    from desktop_ocr.paths import resource
    from desktop_ocr.ui.settings import Settings
    from desktop_ocr.ui.waiting import wait_until

    engine = PlantedEngine(planting)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DESKTOP_OCR_HOME"] = folder
        use_offscreen(Path(folder))
        app = QApplication.instance() or program_module.create_application(sys.argv[:1])
        assert isinstance(app, QApplication)
        program = program_module.build(app, engine, Settings(Path(folder) / "settings.ini"))
        program_module.keep_calm(program)
        program.window.resize(1600, 1000)
        program.window.show()
        program.engine.start()
        try:
            program.window.open_paths([resource(f"samples/{name}.png") for name in names])
            document = program.document
            if not wait_until(
                lambda: len(document.document.pages) == len(names) and not program.engine.is_busy,
                60,
            ):
                raise SystemExit("the pages were not read in time")
            document.set_current_page(document.document.pages[0].id)
            document.select_line(document.document.pages[0].lines[0].id)
            person = Person(program, engine)
            tally = person.every_line() if way == "every_line" else person.doubtful_places()
        finally:
            program.document.mark_exported()
            program.window.close()
            program.engine.close()
            program.window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return tally


if __name__ == "__main__":
    sys.exit(main())
