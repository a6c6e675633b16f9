"""One translated sentence for each cause: what is wrong and what to do."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_ocr import errors

_CONTEXT = "ErrorText"

_SENTENCES: dict[type[BaseException], object] = {
    errors.FileNotReadableError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The file cannot be opened: check that it exists and that you may read it.",
    ),
    errors.EmptyFileError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file is empty: scan or copy it again."
    ),
    errors.UnsupportedFormatError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The file is not a picture or PDF that can be read: use PNG, JPEG, BMP, WebP, TIFF or PDF.",
    ),
    errors.DamagedFileError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file is damaged or cut off: scan or copy it again."
    ),
    errors.PasswordError: QT_TRANSLATE_NOOP(
        "ErrorText", "The PDF asks for a password: save a copy without one and open it."
    ),
    errors.ImageTooLargeError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The picture is too large ({width} × {height} pixels): scale it below {limit} megapixels.",
    ),
    errors.PictureMissingError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The picture of this page is no longer where it was: its text stays usable.",
    ),
    errors.PictureDiffersError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "This is another picture than the one that was read: choose the right one.",
    ),
    errors.InputError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file cannot be opened: scan or copy it again."
    ),
    errors.ModelError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The recognition model is missing or damaged: install the program again.",
    ),
    errors.CheckpointMissingError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "A file of the model cannot be opened: choose the folder that holds pytorch_model.pt "
        "and vocab.txt, or a model's folder with model.json.",
    ),
    errors.CheckpointUnsafeError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The checkpoint holds something other than weights and was refused, nothing in it "
        "was executed: get the published file again.",
    ),
    errors.CheckpointDamagedError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The checkpoint is damaged or cut off: get the published file again.",
    ),
    errors.CheckpointUnknownError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The checkpoint is not of ModelScope's CRNN: only "
        "cv_crnn_ocr-recognition-general_damo can be imported.",
    ),
    errors.VocabularyError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The vocabulary does not fit the checkpoint: use the vocab.txt that was published with it.",
    ),
    errors.ModelNameError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The model cannot have this name: choose a name that no model has yet, of letters, "
        "digits, dots and hyphens.",
    ),
    errors.TorchMissingError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "This program cannot convert checkpoints: run import-model where desktop-ocr[train] "
        "is installed with Python, and import the model's folder that it makes here.",
    ),
    errors.ModelImportError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The model cannot be imported: choose another folder.",
    ),
    errors.OutOfMemoryError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "There is not enough memory for this page: "
        "close other programs or scan it at a lower resolution.",
    ),
    errors.EngineError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "Reading this page failed because of an error in the program: "
        "try again, or scan the page anew.",
    ),
    errors.OutputExistsError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file exists already: choose another name or allow replacing it."
    ),
    errors.OutputFolderError: QT_TRANSLATE_NOOP(
        "ErrorText", "The folder cannot be written to: choose another folder."
    ),
    errors.DiskFullError: QT_TRANSLATE_NOOP(
        "ErrorText", "The disk is full: free some space or choose another disk."
    ),
    errors.FileInUseError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The file is open in another program: close it there or choose another name.",
    ),
    errors.OutputError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file cannot be written: choose another name or folder."
    ),
    errors.FormatError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file is not a document of this program, or of a newer version."
    ),
    errors.RuleFileError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The file of rules {file} cannot be read as TOML in UTF-8: "
        "correct it or take it out of the folder.",
    ),
    errors.RuleIncompleteError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "Rule {rule} in {file} is not complete: it needs an id of its own, zh, en, pattern, "
        "replacement or map, safe, an example of change and one of keep, and no more.",
    ),
    errors.RulePatternError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The pattern of rule {rule} in {file} is not a bounded regular expression: "
        "correct it, and set an upper limit in place of * and +.",
    ),
    errors.RuleExampleError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "An example of rule {rule} in {file} does not hold: correct the example or the pattern.",
    ),
    errors.RuleUnsafeError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "Rule {rule} in {file} changes a digit, a sign or a negation: "
        "write safe = false, so that it only suggests.",
    ),
    errors.FieldFileError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The file of fields {file} cannot be read as TOML in UTF-8 from line {line} on: "
        "correct it or take it out of the folder.",
    ),
    errors.FieldIncompleteError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The field in line {line} of {file} cannot be used: it needs a name of its own and "
        "labels, a kind (line, section, number, date, code) or a bounded value, and no more.",
    ),
    errors.LexiconError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The list of terms {file} cannot be opened: check that you may read it.",
    ),
    errors.LexiconFormatError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The list of terms {file} is neither TXT nor CSV: save it as one of these.",
    ),
    errors.LexiconEncodingError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The list of terms {file} is text in neither UTF-8 nor GB18030: save it as UTF-8.",
    ),
    errors.LexiconTooLargeError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The list of terms {file} is too long: "
        "keep no more than {limit} terms in all lists together.",
    ),
    errors.LexiconLineError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "Line {line} of the list of terms {file} cannot be used: "
        "write one term of at most {limit} characters, with letters, in each line.",
    ),
    errors.NotAProjectError: QT_TRANSLATE_NOOP(
        "ErrorText", "The file is not a project of this program: choose one that the program saved."
    ),
    errors.ProjectLockedError: QT_TRANSLATE_NOOP(
        "ErrorText", "The project is open in another window or program: close it there first."
    ),
    errors.ProjectNewerError: QT_TRANSLATE_NOOP(
        "ErrorText", "The project was written by a newer version of this program: update it."
    ),
    errors.ProjectDamagedError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The project is damaged: have what is readable copied into a new project, or take a "
        "backup.",
    ),
    errors.ProjectReadOnlyError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The project lies where nothing may be written: save it under another name elsewhere.",
    ),
    errors.ProjectLostError: QT_TRANSLATE_NOOP(
        "ErrorText",
        "The project can no longer be reached (moved, deleted, drive or network gone): "
        "save it under another name.",
    ),
    errors.ProjectError: QT_TRANSLATE_NOOP(
        "ErrorText", "The project cannot be used: save it under another name."
    ),
}

_UNKNOWN = QT_TRANSLATE_NOOP(
    "ErrorText", "That did not work because of an error in the program: try again."
)


def error_text(error: BaseException) -> str:
    """Return the sentence for an error in the language of the window.

    The most particular class that has a sentence decides, so that a new class of the engine
    falls back on its parent's.
    """
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            text = QCoreApplication.translate(_CONTEXT, str(_SENTENCES[kind]))
            break
    else:
        text = QCoreApplication.translate(_CONTEXT, str(_UNKNOWN))
    if isinstance(error, errors.ImageTooLargeError):
        text = text.format(width=error.width, height=error.height, limit=error.limit // 1_000_000)
    if isinstance(error, errors.RuleFileError):
        text = text.format(file=error.path.name, rule=error.rule)
    if isinstance(error, errors.LexiconError | errors.FieldFileError):
        text = text.format(
            file=error.path.name,
            line=getattr(error, "line", ""),
            limit=getattr(error, "limit", ""),
        )
    return text
