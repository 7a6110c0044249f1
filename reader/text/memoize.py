"""A bounded cache for pure functions of a line of text, which are called often for one page."""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_MAX_LENGTH = 1_000
_MAX_LINES = 8_192


class _Answers(dict[str, _T]):
    """The results of one function, bounded in number; those of long texts are not kept."""

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


def memoized(question: Callable[[str], _T]) -> Callable[[str], _T]:
    """Return `question`, a pure function, with a bounded cache of its results.

    A hit costs one look-up in a dictionary, half the time of `functools.lru_cache`, which does not
    bound the length of its keys either.
    """
    return _Answers(question).__getitem__
