"""A sampled curve is as good as the formula, and a curve that cannot be sampled is refused."""

import math
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossviz.loss import Loss
from lossviz.losses import ALL, cross_entropy, hinge, huber, logistic, mae, mse, squared_hinge, zero_one
from lossviz.sampling import interpolate, sample

log_cosh = Loss("log cosh", "error", lambda e: np.logaddexp(e, -e) - math.log(2), np.tanh)
reciprocal = Loss("reciprocal", "error", lambda e: 1 / e, lambda e: -1 / e**2, domain=(0, math.inf))
root = Loss("root", "error", np.sqrt, lambda e: 0.5 / np.sqrt(e), domain=(0, math.inf))
mirrored = Loss("mirrored", "probability", lambda p: -np.log1p(-p), lambda p: 1 / (1 - p))
narrow = Loss(
    "narrow",
    "error",
    lambda e: np.exp(-((e - 1) ** 2) / 2e-4),
    lambda e: -(e - 1) / 1e-4 * np.exp(-((e - 1) ** 2) / 2e-4),
)
kink_undeclared = Loss("kink", "error", lambda e: np.abs(e - 0.3), lambda e: np.sign(e - 0.3))
jump_undeclared = Loss("jump", "error", lambda e: np.where(e > 0.3, 1.0, 0.0), np.zeros_like)

EVERY = [*ALL, huber.with_delta(2), cross_entropy.from_logits, log_cosh, reciprocal, root, mirrored, narrow]


def ids(loss: Loss) -> str:
    return loss.name


@pytest.mark.parametrize("loss", [*EVERY, kink_undeclared, jump_undeclared], ids=repr)
def test_the_promise_holds_at_random_points(loss: Loss) -> None:
    samples = sample(loss, *loss.variable.default_range)
    u = np.random.default_rng(0).uniform(*samples.resolved, 1000)
    value, slope = interpolate(samples, u)
    true_value, true_slope = loss.curve(u), loss.curve_slope(u)
    assert np.all(np.abs(value - true_value) <= 1e-6 * np.maximum(1, np.abs(true_value)))
    assert np.all(np.abs(slope - true_slope) <= 1e-3 * np.maximum(1, np.abs(true_slope)))


@pytest.mark.parametrize("loss", [cross_entropy, reciprocal], ids=ids)
def test_the_promise_holds_down_to_the_first_finite_row(loss: Loss) -> None:
    samples = sample(loss, 0, 1)
    u = np.exp(np.random.default_rng(1).uniform(math.log(samples.resolved[0]), 0, 1000))
    value, _ = interpolate(samples, u)
    assert np.all(np.abs(value - loss.curve(u)) <= 1e-6 * np.maximum(1, np.abs(loss.curve(u))))


@pytest.mark.parametrize("window", [(-3, 3), (-1, 1), (0, 1), (-50, 1e4), (0.999, 1.001), (-2, -1.5)])
@pytest.mark.parametrize(
    "loss", [huber, huber.with_delta(2), hinge, squared_hinge, zero_one, log_cosh], ids=repr
)
def test_the_promise_holds_in_other_windows(loss: Loss, window: tuple[float, float]) -> None:
    samples = sample(loss, *window)
    u = np.random.default_rng(2).uniform(*window, 1000)
    value, _ = interpolate(samples, u)
    assert np.all(np.abs(value - loss.curve(u)) <= 1e-6 * np.maximum(1, np.abs(loss.curve(u))))


@pytest.mark.parametrize("loss", [*EVERY, kink_undeclared], ids=repr)
def test_a_table_is_sorted_and_fills_the_window(loss: Loss) -> None:
    samples = sample(loss, *loss.variable.default_range)
    low, high = max(loss.domain[0], loss.variable.default_range[0]), loss.variable.default_range[1]
    assert samples.u.shape == samples.value.shape == samples.slope.shape
    assert samples.u.dtype == samples.value.dtype == samples.slope.dtype == np.float64
    assert np.all(np.diff(samples.u) >= 0)
    assert (samples.u[0], samples.u[-1]) == (low, high)
    with pytest.raises(ValueError, match="read-only"):
        samples.u[0] = 0


