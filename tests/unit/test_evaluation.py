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

from lossviz import Landscape, evaluation, logistic, random_directions, slice_line, slice_plane
from lossviz.network import MLP
from lossviz.variables import Array

DATA = np.random.default_rng(0)
X, SIGN = DATA.normal(size=(64, 2)), DATA.choice([-1.0, 1.0], size=64)
NETWORK = MLP((2, 16, 16, 1))
SCORES = NETWORK.scores(logistic, X, SIGN)
CENTRE = NETWORK.initial(seed=1)
DIRECTIONS = random_directions(CENTRE, shapes=NETWORK.shapes)


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
    here, there = (
        slice_plane(SCORES, CENTRE, DIRECTIONS, size=size, batched=batched, executor=e)
        for e in (None, executor)
    )
    np.testing.assert_array_equal(here.z, there.z)
    assert here.z[size // 2, size // 2] == SCORES(CENTRE)
    lines = [slice_line(SCORES, CENTRE, DIRECTIONS[0], batched=batched, executor=e) for e in (None, executor)]
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
    assert max(quick.tasks) <= 51**2 / 16  # in the end no worker waits long for another

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
from lossviz.network import MLP

def peak():
    try:  # Linux: of this program only, where getrusage counts what its parent had, too
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (2**20 if sys.platform == "darwin" else 2**10)

random = np.random.default_rng(0)
x, sign = random.normal(size=(512, 2)), random.choice([-1.0, 1.0], size=512)
network = MLP((2, 16, 16, 1))
centre = network.initial()
directions = lossviz.random_directions(centre, shapes=network.shapes)
scores = network.scores(lossviz.logistic, x, sign)

before = peak()
plane = lossviz.slice_plane(scores, centre, directions, size=201, batched=True)
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


class Tensor:
    """A loss as PyTorch returns it: it does not like to become a number with its gradient."""

    shape = ()

    def detach(self) -> float:
        return 3.0

    def __float__(self) -> float:
        raise AssertionError("with its gradient")


def test_a_loss_may_carry_a_gradient() -> None:
    assert (slice_plane(lambda _: Tensor(), [1.0, 2], np.eye(2), size=3).z == 3).all()


def test_numbers_of_other_kinds_are_losses() -> None:
    for answer in (3, np.float32(3), np.array(3.0), True + 2):
        plane = slice_plane(lambda _, answer=answer: answer, [1.0, 2], np.eye(2), size=3)  # type: ignore[misc]
        assert isinstance(plane, Landscape)
        assert (plane.z == 3).all()
