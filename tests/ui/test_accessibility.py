"""Everything has a name, is reached by keys, shows where the focus is, and no text is cut off."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.action_button import ActionButton
from desktop_ocr.ui.doubt import Tier
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.menus import CommandBar
from desktop_ocr.ui.review.marks import rule_format, tier_format
from desktop_ocr.ui.theme import GRID, LIGHT, Theme, apply_theme
from desktop_ocr.ui.verify.group_list import GroupList
from desktop_ocr.ui.verify.view import VerifyView
from desktop_ocr.ui.waiting import wait_until

LANGUAGES = pytest.mark.parametrize(
    "language", [Language.ENGLISH, Language.CHINESE], ids=["en", "zh"]
)
INTERACTIVE = (
    QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QSpinBox,
)  # fmt: skip
DIALOGS = ("export", "show_effort", "show_settings", "show_shortcuts", "show_about")


@pytest.fixture
def desk(program, picture, idle, qtbot):
    """The window with two pages, a row that tells of a failure, and a line in the text field."""
    wrong = picture("wrong.png")
    wrong.write_bytes(b"no picture")
    program.window.open_paths([picture("one.png"), picture("two.png"), wrong])
    idle(program, 2)
    show(program, *PARTS["page"])
    program.window.review.focus_editor()
    qtbot.waitUntil(program.window.messages.isVisible)
    return program


PARTS = {
    "page": ("show_thumbnails", "show_plain", "show_boxes"),
    "changes": ("show_changes",),
    "find": ("replace",),
    "fields": ("show_fields",),
    "light": ("show_light",),
    "groups": ("verify_groups",),
    "everything": ("show_changes", "replace", "show_fields", "show_light"),
}
"""Commands that show a further part of the window."""

EACH_PART = pytest.mark.parametrize("part", PARTS)


def show(program, *commands: str) -> None:
    for command in commands:
        action = program.window.commands[command]
        if not action.isChecked():
            action.trigger()
    QApplication.processEvents()
    if "show_fields" in commands:
        program.window.workspace.fields.form.open()
    if "verify_groups" in commands:
        groups = program.window.findChild(GroupList)
        assert wait_until(lambda: groups.model().rowCount() > 0, 10)
        session = program.window.findChild(VerifyView).session
        session.show(max(session.groups, key=lambda group: len(group.alike)))
        QApplication.processEvents()


def open_dialog(program, command) -> QDialog:
    before = set(QApplication.topLevelWidgets())
    program.window.commands[command].trigger()
    fresh = [w for w in QApplication.topLevelWidgets() if w not in before or w.isVisible()]
    return next(w for w in fresh if isinstance(w, QDialog) and w.isVisible())


def is_private(widget: QWidget) -> bool:
    """Say whether Qt made the widget for itself, inside another one that stands for it."""
    name = widget.objectName()
    parent = widget.parentWidget()
    return (
        name.startswith("qt_")
        or isinstance(widget, (QScrollBar, QHeaderView, QMenu, QMenuBar))
        or isinstance(parent, (QComboBox, QSpinBox, QTabBar))
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
    )


def visible(root: QWidget) -> list[QWidget]:
    widgets = [w for w in root.findChildren(QWidget) if w.window() is root]
    return [w for w in widgets if w.isVisible() and not is_private(w)]


def interactive(root: QWidget) -> list[QWidget]:
    return [
        w
        for w in visible(root)
        if isinstance(w, INTERACTIVE)
        or (w.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(w, QScrollArea))
    ]


def nothing(wrong: list[str]) -> None:
    assert not wrong, "\n".join(wrong)


def called(widget: QWidget) -> str:
    """Return how a message of a test calls a widget."""
    path, at = [], widget
    while at is not None:
        path.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return "/".join(reversed(path))


def check_names(root: QWidget, language: Language) -> list[str]:
    wrong = []
    for widget in interactive(root):
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name).strip()
        if isinstance(widget, QComboBox):
            # On Linux Qt gives its value as its name, and its label by a relation.
            labels = [w.text() for w in root.findChildren(QLabel) if w.buddy() is widget]
            name = widget.accessibleName() or "".join(labels)
        if widget.objectName() == "messageAction":
            continue  # a message stays in the language in which it was told
        if not name:
            wrong.append(f"{called(widget)} has no name")
        elif face.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client) and not (
            # What is no control of any known kind says in words what it is.
            face.text(QAccessible.Text.Description)
        ):
            wrong.append(f"{called(widget)} “{name}” has no role")
        elif (
            language is Language.CHINESE
            and re.search("[A-Za-z]{4}", name)
            and not re.search("[\u4e00-\u9fff]", name)
        ):
            wrong.append(f"{called(widget)} “{name}” is not Chinese")
    return wrong


@LANGUAGES
@EACH_PART
def test_a_screen_reader_hears_a_name_and_a_role_for_everything(desk, language, part):
    show(desk, *PARTS[part])
    desk.language.show(language)
    QApplication.processEvents()
    nothing(check_names(desk.window, language))


@LANGUAGES
def test_a_screen_reader_finds_its_way_in_dialogs(desk, language):
    desk.language.show(language)
    QApplication.processEvents()
    for command in DIALOGS:
        dialog = open_dialog(desk, command)
        nothing(check_names(dialog, language))
        assert dialog.windowTitle()
        dialog.close()


def test_icons_alone_say_what_they_do_under_the_pointer(desk):
    for button in desk.window.findChildren(QAbstractButton):
        if button.isVisible() and not is_private(button) and not button.text().strip():
            assert button.toolTip(), called(button)
    for button in desk.window.findChildren(QToolButton):
        if button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            assert is_private(button) or button.toolTip(), called(button)


def reached(root: QWidget) -> set[QWidget]:
    """Return what Tab goes through, from the widget with the focus and around."""
    seen: set[QWidget] = set()
    for _ in range(300):
        widget = QApplication.focusWidget()
        if widget in seen:
            break
        if widget is not None:
            seen.add(widget)
        root.focusNextPrevChild(True) if widget is None else QTest.keyClick(widget, Qt.Key.Key_Tab)
    return seen


def unreached(root: QWidget) -> list[str]:
    seen = reached(root)
    return [
        called(w) for w in interactive(root) if w.isEnabled() and w not in seen and not is_one_of(w)
    ]


def is_one_of(widget: QWidget) -> bool:
    """Say whether a button is in a group of which Tab reaches one, and arrow keys the others."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return widget.autoExclusive() or (group is not None and group.exclusive())


