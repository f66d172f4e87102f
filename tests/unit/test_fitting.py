"""The best line: as good as an independent solver's, and refused where there is none."""

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from lossviz import Loss, hinge, huber, mae, mse, penguins
from lossviz.fitting import Line, best_line, check_points
from lossviz.variables import Array

SETS = 100


def data_sets() -> Iterator[tuple[Array, Array]]:
    """Points of many sizes and units, with outliers in y and in x, half of them rounded so that they tie."""
    random = np.random.default_rng(0)
    for number in range(SETS):
        n = int(random.choice([3, 4, 5, 8, 20, 60, 350]))
        x = random.normal(size=n) * 10 ** random.uniform(-1, 2) + random.choice([0, 200])
        y = random.normal() * x + random.normal(size=n) * 10 ** random.uniform(-2, 3)
        y[random.random(n) < 0.1] += 10 ** random.uniform(0, 3)
        if number % 3 == 0:
            x[random.random(n) < 0.05] += 50
        if number % 2:
            x, y = np.round(x), np.round(y)
        x[0] += x.min() == x.max()
        yield x, y


def least_squares(x: Array, y: Array) -> float:
    middle = x - x.mean()
    return mse(y, y.mean() + middle * (middle @ y) / (middle @ middle))


def linear_programme(x: Array, y: Array) -> float:
    """The lowest mean absolute error, as a linear programme in the line and the two sides of each error."""
    n = len(x)
    done = linprog(
        np.r_[0, 0, np.full(2 * n, 1 / n)],
        A_eq=np.column_stack([x, np.ones(n), np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * n),
    )
    assert done.success
    return float(done.fun)


def minimised(loss: Loss, x: Array, y: Array) -> float:
    """The lowest score that SciPy finds from the median: by slopes first, then without."""
    across = (x - x.mean()) / x.std()

    def score(line: Array) -> float:
        return loss(y, line[0] * across + line[1])

    def slope(line: Array) -> Array:
        each = loss.slope(y, line[0] * across + line[1])
        return np.array([np.mean(each * across), np.mean(each)])

    first = minimize(score, [0, np.median(y)], jac=slope, method="BFGS", options={"gtol": 1e-12})
    last = minimize(score, first.x, method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-15})
    return float(min(first.fun, last.fun))


@pytest.mark.parametrize("loss", [mse, mae, huber, huber.with_delta(0.01)], ids=repr)
def test_score_is_the_lowest_that_an_independent_solver_finds(loss: Loss) -> None:
    count = 0
    for x, y in data_sets():
        solver = {"mse": least_squares, "mae": linear_programme}.get(loss.name)
        lowest = solver(x, y) if solver else minimised(loss, x, y)
        score = loss(y, best_line(loss, x, y)(x))
        assert score <= lowest * (1 + 1e-6) + 1e-12, (count, len(x))
        count += 1
    assert count == SETS


def test_penguins() -> None:
    birds = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper = (birds.flipper_length_mm - birds.flipper_length_mm.mean()) / 10
    line = best_line(mse, flipper, birds.body_mass_g / 1000)
    assert line == pytest.approx(Line(0.4968557, 4.2017544))


@pytest.mark.parametrize("loss", [mse, mae, huber], ids=str)
def test_points_on_a_line_give_that_line(loss: Loss) -> None:
    x = np.array([1.0, 2.0, 5.0, 5.0])
    assert best_line(loss, x, 3 * x - 2) == pytest.approx((3, -2))
    assert best_line(loss, x, np.full(4, 7.0)) == pytest.approx((0, 7))


def test_outlier_in_y_fools_the_square_only() -> None:
    x = np.arange(10.0)
    y = x.copy()
    y[9] = 100
    assert best_line(mae, x, y) == pytest.approx((1, 0), abs=1e-9)
    assert best_line(mse, x, y).weight > 4


