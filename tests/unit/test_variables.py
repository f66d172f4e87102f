"""Each natural variable: what it measures, how it changes with the prediction, what it refuses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lossviz.variables import VARIABLES, Array, chain_rule

NUMBERS = st.floats(-30, 30)


def measure(name: str, actual: object, predicted: object) -> tuple[Array, Array]:
    return VARIABLES[name].measure(actual, predicted)


def test_error_is_predicted_minus_actual() -> None:
    u, du = measure("error", [1, 2, 3], [1, 4, 2])
    assert_array_equal(u, [0, 2, -1])
    assert_array_equal(du, [1, 1, 1])


def test_margin_is_actual_times_logit() -> None:
    u, du = measure("margin", [-1, 1], [3, 0.5])
    assert_array_equal(u, [-3, 0.5])
    assert_array_equal(du, [-1, 1])


def test_binary_margin_takes_zero_one_labels() -> None:
    u, du = measure("binary margin", [0, 1], [3, 0.5])
    assert_array_equal(u, [-3, 0.5])
    assert_array_equal(du, [-1, 1])


def test_probability_is_that_of_the_correct_class() -> None:
    u, du = measure("probability", [0, 1], [0.25, 0.25])
    assert_array_equal(u, [0.75, 0.25])
    assert_array_equal(du, [-1, 1])


def test_class_probability_is_that_of_the_correct_class() -> None:
    u, du = measure("class probability", [2, 0], [[0.2, 0.3, 0.5], [0.1, 0.9, 0.0]])
    assert_array_equal(u, [0.5, 0.1])
    assert_array_equal(du, [[0, 0, 1], [1, 0, 0]])


@given(st.lists(NUMBERS, min_size=2, max_size=6), st.data())
def test_class_margin_gives_the_softmax_probability(logits: list[float], data: st.DataObject) -> None:
    y = data.draw(st.integers(0, len(logits) - 1))
    u, _ = measure("class margin", [y], [logits])
    softmax = math.exp(logits[y]) / math.fsum(math.exp(z) for z in logits)
    assert_allclose(1 / (1 + np.exp(-u[0])), softmax, rtol=1e-9)


@given(st.lists(NUMBERS, min_size=2, max_size=6), st.data())
def test_class_margin_changes_with_each_logit_as_it_says(logits: list[float], data: st.DataObject) -> None:
    y = data.draw(st.integers(0, len(logits) - 1))
    _, du = measure("class margin", [y], [logits])
    for k in range(len(logits)):
        up, down = list(logits), list(logits)
        up[k] += 1e-5
        down[k] -= 1e-5
        difference = (measure("class margin", [y], [up])[0] - measure("class margin", [y], [down])[0]) / 2e-5
        assert_allclose(du[0, k], difference[0], atol=1e-7)


def test_class_margin_ignores_a_number_added_to_all_logits() -> None:
    u, _ = measure("class margin", [0], [[1.0, 2.0, 4.0]])
    shifted, _ = measure("class margin", [0], [[1025.0, 1026.0, 1028.0]])
    assert_array_equal(u, shifted)


def test_one_example_needs_no_brackets() -> None:
    assert measure("error", 100, 90)[0] == -10
    assert measure("class probability", 1, [0.2, 0.8])[0] == 0.8
    assert measure("class margin", 1, [0.0, 3.0])[0] == 3


def test_chain_rule_multiplies_and_knows_that_nothing_times_infinity_is_nothing() -> None:
    slope = chain_rule(np.array([-np.inf, 2.0]), np.array([[0.0, 1.0], [-1.0, 0.0]]))
    assert_array_equal(slope, [[0, -np.inf], [-2, 0]])


def test_chain_rule_gives_no_negative_zero() -> None:
    assert not np.signbit(chain_rule(np.array([0.0]), np.array([-1.0]))).any()


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_can_label_an_axis(name: str) -> None:
    variable = VARIABLES[name]
    assert variable.name == name
    assert variable.symbol
    assert variable.label
    low, high = variable.default_range
    assert variable.domain[0] <= low < high <= variable.domain[1]


ROWS = [[0.5, 0.5], [0.25, 0.75]]
BAD_INPUT = [
    # any variable
    ("error", [1, 2, 3], [1, 2], r"predicted has shape \(2,\) but actual has \(3,\); make them the same"),
    ("error", [1, 2, 3], 2, r"predicted has shape \(\) but actual has \(3,\)"),
    ("error", [], [], "actual is empty"),
    ("error", [1], [], "predicted is empty"),
    ("error", [1, 2, 3, 4], [1, 2, 3, math.nan], "predicted holds NaN at index 3"),
    ("error", [1, math.nan], [1, 2], "actual holds NaN at index 1"),
    ("error", math.nan, 1, "actual holds NaN; leave out"),
    ("error", [1, 2], [1, math.inf], "predicted holds inf at index 1; every number must be finite"),
    ("error", [1, 2], [-math.inf, 1], "predicted holds -inf at index 0"),
    ("error", ["1", "2"], [1, 2], r"actual must hold numbers and nothing else; got \['1', '2'\]"),
    ("error", [1, 2], None, "predicted must hold numbers and nothing else; got None"),
    ("error", [1, None], [1, 2], "actual must hold numbers and nothing else"),
    ("error", [1, 2], [1j, 2], "predicted must hold numbers and nothing else"),
    ("error", [[1], [1, 2]], [1, 2], "actual must be numbers in a regular array"),
    ("error", [[1], [2]], [1, 2], r"actual must have shape \(n,\), got \(2, 1\); .* actual.ravel\(\)"),
    ("error", [1, 2], [[1, 2]], r"predicted must have shape \(n,\), got \(1, 2\)"),
    # margins
    (
        "margin",
        [1, 1, 0],
        [1, 2, 3],
        r"actual must be -1 or \+1; for 0/1 labels use 2\*y - 1 \(got 0 at index 2\)",
    ),
    ("margin", [1, -1], [1, math.inf], "predicted holds inf at index 1"),
    ("binary margin", [-1, 1], [1, 2], r"actual must be 0 or 1; for -1/\+1 labels use \(y \+ 1\) / 2"),
    ("class margin", [0, 1], [[1, 2], [1, math.nan]], r"predicted holds NaN at index \(1, 1\)"),
    # probabilities
    ("probability", [1, -1], [0.1, 0.2], r"actual must be 0 or 1; .* \(got -1 at index 1\)"),
    ("probability", [0, 1], [0.5, 1.5], r"from 0 to 1; for logits use .from_logits \(got 1.5 at index 1\)"),
    ("probability", [0, 1], [-0.5, 0.5], r"from 0 to 1; .* \(got -0.5 at index 0\)"),
    ("class probability", [0, 1], [[0.5, 0.5], [-1, 2]], r"from_logits \(got -1 at index \(1, 0\)\)"),
    ("class probability", [0, 1], [[0.5, 0.5], [0.5, 0.6]], r"sum to 1 \(for logits.*\(got 1.1 at index 1\)"),
    # class indices
    ("class probability", [0, 2], ROWS, r"class indices from 0 to 1 \(got 2 at index 1\)"),
    ("class probability", [0, -1], ROWS, r"class indices from 0 to 1 \(got -1 at index 1\)"),
    ("class probability", [0, 0.5], ROWS, r"whole numbers \(got 0.5 at index 1\)"),
    ("class probability", [[1, 0], [0, 1]], ROWS, r"one-hot rows use actual.argmax\(axis=1\)"),
    ("class probability", [0, 1, 1], ROWS, r"predicted must have shape \(3, K\), .* got \(2, 2\)"),
    ("class probability", [0, 1], [0.5, 0.5], r"predicted must have shape \(2, K\), .* got \(2,\)"),
    ("class probability", 0, ROWS, r"predicted must have shape \(K,\)"),
    ("class probability", [0, 0], [[1.0], [1.0]], "2 or more classes"),
    ("class margin", [0, 0], [[1.0], [1.0]], "2 or more classes"),
]


@pytest.mark.parametrize(("name", "actual", "predicted", "message"), BAD_INPUT)
def test_bad_input_is_refused_with_the_way_out(
    name: str, actual: object, predicted: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        measure(name, actual, predicted)


def test_rows_may_miss_a_sum_of_one_by_rounding() -> None:
    row = np.full(3, 1 / 3, dtype=np.float32)
    assert_allclose(measure("class probability", [0], [row])[0], [1 / 3], rtol=1e-6)
