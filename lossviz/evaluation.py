"""A loss at many parameter vectors: block by block, on any executor, with a progress bar.

The vectors are sums of a few others, each taken so many times: a place of a slice is the centre once, and
each direction a number of times. Only these numbers travel; a vector is made where its loss is computed, so
that neither memory nor a network ever holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lossviz.progress import progress_bar
from lossviz.variables import Array

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

LossOf = Callable[[Array], Any]
Where = NDArray[np.intp]

# A block is what a batched loss gets at once. Its size depends on nothing but the number of parameters:
# matrix products may round otherwise in a block of another size, and everyone should get the same bits.
_BLOCK = 64
_BLOCK_BYTES = 2**22

# A task is what an executor gets at once: blocks for about so long, so that handing them out costs little.
_TASK_SECONDS = 0.2
_TASK_MOST = 1024
_TASK_PART = (
    16  # and no more than this part of all places, so that in the end no worker waits long for another
)
_WAITING_BYTES = 2**28  # tasks that wait at an executor hold the basis, some of them a copy of it
_WAITING_MOST = 1024


def evaluate(
    loss_of: LossOf,
    basis: Array,
    shares: Array,
    names: Sequence[str],
    *,
    exact: Sequence[int] = (),
    batched: bool = False,
    executor: Executor | None = None,
    progress: bool = True,
) -> Array:
    """Return the loss at each sum ``shares[k] @ basis``.

    Parameters
    ----------
    loss_of : function
        ``loss_of(parameters) -> float``, or, if `batched`, ``(k, d) -> (k,)``. It gets vectors of its own.
    basis : array, shape (m, d)
        The vectors that are added up.
    shares : array, shape (places, m)
        How many times each is taken.
    names : sequence of str
        What the last columns of `shares` are called, to tell in an error where it happened.
    exact : sequence of int
        Places whose loss is computed first and by itself, so that a batched loss gives for them exactly what
        it gives for one vector.
    batched : bool
        Whether `loss_of` takes a block of vectors.
    executor : concurrent.futures.Executor, optional
        What computes; without one it is done here. The numbers are the same, to the bit.
    progress : bool
        Whether to show a progress bar if it takes long.

    Returns
    -------
    array, shape (places,)

    Raises
    ------
    ValueError
        If a loss is not one finite number for each vector; the message says where.
    Exception
        What `loss_of` raises, with a note of where. Work that has not begun is cancelled.

    Examples
    --------
    >>> evaluate(lambda p: p @ p, np.eye(2), np.array([[1.0, 0.0], [1.0, 2.0]]), ["a", "b"])
    array([1., 5.])
    """
    block = max(1, min(_BLOCK, _BLOCK_BYTES // basis[0].nbytes)) if batched else 1
    work = partial(_losses, loss_of, basis, tuple(names), block, batched)
    alone = list(exact) or [0]
    others = np.delete(np.arange(len(shares)), alone)
    seconds = 0.0  # that one place takes

    def tasks() -> Iterator[Where]:
        yield from np.array(alone)[:, np.newaxis]
        done = 0
        while done < len(others):
            worthwhile = int(_TASK_SECONDS / max(seconds, 1e-9))
            worthwhile = min(worthwhile, _TASK_MOST, len(others) // _TASK_PART)
            count = max(worthwhile // block, 1) * block
            yield others[done : done + count]
            done += count

    losses = np.empty(len(shares))
    with progress_bar(len(shares), shown=progress) as advance:
        for where, values, took in _results(work, shares, tasks(), executor, _most_waiting(basis)):
            losses[where] = values
            seconds = took / len(where)
            advance(len(where))
    return losses


def _results(
    work: Callable[[Array], tuple[Array, float]],
    shares: Array,
    tasks: Iterator[Where],
    executor: Executor | None,
    most: int,
) -> Iterator[tuple[Where, Array, float]]:
    """Do the tasks, at most so many at once, and yield which places each computed and what came out."""
    if executor is None:
        for where in tasks:
            yield where, *work(shares[where])
        return

    from concurrent.futures import FIRST_COMPLETED, wait

    waiting: dict[Future[tuple[Array, float]], Where] = {}
    room = 1  # few to begin with: how long they take says how large the next should be
    try:
        while True:
            for where in islice(tasks, room - len(waiting)):
                waiting[executor.submit(work, shares[where])] = where
            if not waiting:
                return
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(ready, key=lambda done: waiting[done][0]):
                yield waiting.pop(future), *future.result()
            room = min(2 * room, most)
    finally:
        for future in waiting:
            future.cancel()


def _most_waiting(basis: Array) -> int:
    return int(np.clip(_WAITING_BYTES // basis.nbytes, 4, _WAITING_MOST))


def _losses(
    loss_of: LossOf, basis: Array, names: tuple[str, ...], block: int, batched: bool, shares: Array
) -> tuple[Array, float]:
    """Do one task: return its losses, and the seconds it took."""
    began = perf_counter()
    losses = np.empty(len(shares))
    for first in range(0, len(shares), block):
        part = shares[first : first + block]
        vectors = _sums(basis, part)
        try:
            values = loss_of(vectors if batched else vectors[0])
        except Exception as error:
            error.add_note(f"This happened while the loss was computed {_tell(names, part)}.")
            raise
        losses[first : first + block] = _checked(values, batched, names, part)
    return losses, perf_counter() - began


def _sums(basis: Array, shares: Array) -> Array:
    """Return ``shares @ basis``, added up in the order of the basis: the same bits whatever the block."""
    sums = shares[:, :1] * basis[0]
    for share, vector in zip(shares.T[1:], basis[1:], strict=True):
        sums += share[:, np.newaxis] * vector
    return sums


def _checked(values: Any, batched: bool, names: tuple[str, ...], shares: Array) -> Array:
    """Return what a loss gave as an array, shape (k,), or refuse it."""
    expected = (len(shares),) if batched else ()
    if hasattr(values, "detach"):
        values = values.detach()  # PyTorch warns, or refuses, to make a number of what has a gradient
    if np.shape(values) != expected:
        what = f"a loss for each row, shape {expected}" if batched else "one number"
        help = "" if batched else "; for a loss that takes many vectors at once say batched=True"
        raise ValueError(
            f"loss_of must return {what}; got shape {np.shape(values)} {_tell(names, shares)}{help}"
        )
    try:
        losses = np.asarray(values if batched else [float(values)], dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"loss_of must return numbers; got {values!r} {_tell(names, shares)}: {error}"
        ) from None
    bad = np.flatnonzero(~np.isfinite(losses))
    if len(bad):
        raise ValueError(
            f"loss_of must be finite everywhere; got {losses[bad[0]]} {_tell(names, shares[bad[:1]])}: "
            "a slice that reaches less far may leave such places out"
        )
    return losses


def _tell(names: tuple[str, ...], shares: Array) -> str:
    """Say in words where a place, or a block of places, is."""
    first, last = (
        ", ".join(
            f"{name} = {share:g}" for name, share in zip(names, row[len(row) - len(names) :], strict=True)
        )
        for row in (shares[0], shares[-1])
    )
    return f"at {first}" if len(shares) == 1 else f"somewhere from {first} to {last}"
