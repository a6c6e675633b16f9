from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def needed_by(package: str, seen: set[str]) -> set[str]:
    """Return the names of all packages that a package needs here, itself included."""
    name = re.sub(r"[-_.]+", "-", package).lower()
    if name in seen:
        return seen
    try:
        wanted = requires(name) or []
    except PackageNotFoundError:  # for another platform or Python
        return seen
    seen.add(name)
    for requirement in wanted:
        if "extra ==" not in requirement:
            needed_by(re.match(r"[A-Za-z0-9._-]+", requirement).group(), seen)
    return seen


def test_every_package_in_the_program_is_named() -> None:
    notices = re.sub(r"[-_.]+", "-", (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")).lower()
    packages = needed_by("desktop-ocr", set()) - {"desktop-ocr"}
    assert {"numpy", "rapidocr", "lxml"} <= packages
    missing = [
        p for p in packages if not re.search(rf"(?<![a-z0-9]){re.escape(p)}(?![a-z0-9])", notices)
    ]
    assert missing == []
