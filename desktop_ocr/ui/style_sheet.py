"""The style sheet of the window: how each kind of widget looks, in colours of a theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from desktop_ocr.paths import resource


def style_sheet(colours: Mapping[str, str], name: str) -> str:
    """Return the style sheet of a theme.

    Args:
        colours: Its colours by the names of their tokens.
        name: ``light`` or ``dark``.
    """
    # A style sheet takes pictures from files only, so the two it needs come in both colours.
    pictures = {
        kind: resource(f"icons/controls/{kind}-{name}.svg").as_posix()
        for kind in ("check", "chevron")
    }
    return Template(_STYLE).substitute({**colours, **pictures})


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
