"""Work done ahead in other processes, if there is enough of it; results come in order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from reader.errors import ReaderError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_PROCESSES = min(3, os.cpu_count() or 1)
# Fewer tasks than this are finished before another process has started.
_FEW = 4


def parallel_map(work: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
    """Yield the result of `work` for each task, in order.

    Other processes must be able to import `work`. A few tasks beyond those consumed are under way
    at a time. Raises ReaderError if a process was ended from outside.
    """
    left = iter(tasks)
    first = list(islice(left, _FEW))
    if len(first) < _FEW or _PROCESSES == 1:
        yield from map(work, chain(first, left))
        return
    pool = ProcessPoolExecutor(_PROCESSES, get_context("spawn"), initializer=_end_with_parent)
    under_way: deque[Future[_Result]] = deque()
    try:
        for task in chain(first, left):
            under_way.append(_submitted(pool, work, task))
            if len(under_way) > _PROCESSES + 1:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise ReaderError("process_ended") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[_Task], _Result], task: _Task
) -> Future[_Result]:
    """Submit a task; a process started by that ignores Ctrl-C, which the parent handles."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, task)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """End this process when its parent ends, even by a kill."""

    def wait() -> None:
        if parent := parent_process():
            parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
