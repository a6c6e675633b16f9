"""Checking lines: the crop above its text, and the list of lines."""

from desktop_ocr.ui.review.panel import ReviewPanel

__all__ = ["ReviewPanel"]
