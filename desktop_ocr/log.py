"""Loggers that never hold recognised text, names of people or names of files.

Only counts, durations, identifiers of models and names of exception classes may be logged.
``tests/test_log.py`` reads a page with a known name on it and asserts that neither the name nor
the file's name appears in the log.
"""

from __future__ import annotations

import logging

ROOT = "desktop_ocr"


def logger(name: str) -> logging.Logger:
    """Return the logger of a module; pass ``__name__``."""
    return logging.getLogger(name)


def configure(level: int = logging.WARNING) -> None:
    """Send the program's log to standard error in one short format."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger(ROOT)
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
