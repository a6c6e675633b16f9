"""Who confirmed what and when: stamps, sign-offs, and that no machine takes them away."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

import pytest

from desktop_ocr.document.edits import Group, SetText
from desktop_ocr.document.model import LineStatus, Provenance, Review
from desktop_ocr.document.serialize import from_dict, to_dict
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.history import Step
from tests.ui.documents import add_page, box, read_line, standard_lines

CHINA = timezone(timedelta(hours=8))


class Clock:
    """Stands still until it is wound on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.time

    def wind(self, minutes: int) -> str:
        self.time += timedelta(minutes=minutes)
        return self.time.isoformat()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def controller(qapp, clock):
    made = DocumentController()
    made.reviews.reviewer, made.reviews.now = "王医生", clock
    return made


@pytest.fixture
def page(controller):
    return controller.document.page(add_page(controller, standard_lines()))


def ids(page):
    return [line.id for line in page.lines]


def taken_back(controller):
    heard = []
    controller.reviews.taken_back.connect(heard.append)
    return heard


def test_accepting_says_who_and_when_and_undo_restores_it(controller, page, clock):
    controller.accept_line("line0", "检查所见")
    first = Review("王医生", "2026-11-20T09:00:00+08:00")
    assert page.line("line0").review == first
    controller.reviews.reviewer = "李医生"
    later = clock.wind(5)
    controller.accept_line("line0", "检查所见")  # nothing to confirm any more
    assert page.line("line0").review == first
    controller.accept_line("line0", "检查所得")
    assert page.line("line0").review == Review("李医生", later)
    controller.undo()
    assert (page.line("line0").text, page.line("line0").review) == ("检查所见", first)
    controller.undo()
    assert page.line("line0").review is None
    clock.wind(60)
    controller.redo()
    assert page.line("line0").review == first


def test_marking_lines_stamps_them_and_unmarking_forgets(controller, page):
    controller.set_status(["line1", "line2"], LineStatus.ILLEGIBLE)
    assert {page.line(i).review.by for i in ("line1", "line2")} == {"王医生"}
    controller.set_status(["line1"], LineStatus.UNREVIEWED)
    assert page.line("line1").review is None


@pytest.mark.parametrize("grouped", [False, True])
def test_who_changes_a_reviewed_line_has_reviewed_it(controller, page, clock, grouped):
    controller.set_status(["line0", "line1"], LineStatus.REVIEWED)
    controller.reviews.reviewer = "李医生"
    now = clock.wind(1)
    if grouped:
        edits = (SetText(page.id, "line0", "a"), SetText(page.id, "line3", "b"))
        controller.push(Step.EDIT_TEXT, page.id, Group(edits))
        assert page.line("line3").review is None
    else:
        controller.set_text("line0", "a")
    assert page.line("line0").review == Review("李医生", now)
    assert page.line("line1").review.by == "王医生"
    controller.undo()
    assert page.line("line0").review.by == "王医生"


def test_a_page_is_signed_as_one_step(controller, page, clock):
    controller.set_status(ids(page), LineStatus.REVIEWED)
    now = clock.wind(2)
    controller.reviews.sign_off([page])
    assert page.sign_off == Review("王医生", now)
    assert controller.undo_step() is Step.SIGN_OFF
    copy = from_dict(to_dict(controller.snapshot()))
    assert copy.pages[0].sign_off == Review("王医生", now)
    controller.undo()
    assert page.sign_off is None
    controller.redo()
    assert page.sign_off == Review("王医生", now)


