"""Many losses at once: the same bits on any executor, little memory, and errors that say where."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import distributed
import numpy as np
import pytest

from lossviz import Landscape, evaluation, slice_line, slice_plane
from lossviz.variables import Array

DATA = np.random.default_rng(0)
X, SIGN = DATA.normal(size=(64, 2)), DATA.choice([-1.0, 1.0], size=64)
CENTRE, DIRECTIONS = DATA.normal(size=337), DATA.normal(size=(2, 337))


def score(rows: Array) -> Array:
    """The logistic score of a 2-16-16-1 tanh network for many parameter vectors, by large matrix products."""
    k = len(rows)
    first, b1, second, b2, third, b3 = np.split(rows, np.cumsum([32, 16, 256, 16, 16]), axis=1)
    # One product for all vectors at once: how it rounds may depend on how many there are.
    hidden = np.tanh((X @ first.reshape(k * 16, 2).T).reshape(len(X), k, 16).transpose(1, 0, 2) + b1[:, None])
    hidden = np.tanh(hidden @ second.reshape(k, 16, 16).transpose(0, 2, 1) + b2[:, None])
    logit = (hidden @ third[:, :, None])[:, :, 0] + b3
    return np.logaddexp(0, -SIGN * logit).mean(axis=1)


def single(parameters: Array) -> float:
    return float(score(parameters[np.newaxis])[0])


# ------------------------------------------------------------------------------------------------- executors


@pytest.fixture(scope="module")
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(3) as executor:
        yield executor


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        yield executor


@pytest.fixture(scope="module")
def cluster() -> Iterator[Executor]:
    """A real Dask cluster of two processes on this machine."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as workers,
        distributed.Client(workers) as client,
    ):
        yield client.get_executor()


