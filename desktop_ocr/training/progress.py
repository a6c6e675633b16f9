"""Error rates on labelled lines while a network is being trained, in torch."""

from __future__ import annotations

from pathlib import Path

import torch

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.network import Crnn
from desktop_ocr.engine.recognize.prepare import scale, to_input
from desktop_ocr.training.evaluate import open_crop, read_labels, summarize
from desktop_ocr.training.targets import equal_widths, greedy


class Progress:
    """Measures networks on the same labelled lines again and again, greedy, case ignored."""

    def __init__(self, labels: Path, charset: Charset) -> None:
        """Open the lines.

        Args:
            labels: A label file (see ``evaluate``).
            charset: The networks' classes.
        """
        rows = [(label, scale(open_crop(label.path))) for label in read_labels(labels)]
        rows.sort(key=lambda row: row[1].shape[1])
        self._labels = [label for label, _ in rows]
        self._lines = [line for _, line in rows]
        self._charset = charset

    def __call__(self, network: Crnn) -> dict[str, float]:
        """Return the character error rate of each set, 0 or more.

        Args:
            network: In evaluation mode, on any device.
        """
        device = next(network.parameters()).device
        texts: list[str] = []
        with torch.inference_mode():
            for group in equal_widths([line.shape[1] for line in self._lines], most=8):
                batch = torch.from_numpy(to_input([self._lines[index] for index in group]))
                found = network(batch.to(device)).cpu().numpy()
                texts += [greedy(scores, self._charset) for scores in found]
        results = summarize(zip(self._labels, texts, strict=True), ignore_case=True)
        return {result.group: round(result.cer, 5) for result in results}