@pytest.mark.parametrize("loss", [mse, mae], ids=str)
@pytest.mark.parametrize("x_unit", [(1e6, 0), (1e-9, 0), (1, 1e9)])
@pytest.mark.parametrize("y_unit", [(1e-14, 0), (1e9, 0), (1, 1e9)])
def test_units_do_not_matter(loss: Loss, x_unit: tuple[float, float], y_unit: tuple[float, float]) -> None:
    random = np.random.default_rng(1)
    x, y = random.normal(size=50), random.normal(size=50)
    (x_size, x_zero), (y_size, y_zero) = x_unit, y_unit
    there = best_line(loss, x_size * x + x_zero, y_size * y + y_zero).weight
    assert there == pytest.approx(best_line(loss, x, y).weight * y_size / x_size, rel=1e-6)


def test_steep_and_lopsided_losses_of_ones_own() -> None:
    fourth = Loss("fourth", "error", lambda e: e**4, lambda e: 4 * e**3)
    upper = Loss(
        "upper",
        "error",
        lambda e: np.where(e < 0, -9 * e, e),
        lambda e: np.where(e < 0, -9.0, 1.0),
        breaks=[0],
    )
    random = np.random.default_rng(2)
    x, y = random.normal(size=40), random.normal(size=40)
    line = best_line(fourth, x, y)
    assert fourth(y, line(x)) <= minimised(fourth, x, y) * (1 + 1e-6)
    above = best_line(upper, x, y)(x) - y
    assert np.mean(above >= -1e-9) >= 0.9  # nine tenths of the points lie on it or below


def test_where_weighting_is_stuck_a_line_through_two_points_is_better() -> None:
    upper = Loss(
        "upper",
        "error",
        lambda e: np.where(e < 0, -9 * e, e),
        lambda e: np.where(e < 0, -9.0, 1.0),
        breaks=[0],
    )
    x, y = np.array([3, 0, 0, 3, 3, 0, 0]), np.array([3, 4, 0, 4, 4, 2, 2])
    for times in (1, 5):  # with five points at each place, too
        line = best_line(upper, np.repeat(x, times), np.repeat(y, times))
        assert upper(y, line(x)) == pytest.approx(9 / 7)


def test_line_gives_heights() -> None:
    assert Line(2, 1)([0, 3]).tolist() == [1, 7]


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1], [2], "x must hold at least two points to lay a line through; got 1"),
        ([], [], "x must hold at least two points to lay a line through; got 0"),
        ([3, 3], [1, 2], "x is 3 for every point, and a line needs two different x"),
        ([1, 2, 3], [1, 2], "x and y must have one value per point each; got 3 and 2 values"),
        ([1, np.nan], [1, 2], r"x must be finite, but x\[1\] is nan; leave such points out"),
        ([1, 2], [np.inf, 2], r"y must be finite, but y\[0\] is inf"),
        ([[1, 2]], [1, 2], r"x must be a row of numbers, shape \(n,\); got shape \(1, 2\)"),
        (["a", "b"], [1, 2], r"x must be a row of numbers; got \['a', 'b'\]"),
        ([1, 2], None, "y must be"),
    ],
)
def test_refuses_points_without_a_line(x: object, y: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_points(x, y)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=message):
        best_line(mse, x, y)  # type: ignore[arg-type]


def test_refuses_a_loss_that_scores_no_line() -> None:
    with pytest.raises(
        ValueError, match="losses must be losses of the error, such as mse; hinge is one of the margin"
    ):
        best_line(hinge, [0, 1], [0, 1])
    with pytest.raises(TypeError, match="losses must be Loss objects, such as mse; got 'mse'"):
        best_line("mse", [0, 1], [0, 1])  # type: ignore[arg-type]
    for end in (10, np.inf):
        root = Loss("root", "error", np.sqrt, lambda e: 0.5 / np.sqrt(e), domain=(0, end))
        with pytest.raises(ValueError, match=f"root has the domain from 0 to {end}"):
            best_line(root, [0, 1], [0, 1])
