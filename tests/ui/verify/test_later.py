"""Marks of what was put off, as a project keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_ocr.document.edits import SetLine
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.verify.groups import occurrences
from desktop_ocr.ui.verify.later import Later

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
ANY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def gathered(opened):
    """The characters of the page in view of which groups are made."""
    page = opened.document.current_page
    doubt = opened.document.doubt
    return [one for line in page.lines for one in occurrences(page.id, line, doubt)]


def test_marks_come_back_as_they_were(opened, gathered):
    later = Later(opened.document)
    later.put_off(gathered[1])
    later.put_off(gathered[0])
    later.put_off_group("未")
    again = Later(opened.document)
    again.take_json(later.as_json())
    assert again.as_json() == later.as_json()  # they also stay while nobody looks at them
    again.find(gathered)
    assert set(again.members) == set(gathered[:2])
    assert again.groups == {"未"}


def test_a_mark_goes_with_its_line_and_waits_for_a_lower_threshold(opened, gathered):
    later = Later(opened.document)
    first, other = (next(o for o in gathered if o.line_id == i) for i in lines_of(gathered)[:2])
    later.put_off(first)
    later.put_off(other)
    page = opened.document.current_page
    line = page.line(first.line_id)
    reviewed = replace(line, status=LineStatus.REVIEWED)
    opened.document.push(Step.REVIEW, page.id, SetLine(page.id, reviewed))
    again = Later(opened.document)
    again.take_json(later.as_json())
    again.find([])  # at another threshold neither is gathered
    assert again.as_json()["characters"] == [[*other.key, other.reading]]


def lines_of(gathered):
    return list(dict.fromkeys(one.line_id for one in gathered))


@ANY
@given(found=VALUES | st.fixed_dictionaries({"characters": VALUES, "groups": VALUES}))
def test_options_of_another_form_are_passed_over(opened, found):
    later = Later(opened.document)
    later.take_json(found)
    assert later.members == ()
    later.take_json(later.as_json())
