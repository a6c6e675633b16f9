"""Reading lines: crops in, text with spans, confidences and alternatives out.

The network runs in onnxruntime, which is imported when a ``Recognizer`` is made.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.correct.lexicon import Lexicon
from desktop_ocr.engine.recognize import prepare, signs, windows
from desktop_ocr.engine.recognize.judge import Aids, Judge
from desktop_ocr.engine.recognize.model_files import ModelFiles, open_model
from desktop_ocr.engine.recognize.readings import LineReading
from desktop_ocr.engine.recognize.signs import InCompany
from desktop_ocr.errors import ModelError
from desktop_ocr.process_memory import hand_back_memory

_BATCH = 6
"""Most lines that are computed at once."""
_BATCH_PIXELS = 1600
"""Most columns that are computed at once: bounds memory."""
_AHEAD = 48
"""Lines whose widths are compared to fill batches; results stay near the order of the page."""
_WORKERS = 4
"""Most batches that are computed at the same time; each needs some 20 MB. The LSTMs' time steps
follow one another, so threads are better used on different lines than within one: two threads
read a page in 0.7 of the time that they need one line after the other."""
_FAINTEST = 12
"""Grey levels between the darkest and the lightest place of a crop below which it is blank."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A crop on its way.

    Attributes:
        index: Its place in the input.
        pixels: Scaled.
        padded: Their padded width.
        part: Columns that are to be read; None for all.
    """

    index: int
    pixels: NDArray[np.uint8]
    padded: int
    part: tuple[float, float] | None = None


class Recognizer:
    """Reads lines of text with one model.

    A line's reading depends on its own pixels only, never on the lines beside it.

    Attributes:
        model_id: The model's id and the start of its weights' digest: part of every cache key and
            of a document's provenance.
        charset: The model's classes.
        judge: Makes readings of posteriors.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        *,
        threads: int | None = None,
        lexicon: Callable[[], Lexicon] | None = None,
    ) -> None:
        """Open a model.

        Args:
            model_dir: The model's folder, or None for the one the program comes with.
            threads: Threads of the network, or None for one fewer than there are cores.
            lexicon: Gives the terms that guide reading, for each line; None for those of program
                and user as they are when the first line is read.

        Raises:
            ModelError: A file of the model is missing, damaged or too new.
        """
        self._model: ModelFiles = open_model(model_dir)
        self.model_id = f"{self._model.identifier}-{self._model.sha256[:10]}"
        self.charset = self._model.charset
        self._threads = threads or max(1, (os.cpu_count() or 2) - 1)
        self._workers = min(self._threads, _WORKERS)
        self._form = self._model.form
        self._session = self._open()
        self.judge = Judge(self._model, lexicon)

    def parameters(self, aids: Aids = Aids()) -> dict[str, str | int | float]:  # noqa: B008 - frozen
        """Return all that the readings depend on beside the pixels, for provenance and caches."""
        return {
            "model": self.model_id,
            "window": self._form.limit,
            "narrow": self._form.narrow,
            "signs": signs.VERSION,
            **self.judge.parameters(aids),
        }

    def read(
        self,
        crops: Sequence[NDArray[np.uint8] | InCompany],
        aids: Aids = Aids(),  # noqa: B008 - frozen
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        """Read lines one after another.

        Args:
            crops: uint8 (H, W, 3) BGR or (H, W) grey, H and W at least 1; of one in company only
                its part is read.
            aids: What helps beside the recogniser.
            cancelled: Asked between batches; reading ends when it says true.

        Yields:
            (index into ``crops``, reading) as lines are read: near the order of ``crops``, not
            exactly in it.

        Raises:
            ValueError: A crop is empty or has another shape or type.
        """
        yield from self._read_batches(self._batches(crops), aids, cancelled or _never)

    def posteriors(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return a line's log-probabilities, float32 (T, C), blank = 0; steps are of the stride.

        Args:
            crop: uint8 (H, W, 3) BGR or (H, W) grey; read as it is, also where it holds one sign.
        """
        pixels = prepare.scale(crop, self._form)
        width = prepare.padded_width(pixels.shape[1], self._form)
        ((_, found),) = self._posteriors([_Line(0, pixels, width)])
        return found

    def _open(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, self._threads // self._workers)
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Widths vary: a plan of memory by shape would never be met again.
        options.enable_mem_pattern = False
        # Waiting threads sleep instead of spinning: the window and other programs need the cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = onnxruntime.InferenceSession(
                str(self._model.network),
                options,
                providers=[("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})],
            )
        except Exception as error:  # onnxruntime's errors have no common base of their own
            raise ModelError(
                f"The recognition model {self._model.identifier!r} cannot be opened: "
                "install the program again."
            ) from error
        hand_back_memory()  # what opening took
        return session

    def _line(self, index: int, crop: NDArray[np.uint8] | InCompany) -> _Line:
        if not isinstance(crop, InCompany) and crop.size > 0 and signs.is_alone(crop):
            crop = signs.with_sides(crop)
        if not isinstance(crop, InCompany):
            pixels, part = prepare.scale(crop, self._form), None
        else:
            pixels = prepare.scale(crop.pixels, self._form)
            factor = pixels.shape[1] / crop.pixels.shape[1]
            part = (crop.start * factor, crop.end * factor)
        return _Line(index, pixels, prepare.padded_width(pixels.shape[1], self._form), part)

    def _batches(self, crops: Sequence[NDArray[np.uint8] | InCompany]) -> Iterator[list[_Line]]:
        """Group lines of equal padded width; blank crops come first and alone."""
        for ahead in range(0, len(crops), _AHEAD):
            lines = []
            for index in range(ahead, min(len(crops), ahead + _AHEAD)):
                line = self._line(index, crops[index])
                if is_blank(line.pixels):
                    yield [_Line(index, line.pixels[:, :0], 0)]
                else:
                    lines.append(line)
            waiting: dict[int, list[_Line]] = {}
            for line in lines:
                group = waiting.setdefault(line.padded, [])
                group.append(line)
                if len(group) == max(1, min(_BATCH, _BATCH_PIXELS // line.padded)):
                    yield waiting.pop(line.padded)
            yield from waiting.values()

    def _read_batches(
        self, batches: Iterator[list[_Line]], aids: Aids, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, LineReading]]:
        """Read batches, several at once where there are threads for it, in their order."""
        if self._workers == 1:
            for batch in batches:
                if cancelled():
                    return
                yield from self._read_batch(batch, aids)
            return
        with ThreadPoolExecutor(self._workers, "read-lines") as pool:
            running: deque[Future[list[tuple[int, LineReading]]]] = deque()
            try:
                for batch in batches:
                    if cancelled():
                        return
                    running.append(pool.submit(self._read_batch, batch, aids))
                    # One more than is computed, so that no worker waits.
                    if len(running) > self._workers:
                        yield from running.popleft().result()
                while running and not cancelled():
                    yield from running.popleft().result()
            finally:
                for future in running:
                    future.cancel()

    def _read_batch(self, batch: list[_Line], aids: Aids) -> list[tuple[int, LineReading]]:
        """Compute and decode: posteriors, 37 kB a time step, never wait in a queue."""
        return [
            (line.index, self.judge.read(line.pixels, posteriors, aids, line.part))
            for line, posteriors in self._posteriors(batch)
        ]

    def _posteriors(self, batch: list[_Line]) -> Iterator[tuple[_Line, NDArray[np.float32]]]:
        """Compute the log-probabilities of lines of equal padded width."""
        width = batch[0].padded
        if width == 0:
            yield batch[0], np.zeros((0, len(self.charset)), np.float32)
            return
        spans = windows.plan(width, self._form)
        if len(spans) == 1:
            pixels = [line.pixels for line in batch]
            found = self._run(prepare.to_input(pixels, width, self._form))
            yield from zip(batch, found, strict=True)
            return
        for line in batch:
            parts = [
                self._run(prepare.to_input([line.pixels[:, start:end]], end - start, self._form))[0]
                for start, end in spans
            ]
            yield line, windows.join(parts, spans, self._form)

    def _run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        (found,) = self._session.run(None, {"x": batch})
        result: NDArray[np.float32] = found
        return result


def _never() -> bool:
    return False


def is_blank(pixels: NDArray[np.uint8]) -> bool:
    """Say whether a crop holds no ink at all: smoothed, it is of one brightness.

    Args:
        pixels: uint8 (H, W, 3).
    """
    import cv2

    grey = cv2.blur(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), (3, 3))
    return int(grey.max()) - int(grey.min()) < _FAINTEST
