"""The whole way of training on a few lines: targets, head, everything, export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from desktop_ocr.engine.recognize import network, prepare
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.engine.recognize.network import Crnn
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.training import average, distil, train, whole
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.export import Card, describe, write_model
from desktop_ocr.training.lines import LineMaker, Sources, read_shard, write_shard
from desktop_ocr.training.losses import Lesson, Weights, ctc
from desktop_ocr.training.store import TargetStore, fits
from desktop_ocr.training.targets import equal_widths, write_targets
from desktop_ocr.training.teacher import Teacher

_SHARDS, _SIZE = range(2), 10


@dataclass(frozen=True)
class _Prepared:
    lines: Path
    targets: Path
    said: list[str]


@pytest.fixture(scope="module")
def prepared(maker: LineMaker, tmp_path_factory: pytest.TempPathFactory) -> _Prepared:
    folder = tmp_path_factory.mktemp("work")
    (folder / "lines").mkdir()
    for shard in _SHARDS:
        write_shard(maker, folder / "lines", 4, shard, _SIZE)
    said: list[str] = []
    write_targets(folder / "lines", folder / "targets", _SHARDS, our_charset(), 1, said.append)
    return _Prepared(folder / "lines", folder / "targets", said)


def _lesson(network: Crnn) -> Lesson:
    lacking = Teacher().numbers(our_charset()) < 0
    weights = Weights(sampled=50)
    return Lesson(network.head.classes, weights, np.flatnonzero(lacking).tolist(), seed=3)


@pytest.fixture
def start() -> Crnn:
    """A head of random LSTMs alone: with the teacher's attention there is little left to learn."""
    return Teacher().start(our_charset(), seed=1, beside=0)


def test_targets_are_what_the_teacher_sees(prepared: _Prepared) -> None:
    assert len(prepared.said) == len(_SHARDS)
    assert "exactly" in prepared.said[0]
    lines, texts = read_shard(prepared.lines / "lines-00001.npz")
    with np.load(prepared.targets / "targets-00001.npz") as file:
        assert json.loads(str(file["texts"])) == texts
        assert file["features"].shape == (file["steps"].sum(), 384)
        assert file["outputs"].shape == (file["steps"].sum(), 120)
        assert list(file["steps"] * 8 >= [line.shape[1] for line in lines]) == [True] * _SIZE
        assert file["right"].any()  # The teacher reads some drawn lines.
        assert len(file["right"]) == _SIZE


def test_targets_are_the_features_of_our_convolutions(prepared: _Prepared, start: Crnn) -> None:
    first = next(whole.batches(prepared.lines, prepared.targets, [0], our_charset(), 1, 0))
    store = TargetStore(prepared.targets, range(1), our_charset())
    with torch.no_grad():
        features = start.eval().convolutions(first.pixels)
    same = [
        stored
        for stored in store.batches(0, 1)
        if stored.labels == first.labels and stored.outputs.shape == first.outputs.shape
    ]
    assert any(torch.allclose(stored.features, features, atol=2e-2) for stored in same)


def test_batches_hold_every_line_once_and_can_be_skipped(prepared: _Prepared) -> None:
    store = TargetStore(prepared.targets, _SHARDS, our_charset())
    seen = [batch.labels for batch in store.batches(3, 100)]
    assert sum(map(len, seen)) == len(store)
    assert [batch.labels for batch in store.batches(3, 100, skip=2)] == seen[2:]
    assert [batch.labels for batch in store.batches(4, 100)] != seen


def test_labels_must_fit_into_their_steps() -> None:
    assert fits((1, 2, 3), 3)
    assert not fits((1, 1, 3), 3)
    assert fits((1, 1, 3), 4)
    assert not fits((), 4)


def test_groups_share_their_padded_width() -> None:
    widths = [8, 100, 256, 260, 288, 300, 1500, 1501]
    groups = list(equal_widths(widths, most=2))
    assert [index for group in groups for index in group] == list(range(len(widths)))
    assert groups == [[0, 1], [2], [3, 4], [5], [6, 7]]


