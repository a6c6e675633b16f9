"""Rows of messages above the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop_ocr.ui.i18n import Language
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


def texts(window):
    QApplication.processEvents()  # Qt posts that the language is another
    return [label.text() for label in window.messages.findChildren(QLabel) if label.isVisible()]


def buttons(window):
    QApplication.processEvents()
    found = window.messages.findChildren(QPushButton)
    return {button.objectName(): button for button in found if button.isVisible()}


def test_rows_speak_the_language_of_the_window_at_once(opened, qtbot, tmp_path):
    window, language = opened.window, opened.language
    broken = tmp_path / "broken.docr"
    broken.write_text("a note", encoding="utf-8")
    window.open_paths([broken])
    qtbot.waitUntil(lambda: "broken.docr" in texts(window))
    window.note("There is no further doubtful place.")
    window.status.note("Saved.")
    language.show(Language.CHINESE)
    shown = texts(window)
    assert "这个文件不是本程序的项目：请选择由本程序保存的项目文件。" in shown
    assert "broken.docr" in shown
    assert "There is no further doubtful place." not in shown
    assert window.status.currentMessage() == ""
    (message,) = window.messages.messages
    assert message.action == buttons(window)["messageAction"].text() == "重试"
    language.show(Language.ENGLISH)
    assert buttons(window)["messageAction"].text() == "Try again"
    broken.unlink()
    buttons(window)["messageAction"].click()  # it does what it says, and the row goes
    qtbot.waitUntil(lambda: any("cannot be opened" in text for text in texts(window)))
    assert not any("not a project" in text for text in texts(window))


def test_a_row_in_another_language_can_still_be_taken_back(opened, qtbot):
    window = opened.window
    window._offer_to_read_again(True)
    opened.language.show(Language.CHINESE)
    assert buttons(window)["messageAction"].text() == "重新识别本页"
    window._offer_to_read_again(False)
    assert not texts(window)


def test_a_row_that_cannot_be_told_again_stays_while_it_has_an_action(opened):
    window, done = opened.window, []
    act = Message(MessageKind.NOTE, "Once.", action="Do", on_action=lambda: done.append(1))
    window.messages.show_message(act)
    window.messages.show_message(Message(MessageKind.ERROR, "Broken."))
    opened.language.show(Language.CHINESE)
    assert {"Once.", "Broken."} <= set(texts(window))
    buttons(window)["messageAction"].click()
    assert done == [1]
