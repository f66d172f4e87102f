"""Models against their definitions, at the extremes, and with input that cannot be right."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lossviz.models import linear_logit, sigmoid, softmax

LOGITS = st.floats(-30, 30)


def test_linear_logit_weighs_and_adds() -> None:
    assert_array_equal(linear_logit([[1, 2], [3, -1]], [0.5, 1], -2), [0.5, -1.5])
    assert linear_logit([1, 2], [0.5, 1], 0) == 2.5


@given(LOGITS)
def test_sigmoid_is_its_definition(z: float) -> None:
    assert_allclose(sigmoid(z), 1 / (1 + math.exp(-z)), rtol=1e-14)
    assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-14)


@given(st.lists(LOGITS, min_size=2, max_size=6))
def test_softmax_is_its_definition(logits: list[float]) -> None:
    shares = [math.exp(z) for z in logits]
    assert_allclose(softmax(logits), np.array(shares) / math.fsum(shares), rtol=1e-13)


@given(st.lists(LOGITS, min_size=2, max_size=6), LOGITS)
def test_softmax_does_not_see_a_shift(logits: list[float], shift: float) -> None:
    assert_allclose(softmax(np.array(logits) + shift), softmax(logits), rtol=1e-12)


def test_softmax_of_two_is_the_sigmoid_of_their_difference() -> None:
    assert_allclose(softmax([[3.0, 1.0], [0.0, 5.0]])[:, 0], sigmoid([2, -5]), rtol=1e-14)


def test_extreme_logits_neither_overflow_nor_warn() -> None:
    with np.errstate(all="raise", under="ignore"):
        assert_array_equal(sigmoid([-1e3, 1e3]), [0, 1])
        assert_array_equal(softmax([[1e3, -1e3], [1e3, 1e3], [-1e3, -1e3]]), [[1, 0], [0.5, 0.5], [0.5, 0.5]])
    assert sigmoid(36) < 1
    assert sigmoid(37) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: linear_logit([[1, 2, 3]], [1, 2], 0), r"x must have shape \(n, 2\)"),
        (lambda: linear_logit([[[1, 2]]], [1, 2], 0), r"x must have shape \(n, 2\).*got \(1, 1, 2\)"),
        (lambda: linear_logit([[1, 2]], [[1, 2]], 0), r"weights must have shape \(d,\)"),
        (lambda: linear_logit([[1, 2]], [1, 2], np.zeros(2)), "bias must be one number"),  # type: ignore[arg-type]
        (lambda: linear_logit([[1, np.nan]], [1, 2], 0), "x holds NaN"),
        (lambda: linear_logit([[1, 2]], [1, np.inf], 0), "weights holds inf"),
        (lambda: linear_logit([[1, 2]], [1, 2], np.nan), "bias holds NaN"),
        (lambda: sigmoid(np.inf), "logit holds inf"),
        (lambda: sigmoid("surely"), "logit must hold numbers"),
        (lambda: softmax([1]), "2 or more classes"),
        (lambda: softmax([[[1, 2]]]), r"got \(1, 1, 2\)"),
        (lambda: softmax([[1, np.nan]]), "logits holds NaN"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