@EACH_PART
def test_every_control_is_reached_by_keys(desk, qtbot, part):
    show(desk, *PARTS[part])
    qtbot.waitUntil(desk.window.isActiveWindow)
    nothing(unreached(desk.window))


def test_f6_goes_from_part_to_part(desk, qtbot):
    window = desk.window
    qtbot.waitUntil(window.isActiveWindow)
    places = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        places.append(QApplication.focusWidget())
    parts = (window.page_view, window.review, window.thumbnails)
    assert {
        next(i for i, part in enumerate(parts) if place is part or part.isAncestorOf(place))
        for place in places
    } == {0, 1, 2}


def test_every_control_of_a_dialog_is_reached_by_keys(desk, qtbot):
    for command in DIALOGS:
        dialog = open_dialog(desk, command)
        qtbot.waitUntil(dialog.isActiveWindow)
        nothing(unreached(dialog))
        dialog.close()


@EACH_PART
def test_one_sees_where_the_focus_is(desk, qtbot, part):
    show(desk, *PARTS[part])
    window = desk.window
    qtbot.waitUntil(window.isActiveWindow)
    blind = [called(w) for w in interactive(window) if w.isEnabled() and looks_alike(w, window)]
    nothing(blind)


def test_one_sees_where_the_focus_is_in_dialogs(desk, qtbot):
    for command in DIALOGS:
        dialog = open_dialog(desk, command)
        qtbot.waitUntil(dialog.isActiveWindow)
        controls = [w for w in interactive(dialog) if w.isEnabled()]
        nothing([called(w) for w in controls if looks_alike(w, dialog)])
        dialog.close()


def looks_alike(widget: QWidget, root: QWidget) -> bool:
    """Say whether a widget looks the same with the focus and without."""
    if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False

    def look(focused: bool):
        if focused:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            root.setFocus(Qt.FocusReason.OtherFocusReason)
            widget.clearFocus()
        QApplication.sendPostedEvents()
        return widget.grab().toImage()

    root.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after a Tab
    return look(False) == look(True)


