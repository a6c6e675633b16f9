from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Line, Provenance, Step
from desktop_ocr.engine.cache import CachedReading, ReadingCache, cache_key


def reading(text: str = "张三") -> CachedReading:
    quad = Quad.from_box(1, 2, 30, 12)
    characters = tuple(Char(c, 0.5, quad.between(0, 0.5)) for c in text)
    line = Line("a1", quad, text, text, 0.5, characters)
    steps = (Step("deskew", {"angle": 1.25}), Step("grey"))
    return CachedReading((line,), Provenance("crnn-1", steps))


def test_comes_back_the_same_but_for_fresh_ids(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.put("k", reading())
    one, two = cache.get("k"), cache.get("k")
    assert one is not None
    assert two is not None
    assert one.provenance == reading().provenance
    for field in ("quad", "text", "raw_text", "confidence", "characters", "status"):
        assert getattr(one.lines[0], field) == getattr(reading().lines[0], field)
    assert len({one.lines[0].id, two.lines[0].id, "a1"}) == 3
    assert cache.get("other") is None


def test_key_depends_on_pixels_and_on_every_parameter() -> None:
    keys = {
        cache_key("a", {"model": "m", "language": False}),
        cache_key("b", {"model": "m", "language": False}),
        cache_key("a", {"model": "n", "language": False}),
        cache_key("a", {"model": "m", "language": True}),
    }
    assert len(keys) == 4
    assert cache_key("a", {"x": 1, "y": 2}) == cache_key("a", {"y": 2, "x": 1})


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of the user's folder there")
def test_only_the_user_may_read_an_entry_and_its_name_says_nothing(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path / "cache")
    cache.put(cache_key("a", {}), reading())
    (entry,) = cache.folder.iterdir()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert entry.stem == cache_key("a", {})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b"null", b'{"lines": 3}']))
def test_damaged_entry_is_no_entry(tmp_path: Path, data: bytes) -> None:
    cache = ReadingCache(tmp_path)
    (tmp_path / "k.json").write_bytes(data)
    assert cache.get("k") is None
    cache.put("k", reading())
    assert cache.get("k") is not None


def test_entry_of_another_shape_is_no_entry(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.put("k", reading())
    path = tmp_path / "k.json"
    data = json.loads(path.read_text("utf-8"))
    data["lines"][0]["confidence"] = 7
    path.write_text(json.dumps(data), "utf-8")
    assert cache.get("k") is None


def test_least_recently_used_entries_go_first(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.put("probe", reading())
    size = cache.size()
    cache.clear()
    assert cache.size() == 0
    small = ReadingCache(tmp_path, max_bytes=3 * size)
    for k, key in enumerate("abc"):
        small.put(key, reading())
        os.utime(tmp_path / f"{key}.json", (k, k))
    assert small.get("a") is not None  # used now
    small.put("d", reading())
    assert [key for key in "abcd" if small.get(key) is not None] == ["a", "c", "d"]
    assert small.size() <= 3 * size


def test_folder_that_cannot_be_used_is_an_empty_cache(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    cache = ReadingCache(blocked)
    cache.put("k", reading())
    assert cache.get("k") is None
    assert cache.size() == 0
    cache.clear()


def test_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ReadingCache(tmp_path)

    def full(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.put("k", reading())
    assert list(tmp_path.iterdir()) == []


def test_default_folder_is_the_user_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    assert ReadingCache().folder == tmp_path / "cache"
