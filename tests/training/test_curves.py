"""Curves of training: what the logs hold is what is plotted; same logs, same file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import cv2
import pytest

from desktop_ocr.errors import FileNotReadableError, FormatError
from desktop_ocr.training import curves

LOSSES = {"features": 0.9, "classes": 0.02, "labels": 0.6}


def write_log(path: Path, *entries: dict[str, object], end: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    path.write_text(text + end, encoding="utf-8")
    return path


def test_log_holds_losses_and_error_rates(tmp_path: Path) -> None:
    path = write_log(
        tmp_path / "log.jsonl",
        {"step": 100, "of": 300, "seconds": 9, **LOSSES},
        {"step": 200, "of": 300, "lines_per_second": 20.0, **LOSSES, "labels": 0.4},
        {"step": 200, "dev": {"hand_zh": 0.031, "lab_zh": 0.0}},
    )
    log = curves.read_log(path, "head")
    assert set(log.losses) == set(LOSSES)
    assert log.losses["labels"] == curves.Curve([100, 200], [0.6, 0.4])
    assert log.dev["hand_zh"] == curves.Curve([200], [0.031])


def test_steps_trained_again_after_a_crash_count_once(tmp_path: Path) -> None:
    entries = [{"step": step, "labels": value} for step, value in
               ((100, 3.0), (200, 2.0), (300, 1.5), (200, 1.9), (300, 1.4))]  # fmt: skip
    log = curves.read_log(write_log(tmp_path / "log.jsonl", *entries, end='{"step": 4'), "head")
    assert log.losses["labels"] == curves.Curve([100, 200, 300], [3.0, 1.9, 1.4])


def test_broken_logs_are_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.jsonl", end="no json\n")
    with pytest.raises(FormatError, match="Line 1"):
        curves.read_log(path, "a")
    with pytest.raises(FormatError, match="no losses"):
        curves.read_log(write_log(tmp_path / "b.jsonl", {"step": 1}), "b")
    with pytest.raises(FileNotReadableError):
        curves.read_log(tmp_path / "none.jsonl", "none")


def test_runs_are_named_by_as_few_folders_as_tell_them_apart() -> None:
    assert curves.run_names([Path("/w/head/log.jsonl"), Path("/w/whole/log.jsonl")]) == [
        "head",
        "whole",
    ]
    assert curves.run_names([Path("/w/1/head/log.jsonl"), Path("/w/2/head/log.jsonl")]) == [
        "1/head",
        "2/head",
    ]


def test_plot_names_runs_and_panels_and_is_the_same_each_time(tmp_path: Path) -> None:
    first = write_log(
        tmp_path / "head/log.jsonl", *({"step": s, **LOSSES} for s in range(100, 900, 100))
    )
    second = write_log(
        tmp_path / "whole/log.jsonl",
        {"step": 50, **LOSSES},
        {"step": 500, "dev": {"hand_en": 0.2}},
        {"step": 1000, "dev": {"hand_en": 0.15}},
    )
    output = tmp_path / "curves.svg"
    files = []
    for _ in range(2):
        assert curves.main([str(first), str(second), "-o", str(output)]) == 0
        files.append(output.read_bytes())
    assert files[0] == files[1]
    assert len(files[0]) < 150_000
    text = files[0].decode()
    for words in ("head", "whole", "labels (CTC)", "hand_en", "CER, %", "step"):
        assert f">{words}<" in text
    assert not re.search(r"<dc:date>", text)
    picture = tmp_path / "curves.png"
    assert curves.main([str(first), "-o", str(picture), "--names", "one"]) == 0
    image = cv2.imread(str(picture))
    assert image is not None
    assert (image[0, 0] == 255).all()
    assert image.min() < 60


def test_names_must_be_as_many_as_logs(tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.jsonl", {"step": 1, **LOSSES})
    with pytest.raises(SystemExit):
        curves.main([str(path), "-o", str(tmp_path / "x.svg"), "--names", "a", "b"])
