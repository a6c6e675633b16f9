"""Files and pages that failed stay in the list until they worked."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from desktop_ocr.errors import OutOfMemoryError
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.i18n import Language
from tests.fakes.engines import FailingEngine


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    return path


def row(program, i=0):
    return list(program.window.workspace.failed._rows.values())[i]


def test_a_file_that_could_not_be_opened_is_a_row_and_can_be_tried_again(
    program, broken, picture, idle, qtbot
):
    window, failed = program.window, program.window.workspace.failed
    window.open_paths([broken, picture("good.png")])
    idle(program, 1)
    assert failed.isVisible() and window.thumbnails.isVisible()
    assert row(program)._reason.text() and "broken.png" in row(program).accessibleName()
    window.messages.clear()
    assert len(failed.failures) == 1  # it stays when the message went
    qtbot.mouseClick(row(program).again, Qt.MouseButton.LeftButton)
    idle(program, 1)
    assert len(failed.failures) == 1  # it failed again
    Image.new("RGB", (60, 40), "white").save(broken)
    row(program).again.setFocus()
    qtbot.keyClick(row(program).again, Qt.Key.Key_Space)
    idle(program, 2)
    assert not failed.failures and not failed.isVisible()


def test_a_page_whose_reading_failed_goes_from_the_list_once_it_is_read(
    make_program, picture, idle, qtbot
):
    program = make_program(FailingEngine(OutOfMemoryError(), times=1))
    program.window.open_paths([picture()])
    idle(program, 1)
    page = program.document.current_page
    assert program.document.page_state(page.id) is PageState.FAILED
    assert row(program).failure.page_id == page.id
    program.window.commands["read_page"].trigger()
    idle(program)
    assert program.document.page_state(page.id) is PageState.DONE
    assert not program.window.workspace.failed.failures


def test_rows_are_dismissed_and_go_with_their_page(make_program, picture, broken, idle, qtbot):
    program = make_program(FailingEngine(OutOfMemoryError(), times=2))
    failed = program.window.workspace.failed
    program.window.open_paths([picture("a.png"), picture("b.png"), broken])
    idle(program, 2)
    assert len(failed.failures) == 3
    file = next(r for r in failed._rows.values() if not r.failure.page_id)
    qtbot.mouseClick(file.close_button, Qt.MouseButton.LeftButton)
    assert len(failed.failures) == 2
    program.document.delete_page()
    assert len(failed.failures) == 1


def test_the_keyboard_reaches_the_rows_and_they_speak_both_languages(
    program, broken, picture, idle, qtbot
):
    window = program.window
    window.open_paths([broken, picture()])
    idle(program, 1)
    window.activateWindow()
    window.thumbnails.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    assert row(program).again in seen
    window.look.languages[Language.CHINESE].trigger()
    qtbot.waitUntil(lambda: row(program).again.text() == "重试")
    window.look.languages[Language.ENGLISH].trigger()
