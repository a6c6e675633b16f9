"""A character n-gram with back-off, looked up for many prefixes and candidates at once.

The file is safetensors, mapped into memory: its pages are the system's to drop. Tables hold sorted
packed keys, log-probabilities and back-off weights (Katz's form, as in ARPA files); how they are
counted says :mod:`desktop_ocr.training.ngram`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.errors import ModelError

BITS = 14
"""Bits of one token in a packed key; four tokens fit into 64."""
SCALE = 16.0
"""Log-probabilities are stored as whole sixteenths of a nat below nought, one byte each."""
NOTHING = 0
"""Token of what the model does not know and of the place before a line begins."""
NUMBER = "0"
"""Token of a whole number, whatever its digits."""
FORMAT = "1"


def token_text(character: str) -> str:
    """Return the text by which the model knows a character; "" for none.

    Widths and cases of a sign are one token, digits too: which digit stands somewhere is not the
    language's to say.
    """
    plain = unicodedata.normalize("NFKC", character).casefold()
    if len(plain) != 1 or plain.isspace():
        return ""
    return NUMBER if plain.isdigit() else plain


class Ngram:
    """Probabilities of the next character.

    Attributes:
        order: Tokens of the longest n-gram.
    """

    def __init__(self, path: Path) -> None:
        """Open a model.

        Raises:
            ModelError: The file is missing or damaged.
        """
        try:
            tensors, about = _mapped(path)
            self.order = int(about["order"])
            vocabulary = about["vocabulary"]
            self._unigrams = np.concatenate(([-16.0], tensors["logs1"] / -SCALE)).astype(np.float32)
            self._keys = {n: tensors[f"keys{n}"] for n in range(2, self.order + 1)}
            self._logs = {n: tensors[f"logs{n}"] for n in range(2, self.order + 1)}
            self._backs = {n: tensors[f"backs{n}"] for n in range(1, self.order)}
            self._check(len(vocabulary))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"The language model {path.name!r} is missing or damaged: install the program "
                "again, or switch language off."
            ) from error
        self._numbers = {text: number for number, text in enumerate(vocabulary, 1)}

    def _check(self, size: int) -> None:
        """See whether the tables belong together; ``size`` is that of the vocabulary."""
        sizes = {1: size} | {order: len(keys) for order, keys in self._keys.items()}
        whole = (
            self.order > 1
            and all(sizes.values())
            and len(self._unigrams) == size + 1
            and all(len(logs) == sizes[order] for order, logs in self._logs.items())
            and all(len(backs) == sizes[order] for order, backs in self._backs.items())
        )
        if not whole:
            raise ValueError("tables that do not belong together")

    def tokens(self, characters: Iterable[str]) -> NDArray[np.int64]:
        """Return the tokens of characters, int64, ``NOTHING`` for those that are not known."""
        return np.array(
            [self._numbers.get(token_text(character), NOTHING) for character in characters],
            np.int64,
        )

    def scores(self, contexts: NDArray[np.int64], tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how likely each token is after each context.

        Args:
            contexts: int64 (N, order - 1), the last tokens, oldest first; ``NOTHING`` before the
                first.
            tokens: int64, (K,) for the same of all contexts or (N, K).

        Returns:
            float32 (N, K), natural logarithms.
        """
        tokens = np.broadcast_to(tokens, (len(contexts), tokens.shape[-1]))
        scores = self._unigrams[tokens]
        alive = np.ones(len(contexts), bool)
        packed = np.zeros(len(contexts), np.uint64)
        for length in range(1, self.order):
            newest = contexts[:, -length]
            alive &= newest != NOTHING
            if not alive.any():
                break
            packed |= newest.astype(np.uint64) << np.uint64(BITS * (length - 1))
            scores += np.where(alive, self._back(length, packed), 0.0)[:, None]
            keys = (packed[:, None] << np.uint64(BITS)) | tokens.astype(np.uint64)
            found, places = _find(self._keys[length + 1], keys)
            found &= alive[:, None]
            logs = self._logs[length + 1][places] * np.float32(-1 / SCALE)
            scores = np.where(found, logs, scores)
        return scores.astype(np.float32)

    def _back(self, length: int, packed: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the weights of contexts of a length when the longer n-gram is not known."""
        if length == 1:
            return self._backs[1][packed.astype(np.int64) - 1] * np.float32(-1 / SCALE)
        found, places = _find(self._keys[length], packed)
        weights = self._backs[length][places] * np.float32(-1 / SCALE)
        return np.where(found, weights, np.float32(0))


def _find(
    table: NDArray[np.uint64], keys: NDArray[np.uint64]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Say which keys a sorted table holds, and where (anywhere for those it does not)."""
    places = np.minimum(np.searchsorted(table, keys), len(table) - 1)
    return table[places] == keys, places


def _mapped(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Map a safetensors file of integers into memory.

    Returns:
        The tensors, and what its metadata says under ``about``.
    """
    kinds = {"U8": np.uint8, "U64": np.uint64}
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 0 < size < 10_000_000:
            raise ValueError("no safetensors header")
        header: dict[str, Any] = json.loads(file.read(size))
    about: dict[str, Any] = json.loads(header.pop("__metadata__")["about"])
    if about["format"] != FORMAT:
        raise ValueError("another format")
    # As a plain array: each slice of a memmap is an object of its own, which takes time.
    whole = np.asarray(np.memmap(path, np.uint8, "r"))
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + size + at for at in entry["data_offsets"])
        if end > len(whole):
            raise ValueError("cut off")
        # Unaligned keys would be slow to compare; the writer sorts tensors by alignment.
        tensors[name] = whole[start:end].view(kinds[entry["dtype"]])
    return tensors, about
