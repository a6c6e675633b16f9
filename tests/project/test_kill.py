"""What a person confirmed stays, at whatever moment the program is killed."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from desktop_ocr.document.model import Document
from desktop_ocr.project import Project
from tests.project.edits_until_killed import edited, place
from tests.project.helpers import page, store

ROUNDS = 100
ROUNDS_OF_COPIES = 15


def edit_and_kill(path: Path, first: int, chance: random.Random, *more: Path) -> list[int]:
    """Let a child edit, kill it at a random moment, and return what it said was on the disk."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.project.edits_until_killed", path, str(first), *more],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(chance.randint(1, 12))]
    try:
        child.wait(chance.uniform(0, 0.03))
    except subprocess.TimeoutExpired:
        child.kill()  # on Linux SIGKILL: nothing of the child's runs any more
    rest, _ = child.communicate(timeout=20)
    return said + [int(number) for number in rest.split()]


def expected_after(document: Document, done: int, last: int) -> Document:
    """Make the edits from ``done`` (not included) up to ``last`` in a document of one's own."""
    for number in range(done + 1, last + 1):
        i, k = place(number, document)
        document.pages[i].lines[k] = edited(number, document.pages[i].lines[k])
    return document


def test_what_was_confirmed_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    path, chance = tmp_path / "x.docr", random.Random(20261120)
    expected = Document([page(f"p{i}", 7) for i in range(3)])
    store(path, expected)
    done = 0
    for _ in range(ROUNDS):
        said = edit_and_kill(path, done + 1, chance)
        project = Project.open(path)
        assert not project.was_closed
        # Each edit left one entry: more may be on the disk than was said, never less.
        last = sum(1 for _ in project.history())
        assert last >= max(said)
        assert project.document() == expected_after(expected, done, last)
        project.close()
        done = last
    assert done > 3 * ROUNDS


def test_a_copy_is_complete_or_not_there_when_the_program_is_killed(tmp_path: Path) -> None:
    path, target, chance = tmp_path / "x.docr", tmp_path / "copy.docr", random.Random(6)
    document = Document([page(f"p{i}", 7) for i in range(3)])
    store(path, document)
    done = copies = 0
    for _ in range(ROUNDS_OF_COPIES):
        target.unlink(missing_ok=True)
        said = edit_and_kill(path, done + 1, chance, target)
        if target.exists():
            copy = Project.open(target)
            last = sum(1 for _ in copy.history())
            fresh = Document([page(f"p{i}", 7) for i in range(3)])
            assert last >= -min(said) - 1  # the last copy of which we heard, or a later one
            assert copy.document() == expected_after(fresh, 0, last)
            copy.close()
            copies += 1
        project = Project.open(path)
        done = sum(1 for _ in project.history())
        project.close()
    assert copies
