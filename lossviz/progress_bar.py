"""A progress bar for work that takes long, where somebody is there to see it.

Somebody is there at a terminal, and at a notebook whose cells can ask for input. A notebook that a program
runs cannot: it stays silent, and so does a pipe, so that nothing stored depends on the machine's speed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

LONG = 1.0  # seconds after which work is long enough for a bar


@contextmanager
def progress_bar(total: int, *, shown: bool = True) -> Iterator[Callable[[int], None]]:
    """Give a function to tell how many more are done; a bar appears once the work has taken a second.

    Parameters
    ----------
    total : int
        How many there are to do.
    shown : bool
        False: never show a bar.

    Examples
    --------
    >>> with progress_bar(10) as advance:
    ...     for _ in range(10):
    ...         advance(1)
    """
    start, done = monotonic(), 0
    bar: Any = None
    make = _kind() if shown else None

    def advance(more: int) -> None:
        nonlocal bar, done
        if bar is None and make is not None and monotonic() - start > LONG:
            bar = make(total, done)
        done += more
        if bar is not None:
            bar.update(more)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.close()


def _kind() -> Callable[[int, int], Any] | None:
    """Return what makes the bar, or None where nobody would see it."""
    if _in_live_notebook():
        return _notebook_bar
    at_terminal = sys.stderr is not None and sys.stderr.isatty()
    return _terminal_bar if at_terminal else None


# tqdm is loaded when the first bar appears: most work is done before.


def _terminal_bar(total: int, done: int) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, initial=done, leave=False)


def _notebook_bar(total: int, done: int) -> Any:
    from tqdm.notebook import tqdm

    return tqdm(total=total, initial=done, leave=False)


def _in_live_notebook() -> bool:
    """Say whether this runs in a notebook at which somebody sits.

    A front end that people use lets a cell ask for input; nbclient, and what stands on it (nbconvert, Jupyter
    Book), and nbval do not.
    """
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None or not hasattr(kernel, "get_parent"):
        return False
    request = kernel.get_parent("shell") or {}
    return bool(request.get("content", {}).get("allow_stdin", False))
