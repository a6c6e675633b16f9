"""Project files with flipped bytes, or cut off."""

from __future__ import annotations

import random
from pathlib import Path

from desktop_ocr.document.model import Document
from desktop_ocr.project import AddHistory, HistoryEntry, Pictures, Project, PutPicture
from tests.project.helpers import page, put, writing


def whole(path: Path, document: Document) -> bytes:
    """Make a project with pictures and a history, and return its bytes."""
    chance = random.Random(3)
    project = Project.create(path, pictures=Pictures.EMBEDDED)
    with writing(project) as writer:
        for i, one in enumerate(document.pages):
            entries = [
                HistoryEntry("2026", "王", "edit text", one.id, line.id, "", line.text)
                for line in one.lines
            ]
            writer.put(put(one, i))
            writer.put(PutPicture(one.id, data=chance.randbytes(20_000), thumbnail=b"small" * 500))
            writer.put(AddHistory(tuple(entries)))
    project.close()
    return path.read_bytes()


def damaged(data: bytes, seed: int) -> bytes:
    """Return the bytes with 1 to 40 bits flipped, or every fourth time cut off."""
    chance = random.Random(seed)
    if seed % 4 == 0:
        return data[: chance.randrange(len(data))]
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def several_pages() -> Document:
    """A document that is worth a rescue."""
    return Document([page(f"p{i}", 20) for i in range(6)])
