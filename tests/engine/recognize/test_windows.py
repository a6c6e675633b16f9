"""Windows of long lines: they cover the line, and their join loses and doubles nothing."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_ocr.engine.recognize import decode, windows
from desktop_ocr.engine.recognize.prepare import GRID, InputForm

_FORMS = (
    InputForm(trained_width=30 * GRID),
    InputForm(height=32, stride=4, shortest=640, trained_width=640, channels="grey"),
)
_forms = st.sampled_from(_FORMS) | st.builds(
    lambda cells: InputForm(trained_width=cells * GRID), st.integers(30, 60)
)


@settings(deadline=None)
@given(st.integers(1, 2000), _forms)
def test_windows_cover_the_line_and_overlap(cells: int, form: InputForm) -> None:
    width, limit = cells * GRID, form.limit
    spans = windows.plan(width, form)
    assert spans[0][0] == 0
    assert spans[-1][1] == width
    assert all(start % GRID == 0 and end % GRID == 0 for start, end in spans)
    assert all(0 < end - start <= limit for start, end in spans)
    assert len({end - start for start, end in spans}) == 1
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end - start >= form.overlap - GRID
    if width <= limit:
        assert spans == [(0, width)]
    else:
        assert spans[0][1] >= form.shortest


def _posteriors(
    numbers: list[int], jitter: list[int], steps: int, pitch: int
) -> NDArray[np.float32]:
    """Peaks every ``pitch`` steps, each moved by its jitter, blank elsewhere."""
    found = np.full((steps, 12), -12.0, np.float32)
    found[:, 0] = -0.01
    for index, number in enumerate(numbers):
        step = min(max(index * pitch + pitch // 2 + jitter[index], 0), steps - 1)
        found[step, number], found[step, 0] = -0.05, -3.0
    return found


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(3, 6), st.booleans(), st.sampled_from(_FORMS))
def test_joined_windows_read_as_the_whole_line(
    data: st.DataObject, pitch: int, repeated: bool, form: InputForm
) -> None:
    steps = GRID // form.stride * data.draw(st.integers(60, 150))
    count = steps // pitch
    number = st.just(3) if repeated else st.integers(1, 11)
    numbers = data.draw(st.lists(number, min_size=count, max_size=count))
    spans = windows.plan(steps * form.stride, form)
    # A window sees the same characters up to one step beside where another one does.
    parts = []
    for start, end in spans:
        jitter = data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
        whole = _posteriors(numbers, jitter, steps, pitch)
        parts.append(whole[start // form.stride : end // form.stride])
    joined = windows.join(parts, spans, form)
    assert len(joined) == steps
    assert [emission.number for emission in decode.greedy(joined)] == numbers
