"""Write the sheet of shortcuts into both user guides, from the program's own table of commands.

    python scripts/user_guide.py [--check]

With --check nothing is written; the exit status says whether the guides are up to date.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.actions import shortcut_sheet
from desktop_ocr.ui.i18n import Language, LanguageManager
from desktop_ocr.ui.keys import Keys

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDES = {Language.CHINESE: "user-guide.zh-CN.md", Language.ENGLISH: "user-guide.en.md"}
HEADS = {Language.CHINESE: ("操作", "按键"), Language.ENGLISH: ("What it does", "Keys")}
BEGIN = "<!-- keys: written by scripts/user_guide.py -->"
END = "<!-- end of keys -->"


def key_tables(manager: LanguageManager, language: Language) -> str:
    """Return the sheet of shortcuts as Markdown tables, one for each menu.

    Args:
        manager: Speaks the language afterwards.
        language: English or Chinese.
    """
    manager.show(language)
    what, keys = HEADS[language]
    parts = []
    for title, rows in shortcut_sheet(Keys()):
        table = [f"**{title}**", "", f"| {what} | {keys} |", "|---|---|"]
        for text, shown in rows:
            cells = " / ".join(f"`{key}`" for key in shown.split(" / "))
            table.append(f"| {text} | {cells} |")
        parts.append("\n".join(table))
    return "\n\n".join(parts)


def with_tables(guide: str, tables: str) -> str:
    """Return a guide with its sheet of shortcuts replaced.

    Raises:
        ValueError: If the marks around the sheet are missing.
    """
    before, _, rest = guide.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        raise ValueError("the marks around the sheet of shortcuts are missing")
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


def main() -> int:
    """Bring both guides up to date, or say whether they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    manager, stale = LanguageManager(app), []
    for language, name in GUIDES.items():
        path = DOCS / name
        guide = path.read_text(encoding="utf-8")
        fresh = with_tables(guide, key_tables(manager, language))
        if fresh != guide:
            stale.append(name)
            if not check:
                path.write_text(fresh, encoding="utf-8")
    for name in stale:
        sys.stdout.write(f"{name} {'is out of date' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
