"""A second reader beside our own: PP-OCRv6's recogniser, as it lies in the package ``rapidocr``.

It sees the same scaled pixels and its time steps are ours, so what both see at a place can be
compared step by step. It is asked where it pays: about doubtful and critical lines.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.recognize import decode, prepare
from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.errors import ModelError

SHORTEST = 320
"""It learnt from lines padded to at least this width."""
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class SecondView:
    """What the second reader sees in a line.

    Attributes:
        text: Its own reading, all its classes counted.
        emissions: The same, character by character, for those of our classes.
        posteriors: float32 (T, C), log-probabilities of our classes, blank = 0; classes that it
            lacks are as unlikely as can be.
    """

    text: str
    emissions: tuple[decode.Emission, ...]
    posteriors: NDArray[np.float32]


class SecondReader:
    """Reads scaled lines; the network is loaded when the first one is asked about."""

    def __init__(self, charset: Charset) -> None:
        """Prepare for a recogniser.

        Args:
            charset: Its classes.
        """
        self._charset = charset
        self._lock = threading.Lock()
        self._session: Any = None
        self._characters: tuple[str, ...] = ()
        self._known = np.zeros(0, np.intp)
        self._theirs = np.zeros(0, np.intp)

    def view(self, pixels: NDArray[np.uint8]) -> SecondView:
        """Read one line.

        Args:
            pixels: uint8 (48, W, 3) BGR, scaled by ``prepare.scale`` in our own form.

        Raises:
            ModelError: The network is missing or damaged.
        """
        width = max(prepare.padded_width(pixels.shape[1]), SHORTEST)
        batch = prepare.to_input([pixels], width)
        with self._lock:
            if self._session is None:
                self._open()
        (found,) = self._session.run(None, {self._session.get_inputs()[0].name: batch})
        steps = prepare.padded_width(pixels.shape[1]) // prepare.STRIDE
        shares: NDArray[np.float32] = found[0][:steps]
        best = shares.argmax(axis=1)
        kept = (best != BLANK) & np.append(True, best[1:] != best[:-1])
        text = "".join(self._characters[number] for number in best[kept])
        posteriors = np.full((steps, len(self._charset)), np.log(_LEAST), np.float32)
        known = shares[:, self._theirs]
        posteriors[:, self._known] = np.log(np.maximum(known, _LEAST, out=known), out=known)
        return SecondView(text.strip(), tuple(decode.greedy(posteriors)), posteriors)

    def _open(self) -> None:
        session = pp_ocr.open_session(pp_ocr.SECOND, 1)
        listed = session.get_modelmeta().custom_metadata_map.get("character")
        if listed is None:
            raise ModelError("The second reader's file is another one: install the program again.")
        self._characters = ("", *listed.split("\n"), " ")
        numbers = {text: number for number, text in enumerate(self._characters)}
        pairs = [
            (ours, theirs)
            for ours, text in enumerate(self._charset.classes)
            if (theirs := numbers.get(text)) is not None
        ]
        self._known, self._theirs = np.array(pairs, np.intp).T
        self._session = session
