"""A bounded cache for pure functions of lines of text, which a page calls again and again."""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_MAX_LENGTH = 1_000
_MAX_LINES = 8_192


class _Answers(dict[str, _T]):
    """The results of one function; those of long texts are not kept, and only so many."""

    def __init__(self, question: Callable[[str], _T]) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, text: str) -> _T:
        answer = self._question(text)
        if len(text) <= _MAX_LENGTH:
            if len(self) >= _MAX_LINES:
                self.clear()
            self[text] = answer
        return answer


def remembered(question: Callable[[str], _T]) -> Callable[[str], _T]:
    """Return `question`, a pure function, with a bounded cache of its results.

    To ask again costs a look in a dictionary: half of what `functools.lru_cache` takes, which has
    no bound on the length of what it keeps either.
    """
    return _Answers(question).__getitem__
