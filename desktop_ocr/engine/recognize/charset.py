"""The classes a recogniser can read and the numbers it knows them by.

Class 0 is the CTC blank. A class is usually one character; nothing here relies on that, so a
model may have a class of several characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

BLANK = 0


class Charset:
    """An ordered set of classes; number 0 is the blank, the first class is number 1.

    Attributes:
        classes: The texts by class number. ``classes[0]`` is the empty text of the blank.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        """Number the classes.

        Args:
            characters: The texts of classes 1, 2, … in order, without the blank.

        Raises:
            ValueError: A class is empty or occurs twice.
        """
        self.classes: tuple[str, ...] = ("", *characters)
        self._numbers = {text: number for number, text in enumerate(self.classes) if number}
        if "" in self._numbers or len(self._numbers) != len(self.classes) - 1:
            raise ValueError("a charset must not hold an empty or a repeated class")

    def __len__(self) -> int:
        """Return the number of classes, the blank included."""
        return len(self.classes)

    def __contains__(self, text: object) -> bool:
        """Say whether a class reads ``text``."""
        return text in self._numbers

    def __getitem__(self, number: int) -> str:
        """Return the text of class ``number``."""
        return self.classes[number]

    def number(self, text: str) -> int | None:
        """Return the number of the class that reads ``text``, or None."""
        return self._numbers.get(text)

    def encode(self, text: str) -> list[int]:
        """Return the class numbers of a text, character by character.

        Args:
            text: Any text.

        Returns:
            The numbers, each at least 1.

        Raises:
            ValueError: A character belongs to no class.
        """
        try:
            return [self._numbers[character] for character in text]
        except KeyError as error:
            raise ValueError(f"no class for U+{ord(str(error.args[0])):04X}") from None

    def decode(self, numbers: Sequence[int]) -> str:
        """Return the text of class numbers; blanks add nothing."""
        return "".join(self.classes[number] for number in numbers)
