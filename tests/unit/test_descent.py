"""Walking downhill against closed forms and recurrences; how a walk ends, and what is refused."""

import warnings
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz.descent import OPTIMISERS, Path, cut, descend, direction_of
from lossviz.variables import Array

CURVATURES = np.array([1.0, 10.0])


def bowl(p: Array) -> float:
    return float(CURVATURES @ p**2 / 2)


def bowl_slope(p: Array) -> Array:
    return CURVATURES * p


def rosenbrock(p: Array) -> float:
    return float((1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2)


def rosenbrock_slope(p: Array) -> Array:
    away = p[1] - p[0] ** 2
    return np.array([-2 * (1 - p[0]) - 400 * p[0] * away, 200 * away])


def roll(start: Any = (4.0, 2.0), **options: Any) -> Path:
    return descend(bowl, bowl_slope, start, **{"rate": 0.05, **options})


# ------------------------------------------------------------------------------------------- gradient descent


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.15, 0.199])
def test_each_coordinate_shrinks_by_its_own_factor(rate: float) -> None:
    path = roll(rate=rate, steps=40)
    factors = 1 - rate * CURVATURES
    expected = np.array([4.0, 2.0]) * factors ** np.arange(41)[:, np.newaxis]
    np.testing.assert_allclose(path.points, expected, rtol=1e-12)
    np.testing.assert_allclose(path.losses, expected**2 @ CURVATURES / 2, rtol=1e-12)
    np.testing.assert_allclose(path.gradient_norms, np.linalg.norm(expected * CURVATURES, axis=1), rtol=1e-12)
    assert (path.steps, path.end) == (40, "steps")


def test_at_twice_the_inverse_of_the_largest_curvature_it_only_swings() -> None:
    path = roll(rate=0.2, steps=50)
    np.testing.assert_allclose(np.abs(path.points[:, 1]), 2, rtol=1e-12)


def test_decay_shortens_the_steps() -> None:
    path = roll(rate=0.1, decay=0.5, steps=6)
    for t, (before, after) in enumerate(pairwise(path.points)):
        np.testing.assert_allclose(after, before - 0.1 / (1 + 0.5 * t) * bowl_slope(before), rtol=1e-14)


def test_no_steps_is_the_start() -> None:
    path = roll(steps=0)
    assert path.points.tolist() == [[4, 2]]
    assert path.losses.tolist() == [28]
    assert repr(path) == "Path(steps=0, loss=28, end='steps')"


def test_the_start_is_not_changed_nor_can_a_function_change_the_path() -> None:
    start = np.array([4.0, 2.0])

    def loss(p: Array) -> float:
        value = bowl(p)
        p[:] = 0
        return value

    def slope(p: Array) -> Array:
        slopes = bowl_slope(p)
        p[:] = 0
        return slopes

    path = descend(loss, slope, start, rate=0.05, steps=5)
    assert start.tolist() == [4, 2]
    np.testing.assert_array_equal(path.points, roll(steps=5).points)


# ---------------------------------------------------------------------------------------------- its relatives


@given(momentum=st.floats(0, 0.99), rate=st.floats(0.001, 0.1))
def test_momentum_is_its_recurrence(momentum: float, rate: float) -> None:
    path = roll(optimiser="momentum", momentum=momentum, rate=rate, steps=20)
    # p(t+1) = p(t) − rate · slope(t) + momentum · (p(t) − p(t−1))
    for before, here, after in zip(path.points, path.points[1:], path.points[2:], strict=False):
        expected = here - rate * bowl_slope(here) + momentum * (here - before)
        np.testing.assert_allclose(after, expected, rtol=1e-9, atol=1e-12)


def test_without_momentum_it_is_gradient_descent() -> None:
    mine = roll(optimiser="momentum", momentum=0)
    np.testing.assert_array_equal(mine.points, roll().points)


@pytest.mark.parametrize(("optimiser", "first"), [("rmsprop", 1 / np.sqrt(0.01)), ("adam", 1.0)])
def test_the_first_step_has_the_same_length_however_steep(optimiser: str, first: float) -> None:
    path = roll(optimiser=optimiser, steps=1, start=(-4.0, 2.0))
    np.testing.assert_allclose(path.points[1] - path.points[0], [0.05 * first, -0.05 * first], rtol=1e-6)


