"""Who signed something off, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_ocr.document.model import Review


def when(review: Review) -> str:
    """Return the time of a review as the clock of this computer shows it, to the minute."""
    return datetime.fromisoformat(review.at).astimezone().strftime("%Y-%m-%d %H:%M")


def reviewed_text(review: Review) -> str:
    """Return who gave a line its status, and when."""
    if not review.by:
        return when(review)
    text = QCoreApplication.translate("SignOff", "{name}, {time}")
    return text.format(name=review.by, time=when(review))


def signed_by(review: Review) -> str:
    """Return who signed something off, for the status bar."""
    if not review.by:
        return QCoreApplication.translate("SignOff", "signed off")
    return QCoreApplication.translate("SignOff", "signed off by {name}").format(name=review.by)


def signed_text(review: Review) -> str:
    """Return who signed something off, and when."""
    if not review.by:
        text = QCoreApplication.translate("SignOff", "Signed off, {time}")
    else:
        text = QCoreApplication.translate("SignOff", "Signed off by {name}, {time}")
    return text.format(name=review.by, time=when(review))