# --- texts at 100 to 200 % ----------------------------------------------------------------


SIZES = {"100 %": (1600, 1000), "150 % of 1920x1080": (1280, 720), "200 %": (960, 540)}


@LANGUAGES
@EACH_PART
def test_no_text_is_cut_off_on_any_screen(desk, language, part):
    desk.language.show(language)
    show(desk, *PARTS[part])
    for scale, size in SIZES.items():
        desk.window.resize(*size)
        QApplication.processEvents()
        nothing(cut(desk.window, scale))
        assert desk.window.width() <= size[0]
        assert desk.window.height() <= size[1]


def test_no_text_is_cut_off_after_the_language_changes(desk):
    show(desk, "show_fields")
    desk.window.resize(960, 540)
    for language in (Language.CHINESE, Language.ENGLISH, Language.CHINESE):
        desk.language.show(language)
        QApplication.processEvents()
        nothing(cut(desk.window, language.value))


def test_the_arrow_of_a_button_has_room_beside_its_icon(desk, qapp):
    bar = desk.window.findChild(CommandBar)
    desk.window.resize(960, 540)
    QApplication.processEvents()
    shown = [b for b in bar.findChildren(QToolButton) if not is_private(b) and b.isVisible()]
    split = [b for b in shown if b.menu() is not None]
    plain = max(b.width() for b in shown if b.menu() is None)
    assert split and all(b.width() >= plain + 12 for b in split)


@LANGUAGES
@EACH_PART
def test_no_text_is_cut_off_where_the_system_writes_twice_as_large(desk, qapp, language, part):
    usual, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(2 * usual.pointSizeF())
    try:
        qapp.setFont(larger)
        desk.language.show(language)
        desk.window.resize(1600, 1000)
        show(desk, *PARTS[part])
        nothing(cut(desk.window))
        for command in DIALOGS if part == "page" else ():
            dialog = open_dialog(desk, command)
            # As on a screen that has room: the offscreen one is small.
            dialog.resize(dialog.size().expandedTo(dialog.sizeHint()))
            QApplication.processEvents()
            nothing(cut(dialog))
            dialog.close()
    finally:
        qapp.setFont(usual)


@LANGUAGES
def test_dialogs_fit_a_small_screen_without_cutting_text_off(desk, language):
    desk.language.show(language)
    QApplication.processEvents()
    for command in DIALOGS:
        dialog = open_dialog(desk, command)
        QApplication.processEvents()
        nothing(cut(dialog))
        least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
        assert (least.width() <= 960, least.height() <= 540) == (True, True), command
        dialog.close()


def cut(root: QWidget, at: str = "") -> list[str]:
    """Return the texts that are cut off once the layout has come to rest."""
    wait_until(lambda: not any(map(is_cut, visible(root))), 2)
    return [f"{at} {called(w)}: {text_of(w)}" for w in visible(root) if is_cut(w)]


def is_behind(widget: QWidget) -> bool:
    """Say whether a widget is in a panel behind another one, which a tab brings up."""
    panel = widget
    while panel is not None and not isinstance(panel, QDockWidget):
        panel = panel.parentWidget()
    return panel is not None and panel.visibleRegion().isEmpty()


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) else ""


def is_hidden_in_part(widget: QWidget) -> bool:
    """Say whether what is around a widget cuts a part of it off that cannot be scrolled to."""
    place, at = widget.rect(), widget
    while at is not widget.window():
        place, at = place.translated(at.pos()), at.parentWidget()
        room, area = at.rect(), at.parentWidget()
        if isinstance(area, QAbstractScrollArea) and at is area.viewport():
            if area.horizontalScrollBar().isVisible():
                place.moveLeft(min(max(place.left(), 0), max(room.right() - place.width(), 0)))
            if area.verticalScrollBar().isVisible():
                place.moveTop(min(max(place.top(), 0), max(room.bottom() - place.height(), 0)))
        if not room.contains(place):
            return True
    return False


