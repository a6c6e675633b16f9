"""Offline desktop OCR desk for medical pages."""

__version__ = "0.1.0"
