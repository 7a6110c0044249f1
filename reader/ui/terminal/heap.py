"""The heap of the C library, which would keep the room of large blocks that were freed."""

import ctypes

# The numbers of these options and their meaning are those of mallopt(3), of the GNU C library.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 64 * 1024


def limit_heap() -> None:
    """Return blocks over 64 KiB to the system as soon as they are freed, if the C library can.

    The lists of a large cache are such blocks. By default the first one that is freed raises the
    limit, and each thread gets a heap of its own: some 4 MB of gaps remain.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 1)
