from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from desktop_ocr import __version__, cli
from desktop_ocr.__main__ import main
from desktop_ocr.engine import pipeline
from desktop_ocr.engine.load import PageImage
from desktop_ocr.errors import EngineError, OutOfMemoryError
from desktop_ocr.export import load_json
from desktop_ocr.paths import resource
from desktop_ocr.training import measure
from tests.fakes.engines import TEXTS, FailingEngine, TruthEngine

XRAY = resource("samples/xray_report.png")
TRUTH = resource("samples/xray_report.txt").read_text(encoding="utf-8")
needs_model = pytest.mark.skipif(
    not any(resource("models").glob("*/model.json")), reason="a source tree without weights"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user in which nothing is yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(folder))
    return folder


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> TruthEngine:
    """An engine that knows what stands on the samples, so that outputs can be compared."""
    return use(monkeypatch, TruthEngine())


def use(monkeypatch: pytest.MonkeyPatch, engine: TruthEngine) -> TruthEngine:
    monkeypatch.setattr(pipeline, "Engine", lambda **_given: engine)
    return engine


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with a page, a Chinese name, a folder below, and files that are no pictures."""
    folder = tmp_path / "扫描 件"
    (folder / "第二批").mkdir(parents=True)
    shutil.copy(XRAY, folder / "xray_report.png")
    Image.new("L", (60, 40), 255).save(folder / "第二批" / "空白.png")
    (folder / "说明.txt").write_text("no picture", encoding="utf-8")
    return folder


def run(capfdbinary: Any, *arguments: str | Path) -> tuple[int, str, str]:
    status = main([str(a) for a in arguments])
    out, err = capfdbinary.readouterr()
    return status, out.decode("utf-8"), err.decode("utf-8")


# --- what is printed ---


@pytest.mark.usefixtures("engine")
def test_a_page_is_printed_as_text(capfdbinary: Any) -> None:
    assert run(capfdbinary, "recognize", XRAY) == (0, TRUTH, "")


@pytest.mark.usefixtures("engine")
def test_files_are_announced_when_there_are_several(capfdbinary: Any, scans: Path) -> None:
    status, out, err = run(capfdbinary, "recognize", scans)
    assert (status, err) == (0, "")
    blank = "\n".join(TEXTS)
    first, second = scans / "xray_report.png", scans / "第二批" / "空白.png"
    assert out == f"==> {first} <==\n{TRUTH}\n==> {second} <==\n{blank}\n"


@pytest.mark.usefixtures("engine")
def test_tsv_has_the_file_as_it_was_given(
    capfdbinary: Any, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(scans)
    given = ["./第二批/../第二批/空白.png", "./xray_report.png"]
    _, out, _ = run(capfdbinary, "recognize", "--format", "tsv", *given)
    rows = [row.split("\t") for row in out.splitlines()]
    assert [name for name, _ in rows[:4]] == [*[given[0]] * 3, given[1]]
    assert [text for _, text in rows[:3]] == list(TEXTS)
    assert len(rows) == 3 + len(TRUTH.replace("\t", "\n").splitlines())


@pytest.mark.usefixtures("engine")
def test_single_line_gives_one_row_a_file(capfdbinary: Any, scans: Path) -> None:
    _, out, _ = run(
        capfdbinary, "recognize", "--single-line", "--format", "tsv", scans / "第二批" / "空白.png"
    )
    assert out == f"{scans / '第二批' / '空白.png'}\t{' '.join(TEXTS)}\n"


def test_single_line_gives_a_row_even_where_nothing_was_read(
    capfdbinary: Any, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = use(monkeypatch, TruthEngine())
    monkeypatch.setattr(engine, "lines_of", lambda _image: [])
    blank = scans / "第二批" / "空白.png"
    _, out, _ = run(capfdbinary, "recognize", "--single-line", "--format", "tsv", blank)
    assert out == f"{blank}\t\n"
    _, out, _ = run(capfdbinary, "recognize", "--format", "tsv", blank)
    assert out == ""


def test_one_faulty_line_does_not_take_the_others_with_it(
    capfdbinary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AllergicEngine(TruthEngine):
        def lines_of(self, image: PageImage) -> Any:
            if Path(image.file).name == "2.png":
                raise EngineError("This line cannot be read.")
            return super().lines_of(image)

    use(monkeypatch, AllergicEngine())
    for name in "1234":
        Image.new("L", (60, 40), 255).save(tmp_path / f"{name}.png")
    (tmp_path / "3.png").write_bytes(b"")
    status, out, err = run(capfdbinary, "recognize", "--single-line", "--format", "tsv", tmp_path)
    assert status == 1
    assert [row.split("\t")[0] for row in out.splitlines()] == [
        str(tmp_path / "1.png"), str(tmp_path / "4.png")
    ]  # fmt: skip
    assert f"{tmp_path / '2.png'}: This line cannot be read." in err
    assert f"{tmp_path / '3.png'}: The file is empty" in err


@pytest.mark.usefixtures("engine")
def test_json_of_several_files_is_one_document(
    capfdbinary: Any, scans: Path, tmp_path: Path
) -> None:
    _, out, _ = run(capfdbinary, "recognize", "--format", "json", scans)
    (tmp_path / "d.json").write_text(out, encoding="utf-8")
    document = load_json(tmp_path / "d.json")
    assert [Path(page.file).name for page in document.pages] == ["xray_report.png", "空白.png"]
    page = document.pages[0]
    assert (page.page, page.width, page.height, page.dpi) == (1, 1654, 2339, pytest.approx(200, 1))
    assert len(page.sha256) == 64
    assert page.lines[0].text == "青禾市第三人民医院"


@pytest.mark.usefixtures("engine")
def test_pages_of_a_tiff(capfdbinary: Any, tmp_path: Path) -> None:
    pages = [Image.new("L", (60, 40), 255 - k) for k in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    _, out, _ = run(capfdbinary, "recognize", "--format", "json", tmp_path / "a.tif")
    assert [page["page"] for page in json.loads(out)["pages"]] == [1, 2, 3]
    _, out, _ = run(capfdbinary, "recognize", tmp_path / "a.tif")
    assert out == "\n".join(["\n".join(TEXTS) + "\n"] * 3)


@pytest.mark.usefixtures("engine")
def test_stats_go_to_standard_error(capfdbinary: Any) -> None:
    _, out, err = run(capfdbinary, "recognize", "--stats", XRAY)
    assert out == TRUTH
    steps = {line.split()[0]: line for line in err.splitlines()}
    assert {"load", "total", "start", "peak"} <= set(steps)
    assert f"pages 1, lines {len(TRUTH.split(chr(9))) + TRUTH.count(chr(10)) - 1}" in steps["total"]
    assert 20 < float(steps["peak"].split()[2]) < 100_000  # MB


# --- what is written ---


@pytest.mark.usefixtures("engine")
def test_one_file_for_all_pages(capfdbinary: Any, scans: Path, tmp_path: Path) -> None:
    target = tmp_path / "全部.docx"
    assert run(capfdbinary, "recognize", scans, "--output", target) == (0, "", "")
    texts = [p.text for p in docx.Document(str(target)).paragraphs]
    assert "青禾市第三人民医院" in texts
    assert TEXTS[0] in texts


@pytest.mark.usefixtures("engine")
def test_a_folder_gets_one_file_for_each_input(
    capfdbinary: Any, scans: Path, tmp_path: Path
) -> None:
    shutil.copy(XRAY, scans / "第二批" / "Xray_Report.png")  # the same stem, but for case
    target = f"{tmp_path / '结果'}{os.sep}"
    status, _, err = run(capfdbinary, "recognize", scans, "--output", target)
    assert (status, err) == (0, "")
    written = sorted(path.name for path in Path(target).iterdir())
    assert len(written) == 3
    assert written[2] == "空白.txt"
    assert {name.casefold() for name in written} == {
        "xray_report.txt", "xray_report (2).txt", "空白.txt",
    }  # fmt: skip
    assert (Path(target) / "xray_report.txt").read_text(encoding="utf-8") == TRUTH


@pytest.mark.usefixtures("engine")
def test_nothing_is_replaced_unasked(capfdbinary: Any, scans: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果"
    target.mkdir()
    (target / "xray_report.txt").write_text("mine", encoding="utf-8")
    status, _, err = run(capfdbinary, "recognize", scans, "--output", target)
    assert status == 1
    assert err == (
        f"{target / 'xray_report.txt'}: The file exists already: "
        "choose another name or allow replacing it.\n"
    )
    assert (target / "xray_report.txt").read_text(encoding="utf-8") == "mine"
    assert (target / "空白.txt").exists()  # the others go on
    status, _, _ = run(capfdbinary, "recognize", scans, "--output", target, "--overwrite")
    assert status == 0
    assert (target / "xray_report.txt").read_text(encoding="utf-8") == TRUTH


def test_an_existing_file_is_found_before_anything_is_read(
    capfdbinary: Any, tmp_path: Path, engine: TruthEngine
) -> None:
    (tmp_path / "a.json").write_text("mine", encoding="utf-8")
    status, out, err = run(capfdbinary, "recognize", XRAY, "--output", tmp_path / "a.json")
    assert (status, out) == (4, "")
    assert "exists already" in err
    status, _, err = run(capfdbinary, "recognize", XRAY, "--output", tmp_path / "no" / "a.json")
    assert status == 4
    assert "folder" in err
    assert engine.reads == []


@pytest.mark.usefixtures("engine")
def test_where_nothing_could_be_read_nothing_is_written(capfdbinary: Any, tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    status, _, _ = run(capfdbinary, "recognize", tmp_path / "none.png", "--output", target)
    assert status == 1
    assert not target.exists()


@pytest.mark.usefixtures("engine")
def test_fields_as_rows_for_a_spreadsheet(tmp_path: Path, capfdbinary: Any) -> None:
    target = tmp_path / "字段.csv"
    assert main(["recognize", str(XRAY), "--output", str(target)]) == 0
    text = target.read_text(encoding="utf-8-sig")
    assert "field,name,周启明" in text
    assert "field,report_date,2025-03-12 15:42" in text


@pytest.mark.usefixtures("engine")
def test_docx_needs_a_place(capfdbinary: Any) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["recognize", str(XRAY), "--format", "docx"])
    assert stop.value.code == 2
    assert b"--output" in capfdbinary.readouterr().err


# --- what goes wrong ---


@pytest.mark.usefixtures("engine")
def test_unreadable_files_are_reported_and_the_others_read(
    capfdbinary: Any, tmp_path: Path
) -> None:
    (tmp_path / "空.png").write_bytes(b"")
    (tmp_path / "text.png").write_text("a letter", encoding="utf-8")
    (tmp_path / "cut.png").write_bytes(XRAY.read_bytes()[:5000])
    shutil.copy(XRAY, tmp_path / "xray_report.png")
    status, out, err = run(capfdbinary, "recognize", tmp_path, tmp_path / "missing.png")
    assert status == 1
    assert TRUTH in out
    assert err.splitlines() == [
        f"{tmp_path / 'cut.png'}: The file is damaged or cut off: scan or copy it again.",
        (
            f"{tmp_path / 'text.png'}: The file is not a picture or PDF that can be read: "
            "use PNG, JPEG, BMP, WebP, TIFF or PDF."
        ),
        f"{tmp_path / '空.png'}: The file is empty: scan or copy it again.",
        (
            f"{tmp_path / 'missing.png'}: The file cannot be opened: "
            "check that it exists and that you may read it."
        ),
    ]


def test_a_page_that_cannot_be_read_does_not_end_its_file(
    capfdbinary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Image.new("L", (60, 40), 255 - k) for k in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    use(monkeypatch, FailingEngine(OutOfMemoryError(), times=1))
    status, out, err = run(capfdbinary, "recognize", "--format", "json", tmp_path / "a.tif")
    assert status == 1
    assert err.startswith(f"{tmp_path / 'a.tif'}, page 1: There is not enough memory")
    assert [page["page"] for page in json.loads(out)["pages"]] == [2, 3]


def test_json_of_nothing_is_a_document(capfdbinary: Any, engine: TruthEngine) -> None:
    status, out, _ = run(capfdbinary, "recognize", "--format", "json", "/none.png")
    assert status == 1
    assert json.loads(out)["pages"] == []
    assert engine.reads == []


@pytest.mark.usefixtures("engine")
def test_an_empty_folder(capfdbinary: Any, tmp_path: Path) -> None:
    status, _, err = run(capfdbinary, "recognize", tmp_path)
    assert status == 1
    assert err == f"{tmp_path}: There is no picture or PDF in this folder.\n"


def test_a_missing_model(capfdbinary: Any, tmp_path: Path) -> None:
    status, out, err = run(capfdbinary, "recognize", "--model", tmp_path, XRAY)
    assert (status, out) == (3, "")
    assert err.startswith("desktop-ocr: ")
    assert "Traceback" not in err


def test_interruption_ends_cleanly(capfdbinary: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, FailingEngine(KeyboardInterrupt()))
    assert run(capfdbinary, "recognize", XRAY) == (130, "", "")


def test_patterns_are_expanded_where_the_console_does_not(
    capfdbinary: Any, scans: Path, engine: TruthEngine
) -> None:
    run(capfdbinary, "recognize", scans / "*.png")
    assert engine.reads == ["xray_report.png"]


def test_only_one_page_of_pixels_is_held(
    capfdbinary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels: list[weakref.ref[Any]] = []
    held: list[int] = []

    class Counting(TruthEngine):
        def lines_of(self, image: PageImage) -> Any:
            pixels.append(weakref.ref(image.pixels))
            held.append(sum(ref() is not None for ref in pixels))
            return super().lines_of(image)

    pages = [Image.new("L", (60, 40), 255 - k) for k in range(8)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    use(monkeypatch, Counting())
    run(capfdbinary, "recognize", tmp_path / "a.tif")
    assert held == [1] * 8


@pytest.mark.usefixtures("engine")
def test_lists_and_rules_that_cannot_be_used_are_told_once(
    capfdbinary: Any, scans: Path, home: Path
) -> None:
    for folder, name, text in (
        ("lexicons", "ours.txt", "鬱金散\n12.5\n"),
        ("rules", "ours.toml", "[[rule]]\nid = 'x'\n"),
    ):
        (home / folder).mkdir(parents=True)
        (home / folder / name).write_text(text, encoding="utf-8")
    told = (
        "desktop-ocr: Line 2 of the list of terms ours.txt cannot be used",
        "desktop-ocr: Rule x in ours.toml is not complete",
    )
    for options, expected in (
        ([], told),
        (["--no-language"], told[1:]),
        (["--no-rules"], told[:1]),
        (["--no-language", "--no-rules"], ()),
    ):
        status, out, err = run(capfdbinary, "recognize", *options, scans)
        assert status == 0
        assert TRUTH in out
        lines = err.splitlines()
        assert len(lines) == len(expected)
        assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))


# --- the program from outside ---


def outside(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desktop_ocr", *arguments],
        capture_output=True, timeout=120, check=False, **options,
    )  # fmt: skip


def test_version_and_help_are_quick_and_complete() -> None:
    assert outside("--version").stdout.decode() == f"desktop-ocr {__version__}{os.linesep}"
    text = outside("--help").stdout.decode()
    assert "recognize" in text
    assert "selftest" in text
    text = outside("recognize", "--help").stdout.decode()
    for option in ("--single-line", "--segmenter", "--format", "--output", "--threads", "--cache"):
        assert option in text


@needs_model
def test_a_sample_is_read_without_qt(tmp_path: Path) -> None:
    folder = tmp_path / "扫描 件"
    folder.mkdir()
    shutil.copy(resource("samples/line.png"), folder / "一行.png")
    code = (
        "import sys; from desktop_ocr.__main__ import main; status = main(sys.argv[1:]);"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'torch')];"
        "sys.exit(status)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "recognize", "--single-line", "--format", "tsv", str(folder),
         str(tmp_path / "没有.png")],
        capture_output=True, timeout=120, check=False,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    assert result.stderr.decode("utf-8").startswith(f"{tmp_path / '没有.png'}: The file cannot be")
    assert result.returncode == 1
    name, text = result.stdout.decode("utf-8").rstrip("\n").split("\t")
    assert name == str(folder / "一行.png")
    truth = resource("samples/line.txt").read_text(encoding="utf-8").strip()
    assert measure.character_error_rate([measure.score(truth, text)]) < 0.1


@needs_model
def test_a_broken_pipe_is_quiet() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop_ocr", "recognize", str(resource("samples/line.png"))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) == 1


@needs_model
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_the_program(tmp_path: Path) -> None:
    for k in range(50):
        shutil.copy(XRAY, tmp_path / f"{k}.png")
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop_ocr", "recognize", "--format", "tsv", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    program.stdout.readline()  # it is reading
    program.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = program.communicate(timeout=60)
    assert time.monotonic() - began < 30
    assert program.returncode == 130
    assert err == b""


@needs_model
def test_evaluate_scores_by_set(capfdbinary: Any, tmp_path: Path) -> None:
    shutil.copy(resource("samples/line.png"), tmp_path / "a.png")
    truth = resource("samples/line.txt").read_text(encoding="utf-8").strip()
    (tmp_path / "labels.tsv").write_text(
        f"set\tfile\ttext\nright\ta.png\t{truth}\nwrong\ta.png\t与此不同\n", encoding="utf-8"
    )
    status, out, _ = run(capfdbinary, "evaluate", tmp_path / "labels.tsv", "--show", "9")
    assert status == 0
    rows = out.splitlines()
    assert rows[0].startswith("right                    CER ")
    assert float(rows[0].split()[2]) < 20
    assert rows[1].startswith("wrong                    CER ")
    assert float(rows[1].split()[2]) > 100
    assert "   label 与此不同" in rows
    (tmp_path / "labels.tsv").write_text(
        f"set\tfile\ttext\nall\ta.png\t{truth.upper()}\n", encoding="utf-8"
    )
    _, with_case, _ = run(capfdbinary, "evaluate", tmp_path / "labels.tsv")
    _, without, _ = run(capfdbinary, "evaluate", tmp_path / "labels.tsv", "--ignore-case")
    assert float(without.split()[2]) < float(with_case.split()[2])


def test_words_are_the_commands() -> None:
    """The window would open for a command that ``__main__`` does not know."""
    parser = cli._parser()
    commands = next(a.choices for a in parser._actions if a.choices)
    assert commands is not None
    assert set(commands) <= cli.WORDS
