"""The look: colours of the light and the dark theme, palette, style sheet and fonts.

Every colour is a token with a meaning; widgets that paint themselves ask :func:`tokens` each time
they paint, so that a change of theme needs no more than a repaint. Text reaches a contrast of
4.5 : 1 on every ground it stands on (``tests/ui/test_theme.py`` computes them all).
"""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass, fields

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.style_sheet import style_sheet

__all__ = ["GRID", "Theme", "Tokens", "apply_theme", "icon", "reading_font", "tokens"]

GRID = 8
"""Spacing in device-independent pixels; distances are multiples of it or its half."""

READING_FAMILIES = (
    # Faces in which 1 l I and 0 O differ and digits have equal width, Latin before Chinese.
    "Noto Sans Mono CJK SC",
    "Cascadia Mono",
    "Consolas",
    "Menlo",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "DejaVu Sans Mono",
)


class Theme(enum.Enum):
    """Which colours the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme as ``#rrggbb``.

    Attributes:
        window: Ground of bars and panels.
        surface: Ground of lists and fields.
        raised: Ground of buttons, menus and tooltips.
        hover: Ground under the pointer.
        pressed: Ground of a pressed or checked button.
        canvas: Around the page.
        border: Between areas; not needed to understand anything.
        edge: Border of fields and buttons (3 : 1 on their ground).
        text: Text.
        muted: Text of less weight.
        disabled: Text and icons of what is not possible now.
        accent: The one accent: focus, selection, the main action.
        accent_hover: The accent under the pointer.
        on_accent: Text on the accent.
        selection: Ground of a selected row.
        doubt_high: Text and marks of the most doubtful characters (below 0.7).
        doubt_mid: Below 0.8.
        doubt_low: Below 0.9.
        doubt_high_ground: Ground of such a character; likewise the next two.
        doubt_mid_ground: See above.
        doubt_low_ground: See above.
        reviewed: Marks of what a person has confirmed.
        error: Text and marks of failures.
    """

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    canvas: str
    border: str
    edge: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    doubt_high: str
    doubt_mid: str
    doubt_low: str
    doubt_high_ground: str
    doubt_mid_ground: str
    doubt_low_ground: str
    reviewed: str
    error: str

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """Return a token as a colour, optionally see-through (0–1)."""
        colour = QColor(getattr(self, name))
        colour.setAlphaF(alpha)
        return colour


LIGHT = Tokens(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e7eaee",
    pressed="#d8dde4",
    canvas="#e3e6ea",
    border="#dcdfe4",
    edge="#868e99",
    text="#1b1f24",
    muted="#56606d",
    disabled="#9aa2ad",
    accent="#0c62ad",
    accent_hover="#094f8c",
    on_accent="#ffffff",
    selection="#dbeafa",
    doubt_high="#a61b1b",
    doubt_mid="#8f4700",
    doubt_low="#6b5600",
    doubt_high_ground="#fbd5d0",
    doubt_mid_ground="#fde3c0",
    doubt_low_ground="#f8f0bb",
    reviewed="#1a7340",
    error="#a61b1b",
)

DARK = Tokens(
    window="#202327",
    surface="#181a1d",
    raised="#2a2e33",
    hover="#33383e",
    pressed="#3a4047",
    canvas="#121416",
    border="#353a40",
    edge="#747d88",
    text="#e8eaed",
    muted="#a9b1bc",
    disabled="#69717b",
    accent="#6cb2f5",
    accent_hover="#8dc4f8",
    on_accent="#0c1a28",
    selection="#1f3d5c",
    doubt_high="#ff9b8f",
    doubt_mid="#ffb866",
    doubt_low="#e6cf5c",
    doubt_high_ground="#5c2621",
    doubt_mid_ground="#573a12",
    doubt_low_ground="#45400f",
    reviewed="#67cf91",
    error="#ff9b8f",
)

PAPER = LIGHT
"""Colours of what is drawn over the page: paper stays light in both themes."""


def tokens() -> Tokens:
    """Return the colours of the theme that is shown.

    The program's palette decides: a style sheet may give single widgets other grounds.
    """
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Show the program in a theme and follow the system from now on if it is SYSTEM.

    Args:
        app: The application; its style, palette and style sheet are set.
        theme: The person's choice.
    """
    manager = app.findChild(_ThemeManager, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if manager is None:
        manager = _ThemeManager(app)
    manager.show(theme)


def reading_font(pixels: int = 20) -> QFont:
    """Return the face for text that is compared with the paper.

    Args:
        pixels: Height in device-independent pixels.
    """
    font = QFont()
    font.setFamilies(list(READING_FAMILIES))
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


class _ThemeManager(QObject):
    """Child of the application that re-applies the theme when the system changes its scheme."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme = Theme.SYSTEM
        self._shown: Tokens | None = None
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def show(self, theme: Theme) -> None:
        self._theme = theme
        hints = self._app.styleHints()
        # Tells the window system too, so that the title bar goes along.
        if theme is Theme.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = theme is Theme.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._apply()

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme is Theme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        if self._theme is Theme.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._theme is Theme.DARK
        colours = DARK if dark else LIGHT
        palette = build_palette(colours)
        if colours is self._shown and palette == self._app.palette():
            return
        self._shown = colours
        self._app.setPalette(palette)
        self._app.setStyleSheet(build_style_sheet(colours))


def build_palette(t: Tokens) -> QPalette:
    """Return the palette of a theme."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for r, name in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.window),
        (role.Text, t.text),
        (role.PlaceholderText, t.muted),
        (role.Button, t.raised),
        (role.ButtonText, t.text),
        (role.BrightText, t.error),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text),
        (role.Highlight, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.Accent, t.accent),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Light, t.raised),
        (role.Midlight, t.hover),
        (role.Mid, t.border),
        (role.Dark, t.edge),
        (role.Shadow, t.canvas),
    ):
        palette.setColor(r, QColor(name))
    for r in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, r, QColor(t.disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(t.pressed))
    return palette


def build_style_sheet(t: Tokens) -> str:
    """Return the style sheet of a theme."""
    return style_sheet(asdict(t), "dark" if t is DARK else "light")


def token_names() -> tuple[str, ...]:
    """Return the names of all colours of a theme."""
    return tuple(field.name for field in fields(Tokens))
