"""Fields that a person adds in the window: a file of his own beside those he writes himself."""

from __future__ import annotations

from desktop_ocr.engine.own_files import FIELDS
from desktop_ocr.errors import FieldFileError
from desktop_ocr.ui.own_folders import own_folder

FILE = "my-fields.toml"


def add_own_field(name: str, labels: list[str], kind: str) -> bool:
    """Add a field at the end of the file; it counts at once.

    Args:
        name: What it is called.
        labels: What stands before its value.
        kind: ``line``, ``section``, ``number``, ``date`` or ``code``.

    Returns:
        False where a field of that name stands there already.

    Raises:
        OutputError: The file cannot be written.
        FieldFileError: What stands in the file cannot be used; nothing is added to it.
        ValueError: Name or labels are none.
    """
    from desktop_ocr.engine.extract.own import as_toml, read_own
    from desktop_ocr.export.atomic import write_atomically

    block = as_toml(name, labels, kind)
    path = own_folder(FIELDS) / FILE
    text = ""
    if path.exists():
        if any(field.id == name for field in read_own(path)):
            return False
        try:
            text = path.read_text("utf-8-sig").rstrip() + "\n\n"
        except OSError as error:
            raise FieldFileError(path, 1) from error
    write_atomically(path, [(text + block).encode()], overwrite=True)
    return True
