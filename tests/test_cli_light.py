"""The light of a page, chosen on the command line by the names that the window uses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from desktop_ocr.__main__ import main
from desktop_ocr.cli_light import light_choices
from desktop_ocr.engine import pipeline
from desktop_ocr.engine.enhance import LightChoices, Switch
from desktop_ocr.engine.light_presets import as_json, presets_file
from desktop_ocr.paths import resource
from desktop_ocr.training import measure
from tests.engine.drawing import shaded
from tests.fakes.engines import TruthEngine

NOTE = resource("samples/xray_report.png")
TRUTH = resource("samples/xray_report.txt").read_text(encoding="utf-8")
needs_model = pytest.mark.skipif(
    not any(resource("models").glob("*/model.json")), reason="a source tree without weights"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user with one preset, as the window keeps it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(folder))
    presets_file().write_bytes(as_json({"旧档案, a=b": LightChoices(stamps=False, sharpen=1.5)}))
    return folder


def test_presets_and_steps_are_named_as_in_the_window() -> None:
    assert light_choices("shadows=yes, turn=no,angle=-2.5") == LightChoices(
        shadows=Switch.ON, turn=False, angle=-2.5
    )
    assert light_choices("grain=off,enlarge=AUTO,treated=on") == LightChoices(
        grain=Switch.OFF, treated=True
    )
    assert light_choices("旧档案, a=b") == LightChoices(stamps=False, sharpen=1.5)
    presets_file().write_bytes(as_json({"Archive": LightChoices(stamps=False, sharpen=1.5)}))
    assert light_choices("Archive,sharpen=0") == LightChoices(stamps=False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("shadow=yes", "there is no step shadow. Did you mean shadows?"),
        ("clip=9", "clip is a number from 1 to 8."),
        ("angle=nan", "angle is a number from -180 to 180."),
        ("stamps=auto", "stamps is yes or no."),
        ("grain=perhaps", "grain is auto, yes or no."),
        ("旧档案，a", "no preset is called 旧档案，a. Did you mean 旧档案, a=b?"),
    ],
)
def test_what_is_not_known_is_told_in_a_sentence(
    text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["recognize", "page.png", "--light", text])
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip().endswith(f"argument --light: {sentence}")


def test_the_choices_reach_the_engine_and_single_lines_have_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = TruthEngine()
    monkeypatch.setattr(pipeline, "Engine", lambda **_given: engine)
    assert main(["recognize", str(NOTE), "--light", "rulings=yes"]) == 0
    assert engine.options[-1].light == LightChoices(rulings=True)
    with pytest.raises(SystemExit) as ended:
        main(["recognize", str(NOTE), "--single-line", "--light", "rulings=yes"])
    assert ended.value.code == 2
    assert "--single-line" in capsys.readouterr().err


def errors(path: Path, light: str, out: Path) -> tuple[int, set[str]]:
    """Read the page that was made of the sample; return wrong characters, and what was done."""
    given = ["--light", light, "--no-second-reader", "--overwrite", "-o", str(out)]
    assert main(["recognize", str(path), *given]) == 0
    page = json.loads(out.read_text(encoding="utf-8"))["pages"][0]
    text = "\n".join(line["text"] for line in page["lines"])
    steps = {step["name"] for step in page["provenance"]["steps"]}
    return measure.score(TRUTH, text).edits, steps


@needs_model
def test_a_dark_shadow_is_taken_away_before_reading(tmp_path: Path) -> None:
    path, out = tmp_path / "shadow.png", tmp_path / "out.json"
    page = shaded(np.asarray(Image.open(NOTE).convert("RGB")), 0.08)
    Image.fromarray(np.ascontiguousarray(page)).save(path)
    left, done = errors(path, "treated=yes,shadows=no", out)
    assert "flatten" not in done
    gone, done = errors(path, "treated=yes,shadows=yes", out)
    assert "flatten" in done
    assert gone <= 3 < left


@needs_model
def test_a_red_stamp_is_taken_away_before_reading(tmp_path: Path) -> None:
    path, out = tmp_path / "stamp.png", tmp_path / "out.json"
    picture = Image.open(NOTE).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for k in range(3):
        x, y = picture.width * (0.3 + 0.25 * k), picture.height * (0.35 + 0.12 * k)
        for r in range(50, 151, 20):
            draw.ellipse((x - r, y - r, x + r, y + r), outline=(200, 30, 45), width=8)
    picture.save(path)
    left, done = errors(path, "treated=yes,stamps=no", out)
    assert "stamps" not in done
    gone, done = errors(path, "treated=yes,stamps=yes", out)
    assert "stamps" in done
    assert gone < left
