"""Slices through many parameters: what is drawn is the loss, at the place that is said."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import ArrayLike

from lossviz import mse
from lossviz.slices import slice_line, slice_plane
from lossviz.variables import Array

X = np.random.default_rng(1).normal(size=(30, 6))
Y = np.random.default_rng(2).normal(size=30)
CENTRE = np.random.default_rng(3).normal(size=6)
DIRECTIONS = np.random.default_rng(4).normal(size=(2, 6))


def linear_model(parameters: Array) -> float:
    return mse(Y, X @ parameters)


def bumpy(parameters: Array) -> float:
    return float(np.sin(parameters).sum() + parameters @ parameters)


# ------------------------------------------------------------------------------------------------- the plane


@pytest.mark.parametrize("loss_of", [linear_model, bumpy])
def test_each_height_is_the_loss_at_its_place(loss_of: Callable[[Array], float]) -> None:
    plane = slice_plane(loss_of, CENTRE, DIRECTIONS, span=((-1, 2), (-0.5, 3)), size=7)
    for i, b in enumerate(plane.y):
        for j, a in enumerate(plane.x):
            assert plane.z[i, j] == loss_of(CENTRE + a * DIRECTIONS[0] + b * DIRECTIONS[1])


@pytest.mark.parametrize("span", [1.0, 0.3, 0.21, 1 / 3, 1e-5, 7e4, (-0.1, 0.1), (-0.7, 0.7)])
@pytest.mark.parametrize("size", [3, 7, 51])
def test_the_middle_is_exactly_the_loss_of_the_centre(span: float, size: int) -> None:
    plane = slice_plane(bumpy, CENTRE, DIRECTIONS, span=span, size=size)
    assert plane.x[size // 2] == plane.y[size // 2] == 0
    assert plane.z[size // 2, size // 2] == bumpy(CENTRE)


def test_a_centre_beside_the_middle_is_exact_too() -> None:
    plane = slice_plane(bumpy, CENTRE, DIRECTIONS, span=((-0.1, 0.3), (-0.3, 0.1)), size=5)
    assert plane.x[1] == plane.y[3] == 0  # np.linspace misses it by a hair
    assert plane.z[3, 1] == bumpy(CENTRE)


def test_a_batched_loss_is_exact_in_the_middle_though_blocks_round_otherwise() -> None:
    def loss_of(rows: Array) -> Array:
        return np.array([bumpy(row) for row in rows]) * (1 + 1e-15 * len(rows))

    plane = slice_plane(loss_of, CENTRE, DIRECTIONS, size=9, batched=True)
    assert plane.z[4, 4] == loss_of(CENTRE[np.newaxis])[0]
    assert plane.z[4, 3] != loss_of((CENTRE + plane.x[3] * DIRECTIONS[0])[np.newaxis])[0]


def test_a_linear_model_with_mse_bends_the_same_everywhere() -> None:
    z = slice_plane(linear_model, CENTRE, DIRECTIONS, span=2, size=20).z
    for along in (0, 1):
        second = np.diff(z, 2, axis=along)
        np.testing.assert_allclose(second, second.mean(), rtol=1e-9)
        step = 4 / 19
        curvature = 2 * np.mean((X @ DIRECTIONS[1 - along]) ** 2)
        np.testing.assert_allclose(second / step**2, curvature, rtol=1e-9)


def test_twice_the_span_is_twice_the_extent() -> None:
    one, two = (slice_plane(bumpy, CENTRE, DIRECTIONS, span=span, size=9) for span in (0.7, 1.4))
    np.testing.assert_array_equal(2 * one.x, two.x)
    np.testing.assert_array_equal(2 * one.y, two.y)
    np.testing.assert_allclose(one.z[::2, ::2], two.z[2:7, 2:7], rtol=1e-14)


@pytest.mark.parametrize("size", [3, 4, 10, 11, 50, 51])
@pytest.mark.parametrize("span", [1.0, 0.3, (-2, 0.5)])
def test_places_run_evenly_from_end_to_end(size: int, span: float) -> None:
    low, high = (-span, span) if isinstance(span, float) else span
    plane = slice_plane(bumpy, CENTRE, DIRECTIONS, span=span, size=size)
    for nodes in (plane.x, plane.y):
        assert len(nodes) == size
        assert (nodes[0], nodes[-1]) == (low, high)
        np.testing.assert_allclose(
            nodes, [low + (high - low) * i / (size - 1) for i in range(size)], atol=1e-15
        )
    assert plane.z.shape == (size, size)


def test_each_direction_can_have_its_own_ends() -> None:
    plane = slice_plane(bumpy, CENTRE, DIRECTIONS, span=((-1, 2), (0, 5)), size=4)
    assert (plane.x_range, plane.y_range) == ((-1, 2), (0, 5))


def test_names_and_slopes_are_the_landscape_s() -> None:
    plane = slice_plane(linear_model, CENTRE, DIRECTIONS, names=("a", "b"), label="score", size=5)
    assert (plane.names, plane.label) == (("a", "b"), "score")
    at = 2 * X.T @ (X @ CENTRE - Y) / len(Y)  # the gradient; along a direction it is as steep as its product
    np.testing.assert_allclose(plane.slope_at([0, 0]), DIRECTIONS @ at, rtol=1e-9)


def test_inputs_are_not_changed_even_by_a_loss_that_changes_what_it_gets() -> None:
    centre, directions = CENTRE.copy(), DIRECTIONS.copy()

    def rude(parameters: Array) -> float:
        loss = bumpy(parameters)
        parameters[...] = 99
        return loss

    def rude_batch(rows: Array) -> Array:
        return np.array([rude(row) for row in rows])

    expected = slice_plane(bumpy, CENTRE, DIRECTIONS, size=12).z
    np.testing.assert_array_equal(slice_plane(rude, centre, directions, size=12).z, expected)
    np.testing.assert_array_equal(
        slice_plane(rude_batch, centre, directions, size=12, batched=True).z, expected
    )
    slice_line(rude, centre, directions[0], size=5)
    np.testing.assert_array_equal(centre, CENTRE)
    np.testing.assert_array_equal(directions, DIRECTIONS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"span": 0}, "span must be a finite number above 0, or two ends; got 0"),
        ({"span": -1}, "span must be a finite number above 0"),
        ({"span": float("inf")}, "span must be a finite number above 0"),
        ({"span": "far"}, "span must be a finite number above 0, or two ends; got 'far'"),
        ({"span": (1, 1)}, "span must run from a low to a higher finite end; got"),
        ({"span": (1, 2, 3)}, "span must be two ends"),
        ({"size": 2}, "size must be a whole number of nodes, 3 or more; got 2"),
        ({"size": 5.0}, "size must be a whole number of nodes, 3 or more; got 5.0"),
        ({"centre": [[1, 2]]}, r"centre must be one row of parameters, shape \(d,\); got shape \(1, 2\)"),
        ({"centre": [1, np.nan, 3, 4, 5, 6]}, "centre holds NaN at index 1"),
        ({"directions": DIRECTIONS[:1]}, r"directions must be two, shape \(2, 6\); got 1"),
        ({"directions": 3}, "directions must be two"),
        (
            {"directions": DIRECTIONS[:, :5]},
            r"directions\[0\] must have a number for each of the 6 parameters of ",
        ),
        ({"directions": (DIRECTIONS[0], DIRECTIONS[1, :5])}, r"directions\[1\] must have a number .*; got 5"),
        ({"directions": (DIRECTIONS[0], 0 * DIRECTIONS[0])}, r"directions\[1\] is all zeros"),
        ({"directions": (DIRECTIONS[0], -3e-9 * DIRECTIONS[0])}, "directions must not be parallel"),
    ],
)
def test_what_makes_no_plane_is_refused(change: dict[str, ArrayLike], message: str) -> None:
    given = {"centre": CENTRE, "directions": DIRECTIONS, **change}
    with pytest.raises(ValueError, match=message):
        slice_plane(bumpy, **given)  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------------------- the line


def test_a_line_is_exact_at_both_ends() -> None:
    start, end = CENTRE, 1e6 * DIRECTIONS[0] + 1 / 3
    for size in (2, 11, 50):
        line = slice_line(bumpy, start, end, size=size, beyond=0.5)
        at = {position: loss for position, loss in zip(*line, strict=True)}
        assert at[0.0] == bumpy(start)
        assert at[1.0] == bumpy(end)


@pytest.mark.parametrize(
    ("size", "beyond", "ends"),
    [
        (11, 0.3, (-0.3, 1.3)),
        (11, 0.0, (0, 1)),
        (101, 0.29, (-0.29, 1.29)),
        (5, 0.2, (0, 1)),
        (51, 0.2, (-0.2, 1.2)),
    ],
)
def test_a_line_goes_on_beyond_both_ends_in_the_same_steps(
    size: int, beyond: float, ends: tuple[float, float]
) -> None:
    positions, losses = slice_line(bumpy, CENTRE, DIRECTIONS[0], size=size, beyond=beyond)
    assert (positions[0], positions[-1]) == pytest.approx(ends)
    np.testing.assert_allclose(np.diff(positions), 1 / (size - 1))
    for position, loss in zip(positions, losses, strict=True):
        assert loss == pytest.approx(bumpy(CENTRE + position * (DIRECTIONS[0] - CENTRE)), rel=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": CENTRE[:5]}, "end must be as long as start, 6 parameters; got 5"),
        ({"end": CENTRE}, "end must differ from start"),
        ({"size": 1}, "size must be a whole number of places, 2 or more; got 1"),
        ({"beyond": -0.1}, "beyond must be a finite number, 0 or more; got -0.1"),
    ],
)
def test_what_makes_no_line_is_refused(change: dict[str, ArrayLike], message: str) -> None:
    given = {"start": CENTRE, "end": DIRECTIONS[0], **change}
    with pytest.raises(ValueError, match=message):
        slice_line(bumpy, **given)