@pytest.mark.parametrize("loss", [loss for loss in EVERY if loss.breaks], ids=repr)
def test_breaks_are_exact_and_one_sided(loss: Loss) -> None:
    samples = sample(loss, -3, 3)
    for b in loss.breaks:
        assert np.count_nonzero(samples.u == b) == 3
        value, slope = interpolate(samples, [b])
        assert value[0] == loss.curve(b)
        assert slope[0] == loss.curve_slope(b)
        beside = b + np.array([-1e-9, 1e-9])
        value, slope = interpolate(samples, beside)
        assert_allclose(value, loss.curve(beside), atol=1e-12)
        assert_allclose(slope, loss.curve_slope(beside), atol=1e-8)


def test_a_jump_has_both_its_limits() -> None:
    samples = sample(zero_one, -3, 3)
    assert_array_equal(samples.u, [-3, 0, 0, 0, 3])
    assert_array_equal(samples.value, [1, 1, 1, 0, 0])


def test_a_break_at_the_end_of_the_window_goes_on_with_the_outer_slope() -> None:
    samples = sample(mae, 0, 1)
    assert_array_equal(samples.slope, [-1, 0, 1, 1])
    assert interpolate(samples, -2)[0] == 2


def test_a_break_at_the_end_of_the_domain_has_three_rows_too() -> None:
    own = Loss("own", "error", np.abs, np.sign, domain=(0, math.inf), breaks=[0])
    assert_array_equal(sample(own, -1, 1).u, [0, 0, 0, 1])


def test_few_rows_are_enough() -> None:
    assert_array_equal(sample(mse, -3, 3).u, [-3, 0, 3])
    assert_array_equal(sample(hinge, -3, 3).u, [-3, 0, 1, 1, 1, 3])
    assert len(sample(huber, -3, 3).u) == 9
    assert len(sample(cross_entropy, 0, 1).u) < 300


@pytest.mark.parametrize("window", [(-4, 4), (-3, 5), (-0.7, 1.3)])
def test_a_loss_that_is_0_at_0_is_read_as_0(window: tuple[float, float]) -> None:
    for loss in (mse, mae, huber):
        assert_array_equal(interpolate(sample(loss, *window), 0), (0, 0))


def test_a_window_at_the_limit_of_resolution_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(sample(mse, 1e6, 1e6 + 1e-6).u) == 2
        assert interpolate(sample(cross_entropy, 0, 1), 0.0)[0] == math.inf


def test_an_infinite_end_has_its_own_row() -> None:
    samples = sample(cross_entropy, 0, 1)
    assert (samples.u[0], samples.value[0], samples.slope[0]) == (0, math.inf, -math.inf)
    first, last = samples.resolved
    assert 0 < first <= 1e-12
    assert last == 1
    assert interpolate(samples, 0.0)[0] == math.inf
    below = interpolate(samples, first / 2)
    assert_allclose(
        below[0], cross_entropy.curve(first) + 0.5, rtol=1e-9
    )  # straight on from the first finite row
    assert below[1] == samples.slope[1]


def test_an_infinite_end_on_the_right() -> None:
    samples = sample(mirrored, 0, 1)
    assert samples.value[-1] == math.inf
    assert 1 - 1e-11 < samples.resolved[1] < 1
    assert interpolate(samples, 1.0)[0] == math.inf


def test_beyond_the_ends_the_curve_goes_on_straight() -> None:
    samples = sample(mse, -1, 2)
    value, slope = interpolate(samples, [-3, 5])
    assert_array_equal(value, [1 + 2 * 2, 4 + 4 * 3])
    assert_array_equal(slope, [-2, 4])


def test_interpolation_keeps_the_shape() -> None:
    value, slope = interpolate(sample(mse, -1, 1), [[0.5], [1.0]])
    assert value.shape == slope.shape == (2, 1)


