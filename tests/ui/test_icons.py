"""Icons are drawn for the screen's own pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap

from desktop_ocr.ui.icons import LineIconEngine, icon


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_as_many_pixels_as_the_screen(qapp, ratio):
    pixmap = icon("eye").pixmap(QSize(20, 20), ratio)
    assert pixmap.devicePixelRatio() == ratio
    assert pixmap.size() == QSize(20, 20) * ratio
    # Something is drawn in every quarter, so that nothing was cut off.
    image = pixmap.toImage()
    half = image.width() // 2
    for x, y in ((0, 0), (half, 0), (0, half), (half, half)):
        part = image.copy(x, y, half, half)
        assert any(part.pixelColor(i, j).alpha() > 100 for i in range(half) for j in range(half))


def test_an_icon_without_room_is_nothing(qapp):
    engine = LineIconEngine("eye", QPalette.ColorRole.ButtonText)
    mode, state = QIcon.Mode.Normal, QIcon.State.Off
    assert engine.scaledPixmap(QSize(0, 0), mode, state, 2.0).isNull()
    picture = QPixmap(4, 4)
    painter = QPainter(picture)
    engine.paint(painter, QRect(0, 0, 0, 4), mode, state)
    painter.end()
