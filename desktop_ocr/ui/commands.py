"""One table of commands: menus, toolbar, keys and the sheet of shortcuts are made from it."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Menu(enum.Enum):
    """The menus, in their order."""

    FILE = QT_TRANSLATE_NOOP("Commands", "&File")
    EDIT = QT_TRANSLATE_NOOP("Commands", "&Edit")
    PAGE = QT_TRANSLATE_NOOP("Commands", "&Page")
    READING = QT_TRANSLATE_NOOP("Commands", "Rea&ding")
    REVIEW = QT_TRANSLATE_NOOP("Commands", "&Review")
    VIEW = QT_TRANSLATE_NOOP("Commands", "&View")
    HELP = QT_TRANSLATE_NOOP("Commands", "&Help")


class Need(enum.Enum):
    """When a command is possible."""

    ALWAYS = enum.auto()
    PAGE = enum.auto()
    PAGES = enum.auto()  # more than one
    LINE = enum.auto()
    BUSY = enum.auto()
    UNREAD = enum.auto()  # a page that was not read, or not to its end
    QUEUE = enum.auto()  # several documents, one after the other
    UNDO = enum.auto()
    REDO = enum.auto()


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can ask for.

    Attributes:
        id: Name of the method of the main window that does it.
        menu: Where it stands.
        text: In the menu and in the sheet of shortcuts.
        keys: Shortcuts; the first one is shown.
        icon: Name of a line icon.
        short: Text on the toolbar; "" where the command has only its icon there.
        need: When it is possible.
        checkable: It is switched on and off.
        separated: A separator stands before it in the menu.
        in_view: Its key, which types or deletes text elsewhere, acts only in the page view.
    """

    id: str
    menu: Menu
    text: object
    keys: tuple[str, ...] = ()
    icon: str = ""
    short: object = ""
    need: Need = Need.ALWAYS
    checkable: bool = False
    separated: bool = False
    in_view: bool = False