def test_the_window_is_cut_to_the_domain() -> None:
    samples = sample(cross_entropy, -2, 5)
    assert (samples.u[0], samples.u[-1]) == (0, 1)
    assert np.isfinite(sample(cross_entropy, 0.1, 0.9).value).all()


@pytest.mark.parametrize(
    ("loss", "lo", "hi", "message"),
    [
        (mse, 1, 1, "lo must be less than hi"),
        (mse, 2, 1, "lo must be less than hi.*lo = 2, hi = 1"),
        (mse, -math.inf, 1, "both finite"),
        (mse, math.nan, 1, "lo must be less than hi"),
        (cross_entropy, 1, 2, "lo and hi miss the domain of cross_entropy, from 0 to 1; got 1 to 2"),
        (cross_entropy, -2, 0, "lo and hi miss the domain"),
    ],
)
def test_a_window_that_shows_nothing_is_refused(loss: Loss, lo: float, hi: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sample(loss, lo, hi)


Formula = Callable[[np.ndarray], np.ndarray]


@pytest.mark.parametrize(
    ("curve", "slope"),
    [
        (np.square, lambda e: e),  # forgot the 2
        (np.square, lambda e: -2 * e),  # sign turned
        (np.square, lambda e: 2 * e + 1e-3),  # a little off
        (np.abs, np.zeros_like),  # forgot it altogether
        (np.sin, np.sin),
        (lambda e: np.where(e > 0, e**2, 0), lambda e: np.where(e > 0, 2 * e, 0.5)),  # wrong on one side
    ],
)
def test_a_slope_that_contradicts_the_curve_is_refused(curve: Formula, slope: Formula) -> None:
    with pytest.raises(
        ValueError, match=r"curve_slope is not the slope of curve: at error = .* should be about"
    ):
        sample(Loss("own", "error", curve, slope), -3, 3)


def test_the_refusal_tells_where_what_was_expected_and_what_was_found() -> None:
    own = Loss("own", "error", lambda e: 3 * e, lambda e: np.full_like(e, 2))
    with pytest.raises(ValueError, match=r"at error = -2\.9985 it should be about 3, but it is 2"):
        sample(own, -3, 3)


def test_a_contradiction_too_narrow_for_the_audit_is_found_in_the_end() -> None:
    def slope(e: np.ndarray) -> np.ndarray:
        return np.where(np.abs(e - 0.0001) < 0.0012, 1.0, 0.0)  # between two audit points

    with pytest.raises(ValueError, match="curve_slope is not the slope of curve: at error = "):
        sample(Loss("own", "error", np.zeros_like, slope), -3, 3)


@pytest.mark.parametrize(
    ("curve", "slope", "message"),
    [
        (np.sqrt, np.sign, "curve returned NaN at error = -"),
        (np.square, np.sqrt, "curve_slope returned NaN"),
        (lambda e: 1.0, np.zeros_like, "curve returned shape"),
        (
            lambda e: 1 / np.abs(e),
            lambda e: -np.sign(e) / np.maximum(e**2, 1e-300),
            "curve is inf at error = 0; it must be finite",
        ),
    ],
)
def test_a_curve_that_cannot_be_drawn_is_refused(curve: Formula, slope: Formula, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sample(Loss("own", "error", curve, slope, breaks=[0]), -3, 3)


def test_a_curve_that_needs_too_many_rows_is_refused() -> None:
    wild = Loss("wild", "error", lambda e: np.sin(3000 * e), lambda e: 3000 * np.cos(3000 * e))
    with pytest.raises(
        ValueError, match=r"curve is too wild to be drawn near error = .* more than 4000 rows"
    ):
        sample(wild, -3, 3)


def test_the_slope_can_be_asked_for_more_exactly() -> None:
    m = np.linspace(-20, 20, 5001)
    for tolerance in (1e-4, 1e-7):
        table = sample(logistic, -200, 200, slope_tolerance=tolerance)
        wrong = np.abs(interpolate(table, m)[1] - logistic.curve_slope(m)).max()
        assert tolerance / 100 < wrong <= tolerance
