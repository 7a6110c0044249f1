"""Forks children that have everything imported: `python -m tests.survival.forking`.

Reads one order a line and answers each: `{"call": ...}` with the pid of a new child, `{"ended":
pid}` with its exit status (negative for a signal), or null where it still runs. What a child
needs is imported before the first such child.
"""

import gc
import json
import os
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn


def main() -> None:
    """Answer orders until standard input ends."""
    orders = os.fdopen(os.dup(0))
    answers = os.fdopen(os.dup(1), "w")
    while line := orders.readline():
        order = json.loads(line)
        print(
            json.dumps(_start(order) if "call" in order else _ended(order["ended"])), file=answers
        )
        answers.flush()


def _start(order: dict[str, Any]) -> int:
    for module in order["modules"]:
        import_module(module)
    # Frozen, so that garbage collection in a child does not copy shared memory.
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        _live(order)
    return pid


def _ended(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _live(order: dict[str, Any]) -> NoReturn:
    """Be the child: with files or a terminal for its streams, call what was ordered, and end."""
    status = 70
    try:
        # The first terminal that the leader of a session opens becomes its own.
        os.setsid()
        names = [order["terminal"]] * 3 if order["terminal"] else [os.devnull, *order["files"]]
        for number, name in enumerate(names):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), number)
        # Flushed, so that output before a kill is visible.
        streams = {"stdin": open(0), "stdout": open(1, "w", 1), "stderr": open(2, "w", 1)}  # noqa: SIM115
        for stream_name, stream in streams.items():
            setattr(sys, stream_name, stream)
            setattr(sys, f"__{stream_name}__", stream)
        os.environ.update(order["environment"])
        module, _, name = order["call"].partition(":")
        status = getattr(import_module(module), name)(*order["arguments"]) or 0
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 - whatever it is, the test is to see it
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
