"""What can still be read of a damaged project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was copied from a damaged project.

    Attributes:
        pages: Pages that were copied.
        lines: Lines that were copied.
        lost: Lines that are known to have been there and could not be read.
    """

    pages: int
    lines: int
    lost: int


def salvage(path: Path, target: Path, *, overwrite: bool = False) -> Salvage:
    """Copy what is readable of a project, damaged or not, into a new one.

    Nothing is changed in the old one.

    Args:
        path: The damaged project.
        target: The new file.
        overwrite: Replace a file that stands there.

    Raises:
        FileNotReadableError: If the file cannot be opened at all.
        ProjectDamagedError: If nothing in it can be read.
        ProjectLockedError: If it is open in another program.
        ProjectNewerError: If a newer version of the program wrote it.
        OutputError: If the target cannot be written.
    """
    raise NotImplementedError
