from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QIcon, QImage, QPainter
from PySide6.QtWidgets import QPushButton

from desktop_ocr.paths import resource
from desktop_ocr.ui.icons import APP_ICON_SIZES, app_icon, icon
from desktop_ocr.ui.theme import (
    DARK,
    LIGHT,
    PAPER,
    READING_FAMILIES,
    Theme,
    apply_theme,
    build_palette,
    build_style_sheet,
    reading_font,
    token_names,
    tokens,
)

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(autouse=True)
def system_theme_afterwards(qapp):
    style_sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    apply_theme(qapp, Theme.SYSTEM)
    qapp.setStyleSheet(style_sheet)
    qapp.setPalette(palette)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("text", ["text", "muted"])
@pytest.mark.parametrize(
    "ground", ["window", "surface", "raised", "hover", "pressed", "selection", "canvas"]
)
def test_text_can_be_read_on_every_ground(theme, text, ground):
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("tier", ["high", "mid", "low"])
def test_doubtful_characters_can_be_read(theme, tier):
    assert contrast(theme.text, getattr(theme, f"doubt_{tier}_ground")) >= 4.5
    for ground in ("surface", "selection"):
        assert contrast(getattr(theme, f"doubt_{tier}"), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("mark", ["reviewed", "error", "accent"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "hover", "selection"])
def test_marks_can_be_read(theme, mark, ground):
    assert contrast(getattr(theme, mark), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(
    "ground",
    ["surface", "selection", "doubt_high_ground", "doubt_mid_ground", "doubt_low_ground"],
)
def test_text_that_a_rule_changed_can_be_read_where_it_is_doubtful_too(theme, ground):
    assert contrast(theme.accent, getattr(theme, ground)) >= 4.5


@THEMES
def test_places_marked_as_illegible_can_be_read(theme):
    assert contrast(theme.error, theme.pressed) >= 4.5


@THEMES
def test_text_on_the_accent_can_be_read(theme):
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_edges_and_focus_are_visible(theme, ground):
    assert contrast(theme.edge, getattr(theme, ground)) >= 3.0
    assert contrast(theme.accent, getattr(theme, ground)) >= 3.0


@pytest.mark.parametrize("name", ["accent", "doubt_high", "doubt_mid", "doubt_low", "reviewed"])
def test_boxes_stand_out_on_paper(name):
    assert contrast(getattr(PAPER, name), "#ffffff") >= 4.5


@THEMES
def test_style_sheet_names_only_known_colours(theme):
    sheet = build_style_sheet(theme)
    assert "$" not in sheet
    known = {getattr(theme, name) for name in token_names()}
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= known


def test_choice_of_theme_is_shown_at_once(qapp):
    apply_theme(qapp, Theme.DARK)
    assert tokens() is DARK
    apply_theme(qapp, Theme.LIGHT)
    assert tokens() is LIGHT


def test_system_theme_follows_the_system(qapp, qtbot):
    apply_theme(qapp, Theme.SYSTEM)
    expected = {Qt.ColorScheme.Dark: DARK}
    assert tokens() is expected.get(qapp.styleHints().colorScheme(), LIGHT)
    # What the platform does when the person switches the system to dark.
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert tokens() is expected.get(qapp.styleHints().colorScheme(), LIGHT)


def test_a_chosen_theme_ignores_the_system(qapp):
    apply_theme(qapp, Theme.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert tokens() is LIGHT


def painted(source: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, ratio: float = 1.0) -> QImage:
    image = QImage(int(24 * ratio), int(24 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    source.paint(painter, 0, 0, 24, 24, Qt.AlignmentFlag.AlignCenter, mode)
    painter.end()
    return image


def strongest(image: QImage) -> str:
    """Colour of the most opaque pixel."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda c: c.alpha()).name()


def test_icons_follow_the_theme_and_the_state(qapp):
    made_before = icon("folder-open")
    gc.collect()
    for theme, colours in ((Theme.LIGHT, LIGHT), (Theme.DARK, DARK)):
        apply_theme(qapp, theme)
        assert strongest(painted(made_before)) == colours.text
        assert strongest(painted(made_before, QIcon.Mode.Disabled)) == colours.disabled


def test_icons_are_sharp_on_dense_screens(qapp):
    dense = painted(icon("check"), ratio=2.0)
    plain = painted(icon("check")).scaled(48, 48)
    assert dense.width() == 48
    dense.setDevicePixelRatio(1.0)
    plain.setDevicePixelRatio(1.0)
    opaque = [
        sum(i.pixelColor(x, y).alpha() > 250 for x in range(48) for y in range(48))
        for i in (dense, plain)
    ]
    assert opaque[0] > 0
    assert dense != plain


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_on_buttons_have_all_the_pixels_of_the_screen(qapp, ratio):
    pixmap = icon("check").pixmap(QSize(20, 20), ratio)
    assert pixmap.size() == QSize(20, 20) * ratio
    assert pixmap.deviceIndependentSize().toSize() == QSize(20, 20)
    image = pixmap.toImage()
    columns = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 128
    ]
    # The tick spans most of the icon: it was not drawn at half its size.
    assert max(columns) - min(columns) > 0.6 * image.width()


def test_icon_survives_copying_and_a_button(qapp, qtbot):
    button = QPushButton(icon("check"), "OK")
    qtbot.addWidget(button)
    copy = QIcon(button.icon())
    copy.addPixmap(copy.pixmap(QSize(8, 8)))  # detaches, which clones the engine
    gc.collect()
    button.show()
    assert not button.grab().isNull()
    assert not copy.pixmap(16).isNull()


def test_unknown_icon_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_all_icons_are_of_one_family():
    files = sorted(resource("icons").glob("*.svg"))
    assert len(files) > 30
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in text, file.name
        assert 'stroke-width="2"' in text, file.name
    assert "ISC License" in resource("icons/LICENSE").read_text(encoding="utf-8")


def test_application_icon_has_all_sizes(qapp):
    sizes = {size.width() for size in app_icon().availableSizes()}
    assert sizes == set(APP_ICON_SIZES)
    assert resource("icons/app/app.ico").stat().st_size > 1000


def test_reading_font_is_one_of_the_wanted_faces(qapp):
    font = reading_font(20)
    assert font.pixelSize() == 20
    if not set(READING_FAMILIES) & set(QFontDatabase.families()):
        pytest.skip("none of the faces is installed")
    assert QFontInfo(font).family() in READING_FAMILIES


@THEMES
def test_palette_of_disabled_text_differs(theme):
    palette = build_palette(theme)
    role, group = palette.ColorRole, palette.ColorGroup
    assert palette.color(group.Disabled, role.Text) != palette.color(group.Active, role.Text)


@THEMES
def test_pictures_of_the_style_sheet_exist_in_the_colours_of_the_theme(theme):
    files = re.findall(r'url\("(.+?)"\)', build_style_sheet(theme))
    assert files
    colours = {"check": theme.on_accent, "chevron": theme.text}
    for file in files:
        path = Path(file)
        assert colours[path.stem.split("-")[0]] in path.read_text(encoding="utf-8")
