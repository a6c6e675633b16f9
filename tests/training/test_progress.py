"""Error rates during training are those of the exported model."""

from __future__ import annotations

from pathlib import Path

import cv2

from desktop_ocr.engine.recognize import network
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.training.progress import Progress
from tests.engine.recognize.drawing import draw


def test_error_rates_by_set(tmp_path: Path) -> None:
    rows = ["set\tfile\ttext"]
    texts = {"clean": ("患者反复咳嗽三天", "白细胞 6.85"), "wrong": ("血压", "体温 36.5℃ 正常")}
    for group, lines in texts.items():
        for number, text in enumerate(lines):
            name = f"{group}{number}.png"
            (tmp_path / name).write_bytes(cv2.imencode(".png", draw(text))[1].tobytes())
            label = text if group == "clean" else text[::-1]
            rows.append(f"{group}\t{name}\t{label}")
    labels = tmp_path / "labels.tsv"
    labels.write_text("\n".join(rows), encoding="utf-8")
    model = open_model()
    weights = network.load(model.folder / "crnn.safetensors")
    found = Progress(labels, model.charset)(weights)
    assert found["clean"] == 0
    assert found["wrong"] > 0.5
