"""Readings of pages that were read before, so that opening a page again costs nothing.

Privacy: an entry holds the recognised text of a page, which may be a patient's. Entries lie in
the user's own folder with rights for that user alone (0600, the folder 0700), are named by a
digest that says nothing about file or person, never grow beyond a bound, and never leave the
computer. ``ReadingCache.clear()`` removes all of them; an engine built without a cache neither
reads nor writes any.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_ocr.document.model import Line, Provenance, Step, new_id
from desktop_ocr.document.serialize import line_from_dict, line_to_dict
from desktop_ocr.log import logger
from desktop_ocr.paths import user_folder

MAX_BYTES = 64 * 1024 * 1024
"""Room for some hundreds of pages."""
_VERSION = 1
_SUFFIX = ".json"
_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class CachedReading:
    """What is kept of a page.

    Attributes:
        lines: In reading order; when read back they have fresh ids, so that one page opened
            twice in a document never has the same line twice.
        provenance: How they came about.
    """

    lines: tuple[Line, ...]
    provenance: Provenance


def cache_key(sha256: str, parameters: Mapping[str, Any]) -> str:
    """Return the key of a reading.

    Args:
        sha256: Of the page's pixels.
        parameters: All that the reading depends on beside the pixels: options, model id, versions
            of the steps. Must be JSON values.
    """
    text = json.dumps([_VERSION, sha256, parameters], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


class ReadingCache:
    """Readings as JSON files in a folder, least recently used first out.

    Nothing here raises: a cache that cannot be read or written is an empty one.

    Attributes:
        folder: Where the entries lie.
        enabled: While False nothing is read or written; what is there stays until cleared.
    """

    def __init__(self, folder: Path | None = None, *, max_bytes: int = MAX_BYTES) -> None:
        """Use a folder; it is made on the first write.

        Args:
            folder: None for ``cache`` in the user's folder.
            max_bytes: Bound of all entries together.
        """
        self.folder = folder if folder is not None else user_folder() / "cache"
        self.enabled = True
        self._max_bytes = max_bytes

    def get(self, key: str) -> CachedReading | None:
        """Return a reading, or None where there is none or its entry is damaged."""
        if not self.enabled:
            return None
        path = self._path(key)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            steps = tuple(Step(s["name"], s["parameters"]) for s in data["steps"])
            lines = tuple(replace(line_from_dict(line), id=new_id()) for line in data["lines"])
            reading = CachedReading(lines, Provenance(data["model_id"], steps))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.info("a cached reading is left aside: %s", type(error).__name__)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used now: removed last
        return reading

    def put(self, key: str, reading: CachedReading) -> None:
        """Keep a reading, and remove the least recently used ones beyond the bound."""
        if not self.enabled:
            return
        data = {
            "model_id": reading.provenance.model_id,
            "steps": [
                {"name": s.name, "parameters": dict(s.parameters)} for s in reading.provenance.steps
            ],
            "lines": [line_to_dict(line) for line in reading.lines],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # mkstemp opens with rights 0600; replacing keeps them.
            handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._shrink()
        except OSError as error:
            _log.info("a reading is not cached: %s", type(error).__name__)

    def clear(self) -> None:
        """Remove every entry."""
        for path in self._entries():
            with contextlib.suppress(OSError):
                path.unlink()

    def size(self) -> int:
        """Return the bytes of all entries together."""
        total = 0
        for path in self._entries():
            with contextlib.suppress(OSError):
                total += path.stat().st_size
        return total

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"

    def _entries(self) -> list[Path]:
        try:
            return [p for p in self.folder.iterdir() if p.suffix in (_SUFFIX, ".tmp")]
        except OSError:
            return []

    def _shrink(self) -> None:
        """Remove the oldest entries until the rest fits."""
        entries = []
        for path in self._entries():
            with contextlib.suppress(OSError):
                stat = path.stat()
                entries.append((stat.st_mtime_ns, stat.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries, key=lambda e: e[0]):
            if total <= self._max_bytes:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size