COMMANDS: tuple[Command, ...] = (
    Command(
        "new_project", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "&New"), ("Ctrl+N",), "file-plus",
    ),
    Command(
        "open_files", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "&Open files…"), ("Ctrl+O",),
        "folder-open", QT_TRANSLATE_NOOP("Commands", "Open"),
    ),
    Command(
        "open_folder", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Open &folder…"),
        ("Ctrl+Shift+O",), "files",
    ),
    Command(
        "paste", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "&Paste picture or files"),
        ("Ctrl+V",), "clipboard-paste", QT_TRANSLATE_NOOP("Commands", "Paste"),
    ),
    Command(
        "open_sample", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Open a &sample page"), (),
        "file-text",
    ),
    Command(
        "save_project", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Sa&ve"), ("Ctrl+S",), "save",
        need=Need.PAGE, separated=True,
    ),
    Command(
        "save_project_as", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Save &as…"),
        ("Ctrl+Shift+S",), need=Need.PAGE,
    ),
    Command(
        "export", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "&Export…"), ("Ctrl+E",),
        "file-output", QT_TRANSLATE_NOOP("Commands", "Export"), Need.PAGE,
    ),
    Command(
        "next_document", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Ne&xt document"),
        ("Ctrl+F6",), need=Need.QUEUE, separated=True,
    ),
    Command(
        "previous_document", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Previous &document"),
        ("Ctrl+Shift+F6",), need=Need.QUEUE,
    ),
    Command(
        "keep_recent", Menu.FILE,
        QT_TRANSLATE_NOOP("Commands", "Remember &which projects were open"), checkable=True,
        separated=True,
    ),
    Command(
        "forget_recent", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "Forget this &list"),
    ),
    Command(
        "keep_readings", Menu.FILE,
        QT_TRANSLATE_NOOP("Commands", "&Remember readings on this computer"), checkable=True,
    ),
    Command(
        "forget_readings", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "For&get remembered readings"),
    ),
    Command(
        "close", Menu.FILE, QT_TRANSLATE_NOOP("Commands", "&Quit"), ("Ctrl+Q",),
        separated=True,
    ),
    Command(
        "undo", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Undo"), ("Ctrl+Z",), "undo-2",
        need=Need.UNDO,
    ),
    Command(
        "redo", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"),
        "redo-2", need=Need.REDO,
    ),
    Command(
        "draw_box", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Draw a box"), ("W",),
        "square-plus", QT_TRANSLATE_NOOP("Commands", "Draw"), Need.PAGE, checkable=True,
        separated=True, in_view=True,
    ),
    Command(
        "cut_box", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Cut a box"), ("C",), "scissors",
        QT_TRANSLATE_NOOP("Commands", "Cut"), Need.LINE, checkable=True, in_view=True,
    ),
    Command(
        "join_boxes", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Join the selected boxes"),
        ("J",), "combine", QT_TRANSLATE_NOOP("Commands", "Join"), Need.LINE, in_view=True,
    ),
    Command(
        "edit_order", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Reading &order"), ("L",),
        "list-ordered", QT_TRANSLATE_NOOP("Commands", "Order"), Need.LINE, checkable=True,
        in_view=True,
    ),
    Command(
        "delete_lines", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "De&lete lines"), ("Del",),
        "trash-2", need=Need.LINE, in_view=True,
    ),
    Command(
        "split_line", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Split line at the caret"),
        ("Ctrl+D",), "scissors", need=Need.LINE,
    ),
    Command(
        "merge_previous", Menu.EDIT,
        QT_TRANSLATE_NOOP("Commands", "Join with the line &before"), ("Ctrl+M",), "combine",
        need=Need.LINE,
    ),
    Command(
        "merge_next", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Join with the line &after"),
        ("Ctrl+Shift+M",), need=Need.LINE,
    ),
    Command(
        "find", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "&Find…"), ("Ctrl+F",), "search",
        need=Need.PAGE, separated=True,
    ),
    Command(
        "replace", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Re&place…"), ("Ctrl+H",),
        need=Need.PAGE,
    ),
    Command(
        "find_next", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Find &next"), ("Ctrl+G",),
        need=Need.PAGE,
    ),
    Command(
        "find_previous", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Find pre&vious"),
        ("Ctrl+Shift+G",), need=Need.PAGE,
    ),
    Command(
        "show_settings", Menu.EDIT, QT_TRANSLATE_NOOP("Commands", "Se&ttings…"), ("Ctrl+,",),
        "settings", separated=True,
    ),
    Command(
        "previous_page", Menu.PAGE, QT_TRANSLATE_NOOP("Commands", "&Previous page"),
        ("PgUp",), "chevron-up", need=Need.PAGES,
    ),
    Command(
        "next_page", Menu.PAGE, QT_TRANSLATE_NOOP("Commands", "&Next page"), ("PgDown",),
        "chevron-down", need=Need.PAGES,
    ),
    Command(
        "previous_unreviewed_page", Menu.PAGE,
        QT_TRANSLATE_NOOP("Commands", "Previous page with lines to review"), ("Ctrl+PgUp",),
        need=Need.PAGES,
    ),
    Command(
        "next_unreviewed_page", Menu.PAGE,
        QT_TRANSLATE_NOOP("Commands", "Next page with lines to review"), ("Ctrl+PgDown",),
        need=Need.PAGES,
    ),
    Command(
        "delete_page", Menu.PAGE, QT_TRANSLATE_NOOP("Commands", "&Delete page"),
        ("Ctrl+Shift+Del",), "trash-2", need=Need.PAGE, separated=True,
    ),
    Command(
        "read_page", Menu.READING, QT_TRANSLATE_NOOP("Commands", "&Read page again"),
        ("Ctrl+Shift+R",), "refresh-cw", QT_TRANSLATE_NOOP("Commands", "Read again"), Need.PAGE,
    ),
    Command(
        "read_lines", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Read selected &lines again"),
        ("Ctrl+R",), "scan-text", need=Need.LINE,
    ),
    Command(
        "read_unread", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Read all &unread pages"), (),
        "play", need=Need.UNREAD,
    ),
    Command(
        "read_reviewed", Menu.READING,
        QT_TRANSLATE_NOOP("Commands", "&Also read lines that I checked or changed"),
        checkable=True, need=Need.PAGE,
    ),
    Command(
        "pause", Menu.READING, QT_TRANSLATE_NOOP("Commands", "&Pause reading"),
        ("Ctrl+Shift+P",), "pause", QT_TRANSLATE_NOOP("Commands", "Pause"), Need.BUSY,
        checkable=True, separated=True,
    ),
    Command(
        "cancel", Menu.READING, QT_TRANSLATE_NOOP("Commands", "&Stop reading"),
        ("Ctrl+.",), "circle-stop", QT_TRANSLATE_NOOP("Commands", "Stop"), Need.BUSY,
    ),
    Command(
        "use_language", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Use lan&guage and lexicons"),
        checkable=True, separated=True,
    ),
    Command(
        "use_second", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Ask the s&econd reader"),
        checkable=True,
    ),
    Command(
        "use_rules", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Apply &correction rules"),
        checkable=True,
    ),
    Command(
        "open_lists", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Own lists of &terms…"),
        icon="folder-open", separated=True,
    ),
    Command(
        "open_rules", Menu.READING, QT_TRANSLATE_NOOP("Commands", "&Own rules…"),
        icon="folder-open",
    ),
    Command(
        "open_fields", Menu.READING, QT_TRANSLATE_NOOP("Commands", "Own &fields…"),
        icon="folder-open",
    ),
    Command(
        "next_doubtful", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "&Next doubtful place"),
        ("F3",), "circle-question-mark", QT_TRANSLATE_NOOP("Commands", "Next doubt"), Need.PAGE,
    ),
    Command(
        "previous_doubtful", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "&Previous doubtful place"), ("Shift+F3",), need=Need.PAGE,
    ),
    Command(
        "show_alternatives", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Other readings at the &caret"), ("F2", "Ctrl+Space"),
        need=Need.LINE, separated=True,
    ),
    Command(
        "take_back_rule", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "&Take back a rule's correction"), ("F8",), need=Need.LINE,
    ),
    Command(
        "show_plain", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Show what the recogniser &alone saw"), ("F4",),
        checkable=True,
    ),
    Command(
        "take_plain", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Take &over what the recogniser alone saw"), ("Shift+F4",),
        need=Need.LINE,
    ),
    Command(
        "add_word", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "A&dd the word to your own list"),
        ("Ctrl+Return", "Ctrl+Enter"), need=Need.LINE,
    ),
    Command(
        "show_changes", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Sho&w what was changed against the reading"),
        ("Ctrl+Shift+X",), checkable=True, separated=True,
    ),
    Command(
        "restore_change", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "&Bring back what was read at the caret"), ("Shift+F8",),
        need=Need.LINE,
    ),
    Command(
        "restore_reading", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Bring back the w&hole line as it was read"),
        ("Ctrl+F8",), need=Need.LINE,
    ),
    Command(
        "mark_reviewed", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "Mark lines as &reviewed"),
        ("Ctrl+Shift+Return",), "check", need=Need.LINE, separated=True,
    ),
    Command(
        "mark_illegible", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "Mark lines as &illegible"),
        ("Ctrl+Shift+U",), "eye-off", need=Need.LINE,
    ),
    Command(
        "mark_place_illegible", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Mark the p&lace as illegible (□)"), ("Ctrl+U",),
        need=Need.LINE,
    ),
    Command(
        "mark_unreviewed", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Mark lines as not re&viewed"), (), "circle",
        need=Need.LINE,
    ),
    Command(
        "verify_groups", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Verif&y characters in groups"), ("F7",), "layout-grid",
        need=Need.PAGE, checkable=True, separated=True,
    ),
    Command(
        "show_critical", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "&Show critical places to review"), (), "triangle-alert",
        need=Need.PAGE, separated=True,
    ),
    Command(
        "mark_critical", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Mar&k critical places"), checkable=True,
    ),
    Command(
        "sign_off_page", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "Si&gn off the page"),
        ("F12",), "badge-check", need=Need.PAGE, separated=True,
    ),
    Command(
        "sign_off_document", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Sign o&ff the whole document"), need=Need.PAGE,
    ),
    Command(
        "name_reviewer", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "Reviewer's na&me…"), (),
        "user-round",
    ),
    Command(
        "switch_focus", Menu.REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Switch between page, text and pages"), ("F6",),
        need=Need.PAGE, separated=True,
    ),
    Command("show_effort", Menu.REVIEW, QT_TRANSLATE_NOOP("Commands", "&Effort…"), (), "clock"),
    Command(
        "zoom_in", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Zoom &in"), ("Ctrl++", "Ctrl+="),
        "zoom-in", need=Need.PAGE,
    ),
    Command(
        "zoom_out", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Zoom &out"), ("Ctrl+-",),
        "zoom-out", need=Need.PAGE,
    ),
    Command(
        "fit_page", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Fit &page"), ("Ctrl+0",),
        "maximize", need=Need.PAGE,
    ),
    Command(
        "actual_size", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "&Actual size"), ("Ctrl+1",),
        need=Need.PAGE,
    ),
    Command(
        "fit_width", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Fit &width"), ("Ctrl+2",),
        "move-horizontal", need=Need.PAGE,
    ),
    Command(
        "show_boxes", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Show line &boxes"), ("Ctrl+L",),
        "square-dashed", checkable=True, separated=True,
    ),
    Command(
        "show_straightened", Menu.VIEW,
        QT_TRANSLATE_NOOP("Commands", "S&traightened page"), ("G",), "scan",
        need=Need.PAGE, checkable=True, in_view=True,
    ),
    Command(
        "show_light", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Light and geometr&y"),
        ("Ctrl+Shift+L",), "sun", checkable=True,
    ),
    Command(
        "show_thumbnails", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Show page &list"), ("F9",),
        "panel-left", checkable=True,
    ),
    Command(
        "show_review", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Show lines and te&xt"),
        ("Ctrl+F9",), "panel-right", checkable=True,
    ),
    Command(
        "show_fields", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Show fiel&ds"),
        ("Ctrl+Shift+I",), "clipboard-list", checkable=True,
    ),
    Command(
        "larger_text", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "Lar&ger text"),
        ("Ctrl+Alt++", "Ctrl+Alt+="), separated=True,
    ),
    Command(
        "smaller_text", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "&Smaller text"),
        ("Ctrl+Alt+-",),
    ),
    Command(
        "full_screen", Menu.VIEW, QT_TRANSLATE_NOOP("Commands", "&Full screen"), ("F11",),
        checkable=True, separated=True,
    ),
    Command(
        "show_shortcuts", Menu.HELP, QT_TRANSLATE_NOOP("Commands", "&Keyboard shortcuts"),
        ("F1",), "keyboard",
    ),
    Command(
        "show_about", Menu.HELP, QT_TRANSLATE_NOOP("Commands", "&About this program"), (), "info",
    ),
)  # fmt: skip

