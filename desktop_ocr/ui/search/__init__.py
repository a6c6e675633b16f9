"""Find and replace in the page or the document."""

from desktop_ocr.ui.search.search import Search

__all__ = ["Search"]