@given(scale=st.floats(0.01, 100), optimiser=st.sampled_from(["rmsprop", "adam"]))
def test_the_scale_of_the_loss_does_not_matter(scale: float, optimiser: str) -> None:
    options: dict[str, Any] = {"optimiser": optimiser, "rate": 0.05, "eps": 1e-300, "steps": 30}
    scaled = descend(lambda p: scale * bowl(p), lambda p: scale * bowl_slope(p), (4, 2), **options)
    np.testing.assert_allclose(scaled.points, roll(**options).points, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_many_walks_at_once_are_each_their_own(optimiser: str) -> None:
    starts = np.array([[4.0, 2.0], [-1.0, 0.3], [0.0, 5.0]])
    direction, at = direction_of(optimiser), starts
    for _ in range(30):
        at = at - 0.05 * direction(bowl_slope(at))
    alone = [roll(start, optimiser=optimiser, steps=30).points[-1] for start in starts]
    np.testing.assert_allclose(at, alone, rtol=1e-13)


@pytest.mark.parametrize(
    ("optimiser", "rate", "steps"),
    [
        ("gradient descent", 0.0015, 30000),
        ("momentum", 0.001, 5000),
        ("rmsprop", 0.001, 5000),
        ("adam", 0.05, 5000),
    ],
)
def test_the_valley_of_rosenbrock_is_walked_to_its_bottom(optimiser: str, rate: float, steps: int) -> None:
    path = descend(rosenbrock, rosenbrock_slope, (-1.2, 1), optimiser=optimiser, rate=rate, steps=steps)
    np.testing.assert_allclose(path.points[-1], [1, 1], atol=0.03)  # RMSprop trembles
    assert path.losses[0] == pytest.approx(24.2)


# ------------------------------------------------------------------------------------------------------ noise


def test_noise_is_the_same_for_the_same_seed_only() -> None:
    one, again, other = (roll(noise=0.5, seed=seed).points for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0.01


def test_noise_is_added_to_the_gradient() -> None:
    noise = np.random.default_rng(3).standard_normal((20, 2))  # a row for each step
    path = roll(noise=0.5, seed=3, steps=20)
    for drawn, (before, after) in zip(noise, pairwise(path.points), strict=True):
        np.testing.assert_allclose(after, before - 0.05 * (bowl_slope(before) + 0.5 * drawn), rtol=1e-12)
    np.testing.assert_allclose(path.gradient_norms[5], np.linalg.norm(bowl_slope(path.points[5])))


# ----------------------------------------------------------------------------------------------- how one ends


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@given(across=st.floats(-1, 1), up=st.floats(-1, 1), seed=st.integers(0, 99))
def test_a_path_that_leaves_the_bounds_ends_on_them(
    optimiser: str, across: float, up: float, seed: int
) -> None:
    slopes = np.random.default_rng(seed).normal(size=2)
    path = descend(
        lambda p: float(slopes @ p), lambda p: slopes, (across, up), optimiser=optimiser, rate=0.2,
        steps=1000, bounds=([-1, -1], [1, 1]),
    )  # fmt: skip
    free = descend(
        lambda p: float(slopes @ p), lambda p: slopes, (across, up), optimiser=optimiser, rate=0.2,
        steps=path.steps,
    )  # fmt: skip
    assert path.end == "edge"
    *before, last = path.points
    np.testing.assert_array_equal(before, free.points[:-1])
    assert np.abs(last).max() == 1  # exactly on the edge
    step, cut_step = free.points[-1] - before[-1], last - before[-1]
    assert step[0] * cut_step[1] == pytest.approx(step[1] * cut_step[0], abs=1e-12)  # and on the segment
    assert 0 <= cut_step @ step <= step @ step
    assert path.losses[-1] == pytest.approx(slopes @ last)


def test_to_the_edge_and_not_beyond_is_inside() -> None:
    path = descend(lambda p: p[0], lambda p: [1.0], [2.0], rate=1, steps=2, bounds=([0], [3]))
    assert path.points.ravel().tolist() == [2, 1, 0]
    assert path.end == "steps"


def test_cut_of_a_step_along_the_edge() -> None:
    at = cut(*(np.array(p, dtype=float) for p in ((0, 1), (5, 1), (-1, -1), (1, 1))))
    assert at.tolist() == [1, 1]


@pytest.mark.parametrize("optimiser", ["gradient descent", "momentum"])
def test_a_rate_that_is_too_high_diverges_without_a_warning(optimiser: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = roll(rate=0.5, optimiser=optimiser, steps=10_000)
        steep = descend(rosenbrock, rosenbrock_slope, (-1.2, 1), optimiser=optimiser, rate=0.1, steps=100)
    for end in (path, steep):
        assert end.end == "diverged"
        assert len(end.points) == len(end.losses) == len(end.gradient_norms)
        assert np.isfinite(end.points).all()
        assert np.isfinite(end.losses).all()
        assert np.isfinite(end.gradient_norms).all()
    assert 100 < path.steps < 1000
    assert path.losses[-1] > 1e100


def test_a_loss_that_is_not_a_number_ends_the_path() -> None:
    with np.errstate(all="raise"):
        path = descend(lambda p: np.log(p[0]), lambda p: 1 / p, [1.0], rate=0.3, steps=50)
    assert path.end == "diverged"
    assert (path.points > 0).all()


def test_what_a_function_raises_comes_through() -> None:
    calls = []

    def gives_up(p: Array) -> Array:
        calls.append(p)
        if len(calls) > 3:
            raise RuntimeError("no more")
        return bowl_slope(p)

    with pytest.raises(RuntimeError, match="no more"):
        descend(bowl, gives_up, (4, 2), rate=0.05)


# ---------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": [[1, 2]]}, r"start must be one row of parameters, shape \(d,\); got shape \(1, 2\)"),
        ({"start": [1, np.nan]}, "start holds NaN at index 1"),
        ({"start": ["a"]}, "start must hold numbers"),
        ({"rate": 0}, "rate must be a finite number above 0; got 0"),
        ({"rate": -0.1}, "rate must be a finite number above 0; got -0.1"),
        ({"rate": np.inf}, "rate must be a finite number above 0; got inf"),
        ({"rate": "fast"}, "rate must be a finite number above 0; got 'fast'"),
        ({"rate": None}, "rate must be a finite number above 0; got None"),
        ({"steps": -1}, "steps must be a whole number, 0 or more; got -1"),
        ({"steps": 1.5}, "steps must be a whole number, 0 or more; got 1.5"),
        ({"decay": -1}, "decay must be a finite number, 0 or more; got -1"),
        ({"noise": np.nan}, "noise must be a finite number, 0 or more; got nan"),
        ({"noise": "some"}, "noise must be a finite number, 0 or more; got 'some'"),
        ({"optimiser": "sgd"}, "optimiser must be one of 'gradient descent', 'momentum', .*got 'sgd'"),
        ({"momentum": 1}, "momentum must be from 0 to below 1; got 1"),
        ({"momentum": -0.1}, "momentum must be from 0 to below 1; got -0.1"),
        ({"smoothing": np.nan}, "smoothing must be from 0 to below 1; got nan"),
        ({"betas": (0.9, 1)}, "betas must be from 0 to below 1; got 0.9, 1"),
        ({"betas": (-0.1, 0.9)}, "betas must be from 0 to below 1; got -0.1, 0.9"),
        ({"betas": (0.9, np.nan)}, "betas must be from 0 to below 1; got 0.9, nan"),
        ({"betas": 0.9}, r"betas must be two numbers, such as \(0.9, 0.999\); got 0.9"),
        ({"betas": (0.9,)}, "betas must be two numbers"),
        ({"eps": 0}, "eps must be a finite number above 0; got 0"),
        ({"bounds": ([0, 0], [3, 3])}, r"start must lie within the bounds.*got \[4. 2.\]"),
        ({"bounds": ([0, 9], [9, 0])}, "bounds must be the lowest and the highest value of each parameter"),
        ({"bounds": ([0, 2], [9, 2])}, "bounds must be the lowest and the highest"),
        ({"bounds": ([0, 0, 0], [9, 9, 9])}, "bounds must be the lowest and the highest"),
        ({"bounds": 7}, "bounds must be the lowest and the highest"),
        ({"bounds": (1, 2, 3)}, "bounds must be the lowest and the highest"),
        ({"loss": lambda p: np.inf}, "start must have a finite loss and gradient; got inf"),
        ({"gradient": lambda p: [1, np.nan]}, r"start must have a finite loss and gradient; .*\[ 1. nan\]"),
        ({"gradient": lambda p: [1.0]}, r"gradient must return a number for each of the 2 .*shape \(1,\)"),
    ],
)
def test_refuses(changes: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {"loss": bowl, "gradient": bowl_slope, "start": (4, 2), "rate": 0.1}
    with pytest.raises(ValueError, match=message):
        descend(**{**good, **changes})