CHANGES = {
    "text": lambda c, p: c.set_text("line0", "anders"),
    "accept": lambda c, p: c.accept_line("line0", "anders"),
    "status": lambda c, p: c.set_status(["line0"], LineStatus.ILLEGIBLE),
    "move": lambda c, p: c.move_line("line0", box(9)),
    "add": lambda c, p: c.add_line(box(9)),
    "delete": lambda c, p: c.delete_lines(["line0"]),
    "split": lambda c, p: c.split_line("line1", 2),
    "merge": lambda c, p: c.merge_with_next("line0"),
    "order": lambda c, p: c.reorder(ids(p)[::-1]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_a_signed_page_takes_the_sign_off_back_in_the_same_step(
    controller, page, change
):
    other = controller.document.page(add_page(controller, standard_lines("b")))
    for each in (page, other):
        controller.set_status(ids(each), LineStatus.REVIEWED, page_id=each.id)
    controller.reviews.sign_off([page, other])
    heard, states = taken_back(controller), []
    controller.page_state_changed.connect(states.append)
    lines, steps = list(page.lines), controller.undo_stack.index()
    CHANGES[change](controller, page)
    assert page.sign_off is None
    assert other.sign_off is not None
    assert heard == [(page.id,)]
    assert controller.undo_stack.index() == steps + 1
    controller.undo()
    assert page.sign_off is not None
    assert list(page.lines) == lines
    controller.redo()
    assert page.sign_off is None


def test_a_step_over_several_pages_is_undone_where_one_is(controller, page):
    other = controller.document.page(add_page(controller, standard_lines("b")))
    for each in (page, other):
        controller.set_status(ids(each), LineStatus.REVIEWED, page_id=each.id)
    controller.mark_exported()
    controller.reviews.sign_off([page, other])
    controller.set_current_page(other.id)
    controller.mark_exported([other.id])
    assert controller.is_modified  # the sign-off of the first page is in no export yet
    controller.undo()
    assert controller.current_page is other
    assert (page.sign_off, other.sign_off) == (None, None)


def test_a_signed_page_can_be_deleted_and_comes_back_signed(controller, page):
    add_page(controller, standard_lines("b"))
    controller.set_status(ids(page), LineStatus.REVIEWED, page_id=page.id)
    controller.reviews.sign_off([page])
    controller.delete_page(page.id)
    controller.undo()
    assert controller.document.page(page.id).sign_off is not None


def worse(lines):
    """The lines as another recogniser reads them, each with new characters."""
    return [read_line(line.id, "?" * len(line.text), line.quad) for line in lines]


@pytest.mark.parametrize("reopened", [False, True])
def test_reading_again_never_touches_what_a_person_did(controller, page, reopened):
    controller.accept_line("line0", "人工核对过")
    controller.set_status(["line1"], LineStatus.ILLEGIBLE)
    controller.set_text("line2", "改过没核对")
    if reopened:
        document = from_dict(to_dict(controller.snapshot()))
        controller = DocumentController()
        add_page(controller, tuple(document.pages[0].lines))
        page = controller.current_page
    kept = {i: page.line(i) for i in ("line0", "line1", "line2")}
    asked = list(page.lines)
    taken, stayed = controller.readings.take_read_again(page.id, worse(asked), asked)
    assert (taken, stayed) == (2, 3)
    fresh = [read_line(f"new{n}", "???", line.quad) for n, line in enumerate(page.lines)]
    controller.readings.take_read_page(page.id, fresh, Provenance("again"), replace=True)
    assert {i: page.line(i) for i in kept} == kept
    assert [line.text for line in page.lines] == [*(kept[i].text for i in kept), "???", "???"]


def test_reading_a_signed_page_again_leaves_it_signed(controller, page):
    controller.set_status(ids(page), LineStatus.REVIEWED)
    controller.reviews.sign_off([page])
    heard = taken_back(controller)
    fresh = [read_line(f"new{n}", "???", line.quad) for n, line in enumerate(page.lines)]
    controller.readings.take_read_page(page.id, fresh, Provenance("again"), replace=True)
    assert page.sign_off is not None
    # A line that nobody has seen is found between the others.
    more = [*fresh, read_line("found", "补一行", box(8))]
    controller.readings.take_read_page(page.id, more, Provenance("again"), replace=True)
    assert page.line("found").status is LineStatus.UNREVIEWED
    assert page.sign_off is None
    assert heard == [(page.id,)]


def test_the_clock_of_the_computer_names_its_zone(qapp):
    stamp = DocumentController().reviews.stamp("page")
    assert stamp.by == ""
    assert datetime.fromisoformat(stamp.at).tzinfo is not None


NAMES = ("王医生", "李医生")


def anything(controller, page, rng, step):
    """Do one of all the things that a person or the engine can do to a page."""
    lines = ids(page)
    if len(lines) > 12:
        controller.delete_lines(lines[5:])
        return
    some = rng.sample(lines, min(len(lines), rng.randint(1, 4)))
    match rng.randrange(13):
        case 0:
            controller.set_status(lines, LineStatus.REVIEWED)
        case 1:
            controller.set_status(some, rng.choice(list(LineStatus)))
        case 2:
            controller.accept_line(some[0], f"Zeile {step}")
        case 3:
            controller.set_text(some[0], f"Text {step}")
        case 4:
            controller.split_line(some[0], 2)
        case 5:
            controller.merge_with_next(some[0])
        case 6:
            controller.move_line(some[0], box(rng.randrange(9)))
        case 7:
            controller.reorder(lines[::-1])
        case 8:
            fresh = [read_line(f"r{step}-{n}", "???", x.quad) for n, x in enumerate(page.lines)]
            controller.readings.take_read_page(page.id, fresh, Provenance("m"), replace=True)
        case 9 | 10 if not controller.reviews.open_lines(page):
            controller.reviews.sign_off([page])
        case 11:
            controller.redo()
        case _:
            controller.undo()


def test_whatever_is_done_a_signed_page_is_what_was_signed(controller, page, clock):
    rng = random.Random(6)
    signed = 0
    for step in range(400):
        clock.wind(1)
        controller.reviews.reviewer = rng.choice(NAMES)
        before = (page.sign_off, list(page.lines))
        anything(controller, page, rng, step)
        if page.sign_off is not None:
            signed += 1
            assert controller.reviews.open_lines(page) == []
            if page.sign_off == before[0]:
                assert list(page.lines) == before[1]
        for line in page.lines:
            if line.status is LineStatus.UNREVIEWED:
                assert line.review is None
            else:
                assert line.review.by in NAMES
    assert signed > 20
