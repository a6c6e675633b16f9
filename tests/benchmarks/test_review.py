"""The replayed review is a real one: every planted error is put right, and every key is counted."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from planted import Planting, plant  # noqa: E402

from desktop_ocr.document.geometry import Quad  # noqa: E402

QUAD = Quad.from_box(0, 0, 400, 20)
TEXT = "右肺上叶见斑片状高密度影，边缘模糊，大小约2.3×1.8cm"


def test_planting_follows_its_seed_and_its_rates():
    lines = [plant(TEXT, QUAD, Planting(seed=1), random.Random(1)) for _ in range(2)]
    assert [line.text for line in lines] == [lines[0].text] * 2
    none = plant(TEXT, QUAD, Planting(errors=0.0, false_doubt=0.0), random.Random(2))
    assert none.text == TEXT
    assert min(c.confidence for c in none.characters) > 0.9
    rng = random.Random(3)
    planting = Planting(errors=0.5, flagged=1.0, deletions=0.0, insertions=0.0, false_doubt=0.0)
    wrong = doubtful = 0
    for _ in range(50):
        line = plant(TEXT, QUAD, planting, rng)
        for true, char in zip(TEXT, line.characters, strict=True):
            wrong += char.text != true
            doubtful += char.confidence < 0.8
    assert wrong == doubtful > 0.4 * 50 * len(TEXT)


def test_a_person_puts_everything_right_within_the_bar():
    command = [sys.executable, "benchmarks/review.py", "--pages", "outpatient_note", "--json"]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=110
    )
    if done.returncode not in (0, 1):
        pytest.fail(f"{done.returncode}: {done.stderr[-2000:]}")
    rows = json.loads(done.stdout)
    every = rows["every_line"]
    assert every["errors_planted"] == every["corrected"] > 0
    assert every["left"] == 0
    for row in rows.values():
        assert row["per_correction"] <= 3
        assert row["counted_by_the_program"] == row["all_keys"]
