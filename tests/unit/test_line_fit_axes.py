"""The axes of LineFit: what they leave room for, and when they change."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from lossviz import LineFit, huber, mae, mse
from lossviz.fitting import best_line
from lossviz.plots_line import HANDLES
from lossviz.widgets._shared import round_ends
from tests.unit.four_points import X, Y, floats, four


def test_the_page_gets_points_curves_and_round_axes() -> None:
    figure = four(mse, huber)
    assert {name: floats(data) for name, data in figure._points.items()} == {"x": X, "y": Y}
    assert [curve["name"] for curve in figure._curves] == ["mse", "huber"]
    assert [curve["title"] for curve in figure._curves] == ["mean squared error", "Huber loss"]
    assert figure._start == (2, 1)
    assert (figure._x_range, figure._y_range) == ((-0.4, 3.4), (0.5, 8.5))


@pytest.mark.parametrize("shift", [0, 200])
@pytest.mark.parametrize("movable", [False, True])
def test_axes_hold_the_best_lines_and_curves_every_error(movable: bool, shift: float) -> None:
    x = np.array(X) + shift
    figure = LineFit(x, Y, mse, mae, name="far", weight=-5, movable=movable)
    for line in (best_line(mse, x, Y), best_line(mae, x, Y), (-5, figure.bias)):
        assert figure._weight_range[0] < line[0] < figure._weight_range[1]
        assert figure._bias_range[0] < line[1] < figure._bias_range[1]
    u = floats(figure._curves[0]["u"])
    corners = [
        w * at + b - to
        for w in figure._weight_range
        for b in figure._bias_range
        for at in figure._x_range
        for to in figure._y_range
    ]
    assert u[0] <= min(corners)
    assert u[-1] >= max(corners)


def test_axes_hold_a_tilted_line_far_from_zero() -> None:
    figure = LineFit(np.array(X) + 200, Y, name="far")
    weight, bias = figure.best
    for tilt in (-1.5, 1.5):  # about the middle of the points
        figure.weight, figure.bias = weight + tilt, bias - 201.5 * tilt


def test_round_ends() -> None:
    assert round_ends(-0.13, 1.04) == (-0.2, 1.1)
    assert round_ends(165.2, 231) == (165, 235)


def test_axes_have_room_where_points_can_move() -> None:
    assert four(movable=True)._x_range == (-0.8, 3.8)
    assert four(movable=True)._y_range == (-1, 10)


@pytest.mark.parametrize("shift", [0, 200])
@pytest.mark.parametrize("movable", [False, True])
def test_rings_stand_beside_the_points(movable: bool, shift: float) -> None:
    low, high = LineFit(np.array(X) + shift, Y, name="beside", movable=movable)._x_range
    first, last = ((at + shift - low) / (high - low) for at in (X[0], X[-1]))
    apart = 14 / 268  # a ring's and a point's radius, on the narrowest page
    assert first - HANDLES[0] > apart
    assert HANDLES[1] - last > apart
    (rings,) = [each for each in four().figure().axes[0].lines if each.get_marker() == "o"]
    x, y = np.asarray(rings.get_xydata()).T
    np.testing.assert_allclose(x, -0.4 + 3.8 * np.array(HANDLES))
    np.testing.assert_allclose(y, 2 * x + 1)  # they stand on the line


def best_squares(figure: LineFit) -> np.ndarray:
    """Corners of the squares of the best line, in units of the axes; shape (n, 5, 2)."""
    figure.weight, figure.bias = figure.best
    (squares,) = [c for c in figure.figure().axes[0].collections if type(c) is PolyCollection]
    return np.array([path.vertices for path in squares.get_paths()])


@pytest.mark.parametrize("y", [[2, 2.5, 6, 3.5, 4], [6, 3.5, 4, 2, 2.5], [1, 8, 2, 7, 1]])
def test_squares_of_the_best_line_are_whole(y: list[float]) -> None:
    figure = LineFit([1, 2, 3, 4, 5], y, name="squares", errors="squares", landscape=False)
    across = best_squares(figure)[..., 0]
    assert figure._x_range[0] <= across.min()
    assert across.max() <= figure._x_range[1]


def test_the_axis_widens_only_while_squares_are_drawn() -> None:
    figure = LineFit([1, 2, 3], [0, 0, 9], name="squares")
    narrow = figure._x_range
    figure.errors = "squares"
    wide = figure._x_range
    assert wide[0] < narrow[0]
    assert wide[1] - wide[0] <= 2 * (narrow[1] - narrow[0]) + 1
    figure.errors = "none"
    assert figure._x_range == narrow


def test_points_at_one_height() -> None:
    figure = LineFit([0, 1], [700, 700], name="level")
    assert figure.bias == 700
    assert figure._y_range == (350, 1050)
    assert LineFit([0, 1], [0.2, 0.2], name="low")._y_range == (-0.3, 0.7)
    assert figure._repr_mimebundle_()[0]["image/png"]
