"""How much work checking takes: counted on this computer, in numbers only."""

from desktop_ocr.ui.effort.commands import EffortCommands

__all__ = ["EffortCommands"]
