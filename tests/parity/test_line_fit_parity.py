"""The best line in the page is the best line there is: as good as Python's, and as independent solvers'."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog, minimize

from lossviz.contours import levels
from lossviz.fitting import best_line
from lossviz.loss import Loss
from lossviz.losses import huber, mae, mse
from lossviz.sampling import sample
from tools import node

Array = NDArray[np.float64]
SETS = 100
own = Loss(
    "softened",
    "error",
    curve=lambda e: np.sqrt(1 + e**2) - 1,
    curve_slope=lambda e: e / np.sqrt(1 + e**2),
)
steep = Loss("steep", "error", curve=lambda e: e**4, curve_slope=lambda e: 4 * e**3)
lopsided = Loss(
    "lopsided",
    "error",
    curve=lambda e: np.where(e < 0, -9 * e, e),
    curve_slope=lambda e: np.where(e < 0, -9.0, 1.0),
    breaks=[0],
)
LOSSES = [mse, mae, huber, own, steep, lopsided]


def data_set(seed: int) -> tuple[Array, Array]:
    """Points near a line: every second set has ties, every second pair outliers in y, some in x."""
    random = np.random.default_rng(seed)
    count = int(random.choice([2, 3, 4, 5, 8, 12, 30, 100, 350]))
    x = random.normal(size=count) * random.choice([1, 10])
    y = x * random.normal() + random.normal() + random.normal(size=count) * random.choice([0.1, 1, 3])
    if seed % 2:
        x, y = np.round(x * 2) / 2, np.round(y * 2) / 2
    if seed % 4 >= 2:
        far = random.choice(count, max(1, count // 10))
        y[far] += 30 * random.normal(size=len(far))
        x[far] += 20 * (seed % 8 > 3)
    if np.ptp(x) == 0:
        x[0] += 1
    return x, y


DATA = [data_set(seed) for seed in range(SETS)]


def pack(array: Any) -> str:
    return base64.b64encode(np.asarray(array, dtype="<f8").tobytes()).decode()


def asked(loss: Loss, x: Array, y: Array) -> dict[str, Any]:
    largest = float(10 + 3 * np.ptp(y))
    table = sample(loss, -largest, largest)
    curve = {"u": pack(table.u), "value": pack(table.value), "slope": pack(table.slope)}
    return {"x": pack(x), "y": pack(y), "curve": curve}


HEIGHTS = [
    *[(0.0, 100.0), (0.155, 12.3), (3.0, 3.01), (0.0, 1e-5), (1234.5, 98765.4), (-5.0, -4.0), (7.0, 7.0)],
    *[(0.0, 202.5), (0.0, 1.9), (1e-12, 1.0), (0.0, 1e-300), (0.0, 1e300), (1.0, 1 + 1e-15)],
    *[
        (float(low), float(low + span))
        for low, span in 10 ** np.random.default_rng(0).uniform(-9, 9, (200, 2))
    ],
]


@pytest.fixture(scope="module")
def answer() -> Any:
    """What the page's code says to all of it, in one run of Node."""
    fits = [asked(loss, x, y) for loss in LOSSES for x, y in DATA]
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"fits": fits, "levels": HEIGHTS}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def fits(answer: Any, loss: Loss) -> list[tuple[float, float, float]]:
    first = LOSSES.index(loss) * SETS
    return answer["fits"][first : first + SETS]


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_page_and_numpy_reach_the_same_score(answer: Any, loss: Loss) -> None:
    for (x, y), (weight, bias, told) in zip(DATA, fits(answer, loss), strict=True):
        score = loss(y, weight * x + bias)
        assert told == pytest.approx(score, rel=1e-6, abs=1e-6)  # as exact as the sampled curve
        # Where a fourth power is flat, the sampled curve cannot tell its lines apart.
        close = 1e-6 if loss is steep else 1e-9
        assert score == pytest.approx(loss(y, best_line(loss, x, y)(x)), rel=1e-6, abs=close)


def least_squares(x: Array, y: Array) -> float:
    columns = np.column_stack([x, np.ones_like(x)])
    return float(np.mean((columns @ np.linalg.lstsq(columns, y, rcond=None)[0] - y) ** 2))


def least_absolute(x: Array, y: Array) -> float:
    count = len(x)
    over_and_under = np.hstack([-np.eye(count), np.eye(count)])
    done = linprog(
        np.r_[0, 0, np.full(2 * count, 1 / count)],
        A_eq=np.hstack([np.column_stack([x, np.ones(count)]), over_and_under]),
        b_eq=y,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * count),
    )
    assert done.success
    return float(done.fun)


def least_huber(x: Array, y: Array) -> float:
    middle, size = x.mean(), x.std()
    at = (x - middle) / size

    def score(line: Array) -> tuple[float, Array]:
        errors = line[0] * at + line[1] - y
        slopes = huber.curve_slope(errors)
        return float(huber.curve(errors).mean()), np.array([(slopes * at).mean(), slopes.mean()])

    line, best = np.polyfit(at, y, 1), np.inf
    for _ in range(3):  # begun again where it stopped, until it stays
        done = minimize(score, line, jac=True, method="BFGS", options={"gtol": 1e-12})
        line, best = done.x, min(best, float(done.fun))
    return best


@pytest.mark.parametrize(
    ("loss", "solve"),
    [(mse, least_squares), (mae, least_absolute), (huber, least_huber)],
    ids=["mse", "mae", "huber"],
)
def test_an_independent_solver_finds_nothing_better(answer: Any, loss: Loss, solve: Any) -> None:
    for (x, y), (weight, bias, _) in zip(DATA, fits(answer, loss), strict=True):
        best = solve(x, y)
        assert loss(y, weight * x + bias) <= best * (1 + 1e-6) + 1e-9


def test_page_and_paper_draw_the_same_contour_lines(answer: Any) -> None:
    assert answer["levels"] == [levels(low, high) for low, high in HEIGHTS]
