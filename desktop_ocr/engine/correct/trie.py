"""A prefix tree of texts, walked one character at a time."""

from __future__ import annotations

from collections.abc import Iterable

_SHIFT = 21
"""Bits of a code point."""
_NOWHERE = -1


class Trie:
    """The prefixes of a set of texts; node 0 is the empty prefix.

    All edges lie in one dictionary of whole numbers, ``node << 21 | code point``: a third of the
    memory of nested dictionaries, and a step is one look-up.
    """

    root = 0

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts; empty ones and repeated ones add nothing."""
        edges: dict[int, int] = {}
        ends = set()
        for text in texts:
            node = self.root
            for code in map(ord, text):
                node = edges.setdefault(node << _SHIFT | code, len(edges) + 1)
            ends.add(node)
        self._edges = edges
        self._ends = bytearray(len(edges) + 1)
        for node in ends - {self.root}:
            self._ends[node] = True

    def step(self, node: int, char: str) -> int:
        """Return the node of a prefix grown by one character, -1 where no text begins so.

        Args:
            node: ``root``, or a node that this method gave and that is not -1.
            char: One code point; a longer or empty text leads nowhere.
        """
        if len(char) != 1:
            return _NOWHERE
        return self._edges.get(node << _SHIFT | ord(char), _NOWHERE)

    def ends(self, node: int) -> bool:
        """Say whether the prefix of a node is one of the texts."""
        return bool(self._ends[node])