def test_the_head_learns_and_goes_on_where_it_stopped(
    prepared: _Prepared, start: Crnn, tmp_path: Path
) -> None:
    store = TargetStore(prepared.targets, _SHARDS, our_charset())
    batches = sum(1 for _ in store.groups(1, 300))
    recipe = distil.Recipe(epochs=30 / batches, frames=300, rate=1e-3)
    said: list[str] = []
    lesson = _lesson(start)
    # Over many batches: a single one says little, and which lines are drawn depends on the faces
    # that are installed.
    probes = list(store.batches(9, 300))

    def loss() -> float:
        total = 0.0
        for probe in probes:
            features = start.head.features(probe.features)
            parts = (probe.outputs, probe.right, probe.labels)
            total += float(lesson(features, start.head.classes, *parts)[0].detach())
        return total / len(probes)

    before = loss()
    distil.distil(start, store, lesson, recipe, tmp_path, said.append)
    after = loss()
    assert after < 0.9 * before, (before, after)
    about = json.loads(said[-1])
    assert about["step"] == about["of"] == 30
    # The same call again finds the work done and changes nothing.
    again = Teacher().start(our_charset(), seed=1, beside=0)
    distil.distil(again, store, lesson, recipe, tmp_path, said.append)
    assert len(said) == 1
    for name, tensor in again.state_dict().items():
        torch.testing.assert_close(tensor, start.state_dict()[name])
    loaded = Teacher().start(our_charset(), seed=2, beside=0)
    distil.load_head(loaded, tmp_path)
    torch.testing.assert_close(loaded.head.narrow.weight, start.head.narrow.weight)


def test_everything_learns_from_true_labels(
    prepared: _Prepared, start: Crnn, tmp_path: Path
) -> None:
    recipe = whole.Recipe(steps=12, columns=1600, rate=1e-3, convolution_share=0.01, mean=0.3)

    def source() -> Iterator[whole.Batch]:
        return whole.batches(
            prepared.lines, prepared.targets, list(_SHARDS), our_charset(), recipe.columns, 2
        )

    frozen = start.convolutions.stem.first.weight.detach().clone()
    free = start.convolutions.blocks[-1].narrow.weight.detach().clone()
    batch = next(source())
    lesson = _lesson(start)

    def loss(network: Crnn) -> float:
        features = whole.features_of(network, batch.pixels, recipe.frozen)
        parts = (batch.outputs, batch.right, batch.labels)
        return float(lesson(features, network.head.classes, *parts)[0].detach())

    before = loss(start)
    trained = whole.train_whole(start, source(), lesson, recipe, tmp_path, lambda _: None)
    assert loss(trained) < before
    torch.testing.assert_close(trained.convolutions.stem.first.weight.detach(), frozen)
    assert not torch.equal(trained.convolutions.blocks[-1].narrow.weight.detach(), free)
    mean = whole.mean_weights(tmp_path)
    for name, tensor in trained.state_dict().items():
        torch.testing.assert_close(tensor, mean[name])


def test_an_exported_model_is_read_like_the_network(tmp_path: Path) -> None:
    shipped = open_model()
    weights = network.load(shipped.folder / "crnn.safetensors")
    folder = write_model(weights, shipped.charset, Card("again", 1600), tmp_path)
    describe(folder, accuracy={"date": "today"})
    again = open_model(folder)
    assert again.identifier == "again"
    assert again.description["accuracy"] == {"date": "today"}
    assert again.charset.classes == shipped.charset.classes
    crop = np.random.default_rng(0).integers(0, 255, (48, 333, 3), np.uint8)
    batch = prepare.to_input([crop], prepare.padded_width(333))
    with torch.no_grad():
        expected = weights(torch.from_numpy(batch))[0].numpy()
    np.testing.assert_allclose(Recognizer(folder, threads=1).posteriors(crop), expected, atol=1e-3)
    with pytest.raises(ValueError, match="charset"):
        write_model(weights, type(shipped.charset)("ab"), Card("wrong", 1600), tmp_path)


def test_the_mean_of_models_lies_between_them(tmp_path: Path) -> None:
    shipped = open_model()
    weights = network.load(shipped.folder / "crnn.safetensors")
    with torch.no_grad():
        for parameter in weights.parameters():
            parameter.mul_(0.5)
    other = write_model(weights, shipped.charset, Card("half", 1600), tmp_path)
    parts = [f"{shipped.folder}=3", f"{other}=1"]
    assert average.main(["mean", "--models", str(tmp_path), *parts]) == 0
    mean = network.load(tmp_path / "mean" / "crnn.safetensors").head.narrow.weight
    shares = open_model(tmp_path / "mean").description["training"]["mean_of"]
    assert [entry["share"] for entry in shares] == [3, 1]
    expected = weights.head.narrow.weight * 2 * 0.875
    torch.testing.assert_close(mean, expected, rtol=2e-3, atol=1e-5)
    with pytest.raises(ValueError, match="nought"):
        average.average([(shipped, 0.0)])


