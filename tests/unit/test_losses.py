"""Every loss against its definition in plain Python, and its slope against finite differences."""

import math
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lossviz.loss import Loss
from lossviz.losses import (
    ALL,
    Huber,
    binary_cross_entropy,
    brier,
    cross_entropy,
    hinge,
    huber,
    logistic,
    mae,
    mse,
    squared_hinge,
    zero_one,
)

LOGIT_LOSSES = (cross_entropy.from_logits, binary_cross_entropy.from_logits, brier.from_logits)
EVERY = (*ALL, *LOGIT_LOSSES, huber.with_delta(2))


def ids(loss: object) -> str:
    return repr(loss)


DEFINITIONS: list[tuple[Loss, Callable[[float], float]]] = [
    (mse, lambda e: e * e),
    (mae, lambda e: abs(e)),
    (huber, lambda e: e * e / 2 if abs(e) <= 1 else abs(e) - 1 / 2),
    (huber.with_delta(2), lambda e: e * e / 2 if abs(e) <= 2 else 2 * abs(e) - 2),
    (hinge, lambda m: max(0, 1 - m)),
    (squared_hinge, lambda m: max(0, 1 - m) ** 2),
    (logistic, lambda m: math.log1p(math.exp(-m))),
    (zero_one, lambda m: 1 if m <= 0 else 0),
    (cross_entropy.from_logits, lambda m: math.log1p(math.exp(-m))),
    (binary_cross_entropy.from_logits, lambda m: math.log1p(math.exp(-m))),
    (brier.from_logits, lambda m: 1 / (1 + math.exp(m)) ** 2),
    (cross_entropy, lambda p: -math.log(p)),
    (binary_cross_entropy, lambda p: -math.log(p)),
    (brier, lambda p: (1 - p) ** 2),
]