TOOLBAR: tuple[tuple[str, ...], ...] = (
    ("open_files", "paste"),
    ("read_page", "pause"),
    ("undo", "redo"),
    ("draw_box", "cut_box", "join_boxes", "edit_order"),
    ("fit_page", "show_boxes"),
    ("next_doubtful",),
)
"""Groups of commands on the toolbar, with separators between; Export stands at the right end."""

SPLIT_BUTTONS: dict[str, tuple[str, ...]] = {"read_page": ("read_lines", "read_reviewed")}
"""Commands of the toolbar whose button has a menu with further ones."""

BOX_MENU = (
    "read_lines", "mark_reviewed", "mark_illegible", "mark_unreviewed",
    "merge_previous", "merge_next",
)  # fmt: skip
"""Commands in the context menu of a box, after those whose keys act only in the page view."""

# Keys inside the text field and the page view, which the widgets handle themselves; listed here
# so that the sheet of shortcuts tells them too.
WIDGET_KEYS: tuple[tuple[Menu, tuple[tuple[object, str], ...]], ...] = (
    (
        Menu.REVIEW,
        (
            (QT_TRANSLATE_NOOP("Commands", "Accept the line, go to the next"), "Return"),
            (QT_TRANSLATE_NOOP("Commands", "Accept the line, stay on it"), "Shift+Return"),
            (QT_TRANSLATE_NOOP("Commands", "Line before / after"), "Up / Down"),
            (
                QT_TRANSLATE_NOOP("Commands", "Caret by a word or four characters"),
                "Ctrl+Left / Ctrl+Right",
            ),
            (QT_TRANSLATE_NOOP("Commands", "Take back what was typed in this line"), "Esc"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: all shown are right, go on"), "Return"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: look at this one later"), "Ctrl+Return"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: leave one character for later"), "Space"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: choose an offered reading"), "1 / Alt+1"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: take the character out"), "Del"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: the one before / after"), "PgUp / PgDown"),
            (QT_TRANSLATE_NOOP("Commands", "Groups: the character on its page"), "Esc"),
        ),
    ),
    (
        Menu.EDIT,
        (
            (QT_TRANSLATE_NOOP("Commands", "Move the selected box"), "Arrows"),
            (QT_TRANSLATE_NOOP("Commands", "Move it by 10 pixels"), "Shift+Arrows"),
            (QT_TRANSLATE_NOOP("Commands", "Resize it"), "Ctrl+Shift+Arrows"),
            (QT_TRANSLATE_NOOP("Commands", "Select several boxes"), "Ctrl+Click"),
            (
                QT_TRANSLATE_NOOP("Commands", "Next / previous place, in the bar for finding"),
                "Return / Shift+Return",
            ),
            (QT_TRANSLATE_NOOP("Commands", "Tick a line, in the list of replacements"), "Space"),
            (QT_TRANSLATE_NOOP("Commands", "Cut between two lines in one box"), "Shift+Click"),
            (
                QT_TRANSLATE_NOOP("Commands", "Read the line earlier / later (reading order)"),
                "Alt+Up / Alt+Down",
            ),
        ),
    ),
    (
        Menu.VIEW,
        (
            (QT_TRANSLATE_NOOP("Commands", "Zoom at the pointer"), "Ctrl+Wheel"),
            (QT_TRANSLATE_NOOP("Commands", "Move the page"), "Space+Drag"),
            (QT_TRANSLATE_NOOP("Commands", "Hide all boxes while held"), "Alt"),
        ),
    ),
)


def translated(text: object) -> str:
    """Return a text of the table in the language of the window."""
    return QCoreApplication.translate("Commands", str(text)) if text else ""


def plain(text: str) -> str:
    """Return a menu text without its mnemonic and dots."""
    # Chinese menus carry the mnemonic in brackets after the text: "打开(&O)…".
    return re.sub(r"\(&.\)", "", text).replace("&", "").removesuffix("…")