def test_the_whole_way_back_to_the_teacher_keeps_signs(tmp_path: Path) -> None:
    shipped, teacher = open_model(), Teacher()
    charset = shipped.charset
    arguments = ["back", "--models", str(tmp_path), f"{shipped.folder}=1"]
    assert average.main([*arguments, "--back", "1", "--ideographs", "1"]) == 0
    ours = network.load(shipped.folder / "crnn.safetensors")
    found = network.load(tmp_path / "back" / "crnn.safetensors")
    taught = teacher.start(charset, seed=0).eval()
    seen = torch.randn(2, network.FEATURES, 1, 12)
    with torch.no_grad():
        expected = taught.head.features(seen)
        torch.testing.assert_close(found.head.features(seen), expected, atol=2e-2, rtol=1e-2)
    known, sign = charset.number("血"), charset.number("℃")
    rows = [net.head.classes.weight for net in (found, taught, ours)]
    torch.testing.assert_close(rows[0][known], rows[1][known], atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(rows[0][sign], rows[2][sign])
    assert open_model(tmp_path / "back").description["training"]["towards_teacher"]["back"] == 1


def test_one_command_goes_the_whole_way(sources: Sources, maker: LineMaker, tmp_path: Path) -> None:
    assert maker  # Skips where there is no face to draw with.
    picture = tmp_path / "a.png"
    picture.write_bytes(cv2.imencode(".png", np.full((40, 90), 255, np.uint8))[1].tobytes())
    labels = tmp_path / "labels.tsv"
    labels.write_text("set\tfile\ttext\nempty\ta.png\t心\n", encoding="utf-8")
    arguments = [
        *("--data", str(sources.data), "--latin-hands", str(sources.latin_handwriting)),
        *("--work", str(tmp_path / "work"), "--models", str(tmp_path / "models")),
        *("--shards", "1", "--hand-shards", "1", "--latin-shards", "0", "--value-shards", "1"),
        *("--shard-size", "4", "--threads", "1"),
        *("--epochs", "1", "--whole-steps", "1", "--name", "tiny", "--labels", str(labels)),
    ]
    assert train.main([*arguments, "--stages", "lines,targets,head,whole,export"]) == 0
    model = open_model(tmp_path / "models" / "tiny")
    assert model.description["training"]["lines"] == 12
    assert model.description["accuracy"]["sets"]["empty"]["cer"] == 1
    # Another model goes on from this one.
    start = ["--start", str(model.folder), "--name", "next", "--stages", "export"]
    assert train.main([*arguments, *start, "--work", str(tmp_path / "other")]) == 0
    assert open_model(tmp_path / "models" / "next").charset.classes == model.charset.classes
    with pytest.raises(SystemExit):
        train.main([*arguments, "--stages", "lines,guess"])


def test_a_model_without_attention_goes_on_as_the_mean_of_both_views(tmp_path: Path) -> None:
    charset = our_charset()
    without = Teacher().start(charset, seed=4, beside=0)
    folder = write_model(without, charset, Card("without", 1600), tmp_path)
    grown = Teacher().start(charset, seed=5)
    train._go_on_from(grown, charset, folder)
    seen = torch.randn(2, network.FEATURES, 1, 12)
    with torch.no_grad():
        theirs = network.load(folder / "crnn.safetensors").head.features(seen)
        taught = Teacher().start(charset, seed=4).head.features(seen)  # its LSTMs add nought
        found = grown.eval().head.features(seen)
    torch.testing.assert_close(found, (theirs + taught) / 2, atol=2e-2, rtol=0)


def test_ctc_loss_of_a_sure_reading_is_small() -> None:
    sure = torch.full((1, 5, 4), -12.0)
    for step, number in enumerate((1, 0, 1, 3, 0)):
        sure[0, step, number] = 0.0
    assert float(ctc(sure.log_softmax(-1), [[1, 1, 3]])) < 1e-3
    assert float(ctc(sure.log_softmax(-1), [[1, 2, 3]])) > 3


def test_classes_the_teacher_lacks_are_pushed_down_where_it_reads_right(start: Crnn) -> None:
    lacking = np.flatnonzero(Teacher().numbers(our_charset()) < 0).tolist()
    lesson = _lesson(start)
    layer = start.head.classes
    outputs = torch.randn(1, 6, 120)
    features = outputs.clone().requires_grad_()
    loss, parts = lesson(features, layer, outputs, torch.tensor([True]), [[5, 6]])
    loss.backward()
    assert parts["features"] == 0
    assert layer.bias.grad is not None
    assert (layer.bias.grad[lacking] > 0).all()  # a step down the gradient lowers them


def test_rates_rise_and_fall() -> None:
    shares = [distil.cosine(step, 1000, rise=100) for step in range(1000)]
    assert shares[0] == pytest.approx(0.01)
    assert max(shares) == pytest.approx(1.0)
    assert shares[-1] < 0.03
    assert shares[99:] == sorted(shares[99:], reverse=True)
