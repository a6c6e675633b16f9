"""The published CRNN: same numbers as its own code, and nothing of a checkpoint is executed."""

from __future__ import annotations

import importlib.util
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from desktop_ocr.engine.recognize import decode, prepare
from desktop_ocr.engine.recognize.model_files import (
    find_model,
    install_model,
    installed_models,
    open_model,
)
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.errors import (
    CheckpointDamagedError,
    CheckpointMissingError,
    CheckpointUnknownError,
    CheckpointUnsafeError,
    ModelNameError,
    VocabularyError,
)
from desktop_ocr.training import modelscope
from tests.engine.recognize.drawing import draw

_VOCABULARY = [chr(0x4E00 + number) for number in range(modelscope.CLASSES - 2)]


def _random_network() -> modelscope.ModelScopeCrnn:
    """Return a network of random weights that is sure of what it reads."""
    torch.manual_seed(5)
    network = modelscope.ModelScopeCrnn()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.02, 0.1)
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.1)
        network.cls.weight.mul_(300)
    return network.eval()


@pytest.fixture(scope="module")
def network() -> modelscope.ModelScopeCrnn:
    return _random_network()


@pytest.fixture(scope="module")
def published(network: modelscope.ModelScopeCrnn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ModelScope publishes it."""
    folder = tmp_path_factory.mktemp("cv_crnn")
    torch.save(network.state_dict(), folder / "pytorch_model.pt")
    (folder / "vocab.txt").write_text("\n".join(_VOCABULARY) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def imported(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the imported model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_OCR_HOME", str(tmp_path_factory.mktemp("home")))
        return modelscope.import_checkpoint(published).folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def vocabulary(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "vocab.txt"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


def _their_network() -> type[nn.Module]:
    """Return the network of the modelscope package: its file alone, the package needs much."""
    found = importlib.util.find_spec("modelscope")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the package modelscope is not installed: pip install desktop-ocr[modelscope]")
    path = Path(found.submodule_search_locations[0])
    path = path / "models/cv/ocr_recognition/modules/CRNN/main_model.py"
    spec = importlib.util.spec_from_file_location("published_crnn", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    network: type[nn.Module] = module.CRNN
    return network


@pytest.mark.parametrize(("width", "lines"), [(640, 2), (96, 1)])
def test_it_computes_what_the_published_code_computes(
    network: modelscope.ModelScopeCrnn, width: int, lines: int
) -> None:
    theirs = _their_network()()
    theirs.load_state_dict(network.state_dict())  # same names, same shapes
    rgb = torch.from_numpy(np.random.default_rng(3).random((lines, 3, 32, width), np.float32))
    grey = (rgb * torch.tensor([0.2989, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True)
    with torch.no_grad():
        expected = theirs.eval()(rgb).log_softmax(-1)
        torch.testing.assert_close(network(grey), expected, atol=1e-3, rtol=1e-5)


def test_an_imported_model_says_what_it_is(imported: Path, published: Path) -> None:
    model = open_model(imported)
    assert model.identifier == imported.name == "modelscope-crnn"
    assert model.form == modelscope.FORM
    assert len(model.charset) == modelscope.CLASSES
    assert model.charset[1] == _VOCABULARY[0]
    assert model.charset[modelscope.CLASSES - 1] == modelscope.UNKNOWN
    about = model.description
    assert about["calibration"] == {}
    assert about["training"]["imported"] == modelscope.NAME
    assert set(about["training"]["sha256"]) == {"pytorch_model.pt", "vocab.txt"}


@pytest.mark.parametrize("text", ["双肺未见异常", "白细胞 6.85×10⁹/L ↑ 3.5-9.5 中性粒细胞" * 3])
def test_an_imported_model_reads_as_its_network(
    imported: Path, network: modelscope.ModelScopeCrnn, text: str
) -> None:
    recognizer = Recognizer(imported, threads=1)
    crop = draw(text, size=30)
    line = prepare.scale(crop, modelscope.FORM)
    width = prepare.padded_width(line.shape[1], modelscope.FORM)
    assert width == 640 or line.shape[1] > 640
    found = recognizer.posteriors(crop)
    assert found.shape == (width // 4, modelscope.CLASSES)
    np.testing.assert_allclose(np.exp(found).sum(-1), 1, atol=1e-4)
    ((_, reading),) = recognizer.read([crop])
    assert reading.text
    assert all(0 <= c.start <= c.end <= 1 and 0 < c.confidence <= 1 for c in reading.characters)
    if width > 640:  # Windows: their own test holds them together.
        return
    batch = prepare.to_input([line], width, modelscope.FORM)
    with torch.no_grad():
        expected = network(torch.from_numpy(batch))[0].numpy()
    np.testing.assert_allclose(found, expected, atol=0.02)
    emissions = decode.greedy(expected)
    assert reading.text == recognizer.charset.decode([one.number for one in emissions])


def test_a_checkpoint_that_was_trained_further_is_taken_too(
    published: Path, tmp_path: Path, network: modelscope.ModelScopeCrnn
) -> None:
    path = tmp_path / "tuned.pt"
    state = {f"recognizer.module.{name}": t for name, t in network.state_dict().items()
             if not name.endswith("num_batches_tracked")}  # fmt: skip
    torch.save(state, path)
    found = modelscope.load_checkpoint(path).state_dict()
    assert torch.equal(found["cls.weight"], network.cls.weight)


# --- what is refused ---


class _Trap:
    """What a malicious checkpoint holds: unpickling it runs a command."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("way", ["zip", "old", "pickle"])
@pytest.mark.parametrize("forced", [False, True])
def test_a_pickle_is_never_executed(
    published: Path, tmp_path: Path, home: Path, way: str, forced: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if forced:
        monkeypatch.setenv("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")
    mark, path = tmp_path / "executed", tmp_path / "pytorch_model.pt"
    content = {"conv0.0.weight": torch.zeros(2), "trap": _Trap(mark)}
    if way == "pickle":
        path.write_bytes(pickle.dumps(content["trap"]))
    else:
        torch.save(content, path, _use_new_zipfile_serialization=way == "zip")
    (tmp_path / "vocab.txt").write_bytes((published / "vocab.txt").read_bytes())
    with pytest.raises(CheckpointUnsafeError, match="nothing in it was executed"):
        modelscope.import_checkpoint(tmp_path)
    assert not mark.exists()
    assert [model.builtin for model in installed_models()] == [True]
    # The trap is one: whoever unpickles it runs it.
    if way == "pickle":
        pickle.loads(path.read_bytes())
        assert mark.exists()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_cut_off_checkpoint(published: Path, tmp_path: Path, share: float) -> None:
    whole = (published / "pytorch_model.pt").read_bytes()
    path = tmp_path / "pytorch_model.pt"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises((CheckpointDamagedError, CheckpointUnsafeError), match="published file"):
        modelscope.load_checkpoint(path)


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda state: state.pop(name)


def _with(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda state: state.__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (_without("rnn.1.embedding.bias"), "rnn.1.embedding.bias is missing"),
        (_with("head.weight", torch.zeros(3)), "head.weight is not known"),
        (_with("cls.weight", torch.zeros(6625, 512)), r"cls.weight is \(6625, 512\)"),
        (_with("conv0.0.bias", torch.zeros(64, dtype=torch.int32)), "torch.int32"),
        (_with("conv0.0.bias", [1.0]), "no table of weights"),
    ],
)
def test_a_checkpoint_of_another_network(
    network: modelscope.ModelScopeCrnn, tmp_path: Path,
    change: Callable[[dict[str, Any]], object], detail: str,
) -> None:  # fmt: skip
    state: dict[str, Any] = dict(network.state_dict())
    change(state)
    torch.save(state, tmp_path / "pytorch_model.pt")
    with pytest.raises(CheckpointUnknownError, match=detail):
        modelscope.load_checkpoint(tmp_path / "pytorch_model.pt")


def test_a_weight_that_is_no_number(network: modelscope.ModelScopeCrnn, tmp_path: Path) -> None:
    bias: Tensor = torch.full((64,), float("nan"))
    torch.save(network.state_dict() | {"conv0.0.bias": bias}, tmp_path / "model.pt")
    with pytest.raises(CheckpointDamagedError):
        modelscope.load_checkpoint(tmp_path / "model.pt")


@pytest.mark.parametrize("missing", ["pytorch_model.pt", "vocab.txt"])
def test_a_missing_file(published: Path, tmp_path: Path, missing: str) -> None:
    for path in published.iterdir():
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(CheckpointMissingError, match=missing):
        modelscope.import_checkpoint(tmp_path)


@pytest.mark.parametrize(
    ("lines", "detail"),
    [
        (_VOCABULARY[:-1], "7641 lines, not 7642"),
        ([*_VOCABULARY, "a", "b"], "7644 lines"),
        (["", *_VOCABULARY[1:]], "line 1 is empty"),
        ([*_VOCABULARY[:-1], _VOCABULARY[2]], "line 7642 repeats line 3"),
        ([modelscope.UNKNOWN, *_VOCABULARY[1:]], "line 1 is no character"),
    ],
)
def test_a_wrong_vocabulary(
    vocabulary: Callable[[str | bytes], Path], lines: list[str], detail: str
) -> None:
    with pytest.raises(VocabularyError, match=detail):
        modelscope.read_vocabulary(vocabulary("\n".join(lines) + "\n"))


def test_a_vocabulary_in_another_encoding(vocabulary: Callable[[str | bytes], Path]) -> None:
    with pytest.raises(VocabularyError, match="not UTF-8"):
        modelscope.read_vocabulary(vocabulary("\n".join(_VOCABULARY[:99]).encode("gb18030")))


def test_a_vocabulary_keeps_odd_characters_in_their_places(
    vocabulary: Callable[[str | bytes], Path],
) -> None:
    lines = [" ", "\u2028", "\x0b", "\u3000", *_VOCABULARY[4:], "㐀"]
    found = modelscope.read_vocabulary(vocabulary("\ufeff" + "\r\n".join(lines)))
    assert list(found.classes[1:]) == lines


# --- names ---


def test_a_model_is_carried_to_another_computer(imported: Path, home: Path) -> None:
    carried = install_model(imported, "病房-2")
    assert carried.folder == home / "models" / "病房-2" == find_model("病房-2")
    assert Recognizer(carried.folder, threads=1).model_id.startswith("病房-2-")
    about = json.loads((carried.folder / "model.json").read_text(encoding="utf-8"))
    assert about["id"] == "病房-2"
    assert sorted(path.name for path in carried.folder.parent.iterdir()) == ["病房-2"]
    builtin = installed_models()[0].identifier
    for name in ("病房-2", builtin.upper(), "../x", "a/b", ".x", "x.", "a" * 65, "a b"):
        with pytest.raises(ModelNameError, match="choose a name"):
            install_model(imported, name)
