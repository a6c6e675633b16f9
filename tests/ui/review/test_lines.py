from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from desktop_ocr.document.model import Cell, Correction, Line, LineStatus, Provenance
from desktop_ocr.engine.correct.lexicon import load_lexicon
from desktop_ocr.engine.correct.rules import load_rules
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.review.lines import LINE_ROLE, Filter, LineFilter, LineModel
from tests.ui.documents import add_page, box, read_line, standard_lines


@pytest.fixture
def controller(qapp):
    return DocumentController()


def listed(model) -> list[str]:
    return [model.index(row, 0).data(LINE_ROLE).id for row in range(model.rowCount())]


def test_models_are_sound_whatever_happens(controller, qtmodeltester):
    page = add_page(controller, standard_lines())
    model = LineModel(controller)
    proxy = LineFilter(model)
    qtmodeltester.check(model, force_py=False)
    qtmodeltester.check(proxy, force_py=False)
    rng = random.Random(4)
    for step in range(80):
        ids = [line.id for line in controller.current_page.lines]
        action = rng.randrange(8)
        if action == 0 or not ids:
            controller.add_line(box(rng.randrange(12)), rng.randint(0, len(ids)))
        elif action == 1:
            controller.delete_lines(rng.sample(ids, min(len(ids), 2)))
        elif action == 2:
            rng.shuffle(ids)
            controller.reorder(ids)
        elif action == 3:
            controller.set_text(rng.choice(ids), f"文字{step}")
        elif action == 4:
            controller.merge_with_next(rng.choice(ids))
        elif action == 5:
            line_id = rng.choice(ids)
            controller.split_line(line_id, 1)
        elif action == 6:
            controller.undo()
        else:
            proxy.set_filter(rng.choice(list(Filter)), unreviewed=rng.random() < 0.3)
            controller.set_status([rng.choice(ids)], rng.choice(list(LineStatus)))
        assert listed(model) == [line.id for line in controller.current_page.lines]
        assert [model.index(i).data() for i in range(model.rowCount())] == [
            line.text for line in controller.current_page.lines
        ]
    assert controller.current_page.id == page


def test_lines_that_appear_do_not_move_what_is_selected(controller):
    page = add_page(controller)
    model = LineModel(controller)
    lines = standard_lines()
    controller.set_page_state(page, PageState.READING)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    controller.readings.take_found_lines(page, [Line(line.id, line.quad) for line in lines])
    kept = QPersistentModelIndex(model.index(3))
    for line in (lines[4], lines[0], lines[3]):
        controller.readings.take_read_line(page, line)
    assert kept.data(LINE_ROLE).id == "line3"
    assert kept.data() == "心影不大"
    # Nothing was read in the second line: it goes, the others stay.
    rest = [line for line in lines if line.id != "line1"]
    controller.readings.take_read_page(page, rest, Provenance("test"), replace=False)
    assert kept.row() == 2
    assert kept.data(LINE_ROLE).id == "line3"
    assert resets == []


def test_persistent_rows_follow_a_new_order(controller):
    add_page(controller, standard_lines())
    model = LineModel(controller)
    kept = {i: QPersistentModelIndex(model.index(i)) for i in range(5)}
    controller.reorder(["line4", "line2", "line0", "line3", "line1"])
    for i, index in kept.items():
        assert index.data(LINE_ROLE).id == f"line{i}"


def test_filters_and_their_counts(controller):
    add_page(controller, standard_lines())
    model = LineModel(controller)
    proxy = LineFilter(model)
    controller.set_status(["line0"], LineStatus.REVIEWED)
    controller.set_status(["line2"], LineStatus.ILLEGIBLE)
    controller.accept_line("line3", "心影增大")
    model.hints.set_lexicon(load_lexicon())
    model.hints.set_rules(load_rules())
    assert model.counts() == {
        Filter.ALL: (5, 2),
        Filter.DOUBTFUL: (2, 2),
        Filter.CHANGED: (1, 0),
        Filter.RULES: (0, 0),
        Filter.CRITICAL: (1, 1),
    }
    proxy.set_filter(Filter.DOUBTFUL)
    assert listed(proxy) == ["line1", "line4"]
    proxy.set_filter(Filter.ALL, unreviewed=True)
    assert listed(proxy) == ["line1", "line4"]
    controller.set_status(["line4"], LineStatus.REVIEWED)
    assert listed(proxy) == ["line1"]
    proxy.keep("line4")
    assert listed(proxy) == ["line1", "line4"]
    proxy.keep("")
    proxy.set_filter(Filter.CHANGED)
    assert listed(proxy) == ["line3"]
    proxy.set_filter(Filter.CHANGED, unreviewed=True)
    assert listed(proxy) == []
    proxy.set_filter(Filter.ALL)
    assert len(listed(proxy)) == 5


