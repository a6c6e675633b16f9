from __future__ import annotations

import numpy as np

from desktop_ocr.ui.page_view.pyramid import SMALLEST, Pyramid


def test_levels_halve_until_small_and_keep_the_mean(qtbot):
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (1501, 2203, 3), dtype=np.uint8)
    pixels.setflags(write=False)
    pyramid = Pyramid(pixels)
    qtbot.waitUntil(lambda: len(pyramid.levels) == 4)
    sizes = [(image.width(), image.height()) for image in pyramid.levels]
    assert sizes == [(2203, 1501), (1102, 751), (551, 376), (276, 188)]
    assert max(sizes[-1]) <= SMALLEST < max(sizes[-2])
    small = pyramid.levels[-1]
    red = [small.pixelColor(x, y).red() for x in range(0, 276, 7) for y in range(0, 188, 7)]
    assert abs(np.mean(red) - pixels[:, :, 2].mean()) < 5
    pyramid.stop()
    pyramid.wait()


def test_colours_are_not_swapped(qtbot):
    pixels = np.zeros((10, 10, 3), np.uint8)
    pixels[:, :, 2] = 200  # red in BGR
    pyramid = Pyramid(pixels)
    colour = pyramid.levels[0].pixelColor(5, 5)
    assert (colour.red(), colour.green(), colour.blue()) == (200, 0, 0)


def test_level_is_never_smaller_than_shown(qtbot):
    pyramid = Pyramid(np.full((2000, 1000, 3), 255, np.uint8))
    qtbot.waitUntil(lambda: len(pyramid.levels) == 3)
    for scale, factor in ((4, 1), (1, 1), (0.51, 1), (0.5, 2), (0.26, 2), (0.25, 4), (0.01, 4)):
        image, reduced = pyramid.level_for(scale)
        assert reduced == factor
        assert image.width() == 1000 // factor
    pyramid.stop()
    pyramid.wait()


def test_a_stopped_pyramid_grows_no_further(qtbot):
    pyramid = Pyramid(np.full((3000, 2000, 3), 255, np.uint8))
    pyramid.stop()
    pyramid.wait()
    count = len(pyramid.levels)
    qtbot.wait(20)
    assert len(pyramid.levels) == count
