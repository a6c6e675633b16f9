"""One class per cause; each message says in one sentence what is wrong and what to do.

Messages are English sentences for the command line. The window translates them by class
(``ui/error_text.py``), so every class keeps its particulars as attributes and never puts
recognised text into them. ``exit_code`` is what the command line ends with.
"""

from __future__ import annotations

from pathlib import Path


class DesktopOcrError(Exception):
    """Base of everything that the program reports to a person instead of crashing."""

    exit_code = 1


class InputError(DesktopOcrError):
    """A file that cannot be opened as pages.

    Attributes:
        path: The file the person named; shown, never logged.
    """

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = Path(path)


class FileNotReadableError(InputError):
    """The file is missing, or its rights forbid reading it."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The file cannot be opened: check that it exists and that you may read it."
        )


class EmptyFileError(InputError):
    """The file has no bytes."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "The file is empty: scan or copy it again.")


class UnsupportedFormatError(InputError):
    """The bytes are not a format that the program reads."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The file is not a picture or PDF that can be read: "
            "use PNG, JPEG, BMP, WebP, TIFF or PDF.",
        )


class DamagedFileError(InputError):
    """The format is right, the content is broken or cut off."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "The file is damaged or cut off: scan or copy it again.")


class PasswordError(InputError):
    """A PDF that asks for a password."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "The PDF asks for a password: save a copy without one and open it.")


class ImageTooLargeError(InputError):
    """More pixels than the program will hold in memory.

    Attributes:
        width: Pixels.
        height: Pixels.
        limit: The most pixels that a page may have.
    """

    def __init__(self, path: Path | str, width: int, height: int, limit: int) -> None:
        super().__init__(
            path,
            f"The picture is too large ({width} x {height} pixels): "
            f"scale it below {limit // 1_000_000} megapixels.",
        )
        self.width, self.height, self.limit = width, height, limit


class ModelError(DesktopOcrError):
    """The recogniser's files are missing, damaged or of a newer format."""

    exit_code = 3


class EngineError(DesktopOcrError):
    """Reading a page failed for a reason inside the engine (memory, a library)."""

    exit_code = 3


class OutOfMemoryError(EngineError):
    """The page needs more memory than the computer can give."""

    def __init__(self) -> None:
        super().__init__(
            "There is not enough memory for this page: "
            "close other programs or scan it at a lower resolution."
        )


class EditError(DesktopOcrError):
    """An edit that does not fit the document (an id that is gone, an index out of range)."""


class FormatError(DesktopOcrError):
    """A file of ours that is not what it should be (wrong format name, newer version)."""

    exit_code = 2


class OutputError(DesktopOcrError):
    """An export that could not be written.

    Attributes:
        path: The target.
    """

    exit_code = 4

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = Path(path)


class OutputExistsError(OutputError):
    """The target exists and overwriting was not asked for."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The file exists already: choose another name or allow replacing it."
        )


class OutputFolderError(OutputError):
    """The target's folder is missing or may not be written to."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "The folder cannot be written to: choose another folder.")


class DiskFullError(OutputError):
    """No room for the export; nothing was left behind."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "The disk is full: free some space or choose another disk.")


class FileInUseError(OutputError):
    """Another program holds the target open, as Word does on Windows."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The file is open in another program: close it there or choose another name."
        )