def test_critical_lines_are_listed_whatever_the_machine_is_sure_of(controller):
    add_page(controller, standard_lines())
    model = LineModel(controller)
    proxy = LineFilter(model)
    proxy.set_filter(Filter.CRITICAL)
    assert listed(proxy) == ["line1", "line2", "line3"]  # 右, 11.2, 不
    controller.set_text("line3", "心影大")
    controller.set_text("line4", "予阿司匹林")
    assert listed(proxy) == ["line1", "line2"]
    model.hints.set_lexicon(load_lexicon())  # now drugs are known
    assert listed(proxy) == ["line1", "line2", "line4"]
    controller.set_status(["line1"], LineStatus.REVIEWED)
    assert listed(proxy) == ["line1", "line2", "line4"]
    proxy.set_filter(Filter.CRITICAL, unreviewed=True)
    assert listed(proxy) == ["line2", "line4"]
    controller.set_status(["line2"], LineStatus.ILLEGIBLE)
    assert listed(proxy) == ["line4"]


def test_values_of_a_table_are_critical_but_not_the_numbers_of_its_rows(controller):
    cells = [replace(read_line(f"c{i}", "128", box(i)), cell=Cell(0, 0, i)) for i in range(2)]
    add_page(controller, tuple(cells))
    model = LineModel(controller)
    assert [model.hints.is_critical(line) for line in model.lines()] == [False, True]


def test_lines_of_rules_are_those_corrected_and_those_with_a_suggestion(controller):
    lines = list(standard_lines())
    made = Correction("unit-bpm", 0, "W", "V")
    lines[2] = replace(lines[2], corrections=(made,), text="VBC 11.2")
    lines[3] = read_line("line3", "双肺末见异常", box(3))
    add_page(controller, tuple(lines))
    model = LineModel(controller)
    proxy = LineFilter(model)
    proxy.set_filter(Filter.RULES)
    assert listed(proxy) == ["line2"]
    model.hints.set_rules(load_rules())
    assert listed(proxy) == ["line2", "line3"]
    controller.set_status(["line2", "line3"], LineStatus.REVIEWED)
    assert listed(proxy) == ["line2"]  # a suggestion that nobody took is settled
    model.hints.set_rules(None)
    assert listed(proxy) == ["line2"]


def test_threshold_of_doubt_changes_the_filter_at_once(controller):
    add_page(controller, standard_lines())
    model = LineModel(controller)
    proxy = LineFilter(model)
    proxy.set_filter(Filter.DOUBTFUL)
    controller.set_doubt(0.3)
    assert listed(proxy) == []
    controller.set_doubt(0.995)
    assert len(listed(proxy)) == 5


def test_screen_readers_hear_number_text_and_status(controller):
    add_page(controller, standard_lines())
    model = LineModel(controller)
    controller.set_status(["line1"], LineStatus.REVIEWED)
    said = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("2. 右肺上叶见斑片状影")
    assert "reviewed" in said
    controller.reviews.reviewer = "王医生"
    controller.set_status(["line2"], LineStatus.ILLEGIBLE)
    year = model.lines()[2].review.at[:4]
    told = model.index(2).data(Qt.ItemDataRole.ToolTipRole).splitlines()
    assert any(text.startswith(f"illegible: 王医生, {year}-") for text in told)


def test_another_page_lists_other_lines(controller):
    add_page(controller, standard_lines())
    other = add_page(controller, (read_line("other", "别的一页", box(0)),))
    model = LineModel(controller)
    controller.set_current_page(other)
    assert listed(model) == ["other"]
    controller.readings.take_read_page(
        controller.document.pages[0].id,
        [replace(line, text="x", raw_text="x", characters=()) for line in standard_lines()],
        Provenance("again"),
        replace=True,
    )
    assert listed(model) == ["other"]
