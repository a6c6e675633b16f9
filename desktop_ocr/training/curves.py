"""Curves of training runs: losses, and error rates of the dev sets, over steps.

    python -m desktop_ocr.training.curves WORK/head/log.jsonl WORK/whole/log.jsonl -o curves.svg

Reads the logs that ``distil`` and ``whole`` write: a JSON object a line with ``step`` and either
losses or ``dev``, the character error rate of each set. A run is named by the folders of its log.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_ocr.errors import FileNotReadableError, FormatError

_TITLES = {
    "features": "features (squared error)",
    "classes": "classes (KL divergence)",
    "labels": "labels (CTC)",
}
_NO_LOSSES = frozenset(("step", "of", "seconds", "lines_per_second", "dev"))
_STYLES = ("-", "--", ":", "-.")  # Runs differ by the line's style too, not by colour alone.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
# Okabe, Ito: Color Universal Design (2008); told apart by the colour-blind.


@dataclass
class Curve:
    """One quantity of one run.

    Attributes:
        steps: Where it was measured, rising.
        values: What was measured there.
    """

    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, step: int, value: float) -> None:
        """Add a point; a run that went on from a checkpoint measures some steps again."""
        while self.steps and self.steps[-1] >= step:
            self.steps.pop()
            self.values.pop()
        self.steps.append(step)
        self.values.append(value)


@dataclass
class TrainingLog:
    """What one run's log holds.

    Attributes:
        name: Name of the run.
        losses: Curves by name of the loss.
        dev: Curves of the error rate (0–1) by dev set.
    """

    name: str
    losses: dict[str, Curve] = field(default_factory=dict)
    dev: dict[str, Curve] = field(default_factory=dict)


def read_log(path: Path, name: str) -> TrainingLog:
    """Read a log.

    Args:
        path: A file of JSON lines; a last line that was cut off by a crash is left out.
        name: Name of the run.

    Raises:
        FileNotReadableError: It cannot be opened.
        FormatError: A line is no JSON object with a step, or nothing can be plotted.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise FileNotReadableError(path) from error
    log = TrainingLog(name)
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            step = int(entry["step"])
        except (ValueError, TypeError, KeyError) as error:
            if number == len(lines) and not line.endswith("\n"):
                break
            raise FormatError(f"Line {number} of the training log is broken.") from error
        for loss, value in entry.items():
            if loss not in _NO_LOSSES:
                log.losses.setdefault(loss, Curve()).add(step, float(value))
        for group, rate in entry.get("dev", {}).items():
            log.dev.setdefault(group, Curve()).add(step, float(rate))
    if not log.losses and not log.dev:
        raise FormatError("The training log holds no losses and no error rates.")
    return log


def run_names(paths: Sequence[Path]) -> list[str]:
    """Name runs by the folder of their log, with as many folders above as tell them apart."""
    parts = [path.resolve().parts[:-1] for path in paths]
    depth = 1
    while depth < max(map(len, parts)) and len({part[-depth:] for part in parts}) < len(parts):
        depth += 1
    return ["/".join(part[-depth:]) for part in parts]


def plot(logs: Sequence[TrainingLog], output: Path) -> None:
    """Plot runs: one panel a loss, one a dev set; the same logs give the same bytes.

    Args:
        logs: The runs.
        output: File to write: SVG or PNG, by its name.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    panels: list[tuple[str, str, str]] = [
        (loss, _TITLES.get(loss, loss), "loss")
        for loss in dict.fromkeys(loss for log in logs for loss in log.losses)
    ]
    groups = sorted({group for log in logs for group in log.dev})
    panels += [(group, group, "CER, %") for group in groups]
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    settings: Any = {
        "svg.hashsalt": "curves",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.color": "#dddddd",
        "lines.linewidth": 1.4,
    }
    with mpl.rc_context(settings):
        # Paper of its own, white: legible on a light page and on a dark one.
        figure = Figure((3.6 * columns, 2.3 * rows + 0.4), facecolor="white", layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for panel, (key, title, unit) in zip(axes, panels, strict=False):
            for number, log in enumerate(logs):
                curve = (log.losses if unit == "loss" else log.dev).get(key)
                if curve is None:
                    continue
                values = curve.values if unit == "loss" else [100 * v for v in curve.values]
                panel.plot(
                    curve.steps, values, _STYLES[number % len(_STYLES)],
                    color=_COLOURS[number % len(_COLOURS)], label=log.name,
                    marker="." if unit != "loss" else None,
                )  # fmt: skip
            panel.set_title(title, fontsize=9)
            panel.set_ylabel(unit)
            if unit != "loss":
                panel.set_ylim(bottom=0)
        for panel in axes[len(panels) :]:
            panel.set_visible(False)
        for panel in axes[max(0, len(panels) - columns) : len(panels)]:
            panel.set_xlabel("step")
        handles = {
            label: handle
            for panel in axes
            for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
        }
        figure.legend(
            handles.values(), handles.keys(), loc="outside upper center",
            ncols=min(4, len(handles)), frameon=False,
        )  # fmt: skip
        metadata = {"Date": None} if output.suffix.lower() == ".svg" else {}
        figure.savefig(output, metadata=metadata, dpi=110)


def main(arguments: Sequence[str] | None = None) -> int:
    """Plot training logs: ``python -m desktop_ocr.training.curves LOG.jsonl … -o curves.svg``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("logs", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="SVG or PNG file")
    parser.add_argument("--names", nargs="+", help="names of the runs, in the logs' order")
    given = parser.parse_args(arguments)
    names = given.names or run_names(given.logs)
    if len(names) != len(given.logs):
        parser.error("as many names as logs")
    pairs = zip(given.logs, names, strict=True)
    plot([read_log(path, name) for path, name in pairs], given.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
