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


class PictureMissingError(InputError):
    """A page of a project whose picture is no longer where it was."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The picture of this page is no longer where it was: its text stays usable; "
            "show where the picture is now.",
        )


class PictureDiffersError(InputError):
    """A picture that cannot be the one from which a page was read."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "This is another picture than the one that was read: choose the right one."
        )


class ModelError(DesktopOcrError):
    """The recogniser's files are missing, damaged or of a newer format."""

    exit_code = 3


class ModelImportError(ModelError):
    """A model that cannot be taken over into the user's models; nothing was kept of it.

    Attributes:
        path: The file or folder in question.
    """

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = Path(path)


class CheckpointMissingError(ModelImportError):
    """A file of a model that is to be imported is missing or may not be read."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            f"{Path(path).name} cannot be opened: give the folder that holds pytorch_model.pt and "
            "vocab.txt, or a model's folder with model.json.",
        )


class CheckpointUnsafeError(ModelImportError):
    """A checkpoint that holds more than weights, or no checkpoint at all; nothing was executed."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The checkpoint holds something other than weights and was refused, nothing in it was "
            "executed: get the published file again.",
        )


class CheckpointDamagedError(ModelImportError):
    """A checkpoint that is cut off, or with weights that are no numbers."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The checkpoint is damaged or cut off: get the published file again."
        )


class CheckpointUnknownError(ModelImportError):
    """A checkpoint of another network.

    Attributes:
        detail: The first difference, in English.
    """

    def __init__(self, path: Path | str, detail: str) -> None:
        super().__init__(
            path,
            f"The checkpoint is not of ModelScope's CRNN ({detail}): "
            "only cv_crnn_ocr-recognition-general_damo can be imported.",
        )
        self.detail = detail


class VocabularyError(ModelImportError):
    """A vocabulary that does not belong to the checkpoint.

    Attributes:
        detail: What is wrong with it, in English.
    """

    def __init__(self, path: Path | str, detail: str) -> None:
        super().__init__(
            path,
            f"The vocabulary does not fit the checkpoint ({detail}): "
            "use the vocab.txt that was published with it.",
        )
        self.detail = detail


class ModelNameError(ModelImportError):
    """A name that is taken, or that cannot name a folder."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            f"The model cannot be named {Path(path).name!r}: choose a name that no model has yet, "
            "of letters, digits, dots and hyphens.",
        )


class TorchMissingError(ModelImportError):
    """A checkpoint is to be converted where the tools of training are not installed."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "This program cannot convert checkpoints: run import-model where desktop-ocr[train] "
            "is installed with Python, and import the model's folder that it makes here.",
        )


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


class RuleFileError(DesktopOcrError):
    """A file of correction rules that cannot be read, or a rule in it that cannot be used.

    Attributes:
        path: The file.
        rule: Id of the rule, or its number in the file where it has none; empty when the whole
            file cannot be read.
    """

    exit_code = 2

    def __init__(self, path: Path, rule: str = "", message: str = "") -> None:
        super().__init__(
            message
            or f"The file of rules {path.name} cannot be read as TOML in UTF-8: "
            "correct it or take it out of the folder."
        )
        self.path, self.rule = path, rule


class RuleIncompleteError(RuleFileError):
    """A rule without all that a rule needs, or with something that no rule has."""

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(
            path,
            rule,
            f"Rule {rule} in {path.name} is not complete: it needs an id of its own, zh, en, "
            "pattern, replacement or map, safe, an example of change and one of keep, and no more.",
        )


class RulePatternError(RuleFileError):
    """A rule's pattern or replacement is no regular expression, or one without bounds."""

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(
            path,
            rule,
            f"The pattern of rule {rule} in {path.name} is not a bounded regular expression: "
            "correct it, and set an upper limit in place of * and +.",
        )


class RuleExampleError(RuleFileError):
    """A rule does not do what its own examples say."""

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(
            path,
            rule,
            f"An example of rule {rule} in {path.name} does not hold: "
            "correct the example or the pattern.",
        )


class RuleUnsafeError(RuleFileError):
    """A rule that says it is safe changes a value, a sign or a negation in its own example."""

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(
            path,
            rule,
            f"Rule {rule} in {path.name} changes a digit, a sign or a negation: "
            "write safe = false, so that it only suggests.",
        )


class FieldFileError(DesktopOcrError):
    """A file of the user's own fields that cannot be read, or a field in it that cannot be used.

    Attributes:
        path: The file.
        line: Where, from 1.
    """

    exit_code = 2

    def __init__(self, path: Path, line: int, message: str = "") -> None:
        super().__init__(
            message
            or f"The file of fields {path.name} cannot be read as TOML in UTF-8 from line {line} "
            "on: correct it or take it out of the folder."
        )
        self.path, self.line = path, line


class FieldIncompleteError(FieldFileError):
    """A field without all that a field needs, or with something that no field has."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            path,
            line,
            f"The field in line {line} of {path.name} cannot be used: it needs a name of its own "
            "and labels, a kind (line, section, number, date, code) or a bounded value, and no "
            "more.",
        )


class LexiconError(DesktopOcrError):
    """A list of terms of the user that cannot be used, or not all of it.

    Attributes:
        path: The file.
    """

    exit_code = 2

    def __init__(self, path: Path, message: str = "") -> None:
        super().__init__(
            message
            or f"The list of terms {path.name} cannot be opened: check that you may read it."
        )
        self.path = path


class LexiconFormatError(LexiconError):
    """A file of another format in the folder of lists."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, f"The list of terms {path.name} is neither TXT nor CSV: save it as one of these."
        )


class LexiconEncodingError(LexiconError):
    """A list in another encoding than the two that are read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"The list of terms {path.name} is text in neither UTF-8 nor GB18030: "
            "save it as UTF-8.",
        )


class LexiconTooLargeError(LexiconError):
    """More terms than the program will hold in memory.

    Attributes:
        limit: The most terms of all lists together.
    """

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(
            path,
            f"The list of terms {path.name} is too long: "
            f"keep no more than {limit} terms in all lists together.",
        )
        self.limit = limit


class LexiconLineError(LexiconError):
    """A line that is no term; the other lines are in use.

    Attributes:
        line: Number of the first such line, from 1.
        limit: Characters of the longest term.
    """

    def __init__(self, path: Path, line: int, limit: int) -> None:
        super().__init__(
            path,
            f"Line {line} of the list of terms {path.name} cannot be used: "
            f"write one term of at most {limit} characters, with letters, in each line.",
        )
        self.line, self.limit = line, limit


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


class ProjectError(DesktopOcrError):
    """A project file that cannot be used as it should.

    Attributes:
        path: The file; shown, never logged.
    """

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = Path(path)


class NotAProjectError(ProjectError):
    """The file is something else."""

    exit_code = 2

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The file is not a project of this program: choose one that the program saved."
        )


class ProjectLockedError(ProjectError):
    """The project is open elsewhere."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The project is open in another window or program: close it there first."
        )


class ProjectNewerError(ProjectError):
    """A newer version of the program wrote it."""

    exit_code = 2

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path, "The project was written by a newer version of this program: update it."
        )


class ProjectDamagedError(ProjectError):
    """Its content is broken or cut off."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The project is damaged: have what is readable copied into a new project, or take a "
            "backup.",
        )


class ProjectReadOnlyError(ProjectError):
    """It lies where nothing may be written."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The project lies where nothing may be written: save it under another name elsewhere.",
        )


class ProjectLostError(ProjectError):
    """It was moved, deleted or cut off from the computer while it was open."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            path,
            "The project can no longer be reached (moved, deleted, drive or network gone): "
            "save it under another name.",
        )
