"""Training in the page is NumPy's gradient descent: the same line after 200 steps from the same start."""

import base64
import json
import subprocess
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from lossviz import Separator, hinge, logistic, penguins, squared_hinge
from lossviz.loss import Loss
from lossviz.sampling import Samples, interpolate
from lossviz.separating import objective, safe_rate, train
from tools import node

Array = NDArray[np.float64]
LOSSES = [hinge, squared_hinge, logistic]
STEPS = 200


class Case(NamedTuple):
    """A data set, a start, and how to walk from it."""

    name: str
    x: Array
    actual: Array
    start: tuple[float, float, float]
    penalty: float


def birds(other: str) -> tuple[Array, Array]:
    complete = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = np.isin(complete.species, ["Adelie", other])
    x = np.column_stack([complete.bill_length_mm, complete.bill_depth_mm])[two]
    return (x - x.mean(axis=0)) / x.std(axis=0), np.where(complete.species[two] == other, 1.0, -1.0)


def clouds(seed: int) -> tuple[Array, Array]:
    random = np.random.default_rng(seed)
    actual = np.where(np.arange(40) % 2, 1.0, -1.0)
    return random.normal(size=(40, 2)) + 0.8 * actual[:, np.newaxis], actual


CASES = [
    Case("overlapping penguins", *birds("Chinstrap"), (1.0, 0.0, 0.0), 1.0),
    Case("separable penguins", *birds("Gentoo"), (-1.0, 2.0, 0.5), 0.1),
    *[Case(f"clouds {seed}", *clouds(seed), (0.5, -1.5, 1.0), 0.0) for seed in range(6)],
]
PAIRS = [(case, loss) for case in CASES for loss in LOSSES]
NAMES = [f"{loss.name}-{case.name}" for case, loss in PAIRS]


def pack(array: Any) -> str:
    return base64.b64encode(np.asarray(array, dtype="<f8").tobytes()).decode()


def figure(case: Case, loss: Loss) -> Separator:
    """The figure whose curve the page gets."""
    return Separator(
        case.x,
        case.actual,
        loss,
        name="case",
        weights=case.start[:2],
        bias=case.start[2],
        penalty=case.penalty,
    )


@pytest.fixture(scope="module")
def walks() -> Any:
    """What the page's code says to all of it, in one run of Node."""
    asked = []
    for case, loss in PAIRS:
        (curve,) = figure(case, loss)._curves
        asked.append(
            {
                "curve": {name: base64.b64encode(curve[name]).decode() for name in ("u", "value", "slope")},
                "x1": pack(case.x[:, 0]),
                "x2": pack(case.x[:, 1]),
                "actual": pack(case.actual),
                "start": case.start,
                "penalty": case.penalty,
                "rate": safe_rate(case.x, case.penalty),
                "steps": STEPS,
            }
        )
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"walks": asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["walks"]


def sampled(case: Case, loss: Loss) -> Loss:
    """The loss as the page knows it."""
    (curve,) = figure(case, loss)._curves
    table = Samples(*(np.frombuffer(curve[name]) for name in ("u", "value", "slope")))
    return Loss(
        f"sampled {loss.name}",
        "margin",
        curve=lambda m: interpolate(table, m)[0],
        curve_slope=lambda m: interpolate(table, m)[1],
    )


@pytest.mark.parametrize("place", range(len(PAIRS)), ids=NAMES)
def test_same_line_as_numpy_on_the_sampled_slope(walks: Any, place: int) -> None:
    case, loss = PAIRS[place]
    lines = train(
        sampled(case, loss), case.x, case.actual, case.start[:2], case.start[2],
        penalty=case.penalty, steps=STEPS,
    )  # fmt: skip
    np.testing.assert_allclose(walks[place]["line"], lines[-1], rtol=0, atol=1e-9)


@pytest.mark.parametrize("place", range(len(PAIRS)), ids=NAMES)
def test_same_line_as_numpy_on_the_exact_loss(walks: Any, place: int) -> None:
    case, loss = PAIRS[place]
    made = figure(case, loss)
    made.train(STEPS)
    told = walks[place]
    assert told["taken"] == STEPS
    np.testing.assert_allclose(told["line"], [*made.weights, made.bias], rtol=0, atol=1e-6)
    assert told["line"] != pytest.approx(case.start, abs=0.1)
    assert (told["matter"], told["wrong"]) == (made.matter, made.wrong)
    assert told["score"] == pytest.approx(made.score, abs=1e-5)
    assert told["objective"] == pytest.approx(
        objective(loss, case.x, case.actual, made.weights, made.bias, case.penalty), abs=1e-3
    )