def is_cut(widget: QWidget) -> bool:
    """Say whether a widget has less room than its text needs, or is not in full view."""
    if is_behind(widget):
        return False
    if isinstance(widget, INTERACTIVE) and is_hidden_in_part(widget):
        return True
    if isinstance(widget, QComboBox):
        text, arrow = widget.fontMetrics().horizontalAdvance(text_of(widget)), 2 * GRID
        if text + arrow > widget.width():
            return True
    if isinstance(widget, (QLineEdit, QComboBox, QSpinBox)):  # long texts move in them
        return widget.height() < widget.minimumSizeHint().height()
    if not text_of(widget).strip() or not isinstance(widget, (QLabel, QAbstractButton)):
        return False
    if is_hidden_in_part(widget):
        return True
    if isinstance(widget, QToolButton):
        icon_only = widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        if icon_only:
            return False
    if text_of(widget) in widget.toolTip():
        return False  # where room is short it is shortened on purpose
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
        return widget.fontMetrics().horizontalAdvance(text_of(widget)) > widget.width()
    least = widget.sizeHint()
    return least.width() > widget.width() or least.height() > widget.height()


# --- no information by colour alone ---------------------------------------------------------


@pytest.fixture
def one_grey():
    """All colours that mean something are the colour of text, all grounds are one ground."""
    before = asdict(LIGHT)
    meaning = (
        "accent",
        "accent_hover",
        "doubt_high",
        "doubt_mid",
        "doubt_low",
        "reviewed",
        "error",
    )
    grounds = (
        "selection",
        "hover",
        "pressed",
        *(f"doubt_{t}_ground" for t in ("high", "mid", "low")),
    )
    for name in meaning:
        object.__setattr__(LIGHT, name, LIGHT.text)
    for name in grounds:
        object.__setattr__(LIGHT, name, LIGHT.surface)
    yield
    for name, value in before.items():
        object.__setattr__(LIGHT, name, value)


def test_states_of_a_line_differ_without_any_colour(one_grey, make_program, picture, idle, qapp):
    apply_theme(qapp, Theme.LIGHT)
    program = make_program()
    try:
        program.window.open_paths([picture()])
        idle(program, 1)
        document, window = program.document, program.window
        line = document.current_page.lines[1]
        lists, pages, fields = [], [], []

        def look() -> None:
            # Another line is current: what is current is painted in another way.
            document.select_line(document.current_page.lines[0].id)
            QApplication.processEvents()
            view = window.review.lines.list
            row = view.model().index(1, 0)
            lists.append(view.grab(view.visualRect(row)).toImage())
            pages.append(window.page_view.grab().toImage())
            document.select_line(line.id)
            QApplication.processEvents()
            fields.append(window.review.form.grab().toImage())

        look()
        document.set_doubt(0.5)  # no longer doubtful
        look()
        document.set_status([line.id], LineStatus.REVIEWED)
        look()
        document.set_status([line.id], LineStatus.ILLEGIBLE)
        look()
        for where, pictures in (("list", lists), ("page", pages), ("field", fields)):
            same = [
                (a, b)
                for a, b in combinations(range(len(pictures)), 2)
                if pictures[a] == pictures[b]
            ]
            assert not same, f"{where}: states {same} look alike"
    finally:
        apply_theme(qapp, Theme.SYSTEM)


def test_tiers_of_doubt_differ_without_any_colour(one_grey):
    looks = [tier_format(LIGHT, tier).underlineStyle() for tier in Tier]
    assert len(set(looks)) == len(looks)
    assert rule_format(LIGHT).underlineStyle() not in looks


@LANGUAGES
def test_export_stays_on_the_toolbar_in_every_theme_and_width(desk, qapp, language):
    desk.language.show(language)
    try:
        for width in (960, 1280, 1366, 1600):
            desk.window.resize(width, 800)
            for theme in (Theme.LIGHT, Theme.DARK):
                apply_theme(qapp, theme)
                QApplication.processEvents()
                bar = desk.window.findChild(CommandBar)
                export = bar.findChildren(ActionButton)[-1]
                assert export.isVisible(), (width, theme)
                assert bar.rect().contains(export.geometry()), (width, theme)
    finally:
        apply_theme(qapp, Theme.SYSTEM)


def test_the_theme_can_change_while_any_dialog_is_open(desk, qapp):
    try:
        for command in DIALOGS:
            dialog = open_dialog(desk, command)
            for theme in (Theme.DARK, Theme.LIGHT, Theme.DARK):
                apply_theme(qapp, theme)
                QApplication.processEvents()
            assert dialog.isVisible()
            dialog.close()
    finally:
        apply_theme(qapp, Theme.SYSTEM)
