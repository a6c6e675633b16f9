"""How much work a regular expression can make at one place of a text.

Python's ``re`` backtracks: ``(a+)+b`` takes years on thirty letters. A rule comes from a file, so
the work of its pattern is bounded before it is used: what each part costs, times the number of
ways in which the parts before it can end.
"""

from __future__ import annotations

import importlib
from typing import Any

MOST_STEPS = 5_000
"""Patterns that may take more steps than this at one place are refused."""
MOST_REPEATS = 50
"""Highest upper bound of one repeat."""

# The tree that `re` itself compiles from; a library of our own to read patterns would be larger
# than all of this, and a search in the pattern's text is fooled by classes and escapes.
_parser: Any = importlib.import_module("re._parser")


def is_bounded(pattern: str) -> bool:
    """Say whether a pattern has only small repeats and takes few steps at one place.

    Args:
        pattern: A regular expression of Python's ``re``.

    Raises:
        re.error: It is none.
    """
    try:
        return _sequence(_parser.parse(pattern))[1] <= MOST_STEPS
    except _UnboundedError:
        return False


class _UnboundedError(Exception):
    pass


def _sequence(items: Any) -> tuple[int, int]:
    """Return in how many ways parsed items can match at one place, and the steps of trying all."""
    ways = steps = 1
    for operation, argument in items:
        each_ways, each_steps = _item(str(operation), argument)
        steps += ways * each_steps
        ways *= each_ways
        if steps > MOST_STEPS:
            raise _UnboundedError
    return ways, steps


def _item(operation: str, argument: Any) -> tuple[int, int]:
    """Return ways and steps of one parsed item."""
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, repeated = argument
        if high > MOST_REPEATS:
            raise _UnboundedError
        ways, steps = _sequence(repeated)
        ends = sum(ways**times for times in range(low, high + 1))
        tried = steps * sum(ways**times for times in range(high))
        return (1 if operation == "POSSESSIVE_REPEAT" else ends), tried
    if operation == "BRANCH":
        branches = [_sequence(branch) for branch in argument[1]]
    elif operation == "GROUPREF_EXISTS":
        branches = [_sequence(branch) for branch in argument[1:] if branch]
    elif operation == "SUBPATTERN":
        branches = [_sequence(argument[-1])]
    elif operation in ("ASSERT", "ASSERT_NOT"):  # never gone back into once it holds
        branches = [(1, _sequence(argument[1])[1])]
    elif operation == "ATOMIC_GROUP":
        branches = [(1, _sequence(argument)[1])]
    else:
        return 1, 1
    return sum(ways for ways, _ in branches), sum(steps for _, steps in branches)
