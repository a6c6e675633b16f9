"""Which characters are checked side by side, and what is told about them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.doubt import worst_confidence
from desktop_ocr.document.edits import ConfirmCharacters
from desktop_ocr.document.model import Alternative, Correction, Document, LineStatus, Page, Review
from desktop_ocr.ui.doubt import shown_tiers
from desktop_ocr.ui.verify.groups import (
    Standing,
    State,
    alike,
    digits_mean_themselves,
    grouped,
    occurrences,
    offers,
)
from tests import strategies as own
from tests.ui.documents import box, read_line

DOUBT = 0.8


def found_in(*lines):
    return [o for line in lines for o in occurrences("p", line, DOUBT)]


def readings(lines):
    return {g.reading: len(g.members) for g in grouped(found_in(*lines))}


def test_look_alikes_are_all_gathered_and_others_only_where_they_are_doubtful():
    lines = (
        read_line("a", "未见101", box(0)),
        read_line("b", "末次0肺肺", box(1), {3: 0.5, 4: 0.99}),
    )
    assert readings(lines) == {"未": 1, "末": 1, "1": 2, "0": 2, "肺": 2}
    assert "见" not in readings(lines)
    assert "次" not in readings(lines)


def test_what_pays_most_comes_first():
    lines = (
        read_line("a", "0000未影", box(0), {5: 0.3}),
        read_line("b", "01", box(1), {0: 0.6}),
    )
    groups = grouped(found_in(*lines))
    # A look-alike with a doubtful member, then other doubtful readings, then what is sure.
    assert [g.reading for g in groups][:2] == ["0", "影"]
    assert groups[0].members[0].confidence == 0.6
    assert {g.reading for g in groups[2:]} == {"1", "未"}


def test_only_what_nobody_has_dealt_with_is_gathered():
    line = read_line("a", "01", box(0))
    assert len(found_in(line)) == 2
    reviewed = replace(
        line, status=LineStatus.REVIEWED, review=Review("", "2026-11-20T10:00:00+08:00")
    )
    assert found_in(reviewed) == []
    assert [o.reading for o in found_in(replace(line, text="0甲"))] == ["0"]


def test_a_confirmed_character_is_no_doubt_and_keeps_its_confidence():
    line = read_line("a", "影0", box(0), {0: 0.3, 1: 0.4})
    document = Document([Page("p", "f.png", 1, 900, 900, lines=[line])])
    before = document.pages[0].lines[0]
    undo = ConfirmCharacters("p", "a", ((0, "影"),)).apply(document)
    confirmed = document.pages[0].lines[0]
    assert [o.reading for o in found_in(confirmed)] == ["0"]
    assert shown_tiers(confirmed, DOUBT)[0] is None
    assert worst_confidence(confirmed) == 0.4
    assert [c.confidence for c in confirmed.characters] == [0.3, 0.4]
    assert confirmed.status is LineStatus.UNREVIEWED
    # Who takes the character out and types another one doubts again what the machine says.
    assert shown_tiers(replace(confirmed, text="形0"), DOUBT)[0] is None
    undo.apply(document)
    assert document.pages[0].lines[0] == before


def test_what_a_rule_made_is_confirmed_as_it_stands():
    read = read_line("a", "5O", box(0), {1: 0.5})
    line = replace(read, text="50", corrections=(Correction("zero", 1, "O", "0"),))
    (five, zero) = found_in(line)
    assert (five.reading, zero.reading) == ("5", "0")
    document = Document([Page("p", "f.png", 1, 900, 900, lines=[line])])
    ConfirmCharacters("p", "a", ((zero.character, zero.reading),)).apply(document)
    confirmed = document.pages[0].lines[0]
    assert shown_tiers(confirmed, DOUBT) == [None, None]
    # What was confirmed is the 0; without the rule's correction it is doubtful again.
    assert shown_tiers(replace(confirmed, text="5O"), DOUBT)[1] is not None


@given(st.data())
def test_a_place_is_found_again_among_equal_characters(data):
    """However many characters of a line are replaced one by one, each stays in its place."""
    text = data.draw(st.text("01", min_size=1, max_size=12))
    line = read_line("a", text, box(0))
    wanted = list(text)
    standing = Standing(line)
    for _ in range(data.draw(st.integers(1, 5))):
        i = data.draw(st.integers(0, len(text) - 1))
        wanted[i] = data.draw(st.sampled_from(["0", "1", "l", "O", "", "10"]))
        changed, places = standing.replaced(i, wanted[i])
        line = replace(line, text=changed)
        standing = Standing(line, places)
        assert line.text == "".join(wanted)
        assert [standing.text(k) for k in range(len(text))] == wanted


@given(own.lines())
def test_every_occurrence_stands_where_it_is_said_to_stand(line):
    standing = Standing(line)
    for occurrence in occurrences("p", line, DOUBT):
        span = standing.place(occurrence.character)
        assert span is not None
        assert line.text[slice(*span)] == occurrence.reading
        assert standing.state(occurrence) is State.OPEN


def test_offers_are_the_machines_then_what_looks_alike():
    (group,) = grouped(found_in(read_line("a", "未", box(0))))
    char = replace(
        read_line("a", "未", box(0)).characters[0], alternatives=(Alternative("来", 0.2),)
    )
    assert offers(group, char) == ("来", "末")
    assert not digits_mean_themselves(group, offers(group, char))
    (digits,) = grouped(found_in(read_line("a", "l", box(0))))
    assert "1" in offers(digits, None)
    assert digits_mean_themselves(digits, offers(digits, None))


def test_looking_alike_is_mutual():
    for one in "0O1l未末己已巳口囗土±人入大太":
        assert alike(one)
        assert all(one in alike(other) for other in alike(one))
        assert one not in alike(one)
