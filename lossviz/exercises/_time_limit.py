"""Stop a learner's code that never ends, on every system and without another process."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):  # no Exception, or the learner's own `except Exception` would catch it
    """The time is over."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block when it takes longer. One long call into C is interrupted only at its end.

    Examples
    --------
    >>> try:
    ...     with time_limit(0.01):
    ...         while True:
    ...             pass
    ... except TooLong:
    ...     print("stopped")
    stopped
    """
    caller = ctypes.c_ulong(threading.get_ident())
    interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc
    ended = False
    lock = threading.Lock()

    def stop() -> None:
        with lock:  # or it could interrupt what follows the block
            if not ended:
                interrupt(caller, ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            ended = True
            interrupt(caller, None)  # takes back one that has not arrived yet
        timer.cancel()
