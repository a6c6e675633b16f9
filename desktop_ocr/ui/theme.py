"""The look: colours of the light and the dark theme, palette, style sheet and fonts.

Every colour is a token with a meaning; widgets that paint themselves ask :func:`tokens` each time
they paint, so that a change of theme needs no more than a repaint. Text reaches a contrast of
4.5 : 1 on every ground it stands on (``tests/ui/test_theme.py`` computes them all).
"""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass, fields
from string import Template

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_ocr.paths import resource
from desktop_ocr.ui.icons import icon

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
    # A style sheet takes pictures from files only, so the two it needs come in both colours.
    name = "dark" if t is DARK else "light"
    pictures = {
        kind: resource(f"icons/controls/{kind}-{name}.svg").as_posix()
        for kind in ("check", "chevron")
    }
    return Template(_STYLE).substitute(asdict(t) | pictures)


def token_names() -> tuple[str, ...]:
    """Return the names of all colours of a theme."""
    return tuple(field.name for field in fields(Tokens))


_STYLE = """
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border;
    padding: 4px 8px; spacing: 4px; }
QToolBar::separator { background: $border; width: 1px; margin: 6px 4px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 5px 7px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"] { padding-right: 22px; }
QToolButton::menu-button { border: 0; border-top-right-radius: 6px;
    border-bottom-right-radius: 6px; width: 18px; }
QToolButton::menu-button:hover { background: $pressed; }
QToolButton::menu-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QPushButton { background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 6px 16px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 15px; }
QPushButton:disabled { color: $disabled; border-color: $border; }
QPushButton:default, QPushButton[primary="true"] { background: $accent; color: $on_accent;
    border-color: $accent; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled { background: $pressed;
    color: $disabled; border-color: $pressed; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent;
    color: $accent; padding: 2px 8px; }
QPushButton[link="true"]:hover { background: $hover; }
QPushButton[link="true"]:disabled { color: $disabled; }
QPushButton[link="true"]:focus { border: 1px solid $accent; }
QPushButton[chip="true"] { background: transparent; border: 1px solid transparent;
    border-radius: 12px; padding: 2px 10px; color: $muted; }
QPushButton[chip="true"]:hover { background: $hover; }
QPushButton[chip="true"]:checked { background: $selection; color: $text; }
QPushButton[chip="true"]:focus { border: 1px solid $accent; }
QLineEdit, QPlainTextEdit { background: $surface; color: $text;
    border: 1px solid $edge; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent;
    padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QPlainTextEdit[readOnly="true"] {
    color: $disabled; border-color: $border; background: $window; }
QComboBox { background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 5px 10px; min-height: 18px; }
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $accent; padding: 4px 9px; }
QComboBox:disabled { color: $disabled; border-color: $border; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: url("$chevron"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; padding: 4px;
    selection-background-color: $selection; selection-color: $text; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px;
    border: 1px solid $edge; background: $surface; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent;
    width: 14px; height: 14px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
    image: url("$check"); }
QCheckBox::indicator:checked:focus { border-color: $text; }
QRadioButton::indicator:checked { background: $on_accent; border: 5px solid $accent;
    width: 8px; height: 8px; }
QRadioButton::indicator:checked:focus { background: $on_accent; border: 5px solid $accent;
    width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QAbstractItemView { background: $surface; border: 0; outline: 0; }
QListView[panel="true"] { background: $window; }
QTableView[values="true"] { alternate-background-color: $window; }
QTableView[values="true"]::item { padding: 0 8px; border: 0; }
QTableView[values="true"]::item:selected { background: $selection; color: $text; }
QTableView[values="true"]::item:focus { border: 1px solid $accent; }
QFrame[popup="true"] { background: $raised; border: 1px solid $edge; border-radius: 6px; }
QFrame[popup="true"] QListWidget { background: transparent; }
QLabel[muted="true"] { color: $muted; }
QLabel[problem="true"] { color: $error; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: 0; }
QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 32px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 4px 6px; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QMainWindow > QTabBar { background: $window; }
QMainWindow > QTabBar::tab { background: transparent; color: $muted; border: 1px solid transparent;
    border-radius: 12px; padding: 3px 12px; margin: 4px; }
QMainWindow > QTabBar::tab:hover { background: $hover; }
QMainWindow > QTabBar::tab:selected { background: $selection; color: $text; }
QMainWindow > QTabBar:focus::tab:selected { border-color: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $pressed; border: 0; border-radius: 3px; max-height: 6px;
    min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; border: 2px solid transparent;
    margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView::section { background: $window; color: $muted; border: 0;
    border-bottom: 1px solid $border; padding: 4px 8px; }
"""
