"""The table of behaviours names tests that exist, and at least one for each behaviour."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
TABLE = TESTS.parent / "docs/behaviours.md"
ROW = re.compile(r"^\| (\d*) \|.*\| ([^|]*) \|$", re.MULTILINE)
BEHAVIOURS = 25


def rows() -> list[tuple[str, list[str]]]:
    """Return number ("" where a row goes on) and tests of each row."""
    found = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return [(number, re.findall(r"`(\S+?)`", tests)) for number, tests in found]


def functions_of(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_behaviour_has_its_row_and_a_test() -> None:
    assert [int(number) for number, _tests in rows() if number] == [*range(1, BEHAVIOURS + 1)]
    assert all(tests for _number, tests in rows())


def test_every_test_that_is_named_exists() -> None:
    named = {name for _number, tests in rows() for name in tests}
    gone = []
    for name in sorted(named):
        file, _, test = name.partition("::")
        if not test.startswith("test_") or test not in functions_of(TESTS / "ui" / file):
            gone.append(name)
    assert not gone
