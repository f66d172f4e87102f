"""What LineFit refuses: nothing half-done, and with a message that names the argument."""

from typing import Any

import numpy as np
import pytest
import traitlets

from lossviz import LineFit, Loss, hinge, huber, mae, mse
from tests.unit.four_points import X, Y, four


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1], [1], "x must hold at least two points"),
        ([2, 2], [1, 3], "x is 2 for every point"),
        ([1, 2], [1, np.nan], r"y must be finite, but y\[1\] is nan"),
        ([1, 2], [1, 2, 3], "x and y must have one value per point each"),
        (["one", "two"], [1, 2], "x must be a row of numbers"),
    ],
)
def test_refuses_points_without_a_line(x: Any, y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LineFit(x, y, name="none")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weight": float("nan")}, "weight must be a finite number; got nan"),
        ({"bias": float("inf")}, "bias must be a finite number; got inf"),
        ({"weight": "x"}, "'weight' trait .* expected a float"),
        ({"loss": "huber"}, "loss must be one of mse, mae; got 'huber'"),
        ({"errors": "circles"}, "errors"),
        ({"show_best": "yes"}, "show_best"),
        ({"show_points": "no"}, "show_points"),
        ({"goal": 0.07}, "goal must be above 0.075, the best line's score; got 0.07"),
        ({"goal": float("nan")}, "goal must be above 0.075"),
        ({"goal": 1, "moves": 0}, "moves must be 1 or more, or None; got 0"),
        ({"moves": 3}, "moves needs a goal"),
        ({"name": "Two Words"}, "name must be lower-case letters"),
        ({"x_label": 3}, "x_label"),
    ],
)
def test_refuses_a_state_it_cannot_show(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(traitlets.TraitError, match=message):
        four(mse, mae, **arguments)


def test_refuses_an_unknown_keyword() -> None:
    with pytest.raises(TypeError, match="wieght"):
        four(wieght=1)


@pytest.mark.parametrize(
    ("losses", "error", "message"),
    [
        (["mse"], TypeError, "losses must be Loss objects, such as mse; got 'mse'"),
        ([mse, hinge], ValueError, "hinge is one of the margin"),
        ([huber, huber.with_delta(2)], ValueError, "losses must have different names; got huber, huber"),
    ],
)
def test_refuses_losses_that_score_no_line(losses: list[Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        four(*losses)


def test_a_refused_change_leaves_everything_as_it_was() -> None:
    figure = four(mse, mae, goal=0.2, moves=3)
    before, x, y = figure.get_state(), figure.x, figure.y
    wrong = Loss("wrong", "error", curve=lambda e: e**2, curve_slope=lambda e: -2 * e)
    changes: dict[str, Any] = {
        "x": [1, 1, 1, 1],
        "y": [1e200, 0, 0, 0],
        "weight": 1e6,
        "bias": -1e6,
        "loss": "huber",
        "losses": (mse, wrong),
        "goal": figure._score(figure.best),
        "moves": -1,
        "errors": "rings",
        "_moved": [[9, 1.0, 1.0]],
    }
    for trait, value in changes.items():
        with pytest.raises((traitlets.TraitError, ValueError)):
            setattr(figure, trait, value)
        assert figure.get_state() == before, trait
        assert figure.x is x, trait
        assert figure.y is y, trait
        assert figure.losses == (mse, mae)


def test_a_line_out_of_reach_is_told_the_reach() -> None:
    figure = four()
    with pytest.raises(traitlets.TraitError, match=r"weight must lie in the range from .* got 1000"):
        figure.weight = 1000
    assert LineFit(X, Y, name="steep", weight=1000).weight == 1000
