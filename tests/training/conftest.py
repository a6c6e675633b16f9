"""A small data folder in the layout that training reads, and lines drawn from it."""

from __future__ import annotations

import gzip
import json

import pytest

from desktop_ocr.training.faces import FaceKind, FaceSet
from desktop_ocr.training.lines import LineMaker, Sources


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Texts, terms and strokes of a few lines each; no fonts beside the system's."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("text", "terms", "strokes", "fonts", "latin"):
        (folder / name).mkdir()
    (folder / "text/med_a.txt").write_text(
        "患者反复咳嗽、咳痰3天，体温38.5℃。\n予阿莫西林胶囊 0.5g tid 口服。\n", encoding="utf-8"
    )
    (folder / "text/gen_a.txt").write_text("Hospital 的清晨，雪落在窗台上。\n", encoding="utf-8")
    (folder / "terms/THUOCL_medical.txt").write_text(
        "心电图\t3\n高血压\t2\n糖尿病\t2\n", encoding="utf-8"
    )
    (folder / "terms/lab_items.tsv").write_text(
        "name\tabbr\tunit\treference\n总蛋白\tTP\tg/L\t65-85\n", encoding="utf-8"
    )
    strokes = {"十": [[[100, 400], [900, 400]], [[500, 800], [500, -100]]]}
    with gzip.open(folder / "strokes/hanzi_writer_data.jsonl.gz", "wt", encoding="utf-8") as file:
        for char, medians in strokes.items():
            file.write(json.dumps({"char": char, "strokes": [], "medians": medians}) + "\n")
    return Sources(folder, folder / "latin")


@pytest.fixture(scope="session")
def maker(sources: Sources) -> LineMaker:
    """Draws lines from the small folder."""
    if not FaceSet.load(sources.data, sources.data).faces[FaceKind.CHINESE_PRINT]:
        pytest.skip("no Chinese face installed: install fonts-noto-cjk")
    return LineMaker(sources)
