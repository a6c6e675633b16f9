"""The page with its line boxes."""

from desktop_ocr.ui.page_view.modes import Tool
from desktop_ocr.ui.page_view.view import PageView

__all__ = ["PageView", "Tool"]
