"""``desktop-ocr`` and ``python -m desktop_ocr``: the window, or a command where one is given."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: Arguments without the program's name; those of the process by default.

    Returns:
        The exit status.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first == "selftest":
        from desktop_ocr.app import selftest

        return selftest()
    from desktop_ocr import cli

    if first in cli.WORDS:
        return cli.main(arguments)
    from desktop_ocr import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
