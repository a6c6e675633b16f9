"""Several projects, worked through one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.project import PageFacts, Project


class Queue:
    """The projects in their order, which of them is open, and which are finished.

    Attributes:
        paths: The projects; fewer than two are no queue.
    """

    def __init__(self, paths: Sequence[Path] = ()) -> None:
        self.paths = tuple(paths)
        self._finished: set[Path] = set()
        self._reasons: dict[Path, DesktopOcrError] = {}

    def __len__(self) -> int:
        return len(self.paths)

    def place(self, path: Path | None) -> int:
        """Return the number of a project in the queue, from 1; 0 where it is not in it."""
        return self.paths.index(path) + 1 if path in self.paths else 0

    def step(self, path: Path | None, direction: int) -> Path | None:
        """Return the project after another (1) or before it (-1); None at the end."""
        index = self.place(path) - 1 + direction
        return self.paths[index] if 0 <= index < len(self.paths) else None

    def reason(self, path: Path) -> DesktopOcrError | None:
        """Return why a project could not be opened when that was tried last; None where it was."""
        return self._reasons.get(path)

    def note(self, path: Path, reason: DesktopOcrError | None) -> None:
        """Note why a project could not be opened, or that it was (None)."""
        self._reasons.pop(path, None)
        if path in self.paths and reason is not None:
            self._reasons[path] = reason

    def is_finished(self, path: Path) -> bool:
        """Say whether everything in a project was reviewed or signed off."""
        return path in self._finished

    def finished(self) -> int:
        """Return how many projects are finished."""
        return len(self._finished)

    def mark(self, path: Path, *, finished: bool) -> None:
        """Note whether a project is finished."""
        if path in self.paths:
            (self._finished.add if finished else self._finished.discard)(path)


def is_finished(facts: Mapping[str, PageFacts]) -> bool:
    """Say whether each page of a project is signed off, or read with every line reviewed."""
    return bool(facts) and all(
        page.signed is not None
        or (page.state == "done" and page.reviewed + page.illegible == page.lines)
        for page in facts.values()
    )


def find_finished(paths: Sequence[Path]) -> list[Path]:
    """Return those projects that are finished; one that cannot be opened is not."""
    found = []
    for path in paths:
        try:
            project = Project.open(path, read_only=True)
        except DesktopOcrError:
            continue
        try:
            if is_finished(project.facts()):
                found.append(path)
        except DesktopOcrError:
            continue
        finally:
            project.close()
    return found
