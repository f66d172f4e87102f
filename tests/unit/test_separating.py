"""A separating line in NumPy: its objective, its gradient, its training, and what is refused."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from lossviz import Loss, cross_entropy, hinge, logistic, mse, squared_hinge
from lossviz.separating import gradient, objective, safe_rate, train

X = np.array([[-2.0, 0.0], [-0.5, 1.0], [0.5, -1.0], [2.0, 0.5], [-1.0, -0.3]])
ACTUAL = np.array([-1.0, -1.0, 1.0, 1.0, 1.0])
numbers = st.floats(-3, 3)


def test_objective_is_the_penalty_and_the_sum() -> None:
    # margins 2, 0.5, 0.5, 2 and −1: hinges 0, 0.5, 0.5, 0 and 2
    assert objective(hinge, X, ACTUAL, (1, 0), 0, penalty=4) == 2 + 3
    assert objective(hinge, X, ACTUAL, (1, 0), 0, penalty=0) == 3
    # the bias costs nothing
    assert objective(hinge, X, ACTUAL, (0, 0), 1, penalty=99) == 4


@pytest.mark.parametrize("loss", [hinge, squared_hinge, logistic], ids=str)
@given(line=st.tuples(numbers, numbers, numbers), penalty=st.floats(0, 5))
def test_gradient_is_the_slope_of_the_objective(
    loss: Loss, line: tuple[float, float, float], penalty: float
) -> None:
    margins = ACTUAL * (X @ np.array(line[:2]) + line[2])
    if np.abs(margins - 1).min() < 1e-4:
        return  # a corner has no slope to compare with
    weights, bias = gradient(loss, X, ACTUAL, line[:2], line[2], penalty)
    for k, slope in enumerate([*weights, bias]):
        ends = [np.array(line) + by * np.eye(3)[k] for by in (-1e-5, 1e-5)]
        low, high = (objective(loss, X, ACTUAL, end[:2], end[2], penalty) for end in ends)
        assert (high - low) / 2e-5 == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("loss", [squared_hinge, logistic], ids=str)
def test_training_finds_what_an_independent_solver_finds(loss: Loss) -> None:
    lines = train(loss, X, ACTUAL, (0, 0), 0, steps=5000)
    best = minimize(lambda p: objective(loss, X, ACTUAL, p[:2], p[2], 1), np.zeros(3), tol=1e-12).x
    np.testing.assert_allclose(lines[-1], best, atol=1e-4)
    heights = [objective(loss, X, ACTUAL, line[:2], line[2], 1) for line in lines[:200]]
    assert (np.diff(heights) < 0).all()  # the safe rate never overshoots


def test_steps_are_minus_the_gradient_times_the_rate() -> None:
    lines = train(hinge, X, ACTUAL, (0.3, 0.2), -0.1, penalty=0.5, rate=0.01, steps=3)
    assert lines.shape == (4, 3)
    assert lines[0].tolist() == [0.3, 0.2, -0.1]
    for before, after in pairwise(lines):
        weights, bias = gradient(hinge, X, ACTUAL, before[:2], before[2], 0.5)
        np.testing.assert_allclose(after, before - 0.01 * np.array([*weights, bias]), rtol=1e-14)


def test_silent_points_can_be_left_out() -> None:
    heard = hinge.curve_slope(ACTUAL * (X @ np.array([1.0, 0.0]))) != 0
    assert 0 < heard.sum() < len(X)
    whole = gradient(hinge, X, ACTUAL, (1, 0), 0, 1)
    part = gradient(hinge, X[heard], ACTUAL[heard], (1, 0), 0, 1)
    assert whole.weights.tolist() == part.weights.tolist()
    assert whole.bias == part.bias


def test_safe_rate() -> None:
    assert safe_rate(X, 3) == 1 / (2 * ((X**2).sum() + 5) + 3)


def test_no_steps_is_the_start() -> None:
    assert train(hinge, X, ACTUAL, (1, 2), 3, steps=0).tolist() == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"x": X[:, :1]}, ValueError, r"x must have shape \(n, 2\)"),
        ({"x": X[:, 0]}, ValueError, r"x must have shape \(n, 2\).*got \(5,\)"),
        ({"x": [[0, np.nan]] * 5}, ValueError, "x holds NaN at index"),
        ({"x": []}, ValueError, "x is empty"),
        ({"actual": [0, 0, 1, 1, 1]}, ValueError, r"must be -1 or \+1; for 0/1 labels use 2\*y - 1 \(got 0"),
        ({"actual": [1, -1]}, ValueError, r"actual must have one class a point, shape \(5,\)"),
        ({"weights": [1, 2, 3]}, ValueError, "weights must be two numbers, one for each column of x"),
        ({"bias": np.inf}, ValueError, "bias holds inf"),
        ({"penalty": -1}, ValueError, "penalty must be a finite number, 0 or more; got -1"),
        ({"rate": 0}, ValueError, "rate must be a finite number above 0; got 0"),
        ({"steps": 1.5}, ValueError, "steps must be a whole number"),
        ({"steps": -1}, ValueError, "steps must be a whole number"),
        ({"loss": mse}, ValueError, "losses must be losses of the margin, such as hinge; mse"),
        ({"loss": cross_entropy}, ValueError, "cross_entropy is one of the class probability"),
        ({"loss": "hinge"}, TypeError, "losses must be Loss objects, such as hinge; got 'hinge'"),
        (
            {"loss": squared_hinge, "rate": 50, "steps": 2000},
            ValueError,
            "rate 50 is too large: after",
        ),
    ],
)
def test_refuses(changes: dict[str, Any], error: type[Exception], message: str) -> None:
    good: dict[str, Any] = {"loss": hinge, "x": X, "actual": ACTUAL, "weights": (1, 0), "bias": 0}
    with pytest.raises(error, match=message):
        train(**{**good, **changes})
