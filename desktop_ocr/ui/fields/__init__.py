"""The panel of fields that were found in the text of a page."""

from desktop_ocr.ui.fields.panel import FieldsPanel

__all__ = ["FieldsPanel"]
