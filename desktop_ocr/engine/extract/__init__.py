"""Fields and laboratory rows of a page, found in the text of its lines."""

from desktop_ocr.engine.extract.definitions import Definition, Definitions, Form
from desktop_ocr.engine.extract.fields import extract
from desktop_ocr.engine.extract.own import definitions

__all__ = ["Definition", "Definitions", "Form", "definitions", "extract"]
