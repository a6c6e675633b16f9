"""From public packages and texts to a model folder, in one command.

    python -m desktop_ocr.training.train --data DATA --latin-hands FONTS --work WORK --models MODELS

Stages: ``lines`` (drawn lines), ``targets`` (the teacher's view of them), ``head`` (the LSTMs learn
from it), ``whole`` (the convolutions too; only when asked for, see docs/model-card.md), ``export``.
Each goes on where it was stopped. What is drawn and learnt depends on ``--seed`` alone;
docs/model-card.md says where the data comes from. Progress is reported on standard output, one
line of text or JSON at a time.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_ocr.training.memory import keep_freed_memory

if TYPE_CHECKING:
    from desktop_ocr.engine.recognize.charset import Charset
    from desktop_ocr.engine.recognize.network import Crnn

STAGES = ("lines", "targets", "head", "whole", "export")
_USUAL = "lines,targets,head,export"


def _say(text: str) -> None:
    print(f"{dt.datetime.now().astimezone():%H:%M:%S} {text}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("../shared/data"),
        help="folder with text/, terms/, fonts/ and strokes/",
    )
    parser.add_argument(
        "--latin-hands",
        type=Path,
        required=True,
        help="folder of the unpacked @fontsource packages (WOFF)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        required=True,
        help="folder for lines, features and checkpoints: about 100 kB a line",
    )
    parser.add_argument("--models", type=Path, required=True, help="folder that gets the model")
    parser.add_argument("--name", default="ward-crnn-2", help="the model's id")
    parser.add_argument("--labels", type=Path, help="labelled lines to measure the model on")
    parser.add_argument("--start", type=Path, help="model folder to go on from")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest rate of the head")
    parser.add_argument("--stages", default=_USUAL)
    parser.add_argument("--shards", type=int, default=67, help="of --shard-size lines each")
    parser.add_argument("--hand-shards", type=int, default=25, help="more, mostly handwriting")
    parser.add_argument("--latin-shards", type=int, default=20, help="more, Latin handwriting")
    parser.add_argument("--value-shards", type=int, default=10, help="more, values and units")
    parser.add_argument("--shard-size", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--whole-steps", type=int, default=3000)
    parser.add_argument("--device", default="cpu", help="cpu or cuda: what trains in stage whole")
    given = parser.parse_args(arguments)
    stages = given.stages.split(",")
    if unknown := set(stages) - set(STAGES):
        parser.error(f"unknown stages: {', '.join(sorted(unknown))}")
    keep_freed_memory()
    # Threads that spin while they wait take the cores from every other program; OpenMP reads this
    # when torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    return _run(given, stages)


def _run(given: argparse.Namespace, stages: list[str]) -> int:
    import torch

    from desktop_ocr.training import distil, whole
    from desktop_ocr.training.classes import our_charset
    from desktop_ocr.training.export import Card, describe, write_model
    from desktop_ocr.training.lines import WIDEST, Sources, write_shards
    from desktop_ocr.training.losses import Lesson
    from desktop_ocr.training.progress import Progress
    from desktop_ocr.training.sources import TRAINING_DATA
    from desktop_ocr.training.store import TargetStore
    from desktop_ocr.training.targets import write_targets
    from desktop_ocr.training.teacher import Teacher
    from desktop_ocr.training.text import Mix

    torch.set_num_threads(given.threads)
    charset = our_charset()
    lines, targets = given.work / "lines", given.work / "targets"
    mixes = {
        Mix.GENERAL: given.shards,
        Mix.HANDWRITING: given.hand_shards,
        Mix.LATIN: given.latin_shards,
        Mix.VALUES: given.value_shards,
    }
    every = range(sum(mixes.values()))
    if "lines" in stages:
        first = 0
        for mix, count in mixes.items():
            sources, part = Sources(given.data, given.latin_hands, mix), every[first:][:count]
            write_shards(sources, lines, given.seed, part, given.shard_size, given.threads, _say)
            first += count
    teacher = Teacher()
    network = teacher.start(charset, given.seed)
    taught = copy.deepcopy(network.head.classes)
    lacking = [n for n, theirs in enumerate(teacher.numbers(charset)) if theirs < 0]
    if given.start:
        _go_on_from(network, charset, given.start)
    if "targets" in stages:
        write_targets(
            lines, targets, every, charset, given.threads, _say,
            convolutions=network.convolutions if given.start else None,
            with_features="head" in stages,  # Only the head alone learns from them.
        )  # fmt: skip
    if not {"head", "whole", "export"} & set(stages):
        return 0
    recipe = distil.Recipe(seed=given.seed, epochs=given.epochs, rate=given.rate)
    if "head" in stages:
        store = TargetStore(targets, every, charset)
        _say(f"{len(store)} lines")
        lesson = Lesson(taught, recipe.weights, lacking, recipe.seed)
        distil.distil(network, store, lesson, recipe, given.work / "head", _say)
        del store
    elif (given.work / "head" / "head.safetensors").exists():
        distil.load_head(network, given.work / "head")
    whole_recipe = whole.Recipe(seed=given.seed + 10, steps=given.whole_steps)
    if "whole" in stages:
        source = whole.batches(
            lines, targets, list(every), charset, whole_recipe.columns, whole_recipe.seed
        )
        device = torch.device(given.device)
        lesson = Lesson(taught.to(device), whole_recipe.weights, lacking, whole_recipe.seed)
        network = whole.train_whole(
            network.to(device), source, lesson, whole_recipe, given.work / "whole", _say,
            measure=Progress(given.labels, charset) if given.labels else None,
        ).cpu()  # fmt: skip
    elif (given.work / "whole" / "whole.safetensors").exists():
        network.load_state_dict(whole.mean_weights(given.work / "whole"))
    if "export" in stages:
        training = {
            "date": f"{dt.datetime.now(dt.UTC).date():%Y-%m-%d}",
            "lines": len(every) * given.shard_size,
            "seed": given.seed,
            "head": asdict(recipe),
            "whole": asdict(whole_recipe),
            "data": TRAINING_DATA,
        }
        folder = write_model(network, charset, Card(given.name, WIDEST, training), given.models)
        if given.labels:
            describe(folder, accuracy=_measured(folder, given.labels))
        _say(f"wrote {folder.name}")
    return 0


def _go_on_from(network: Crnn, charset: Charset, folder: Path) -> None:
    """Take a model's weights; what it lacks, classes or attention, keeps what it starts with.

    Where it lacks the attention, the mean of both views is the start: the teacher's by attention
    and the model's own by its LSTMs.
    """
    import torch

    from desktop_ocr.engine.recognize.model_files import open_model
    from desktop_ocr.engine.recognize.network import load

    theirs = open_model(folder).charset
    state = load(folder / "crnn.safetensors").state_dict()
    pairs = [
        (number, other)
        for number, text in enumerate(charset.classes)
        if (other := theirs.number(text) if number else 0) is not None
    ]
    rows, their_rows = (torch.tensor(column) for column in zip(*pairs, strict=True))
    for name in ("head.classes.weight", "head.classes.bias"):
        grown = network.state_dict()[name].clone()
        grown[rows] = state[name][their_rows]
        state[name] = grown
    taught = {name: t.clone() for name, t in network.head.shortcut.state_dict().items()}
    lacking, _ = network.load_state_dict(state, strict=False)
    if network.head.beside is not None and lacking:
        with torch.no_grad():
            for layer in (network.head.narrow, network.head.beside.blocks[-1]):
                for parameter in layer.parameters():
                    parameter.mul_(0.5)
            for name, parameter in network.head.shortcut.named_parameters():
                parameter.lerp_(taught[name], 0.5)


def _measured(folder: Path, labels: Path) -> dict[str, object]:
    """Return the figures of a model on labelled lines, greedy, for its description."""
    from desktop_ocr.engine.recognize.reader import Recognizer
    from desktop_ocr.training.evaluate import evaluate

    rounds = 1000
    found = evaluate(labels, Recognizer(folder), bootstrap=rounds)
    folded = evaluate(labels, Recognizer(folder), ignore_case=True)
    return {
        "date": f"{dt.datetime.now(dt.UTC).date():%Y-%m-%d}",
        "decoder": "greedy",
        "sets": {
            result.group: {
                "lines": result.lines,
                "characters": result.characters,
                "cer": round(result.cer, 5),
                "cer_interval_95": [round(bound, 5) for bound in result.interval or ()],
                "cer_ignoring_case": round(without.cer, 5),
                "exact": round(result.exact, 4),
            }
            for result, without in zip(found.sets, folded.sets, strict=True)
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
