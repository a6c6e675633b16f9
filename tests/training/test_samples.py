from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.paths import resource

PAGES = ["xray_report", "lab_sheet", "outpatient_note", "archive_page"]
FILES = [f"{name}{end}" for name in PAGES for end in (".png", "_degraded.jpg")]


def truth(file: str) -> list[tuple[Quad, str]]:
    path = resource(f"samples/{file}").with_suffix(".json")
    labels = json.loads(path.read_text(encoding="utf-8"))[file]
    return [(Quad.of(label["quad"]), label["text"]) for label in labels]


@pytest.mark.parametrize("file", FILES)
def test_truth_and_text_say_the_same(file: str) -> None:
    text = resource(f"samples/{file}").with_suffix(".txt").read_text(encoding="utf-8")
    cells = [cell for row in text.splitlines() for cell in row.split("\t")]
    assert cells == [label for _, label in truth(file)]
    clean = file.replace("_degraded.jpg", ".png")
    assert [t for _, t in truth(file)] == [t for _, t in truth(clean)]


@pytest.mark.parametrize("file", FILES)
def test_the_ink_lies_in_the_quads(file: str) -> None:
    grey = cv2.imdecode(
        np.frombuffer(resource(f"samples/{file}").read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE
    )
    assert grey is not None
    # Ink is what is much darker than its surroundings, whatever the light.
    ink = cv2.medianBlur(grey, 41).astype(int) - grey > 45
    for quad, _ in truth(file):
        box = quad.box
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= grey.shape[1]
        assert box.bottom <= grey.shape[0]
        inside = ink[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
        assert inside.mean() > 0.01


def test_the_files_are_small() -> None:
    for path in resource("samples").iterdir():
        assert path.stat().st_size < 600_000, path.name


def test_nothing_is_drawn_that_a_face_lacks() -> None:
    from desktop_ocr.training.samples.sheet import Sheet, Type, set_paragraph

    serif = Type.debian("opentype/noto/NotoSerifCJK-Regular.ttc")
    if not serif.faces[0].path.exists():
        pytest.skip("needs fonts-noto-cjk")
    sheet = Sheet.blank((600, 120))
    left, top, right, bottom = sheet.print(50, 80, "右肺12mm", serif, 40)
    assert 45 <= left < right <= 400
    assert 35 <= top < bottom <= 95
    with pytest.raises(ValueError, match="U\\+1F600"):
        sheet.print(50, 80, "\U0001f600", serif, 40)
    with pytest.raises(ValueError, match="runs off"):
        sheet.print(500, 80, "右肺未见异常", serif, 40)
    lines = set_paragraph(sheet, "范围约3.2cm，边界模糊。", serif, 40, 240)
    assert "".join(line for line, _, _ in lines) == "范围约3.2cm，边界模糊。"
    assert lines[1][0].startswith("3.2cm")  # a number is not torn apart
    assert not any(line.startswith(("，", "。")) for line, _, _ in lines)


def test_a_photograph_maps_the_page(tmp_path: Path) -> None:
    from desktop_ocr.training.samples.degrade import Shot, photograph

    page = np.full((400, 300, 3), 255, np.uint8)
    page[190:210, 140:160] = 0
    shot = Shot(angle=3.0, tilt=0.02, shadow=0.2)
    picture, transform = photograph(page, shot, np.random.default_rng(1))
    again, _ = photograph(page, shot, np.random.default_rng(1))
    assert (picture == again).all()
    x, y = transform.point(150, 200)
    dark = np.argwhere(picture[100:300, 80:220].mean(axis=2) < 90) + np.array((100, 80))
    assert np.allclose(dark.mean(axis=0), (y, x), atol=1.5)