@pytest.mark.parametrize("kind", ["threads", "processes", "cluster"])
@pytest.mark.parametrize("batched", [True, False])
def test_an_executor_computes_the_same_bits(
    kind: str, batched: bool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "_TASK_SECONDS", 0.01)  # many tasks
    executor = request.getfixturevalue(kind)
    size = 31 if batched else 15
    loss_of = score if batched else single
    here, there = (
        slice_plane(loss_of, CENTRE, DIRECTIONS, size=size, batched=batched, executor=e)
        for e in (None, executor)
    )
    np.testing.assert_array_equal(here.z, there.z)
    assert here.z[size // 2, size // 2] == single(CENTRE)
    lines = [
        slice_line(loss_of, CENTRE, DIRECTIONS[0], batched=batched, executor=e) for e in (None, executor)
    ]
    np.testing.assert_array_equal(lines[0].losses, lines[1].losses)


def test_a_cluster_takes_a_function_without_a_name(cluster: Executor) -> None:
    weight = 3.0
    plane = slice_plane(lambda p: weight * p @ p, [1.0, 2], np.eye(2), size=5, executor=cluster)
    assert plane.z[2, 2] == 15


class Recorder(Executor):
    """Does each task when it is submitted, and remembers what it was given."""

    def __init__(self) -> None:
        self.tasks: list[int] = []
        self.most = 0
        self.inner = ThreadPoolExecutor(1)

    def submit(self, function, /, *args, **_) -> Future:  # type: ignore[no-untyped-def, type-arg]
        self.tasks.append(len(args[0]))
        return self.inner.submit(function, *args)


def test_quick_work_goes_out_in_few_tasks_and_slow_work_in_small_ones() -> None:
    quick, slow = Recorder(), Recorder()
    slice_plane(lambda p: p @ p, [1.0, 2], np.eye(2), size=51, executor=quick)
    assert sum(quick.tasks) == 51**2
    assert len(quick.tasks) < 40

    def sleepy(parameters: Array) -> float:
        time.sleep(0.15)
        return float(parameters @ parameters)

    slice_plane(sleepy, [1.0, 2], np.eye(2), size=3, executor=slow)
    assert slow.tasks == [1] * 9


def test_a_batched_loss_gets_blocks_that_depend_on_nothing_but_the_number_of_parameters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def blocks_of(d: int) -> list[tuple[int, ...]]:
        got = []

        def loss_of(rows: Array) -> Array:
            got.append(rows.shape)
            return rows.sum(axis=1)

        slice_plane(loss_of, np.ones(d), np.eye(2, d), size=21, batched=True)
        return got

    usual = blocks_of(5)
    assert usual[:2] == [(1, 5), (64, 5)]
    monkeypatch.setattr(evaluation, "_TASK_SECONDS", 1e-9)
    assert blocks_of(5) == usual
    assert max(blocks_of(100_000)) == (5, 100_000)  # of 0.8 MB each


PEAK = """
import resource, sys
import numpy as np
import lossviz

def peak():
    try:  # Linux: of this program only, where getrusage counts what its parent had, too
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (2**20 if sys.platform == "darwin" else 2**10)

random = np.random.default_rng(0)
x, sign = random.normal(size=(512, 2)), random.choice([-1.0, 1.0], size=512)
centre = random.normal(size=337)
directions = lossviz.random_directions(centre, shapes=[(16, 2), (16,), (16, 16), (16,), (1, 16), (1,)])

def score(rows):
    k = len(rows)
    first, b1, second, b2, third, b3 = np.split(rows, np.cumsum([32, 16, 256, 16, 16]), axis=1)
    hidden = np.tanh(x @ first.reshape(k, 16, 2).transpose(0, 2, 1) + b1[:, None])
    hidden = np.tanh(hidden @ second.reshape(k, 16, 16).transpose(0, 2, 1) + b2[:, None])
    logit = (hidden @ third[:, :, None])[:, :, 0] + b3
    return np.logaddexp(0, -sign * logit).mean(axis=1)

before = peak()
plane = lossviz.slice_plane(score, centre, directions, size=201, batched=True)
print(peak() - before)
"""


def test_a_large_slice_needs_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    assert float(done.stdout) <= 60, "MB"


# ---------------------------------------------------------------------------------------------------- errors


class BrokenError(Exception):
    pass


def breaks(parameters: Array) -> float:
    if parameters[0] > 0.7 and parameters[1] > 0.7:
        raise BrokenError("no such model")
    return float(parameters @ parameters)


@pytest.mark.parametrize("kind", ["", "threads", "processes", "cluster"])
def test_an_error_comes_through_with_its_place(kind: str, request: pytest.FixtureRequest) -> None:
    executor = request.getfixturevalue(kind) if kind else None
    with pytest.raises(BrokenError, match="no such model") as caught:
        slice_plane(breaks, [0.0, 0], np.eye(2), size=5, names=("weight", "bias"), executor=executor)
    assert caught.value.__notes__ == ["This happened while the loss was computed at weight = 1, bias = 1."]
    # The executor is still good for other work.
    if executor:
        assert slice_plane(breaks, [-5.0, 0], np.eye(2), size=5, executor=executor).z[2, 2] == 25


def test_an_error_in_a_block_tells_from_where_to_where() -> None:
    def loss_of(rows: Array) -> Array:
        return np.array([breaks(row) for row in rows])

    with pytest.raises(BrokenError) as caught:
        slice_line(loss_of, [0.0, 0], [1.0, 1], size=11, batched=True)
    assert caught.value.__notes__ == ["This happened while the loss was computed at position = 1."]
    with pytest.raises(BrokenError) as caught:
        slice_line(loss_of, [0.0, 0], [0.6, 0.6], size=11, batched=True)
    assert caught.value.__notes__ == [
        "This happened while the loss was computed somewhere from position = -0.2 to position = 1.2."
    ]


def test_what_waits_is_cancelled_when_something_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "_TASK_SECONDS", 1e-9)  # a task for each place
    asked = []

    def loss_of(parameters: Array) -> float:
        asked.append(parameters)
        time.sleep(0.005)
        if len(asked) == 10:
            raise BrokenError
        return 0.0

    with ThreadPoolExecutor(1) as executor, pytest.raises(BrokenError):
        slice_plane(loss_of, [1.0, 2], np.eye(2), size=51, executor=executor)
    assert len(asked) < 20  # the executor is shut down, so that nothing comes after


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (np.nan, "loss_of must be finite everywhere; got nan at a = 0, b = 0: a slice that reaches less far"),
        (-np.inf, "loss_of must be finite everywhere; got -inf at a = 0, b = 0"),
        (
            [1.0],
            r"loss_of must return one number; got shape \(1,\) at a = 0, b = 0; for a loss that takes many ",
        ),
        (None, "loss_of must return numbers; got None at a = 0, b = 0"),
        ("low", "loss_of must return numbers; got 'low' at a = 0, b = 0"),
    ],
)
def test_an_answer_that_is_no_loss_is_refused_with_its_place(answer: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        slice_plane(lambda _: answer, [1.0, 2], np.eye(2), names=("a", "b"))


def test_an_infinite_loss_is_told_from_within_a_block() -> None:
    def loss_of(rows: Array) -> Array:
        return np.where(rows[:, 0] > 1.2, np.inf, rows[:, 0])

    with pytest.raises(ValueError, match=r"got inf at position = 1\.3: a slice that reaches less far"):
        slice_line(loss_of, [0.0], [1.0], size=11, beyond=0.5, batched=True)


@pytest.mark.parametrize(
    ("loss_of", "shape"),
    [
        (lambda rows: rows.sum(), r"\(\)"),
        (lambda rows: rows, r"\(1, 2\)"),
        (lambda rows: np.zeros(7), r"\(7,\)"),
    ],
)
def test_a_batched_answer_of_another_shape_is_refused(loss_of: evaluation.LossOf, shape: str) -> None:
    with pytest.raises(
        ValueError,
        match=rf"loss_of must return a loss for each row, shape \(1,\); got shape {shape} at a = 0, b = 0",
    ):
        slice_plane(loss_of, [1.0, 2], np.eye(2), names=("a", "b"), batched=True)


def test_numbers_of_other_kinds_are_losses() -> None:
    for answer in (3, np.float32(3), np.array(3.0), True + 2):
        plane = slice_plane(lambda _, answer=answer: answer, [1.0, 2], np.eye(2), size=3)  # type: ignore[misc]
        assert isinstance(plane, Landscape)
        assert (plane.z == 3).all()
