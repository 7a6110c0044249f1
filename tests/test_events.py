"""Events survive a line of JSON, and no other line becomes an event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import reason
from reader.events import (
    Done,
    Event,
    Exchanged,
    Failed,
    Progress,
    Started,
    Stored,
    from_line,
    to_line,
)

_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_COUNT = st.integers(0, 10_000)
_WORDS = st.dictionaries(
    st.sampled_from(["url", "detail"]), _TEXT | _COUNT | st.lists(_TEXT, max_size=2).map(tuple)
)
_REASONS = st.builds(
    lambda words, cause: reason("fetch_failed", **words, cause=reason("text", text=cause)),
    _WORDS, _TEXT,
)  # fmt: skip
_EVENTS = st.one_of(
    st.builds(Started, _COUNT),
    st.builds(Progress, _COUNT, _COUNT, _COUNT, _COUNT),
    st.builds(Stored, _TEXT, _TEXT, _COUNT, st.floats(0, 1)),
    st.builds(Failed, _TEXT, _REASONS),
    st.builds(Exchanged, _COUNT, _COUNT),
    st.builds(Done, _COUNT, reached=st.booleans(), seconds=st.floats(0, 1e6),
              failures=st.lists(st.builds(Failed, _TEXT, _REASONS), max_size=3).map(tuple)),
)  # fmt: skip


@given(_EVENTS)
def test_an_event_comes_out_of_its_line_as_it_went_in(event: Event) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line) == event


@pytest.mark.parametrize(
    "line",
    [
        "", "null", "[]", "{}", "3", '{"event": "nieuws"}', '{"event": "started"}', "[" * 200_000,
        '{"event": "progress", "done": null, "total": 1, "new": 0, "failed": 0}',
        '{"event": "started", "total": "3"}', '{"event": "started", "total": 1, "meer": 2}',
        '{"event": "done", "failures": [3]}', '{"event": ["done"]}',
    ],
    ids=lambda line: line[:30],
)  # fmt: skip
def test_anything_else_is_no_event(line: str) -> None:
    assert from_line(line) is None


@given(st.text())
def test_no_line_raises(line: str) -> None:
    assert from_line(line) is None or line.startswith("{")
