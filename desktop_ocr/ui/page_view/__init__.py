"""The page with its line boxes."""

from desktop_ocr.ui.page_view.drags import Tool
from desktop_ocr.ui.page_view.view import PageView

__all__ = ["PageView", "Tool"]
