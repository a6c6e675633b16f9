"""Project files: size, time to open, memory over all pages, latency of edits, damaged files.

    python benchmarks/projects.py [--pages 500] [--edits 1000] [--kills 100] [--damaged 200]
                                  [--folder FOLDER]

The project is made here: pages of 60 lines with 20 characters each, with places and alternatives,
as the engine gives them, and a scan of 300 dpi. It is opened in a fresh process and the lines of
all pages are visited; then in the window, without a screen, where pages are turned over with their
pictures. ``put`` is timed while the writer's thread works, once with pauses and once without.
The kills are rounds of ``tests/project/test_kill.py``, the damaged files those of
``tests/project/damage.py``. Prints one JSON object with date and machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from desktop_ocr.document.geometry import Quad  # noqa: E402
from desktop_ocr.document.model import (  # noqa: E402
    Alternative,
    Char,
    Document,
    Line,
    LineStatus,
    Page,
    Review,
)
from desktop_ocr.engine.load.small import encoded, reduced  # noqa: E402
from desktop_ocr.errors import DesktopOcrError  # noqa: E402
from desktop_ocr.process_memory import peak_memory  # noqa: E402
from desktop_ocr.project import (  # noqa: E402
    HistoryEntry,
    PageFields,
    Pictures,
    Project,
    PutPage,
    PutPicture,
    Writer,
    salvage,
)

LINES, CHARACTERS = 60, 20
SURE = 0.97
"""Part of the characters that nobody need look at."""
SECONDS_BETWEEN_EDITS = 0.05
"""Much quicker than anybody accepts lines."""


def main() -> int:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--damaged", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where files are made (default: temporary)")
    parser.add_argument("--turned", type=int, default=100, help="pages turned over in the window")
    parser.add_argument("--visit", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.visit:
        json.dump(visit(arguments.visit), sys.stdout)
        return 0
    if arguments.window:
        json.dump(turn_over(arguments.window, arguments.turned), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        path = Path(name) / "project.docr"
        result: dict[str, object] = {
            "date": datetime.now(UTC).date().isoformat(),
            "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
            "make": make(path, arguments.pages),
        }
        for name_of, way in (("open", "--visit"), ("window", "--window")):
            command = [sys.executable, __file__, way, str(path), "--turned", str(arguments.turned)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            result[name_of] = json.loads(done.stdout.splitlines()[-1])
        result["put_ms_with_pauses"] = edit(path, arguments.edits // 5, SECONDS_BETWEEN_EDITS)
        result["put_ms_without"] = edit(path, arguments.edits, 0)
        result["save_as_seconds"] = copy(path)
        result["kills"] = kill(Path(name) / "killed.docr", arguments.kills)
        result["damaged"] = damage(Path(name), arguments.damaged)
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


def page(number: int, chance: random.Random) -> Page:
    """Return a page as the engine reads it: upright lines, most characters with alternatives."""
    lines = []
    for i in range(LINES):
        quad = Quad.from_box(150, 100 + 40 * i, 150 + 30 * CHARACTERS, 134 + 40 * i)
        characters = []
        for k in range(CHARACTERS):
            others = [
                Alternative(chr(0x4E00 + chance.randrange(3000)), round(chance.random(), 4))
                for _ in range(chance.randrange(4))
            ]
            place = quad.between((k + chance.random() / 4) / CHARACTERS, (k + 1) / CHARACTERS)
            text = chr(0x4E00 + chance.randrange(3000))
            sure = chance.random() < SURE
            confidence = chance.uniform(0.95, 1) if sure else chance.uniform(0.2, 0.95)
            characters.append(Char(text, round(confidence, 4), place, tuple(others)))
        text = "".join(c.text for c in characters)
        lines.append(
            Line(f"{number:06x}{i:06x}", quad, text, text, 0.9, tuple(characters), plain_text=text)
        )
    return Page(f"{number:012x}", "scan.jpg", 1, 2480, 3508, dpi=300.0, lines=lines)


def make(path: Path, pages: int) -> dict[str, float]:
    """Make the project; return its size and how long writing a page takes."""
    chance = random.Random(1)
    project = Project.create(path, pictures=Pictures.REFERENCED)
    picture = path.with_name("scan.jpg")
    pixels = np.full((3508, 2480, 3), 245, np.uint8)
    pixels[::40] = np.random.default_rng(0).integers(0, 255, (88, 2480, 3))
    picture.write_bytes(encoded(pixels, ".jpg"))
    small = encoded(reduced(pixels), ".jpg")
    seconds = []
    for number in range(pages):
        one = page(number, chance)
        began = time.perf_counter()
        put = PutPage(one.id, number, PageFields.of(one), tuple(one.lines), "done")
        project.store([put, PutPicture(one.id, picture, thumbnail=small)])
        seconds.append(time.perf_counter() - began)
    project.close()
    return {
        "pages": pages,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "ms_to_write_a_page": round(1000 * statistics.median(seconds), 1),
    }


def visit(path: Path) -> dict[str, float]:
    """Open the project, look at every page and let it go; return seconds and peak memory."""
    before = peak_memory()
    began = time.perf_counter()
    project = Project.open(path)
    document = project.document()
    opened = time.perf_counter()
    project.facts()
    counted = time.perf_counter()
    len(document.pages[len(document.pages) // 2].lines)
    first = time.perf_counter()
    seconds = []
    for one in document.pages:
        start = time.perf_counter()
        len(one.lines)
        seconds.append(time.perf_counter() - start)
        one.lines.release()  # type: ignore[attr-defined]
    project.close()
    return {
        "seconds_to_open": round(opened - began, 3),
        "seconds_for_the_counts_of_all_pages": round(counted - opened, 3),
        "seconds_to_the_first_lines": round(first - counted, 3),
        "median_ms_a_page": round(1000 * statistics.median(seconds), 1),
        "megabytes_before": round(before / 1e6),
        "peak_megabytes_after_all_pages": round(peak_memory() / 1e6),
    }


def turn_over(path: Path, turned: int) -> dict[str, float]:
    """Open the project in the window and turn pages over; return seconds and peak memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    home = path.with_name("home")
    os.environ["DESKTOP_OCR_HOME"] = str(home)
    home.mkdir()
    from latency import Desk

    desk = Desk(None, home)
    document = desk.program.document
    empty = peak_memory()

    def is_shown() -> bool:
        shown = document.current_page
        return shown is not None and document.page_image(shown.id) is not None

    began = time.perf_counter()
    desk.program.window.open_paths([path])
    desk.wait(lambda: bool(document.document.pages))
    opened = time.perf_counter()
    desk.wait(is_shown)
    first = time.perf_counter()
    seconds = []
    for one in document.document.pages[1 : turned + 1]:
        start = time.perf_counter()
        document.set_current_page(one.id)
        desk.app.processEvents()
        seconds.append(time.perf_counter() - start)
        desk.wait(is_shown)
    result = {
        "seconds_until_the_pages_are_listed": round(opened - began, 3),
        "seconds_until_the_first_picture": round(first - began, 3),
        "median_ms_to_turn_over": round(1000 * statistics.median(seconds), 1),
        "megabytes_of_the_empty_window": round(empty / 1e6),
        "peak_megabytes": round(peak_memory() / 1e6),
    }
    desk.close()
    return result


