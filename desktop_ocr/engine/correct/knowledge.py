"""The lexicon and the rules of one program: kept, and loaded anew when the user changed files."""

from __future__ import annotations

from desktop_ocr.engine.correct.lexicon import Lexicon, load_lexicon
from desktop_ocr.engine.correct.rules import Rules, load_rules
from desktop_ocr.engine.own_files import Kept
from desktop_ocr.errors import DesktopOcrError

LISTS, RULES = "lexicons", "rules"
"""Names of the folders in the user's own."""


class Knowledge:
    """Terms and rules of program and user, loaded when they are first asked for. Thread-safe.

    They stay the same until :meth:`refresh`, so that a page is read with one set of them.
    """

    def __init__(self) -> None:
        self._lexicon = Kept(LISTS, load_lexicon)
        self._rules = Kept(RULES, load_rules)

    def lexicon(self) -> Lexicon:
        """Return the terms: the same object until they are loaded anew.

        Raises:
            ModelError: The program's own lists are missing or damaged.
        """
        return self._lexicon.get()

    def rules(self) -> Rules:
        """Return the rules: the same object until they are loaded anew.

        Raises:
            RuleFileError: A file of the program itself cannot be used.
        """
        return self._rules.get()

    def problems(self, *, lexicon: bool = True, rules: bool = True) -> tuple[DesktopOcrError, ...]:
        """Return what cannot be used of the user's files, for the person to be told.

        Args:
            lexicon: Tell of the lists of terms.
            rules: Tell of the rules.

        Raises:
            ModelError, RuleFileError: As in :meth:`lexicon` and :meth:`rules`.
        """
        of_lexicon = self.lexicon().problems if lexicon else ()
        return (*of_lexicon, *(self.rules().problems if rules else ()))

    def refresh(self) -> bool:
        """Drop what the user changed since it was loaded, and say whether anything was.

        Cheap: two folders are listed, no file is opened.
        """
        return any([self._lexicon.refresh(), self._rules.refresh()])
