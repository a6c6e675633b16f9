"""The self-test in processes of its own: offscreen, and in a real window where X is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from desktop_ocr.paths import resource_root

ROOT = resource_root().parent
HAS_MODEL = any((resource_root() / "models").glob("*/model.json"))
needs_model = pytest.mark.skipif(not HAS_MODEL, reason="no trained model in resources/models")


def run(tmp_path, *command, **environment):
    variables = {
        key: value
        for key, value in os.environ.items()
        if key not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    variables |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "DESKTOP_OCR_HOME": str(tmp_path)}
    return subprocess.run(
        command,
        cwd=tmp_path,
        env=variables | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@needs_model
def test_selftest_without_a_display(tmp_path):
    done = run(tmp_path, sys.executable, "-m", "desktop_ocr", "selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "both exports read back" in done.stdout
    assert "saved as a project" in done.stdout
    assert done.stderr == ""


@needs_model
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no Xvfb here")
def test_selftest_in_a_real_window(tmp_path):
    done = run(
        tmp_path,
        *("xvfb-run", "-a", "-s", "-screen 0 1280x800x24"),
        *(sys.executable, "-m", "desktop_ocr", "selftest"),
        QT_QPA_PLATFORM="xcb",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "self-test passed" in done.stdout


def test_selftest_says_what_is_wrong(tmp_path):
    """Without a model it ends with a sentence and a status, not with a traceback."""
    code = (
        "import desktop_ocr.app as app\n"
        "from tests.fakes.engines import NoModelEngine\n"
        "build = app.build\n"
        "app.build = lambda a, settings: build(a, NoModelEngine(), settings)\n"
        "raise SystemExit(app.selftest())\n"
    )
    done = run(tmp_path, sys.executable, "-c", code)
    assert done.returncode == 1
    assert "selftest: FAILED" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@needs_model
def test_demo_saves_pictures_and_exports(tmp_path):
    shots = tmp_path / "out"
    done = run(tmp_path, sys.executable, "-m", "desktop_ocr", "--demo", "--shots", str(shots))
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path.name for path in shots.iterdir()}
    assert {"xray_report.docx", "xray_report.json", "xray_report.txt"} <= names
    assert len([name for name in names if name.endswith(".png")]) == 5
    assert "胸" in (shots / "xray_report.txt").read_text("utf-8")
