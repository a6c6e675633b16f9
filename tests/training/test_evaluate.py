"""Evaluation on label files, with a reader of known mistakes and with the real one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.judge import PLAIN, Aids
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.engine.recognize.readings import LineReading
from desktop_ocr.errors import FileNotReadableError, FormatError
from desktop_ocr.training import evaluate
from tests.engine.recognize.drawing import draw


class _Fixed:
    """Reads by the brightness of the first pixel."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._texts = texts

    def read(
        self,
        crops: Sequence[NDArray[np.uint8]],
        aids: Aids,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        self.aids = aids
        for index in reversed(range(len(crops))):
            yield index, LineReading(self._texts[int(crops[index][0, 0, 0])], 1.0, ())


def _picture(path: Path, picture: NDArray[np.uint8]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())


def _labels(folder: Path, rows: list[str]) -> Path:
    path = folder / "标签.tsv"
    path.write_text("\n".join(["set\tfile\ttext", *rows]) + "\n", encoding="utf-8")
    return path


def test_scores_by_set_with_quotes_and_chinese_paths(tmp_path: Path) -> None:
    for level, name in ((10, "行/一.png"), (20, "行/二.png"), (30, "三.png")):
        _picture(tmp_path / name, np.full((10, 30, 3), level, np.uint8))
    labels = _labels(
        tmp_path, ['乙\t行/一.png\t"左肺" 上叶', "乙\t行/二.png\t心", "甲\t三.png\t肝 胆"]
    )
    found = evaluate.evaluate(
        labels, _Fixed({10: '"左肺"上口', 20: "心电", 30: "肝胆"}), bootstrap=50
    )
    assert [result.group for result in found.sets] == ["乙", "甲"]
    first, second = found.sets
    assert (first.lines, first.characters) == (2, 7)
    assert first.cer == pytest.approx(2 / 7)
    assert first.exact == 0
    assert (second.cer, second.exact) == (0, 1)
    assert first.interval is not None
    assert first.interval[0] <= first.cer <= first.interval[1]
    assert found.readings == ('"左肺"上口', "心电", "肝胆")
    assert "28.57 %" in found.table()


def test_the_real_reader_is_scored(tmp_path: Path) -> None:
    _picture(tmp_path / "a.png", draw("血红蛋白 135 g/L"))
    labels = _labels(tmp_path, ["print\ta.png\t血红蛋白135g/L"])
    recognizer = Recognizer(threads=1)
    for aids in (PLAIN, Aids()):
        assert evaluate.evaluate(labels, recognizer, aids).sets[0].cer == 0


def test_by_default_the_recogniser_alone_is_measured(tmp_path: Path) -> None:
    _picture(tmp_path / "a.png", np.full((10, 30, 3), 10, np.uint8))
    labels = _labels(tmp_path, ["A\ta.png\t心"])
    reader = _Fixed({10: "心"})
    evaluate.evaluate(labels, reader)
    assert reader.aids == PLAIN
    evaluate.evaluate(labels, reader, Aids(second=False))
    assert reader.aids == Aids(second=False)


def test_wrong_label_files_are_explained(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadableError):
        evaluate.read_labels(tmp_path / "none.tsv")
    path = tmp_path / "labels.tsv"
    path.write_text("file\ttext\na.png\tx\n", encoding="utf-8")
    with pytest.raises(FormatError, match="column names"):
        evaluate.read_labels(path)
    path.write_text("set\tfile\ttext\nA\ta.png\n", encoding="utf-8")
    with pytest.raises(FormatError, match="Row 2"):
        evaluate.read_labels(path)
    path.write_bytes(b"set\tfile\ttext\nA\ta.png\t\xff\xfe\n")
    with pytest.raises(FormatError, match="UTF-8"):
        evaluate.read_labels(path)


def test_a_picture_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    labels = _labels(tmp_path, ["A\ta.png\tx"])
    with pytest.raises(FileNotReadableError) as caught:
        evaluate.evaluate(labels, _Fixed({}))
    assert caught.value.path == tmp_path / "a.png"


def test_evaluation_and_reading_load_no_torch() -> None:
    code = (
        "import sys; import desktop_ocr.training.evaluate; "
        "from desktop_ocr.engine.recognize.reader import Recognizer; "
        "assert 'onnxruntime' not in sys.modules and 'cv2' not in sys.modules; "
        "Recognizer(threads=1); assert 'torch' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
