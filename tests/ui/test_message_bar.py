"""Rows of messages above the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

from desktop_ocr.ui.message_bar import Message, MessageKind

LONG = (
    "磁盘已满：请释放空间或选择其他磁盘。您可以继续工作；应急副本保存在 " + "/wendang/bingqu" * 16
)


@pytest.mark.parametrize("width", [800, 1100, 1700])
def test_a_long_message_is_shown_whole(opened, qapp, width):
    """Who uses no mouse sees no tool tip, and the end of a path is what matters of it."""
    window = opened.window
    window.messages.show_message(Message(MessageKind.ERROR, LONG, "甲病区", "Save as…", print))
    window.messages.show_message(Message(MessageKind.SUCCESS, "Saved."))
    window.showNormal()
    window.resize(1300, 800)
    qapp.processEvents()
    window.resize(width, 800)
    qapp.processEvents()
    labels = [label for label in window.messages.findChildren(QLabel) if label.isVisible()]
    (long,) = (label for label in labels if label.text() == LONG)
    (short,) = (label for label in labels if label.text() == "Saved.")
    for label in (long, short):
        room = QRect(0, 0, label.width(), 10_000)
        needed = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text())
        assert label.height() >= needed.height()
    assert window.messages.rect().contains(short.mapTo(window.messages, short.rect().bottomRight()))
