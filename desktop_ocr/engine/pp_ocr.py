"""Networks of PaddleOCR (Apache-2.0).

Detector and second reader are PP-OCRv6's with 8-bit convolutions, made of those that lie inside
the installed package ``rapidocr`` by :mod:`desktop_ocr.training.quantize_pp_ocr`; the network that
tells lines upside down lies in that package as it is.
"""

from __future__ import annotations

from importlib import util
from pathlib import Path
from typing import Any

from desktop_ocr.errors import ModelError
from desktop_ocr.paths import resource
from desktop_ocr.process_memory import hand_back_memory

FOLDER = "pp-ocr"
DETECTOR = "PP-OCRv6_det_small_int8.onnx"
SECOND = "PP-OCRv6_rec_small_int8.onnx"
ANGLE = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
"""What the second reader was before; a teacher in training."""


def model_path(name: str) -> Path:
    """Return where a network lies.

    Raises:
        ModelError: It is not there.
    """
    own = resource(FOLDER) / name
    return own if own.is_file() else packaged(name)


def packaged(name: str) -> Path:
    """Return where a network of the package ``rapidocr`` lies.

    Raises:
        ModelError: It is not there.
    """
    spec = util.find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    raise ModelError(f"The network {name} is missing: install the program again.")


def open_session(name: str, threads: int | None) -> Any:
    """Open a network in onnxruntime.

    Args:
        name: ``DETECTOR``, ``ANGLE`` or ``SECOND``.
        threads: Threads; None for one a core.

    Raises:
        ModelError: It is missing or damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Sizes vary: a plan of memory by shape would seldom be met again, and takes more at the peak.
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    # Waiting threads sleep instead of spinning: the window needs the cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if threads:
        options.intra_op_num_threads = threads
    path = model_path(name)
    try:
        # From bytes where it must be: on Windows the library would not open every path. It holds
        # them as long as the session, 20 MB for the recogniser.
        source = str(path) if str(path).isascii() else path.read_bytes()
        session = onnxruntime.InferenceSession(
            source,
            options,
            # An arena that grows by what is asked for: without one each layer's memory comes from
            # the system anew, which takes a quarter more time and, of the detector, 70 MB more.
            providers=[("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})],
        )
    except Exception as error:  # onnxruntime's errors have no common base of their own
        raise ModelError(f"The network {name} is damaged: install the program again.") from error
    hand_back_memory()  # what opening took: as much again as the network
    return session


def last_run() -> Any:
    """Return options of a run after which the session keeps no memory but its weights."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options