def edit(path: Path, edits: int, pause: float) -> dict[str, float]:
    """Accept lines one after the other; return how long ``put`` took and until it was stored."""
    project = Project.open(path)
    document = project.document()
    stored: dict[int, float] = {}
    failures: list[DesktopOcrError] = []
    writer = Writer(
        project,
        on_saved=lambda ticket: stored.__setitem__(ticket, time.perf_counter()),
        on_failed=failures.append,
    )
    waits, began_at = [], {}
    for number in range(edits):
        one = document.pages[number // LINES % len(document.pages)]
        place = number % LINES
        review = Review("王医生", "2026-11-20T17:45:03+08:00")
        before = one.lines[place]
        one.lines[place] = replace(before, status=LineStatus.REVIEWED, review=review)
        position = number // LINES % len(document.pages)
        entry = HistoryEntry(review.at, review.by, "review", one.id, before.id, "", before.text)
        fields = PageFields.of(one)
        put = PutPage(one.id, position, fields, tuple(one.lines), "done", entries=(entry,))
        began = time.perf_counter()
        ticket = writer.put(put)
        waits.append(1000 * (time.perf_counter() - began))
        began_at[ticket] = began
        if pause:
            time.sleep(pause)
    writer.flush(60)
    writer.close()
    project.close()
    if failures:
        raise failures[0]
    waits.sort()
    late = sorted(1000 * (stored[t] - began_at[t]) for t in stored)
    return {
        "edits": edits,
        "p50": round(waits[len(waits) // 2], 4),
        "p99": round(waits[int(0.99 * len(waits))], 4),
        "max": round(waits[-1], 4),
        "transactions": len(stored),
        "p50_until_on_disk": round(late[len(late) // 2], 1),
        "p99_until_on_disk": round(late[int(0.99 * len(late))], 1),
    }


def copy(path: Path) -> float:
    """Save the project under another name; return seconds."""
    project = Project.open(path)
    began = time.perf_counter()
    other = project.save_as(path.with_name("copy.docr"))
    seconds = time.perf_counter() - began
    other.close()
    project.close()
    return round(seconds, 2)


def kill(path: Path, rounds: int) -> dict[str, object]:
    """Kill an editing program again and again; return in how many rounds all was there."""
    from tests.project import helpers, test_kill

    chance = random.Random(20261120)
    document = Document([helpers.page(f"p{i}", 7) for i in range(3)])
    helpers.store(path, document)
    done = whole = 0
    began = time.perf_counter()
    for _ in range(rounds):
        told = max(test_kill.edit_and_kill(path, done + 1, chance))
        project = Project.open(path)
        last = sum(1 for _ in project.history())
        document = test_kill.expected_after(document, done, last)
        whole += last >= told and project.document() == document
        project.close()
        done = last
    seconds = round(time.perf_counter() - began, 1)
    return {"rounds": rounds, "nothing_lost": whole, "edits": done, "seconds": seconds}


def damage(folder: Path, files: int) -> dict[str, object]:
    """Open and rescue damaged files; return how they fared."""
    from tests.project import damage as damaged

    path, target = folder / "damaged.docr", folder / "rescued.docr"
    truth = damaged.several_pages()
    data = damaged.whole(path, truth)
    total = sum(len(one.lines) for one in truth.pages)
    outcomes = {"opened": 0, "refused": 0, "nothing_left": 0}
    lines, pages, seconds = [], [], []
    for seed in range(files):
        path.write_bytes(damaged.damaged(data, seed))
        try:
            Project.open(path).close()
        except DesktopOcrError:
            outcomes["refused"] += 1
        else:
            outcomes["opened"] += 1
            continue
        began = time.perf_counter()
        try:
            found = salvage(path, target, overwrite=True)
            lines.append(found.lines / total)
            pages.append(found.pages / len(truth.pages))
        except DesktopOcrError:
            outcomes["nothing_left"] += 1
            lines.append(0.0)
            pages.append(0.0)
        seconds.append(time.perf_counter() - began)
    return {
        "files": files,
        **outcomes,
        "mean_part_of_lines_rescued": round(statistics.mean(lines), 3),
        "mean_part_of_pages_rescued": round(statistics.mean(pages), 3),
        "slowest_seconds": round(max(seconds), 2),
    }


if __name__ == "__main__":
    sys.exit(main())
