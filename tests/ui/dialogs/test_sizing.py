from __future__ import annotations

from PySide6.QtCore import QSize

from desktop_ocr.ui.dialogs.sizing import bounded


def test_a_dialog_keeps_its_buttons_on_a_small_screen():
    wanted = QSize(864, 608)
    assert bounded(wanted, QSize(1920, 1040)) == wanted
    assert bounded(wanted, QSize(960, 500)) == QSize(864, 452)
