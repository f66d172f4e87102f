"""What a LossCurve cannot show is refused by a message, and changes nothing."""

import numpy as np
import pytest
import traitlets

from lossviz import (
    Loss,
    LossCurve,
    cross_entropy,
    hinge,
    logistic,
    mse,
)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"value": 99}, r"value must lie in the range from -3 to 3; got 99"),
        ({"value": float("nan")}, r"value must lie in the range"),
        ({"value": "x"}, r"'value' trait .* expected a float"),
        ({"marks": [1, 99]}, r"99"),
        ({"range": (3, -3)}, r"range must be two finite numbers, the lower first"),
        ({"range": (0, float("inf"))}, r"range must be two finite numbers"),
        ({"loss_range": (1, 1)}, r"loss_range must be two finite numbers, the lower first"),
        ({"name": "Two Words"}, r"name must be lower-case letters"),
        ({"name": ""}, r"name must be lower-case letters"),
    ],
)
def test_refuses_a_state_it_cannot_show(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(traitlets.TraitError, match=message):
        LossCurve(mse, **{"name": "bowl", **arguments})  # type: ignore[arg-type]


def test_refuses_an_unknown_keyword() -> None:
    with pytest.raises(TypeError, match="vaule"):
        LossCurve(mse, name="bowl", vaule=1)  # type: ignore[call-arg]


def test_refuses_no_loss() -> None:
    with pytest.raises(TypeError, match="losses is empty"):
        LossCurve(name="bowl")


def test_refuses_what_is_no_loss() -> None:
    with pytest.raises(TypeError, match="losses must be Loss objects, such as mse; got 'mse'"):
        LossCurve("mse", name="bowl")  # type: ignore[arg-type]


def test_refuses_losses_of_different_variables() -> None:
    with pytest.raises(
        ValueError, match="losses must share one natural variable, but mse has error, hinge has margin"
    ):
        LossCurve(mse, hinge, name="mixed")


def test_refuses_the_same_loss_twice() -> None:
    with pytest.raises(ValueError, match="losses must all be different"):
        LossCurve(mse, mse, name="twice")


@pytest.mark.parametrize("ends", [(-1, 1), (0, 2)])
def test_refuses_a_range_outside_the_domain(ends: tuple[float, float]) -> None:
    with pytest.raises(traitlets.TraitError, match=r"range .* leaves the domain of cross_entropy"):
        LossCurve(cross_entropy, name="wall", range=ends)


def test_refuses_a_value_too_close_to_infinity_to_be_drawn_right() -> None:
    with pytest.raises(
        traitlets.TraitError, match="value = 1e-14 is too close to where cross_entropy is infinite"
    ):
        LossCurve(cross_entropy, name="wall", value=1e-14)


def test_a_refused_change_leaves_everything_as_it_was() -> None:
    figure = LossCurve(logistic, name="soft", value=1, marks=[2])
    before = figure.get_state()
    for trait, wrong in {"value": 7, "range": (0, 1.5), "marks": [9], "losses": (mse, hinge)}.items():
        with pytest.raises((traitlets.TraitError, ValueError)):
            setattr(figure, trait, wrong)
    assert figure.get_state() == before


def test_a_curve_that_cannot_be_drawn_is_refused_before_anything_changes() -> None:
    figure = LossCurve(mse, name="bowl", value=1)
    before = figure.get_state()
    wrong = Loss("wrong", "error", curve=lambda e: e**2, curve_slope=lambda e: -2 * e)
    with pytest.raises(ValueError, match="curve_slope"):
        figure.losses = (wrong,)
    assert figure.losses == (mse,)
    assert figure.get_state() == before


def test_an_infinite_end_may_be_the_upper_one() -> None:
    wall = Loss("wall", "probability", lambda p: -np.log(1 - p), lambda p: 1 / (1 - p))
    with pytest.raises(traitlets.TraitError, match="too close to where wall is infinite"):
        LossCurve(wall, name="wall", value=1 - 1e-14)