@pytest.mark.parametrize(("loss", "definition"), DEFINITIONS, ids=ids)
@given(data=st.data())
def test_curve_is_the_definition(
    loss: Loss, definition: Callable[[float], float], data: st.DataObject
) -> None:
    low, high = loss.domain if loss.domain == (0, 1) else (-30, 30)
    u = data.draw(st.floats(low, high, exclude_min=True))
    assert_allclose(loss.curve(u), definition(u), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("loss", EVERY, ids=ids)
@given(data=st.data())
def test_curve_slope_is_the_slope_of_the_curve(loss: Loss, data: st.DataObject) -> None:
    low, high = (0.01, 0.99) if loss.domain == (0, 1) else (-30, 30)
    u = data.draw(st.floats(low, high).filter(lambda u: all(abs(u - b) > 1e-3 for b in loss.breaks)))
    h = 1e-5
    difference = (loss.curve(u + h) - loss.curve(u - h)) / (2 * h)
    assert_allclose(loss.curve_slope(u), difference, rtol=1e-5, atol=1e-7)


def inputs_for(loss: Loss, n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Some input that the loss takes, with no kink near by."""
    if loss.variable.name.startswith("class"):
        logits = rng.normal(size=(n, 4))
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return rng.integers(0, 4, n), logits if loss.variable.name == "class margin" else p
    return {
        "error": (rng.normal(size=n), rng.normal(size=n)),
        "margin": (rng.choice([-1, 1], n), 2 * rng.normal(size=n)),
        "binary margin": (rng.choice([0, 1], n), 2 * rng.normal(size=n)),
        "probability": (rng.choice([0, 1], n), rng.uniform(0.1, 0.9, n)),
    }[loss.variable.name]


@pytest.mark.parametrize("loss", [loss for loss in EVERY if loss is not cross_entropy], ids=ids)
def test_slope_is_the_change_of_each_loss_with_its_prediction(loss: Loss) -> None:
    actual, predicted = inputs_for(loss, 50, np.random.default_rng(1))
    slope = loss.slope(actual, predicted)
    assert slope.shape == predicted.shape
    for place in np.ndindex(predicted.shape):
        up, down = predicted.copy(), predicted.copy()
        up[place] += 1e-6
        down[place] -= 1e-6
        difference = (loss.each(actual, up) - loss.each(actual, down))[place[0]] / 2e-6
        assert_allclose(slope[place], difference, rtol=1e-5, atol=1e-7)


def test_slope_of_cross_entropy_is_on_the_correct_class_alone() -> None:
    slope = cross_entropy.slope([2, 0], [[0.2, 0.3, 0.5], [0.1, 0.9, 0.0]])
    assert_array_equal(slope, [[0, 0, -2], [-10, 0, 0]])


def test_slope_of_cross_entropy_from_logits_is_probability_minus_truth() -> None:
    logits = np.array([[1.0, -2.0, 0.5]])
    p = np.exp(logits) / np.exp(logits).sum()
    assert_allclose(cross_entropy.from_logits.slope([1], logits), p - [[0, 1, 0]], rtol=1e-12)


@pytest.mark.parametrize("loss", EVERY, ids=ids)
def test_score_is_the_mean_of_each(loss: Loss) -> None:
    actual, predicted = inputs_for(loss, 20, np.random.default_rng(2))
    score, each = loss(actual, predicted), loss.each(actual, predicted)
    assert type(score) is float
    assert each.shape == (20,)
    assert each.dtype == np.float64
    assert score == np.mean(each)


CONVEX = [loss for loss in EVERY if loss not in (zero_one, brier.from_logits)]


@pytest.mark.parametrize("loss", CONVEX, ids=ids)
@given(data=st.data())
def test_every_loss_but_two_is_convex_in_its_variable(loss: Loss, data: st.DataObject) -> None:
    low, high = (1e-6, 1) if loss.domain == (0, 1) else (-30, 30)
    a, b = data.draw(st.floats(low, high)), data.draw(st.floats(low, high))
    t = data.draw(st.floats(0, 1))
    middle = min(max(a + t * (b - a), low), high)
    assert loss.curve(middle) <= (1 - t) * loss.curve(a) + t * loss.curve(b) + 1e-9


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=5), st.data())
def test_from_logits_agrees_with_the_loss_of_the_softmax(logits: list[float], data: st.DataObject) -> None:
    y = data.draw(st.integers(0, len(logits) - 1))
    p = np.exp(logits) / np.exp(logits).sum()
    assert_allclose(cross_entropy.from_logits([y], [logits]), cross_entropy([y], [p]), rtol=1e-9, atol=1e-14)


def test_two_classes_agree_with_the_binary_loss() -> None:
    y, z = np.array([0, 1, 1]), np.array([0.3, -2.0, 5.0])
    rows = np.column_stack([np.zeros(3), z])
    assert_allclose(cross_entropy.from_logits.each(y, rows), binary_cross_entropy.from_logits.each(y, z))
    assert_allclose(binary_cross_entropy.from_logits.each(y, z), logistic.each(2 * y - 1, z))


def test_the_squared_error_of_a_sigmoid_is_not_convex_in_the_logit() -> None:
    left, middle, right = brier.from_logits.curve([-10, -5, 0])
    assert middle > (left + right) / 2


def test_from_logits_agrees_with_the_brier_score_of_the_sigmoid() -> None:
    y, z = np.array([0, 1, 1]), np.array([0.3, -2.0, 5.0])
    p = 1 / (1 + np.exp(-z))
    assert_allclose(brier.from_logits.each(y, z), brier.each(y, p))
    assert_allclose(brier.from_logits.slope(y, z), 2 * (p - y) * p * (1 - p))


def test_briers_own_score_adds_up_both_classes_and_is_twice_ours() -> None:
    y, p = np.array([1, 0, 1]), np.array([0.9, 0.4, 0.2])
    truth, forecast = np.column_stack([1 - y, y]), np.column_stack([1 - p, p])
    assert_allclose(np.mean(np.sum((forecast - truth) ** 2, axis=1)), 2 * brier(y, p))


# --------------------------------------------------------------------------------- numbers quoted in the book


def test_the_slopes_of_a_confidently_wrong_sigmoid() -> None:
    assert_allclose(brier.from_logits.curve_slope(-10), -9.0787e-5, rtol=1e-4)
    assert_allclose(binary_cross_entropy.from_logits.curve_slope(-10), -0.99995, atol=1e-5)


def test_the_table_of_squared_errors() -> None:
    assert_array_equal(mse.each([100, 100, 100], [99, 90, 50]), [1, 100, 2500])


def test_the_table_of_surprise() -> None:
    assert_allclose(cross_entropy.curve([0.99, 0.50, 0.01]), [0.01005, 0.69315, 4.60517], atol=1e-5)


def test_no_margin_loss_is_bounded() -> None:
    assert hinge.curve(-10) == 11
    assert squared_hinge.curve(-10) == 121
    assert_allclose(logistic.curve(-10), 10.0000454, atol=1e-7)


# -------------------------------------------------------------------------------------------------- the edges


@pytest.mark.parametrize(
    ("loss", "u", "slope"),
    [(mae, 0, 0), (hinge, 1, 0), (squared_hinge, 1, 0), (huber, 1, 1), (huber, -1, -1), (zero_one, 0, 0)],
)
def test_slope_at_a_break_is_the_smallest_subgradient(loss: Loss, u: float, slope: float) -> None:
    assert u in loss.breaks
    assert loss.curve_slope(u) == slope


def test_a_margin_of_zero_counts_as_wrong() -> None:
    assert_array_equal(zero_one.each([1, -1, 1], [0, 0, 1e-300]), [1, 1, 0])


def test_probability_zero_is_infinitely_bad_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cross_entropy([0], [[0.0, 1.0]]) == math.inf
        assert_array_equal(cross_entropy.slope([0], [[0.0, 1.0]]), [[-math.inf, 0]])
        assert binary_cross_entropy([1, 0], [0.0, 0.5]) == math.inf
        assert_array_equal(binary_cross_entropy.slope([1, 0], [0.0, 1.0]), [-math.inf, math.inf])


def test_probability_one_is_a_plain_zero() -> None:
    assert str(cross_entropy([0], [[1.0, 0.0]])) == "0.0"
    assert str(binary_cross_entropy.curve(1)) == "0.0"


def test_huge_logits_are_exact() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cross_entropy.from_logits([0], [[-1e4, 1e4]]) == 2e4
        assert cross_entropy.from_logits([0], [[1e4, -1e4]]) == 0
        assert_array_equal(cross_entropy.from_logits.slope([0], [[-1e4, 1e4]]), [[-1, 1]])
        assert_array_equal(binary_cross_entropy.from_logits.each([0, 1], [1e4, 1e4]), [1e4, 0])
        assert_array_equal(logistic.slope([-1, 1], [1e4, 1e4]), [1, 0])


def test_logistic_slope_keeps_its_precision_where_it_is_tiny() -> None:
    assert_allclose(logistic.curve_slope([50, 700]), [-math.exp(-50), -math.exp(-700)], rtol=1e-12)


def test_the_brier_score_of_a_logit_keeps_its_precision_however_far_out() -> None:
    far = np.array([20.0, 50, 100, 300])
    slope = -2 * np.exp(-2 * far) / (1 + np.exp(-far)) ** 3
    assert_allclose(brier.from_logits.curve(far), (np.exp(-far) / (1 + np.exp(-far))) ** 2, rtol=1e-12)
    assert_allclose(brier.from_logits.curve_slope(far), slope, rtol=1e-12)
    assert_array_equal(brier.from_logits.curve([-700.0, 700]), [1, 0])  # exp(-1400) is below every float
    slope = np.array([-2 * math.exp(-700), -2 * math.exp(-50)])
    assert_allclose(brier.from_logits.curve_slope([-700, -50]), slope, rtol=1e-12)


@pytest.mark.parametrize("loss", EVERY, ids=ids)
def test_no_negative_zeros_where_the_loss_is_flat(loss: Loss) -> None:
    u = [0.5, 1.0] if loss.domain == (0, 1) else [0.0, 1.0, 2.0, 1e4]
    for values in (loss.curve(u), loss.curve_slope(u)):
        assert not np.signbit(values[values == 0]).any()


def test_one_example_may_be_a_plain_number() -> None:
    assert mse(100, 90) == 100.0
    assert mse.slope(100, 90) == -20
    assert cross_entropy(1, [0.5, 0.5]) == math.log(2)
    assert cross_entropy.slope(1, [0.5, 0.5]).shape == (2,)


def test_curve_keeps_the_shape_of_its_input() -> None:
    assert mse.curve([[1, 2], [3, 4]]).shape == (2, 2)
    assert mse.curve([1, 2]).dtype == np.float64
    assert mse.curve(3) == 9


@pytest.mark.parametrize("loss", EVERY, ids=ids)
def test_input_is_never_changed(loss: Loss) -> None:
    actual, predicted = inputs_for(loss, 20, np.random.default_rng(3))
    before = actual.copy(), predicted.copy()
    loss(actual, predicted)
    loss.slope(actual, predicted)
    assert_array_equal(actual, before[0])
    assert_array_equal(predicted, before[1])


def test_a_formula_that_works_in_place_spoils_nothing() -> None:
    def clipped(e: np.ndarray) -> np.ndarray:
        e[e < 0] = 0
        return e

    u = np.array([-1.0, 2.0])
    assert_array_equal(Loss("positive part", "error", clipped, np.sign).curve(u), [0, 2])
    assert_array_equal(u, [-1, 2])


# -------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("loss", "actual", "predicted", "message"),
    [
        (mse, [1, 2, 3], [1, 2], "predicted has shape"),
        (hinge, [0, 1], [1, 2], r"actual must be -1 or \+1; for 0/1 labels use 2\*y - 1"),
        (zero_one, [0, 1], [1, 2], r"actual must be -1 or \+1"),
        (binary_cross_entropy, [-1, 1], [0.1, 0.2], r"\(y \+ 1\) / 2"),
        (binary_cross_entropy, [0, 1], [0.1, 1.2], "from_logits"),
        (cross_entropy, [0, 3], [[0.5, 0.5], [0.5, 0.5]], "actual must hold class indices from 0 to 1"),
        (cross_entropy, [0, 1], [[2.0, 1.0], [0.5, 0.5]], "from_logits"),
    ],
)
def test_bad_input_is_refused_by_all_three_ways_to_call(
    loss: Loss, actual: list[float], predicted: list[float], message: str
) -> None:
    for call in (loss, loss.each, loss.slope):
        with pytest.raises(ValueError, match=message):
            call(actual, predicted)


@pytest.mark.parametrize(
    ("loss", "u", "message"),
    [
        (cross_entropy, [0.5, 1.5], "class probability is 1.5, outside the domain from 0 to 1"),
        (binary_cross_entropy, -0.1, "probability is -0.1, outside the domain"),
        (mse, math.nan, "error is nan, outside the domain"),
    ],
)
def test_a_value_outside_the_domain_is_refused(loss: Loss, u: object, message: str) -> None:
    for curve in (loss.curve, loss.curve_slope):
        with pytest.raises(ValueError, match=message):
            curve(u)  # type: ignore[arg-type]


def test_only_probability_losses_have_from_logits() -> None:
    with pytest.raises(AttributeError, match="mse has no from_logits"):
        _ = mse.from_logits


@pytest.mark.parametrize("delta", [0, -1, math.inf, math.nan, "2"])
def test_delta_must_be_a_size(delta: float) -> None:
    with pytest.raises(ValueError, match="delta must be a finite number above 0"):
        huber.with_delta(delta)


# ---------------------------------------------------------------------------------------- a loss of one's own


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"name": ""}, ValueError, "name must be"),
        ({"name": 3}, ValueError, "name must be"),
        ({"variable": "errors"}, ValueError, "variable must be one of 'error', 'margin'.*got 'errors'"),
        ({"variable": None}, ValueError, "variable must be one of"),
        ({"curve": 3}, TypeError, "curve must be a function of error; got 3"),
        ({"curve_slope": None}, TypeError, "curve_slope must be a function"),
        ({"domain": (1, 0)}, ValueError, r"domain must run from low to high within .* got \(1, 0\)"),
        ({"domain": (math.nan, 0)}, ValueError, "domain must run"),
        ({"variable": "probability", "domain": (2, 3)}, ValueError, "domain must run"),
        ({"domain": (0, 5), "breaks": [-1]}, ValueError, "breaks must lie in the domain from 0 to 5; got -1"),
        ({"breaks": [math.inf]}, ValueError, "breaks must lie"),
    ],
)
def test_a_loss_that_makes_no_sense_is_refused(
    change: dict[str, object], error: type[Exception], message: str
) -> None:
    fine: dict[str, object] = {"name": "own", "variable": "error", "curve": np.square, "curve_slope": np.sign}
    with pytest.raises(error, match=message):
        Loss(**(fine | change))  # type: ignore[arg-type]


def test_a_loss_of_ones_own_works_like_the_others() -> None:
    quartic = Loss("quartic", variable="error", curve=lambda e: e**4, curve_slope=lambda e: 4 * e**3)
    assert quartic([1, 1], [3, 1]) == 8
    assert_array_equal(quartic.slope([1, 1], [3, 1]), [32, 0])
    assert repr(quartic) == "Loss('quartic')"
    assert quartic.title == quartic.label == "quartic"


def test_the_domain_is_never_more_than_the_variable_can_be() -> None:
    own = Loss("own", "probability", lambda p: 1 - p, lambda p: np.full_like(p, -1))
    assert own.domain == (0, 1)


def test_a_narrow_domain_is_guarded() -> None:
    own = Loss("own", "error", np.sqrt, lambda e: 0.5 / np.sqrt(e), domain=(0, math.inf))
    with pytest.raises(ValueError, match="error is -1, outside the domain from 0 to inf"):
        own([1, 1], [2, 0])


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        (lambda e: 1.0, r"curve returned shape \(\) for input of shape \(2,\)"),
        (lambda e: np.sqrt(e), "curve returned NaN at error = -1"),
    ],
)
def test_a_curve_that_goes_wrong_is_named(curve: Callable[[np.ndarray], np.ndarray], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Loss("own", "error", curve, np.sign).each([0, 0], [1, -1])


def test_a_curve_for_single_numbers_is_told_about_arrays() -> None:
    own = Loss("own", "error", lambda e: max(0, e), np.sign)
    with pytest.raises(ValueError, match="truth value") as caught:
        own([0, 0], [1, 2])
    assert caught.value.__notes__ == [
        "curve gets a NumPy array: np.maximum, np.exp, np.where; not max, math.exp, if"
    ]


# --------------------------------------------------------------------------------------------------- identity


def test_repr_is_stable() -> None:
    assert repr(mse) == "Loss('mse')"
    assert repr(huber) == "Loss('huber', delta=1)"
    assert repr(cross_entropy.from_logits) == "Loss('cross_entropy.from_logits')"


def test_equal_losses_are_equal_and_others_are_not() -> None:
    assert huber.with_delta(1) == huber
    assert hash(huber.with_delta(2)) == hash(huber.with_delta(2.0))
    assert huber.with_delta(2) != huber
    assert len({*ALL, *ALL}) == 10
    own = Loss("mse", "error", np.abs, np.sign)
    assert own != mse


@pytest.mark.parametrize("loss", EVERY, ids=ids)
def test_a_loss_can_be_sent_to_another_process(loss: Loss) -> None:
    copy = pickle.loads(pickle.dumps(loss))
    assert copy == loss
    assert hash(copy) == hash(loss)


def test_a_loss_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        mse.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        huber.delta = 3  # type: ignore[misc]


def test_all_has_the_ten_losses_under_their_own_names() -> None:
    assert [loss.name for loss in ALL] == [
        "mse",
        "mae",
        "huber",
        "cross_entropy",
        "binary_cross_entropy",
        "brier",
        "hinge",
        "squared_hinge",
        "logistic",
        "zero_one",
    ]
    assert isinstance(huber, Huber)
    assert all(loss.formula and loss.title and loss.label for loss in ALL)


def test_huber_says_its_delta_when_it_is_not_one() -> None:
    assert huber.title == "Huber loss"
    assert huber.with_delta(2.5).label == "Huber loss (δ = 2.5)"
    assert huber.with_delta(2.5).breaks == (-2.5, 2.5)


def test_importing_the_losses_loads_no_figures() -> None:
    code = "import sys, lossviz.losses; print({'matplotlib', 'ipywidgets', 'anywidget'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
