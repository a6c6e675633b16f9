"""What the program promises as a whole."""

from __future__ import annotations

import subprocess
import sys

from desktop_ocr import app as program_module
from desktop_ocr.paths import resource_root


def test_an_error_of_ours_is_one_sentence_and_never_its_text(program, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    program_module._report_own_errors(program.window)
    try:
        raise ValueError("张三")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    message = program.window.messages.messages[0]
    assert message.text == "That did not work because of an error in the program: try again."
    assert "张三" not in caplog.text
    assert "unexpected ValueError in test_an_error_of_ours" in caplog.text


def test_starting_loads_nothing_heavy():
    """The window appears before what reads, exports and is opened later is loaded."""
    code = (
        "import sys, desktop_ocr.app as a\n"
        "program = a.build(a.create_application(['x']))\n"
        "program.window.show()\n"
        "program.app.processEvents()\n"
        "heavy = {'cv2', 'onnxruntime', 'rapidocr', 'docx', 'pypdfium2', 'torch', 'scipy'}\n"
        "heavy |= {'numpy', 'PIL', 'desktop_ocr.engine.enhance', 'desktop_ocr.engine.extract'}\n"
        "heavy |= {'desktop_ocr.export', 'desktop_ocr.ui.verify.view'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "program.window.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=resource_root().parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
