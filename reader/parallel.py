"""Work done ahead in other processes, where there is enough of it; results come in order."""

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
# Fewer tasks are done before another process has started.
_FEW = 4


def parallel_map(work: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
    """Yield what `work`, which other processes can import, makes of each task, in their order.

    A few tasks more than are asked for are under way at a time. Raises ReaderError where a process
    was ended from outside.
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
    """Hand a task over; what starts a process keeps Ctrl-C from it, which is the parent's."""
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
