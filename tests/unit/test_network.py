"""The small network: against a plain loop, finite differences, and itself however its rows are batched."""

import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import lossviz
from lossviz import binary_cross_entropy, brier, cross_entropy, hinge, huber, logistic, mse, penguins
from lossviz.descent import descend
from lossviz.loss import Loss
from lossviz.network import MLP
from lossviz.variables import Array

SMOOTH = (mse, huber, logistic, binary_cross_entropy.from_logits, brier.from_logits)
LOSSES = (*SMOOTH, hinge)
SEEDS = st.integers(0, 2**32 - 1)
WIDTHS = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(lambda widths: (*widths, 1))


def examples(loss: Loss, inputs: int, seed: int, n: int = 7) -> tuple[Array, Array]:
    """Make examples, with the labels or numbers that a loss asks for."""
    random = np.random.default_rng(seed)
    x, label = random.normal(size=(n, inputs)), random.integers(0, 2, n).astype(float)
    actual = {"error": random.normal(size=n), "margin": 2 * label - 1, "binary margin": label}
    return x, actual[loss.variable.name]


def birds() -> tuple[Array, Array]:
    """Return the bills of Adelie (−1) and Chinstrap (+1) penguins, standardised."""
    complete = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = complete.species != "Gentoo"
    bills = np.column_stack([complete.bill_length_mm, complete.bill_depth_mm])[two]
    return (bills - bills.mean(axis=0)) / bills.std(axis=0), np.where(
        complete.species[two] == "Chinstrap", 1, -1
    )


def logit_by_loop(network: MLP, parameters: Array, example: Array) -> float:
    """Compute one logit with plain numbers, one after another, from the row of parameters."""
    rest, outputs = iter(parameters.tolist()), example.tolist()
    for inputs, units in pairwise(network.widths):
        weights = [[next(rest) for _ in range(inputs)] for _ in range(units)]
        sums = [math.fsum(w * h for w, h in zip(row, outputs, strict=True)) + next(rest) for row in weights]
        outputs = [math.tanh(z) for z in sums]
    return sums[0]


# ------------------------------------------------------------------------------------------ what it predicts


@given(WIDTHS, SEEDS)
def test_logit_is_that_of_a_plain_loop(widths: tuple[int, ...], seed: int) -> None:
    network, random = MLP(widths), np.random.default_rng(seed)
    parameters, x = random.normal(size=(3, network.count)), random.normal(size=(4, widths[0]))
    expected = [[logit_by_loop(network, row, example) for example in x] for row in parameters]
    assert_allclose(network.logit(parameters, x), expected, rtol=0, atol=3e-14)
    assert network.logit(parameters[0], x).shape == (4,)


def test_tanh_is_right_to_the_last_digits() -> None:
    network = MLP((1, 1, 1))  # weight, bias, weight, bias
    z = np.concatenate([np.linspace(-40, 40, 4001), [0, 1e-9, -1e-300, 800, -800]])
    assert_allclose(network.logit([1, 0, 1, 0], z[:, np.newaxis]), np.tanh(z), rtol=0, atol=4e-16)
    assert network.logit([1, 0, 1, 0], [[0]]) == 0


def test_it_neither_overflows_nor_warns() -> None:
    x, actual = examples(logistic, 2, seed=0)
    network = MLP((2, 3, 3, 1))
    for scale in (1e3, 1e150):
        parameters = scale * network.initial(1)
        with np.errstate(all="raise", under="ignore"):
            assert np.isfinite(network.logit(parameters, x)).all()
            assert np.isfinite(network.scores(logistic, x, actual)(parameters))
            assert np.isfinite(network.gradient(logistic, parameters, x, actual)).all()


# ------------------------------------------------------------------------------------------------- its score


@given(WIDTHS, st.sampled_from(LOSSES), SEEDS)
def test_score_is_the_loss_of_the_logits(widths: tuple[int, ...], loss: Loss, seed: int) -> None:
    network = MLP(widths)
    x, actual = examples(loss, widths[0], seed)
    parameters = np.random.default_rng(seed).normal(size=network.count)
    assert network.scores(loss, x, actual)(parameters) == loss(actual, network.logit(parameters, x))


@given(WIDTHS, st.sampled_from(LOSSES), st.lists(st.integers(1, 40), min_size=1, max_size=4), SEEDS)
def test_a_row_has_the_same_score_in_any_company(
    widths: tuple[int, ...], loss: Loss, sizes: list[int], seed: int
) -> None:
    network, random = MLP(widths), np.random.default_rng(seed)
    x, actual = examples(loss, widths[0], seed, n=101)
    rows = random.normal(size=(sum(sizes), network.count))
    scores = network.scores(loss, x, actual)
    one_by_one = [scores(row) for row in rows]
    assert_array_equal(scores(rows), one_by_one)
    parts = np.split(rows, np.cumsum(sizes)[:-1])
    assert_array_equal(np.concatenate([scores(part) for part in parts]), one_by_one)
    assert_array_equal(np.concatenate([network.logit(part, x) for part in parts]), network.logit(rows, x))


def test_many_blocks_of_rows_and_threads_give_the_same_bits() -> None:
    network = MLP((2, 16, 16, 1))
    x, actual = examples(logistic, 2, seed=3, n=512)
    rows = np.random.default_rng(3).normal(size=(300, network.count))
    kept = rows.copy()
    scores = network.scores(logistic, x, actual)
    expected = [scores(row) for row in rows]
    with ThreadPoolExecutor(4) as threads:
        for answer in threads.map(scores, [rows] * 8):
            assert_array_equal(answer, expected)
    assert_array_equal(rows, kept)


def test_scores_can_be_sent_to_another_process() -> None:
    network = MLP((2, 3, 1))
    scores = network.scores(logistic, *examples(logistic, 2, seed=0))
    sent = pickle.loads(pickle.dumps(scores))
    assert sent(network.initial(5)) == scores(network.initial(5))


def test_scores_keep_examples_of_their_own() -> None:
    x, actual = examples(mse, 2, seed=0)
    network = MLP((2, 3, 1))
    scores = network.scores(mse, x, actual)
    before = scores(network.initial())
    x += 1
    actual += 1
    assert scores(network.initial()) == before


# ---------------------------------------------------------------------------------------------- its gradient


def by_differences(network: MLP, loss: Loss, parameters: Array, x: Array, actual: Array) -> Array:
    """Return the slopes of the score by central differences."""
    steps = 1e-5 * np.eye(network.count)
    scores = network.scores(loss, x, actual)
    return (scores(parameters + steps) - scores(parameters - steps)) / 2e-5


@given(WIDTHS, st.sampled_from(SMOOTH), SEEDS)
def test_gradient_is_what_differences_say(widths: tuple[int, ...], loss: Loss, seed: int) -> None:
    network = MLP(widths)
    x, actual = examples(loss, widths[0], seed)
    parameters = np.random.default_rng(seed).normal(size=network.count)
    expected = by_differences(network, loss, parameters, x, actual)
    assert_allclose(network.gradient(loss, parameters, x, actual), expected, rtol=1e-5, atol=2e-7)


def test_it_learns_to_tell_penguins_apart() -> None:
    x, actual = birds()
    network = MLP((2, 16, 16, 1))
    scores, start = network.scores(logistic, x, actual), network.initial(0)

    def slope(parameters: Array) -> Array:
        return network.gradient(logistic, parameters, x, actual)

    path = descend(scores, slope, start, rate=0.5, steps=300)
    assert path.losses[0] > 0.5
    assert path.losses[-1] < 0.06
    trained = path.points[-1]
    assert np.mean(np.sign(network.logit(trained, x)) == actual) > 0.97
    expected = by_differences(network, logistic, trained, x, actual)
    assert_allclose(slope(trained), expected, rtol=1e-5, atol=1e-9)


# -------------------------------------------------------------------------------------------- its parameters


@given(WIDTHS)
def test_shapes_tell_where_everything_lies(widths: tuple[int, ...]) -> None:
    network = MLP(widths)
    places = np.arange(float(network.count))
    arrays = [array for layer in network.layers(places) for array in layer]
    assert tuple(array.shape for array in arrays) == network.shapes
    assert_array_equal(np.concatenate([array.ravel() for array in arrays]), places)
    many = network.layers(np.stack([places, places]))
    assert [weights.shape for weights, _ in many] == [(2, *shape) for shape in network.shapes[::2]]


def test_layers_are_views() -> None:
    network = MLP((2, 3, 1))
    parameters = network.initial()
    for weights, biases in network.layers(parameters):
        weights[:], biases[:] = 1, 2
    assert_array_equal(np.unique(parameters), [1, 2])


def test_initial_parameters_are_glorots() -> None:
    network = MLP((2, 200, 200, 1))
    parameters = network.initial(seed=4)
    for weights, biases in network.layers(parameters):
        most = math.sqrt(6 / (weights.shape[0] + weights.shape[1]))
        assert 0.9 * most < np.abs(weights).max() <= most
        assert_array_equal(biases, 0)
    assert_array_equal(network.initial(seed=4), parameters)
    assert (network.initial(seed=5) != parameters).any()


def test_a_network_is_a_value() -> None:
    assert MLP([2, np.int64(3), 1]) == MLP((2, 3, 1))  # type: ignore[arg-type]
    assert repr(MLP((2, 3, 1))) == "MLP(widths=(2, 3, 1))"
    assert lossviz.MLP is MLP


# ------------------------------------------------------------------------------------------------- bad input

NETWORK = MLP((2, 3, 1))
ROW, X, ACTUAL = NETWORK.initial(), [[0.0, 1.0], [1.0, 0.0]], [1, -1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: MLP((2,)), "widths must run from the number of inputs to 1 output"),
        (lambda: MLP((2, 0, 1)), r"1 or more; got \(2, 0, 1\)"),
        (lambda: MLP((2, 3)), "to 1 output"),
        (lambda: MLP((2, 1.5, 1)), "widths must be whole numbers"),  # type: ignore[arg-type]
        (lambda: MLP(3), "widths must be whole numbers"),  # type: ignore[arg-type]
        (lambda: NETWORK.logit(ROW[1:], X), r"parameters must have shape \(13,\) or \(k, 13\).*got \(12,\)"),
        (lambda: NETWORK.logit(ROW[np.newaxis, np.newaxis], X), r"got \(1, 1, 13\)"),
        (lambda: NETWORK.logit(ROW * np.nan, X), "parameters holds NaN"),
        (
            lambda: NETWORK.logit(ROW, [0, 1]),
            r"x must have shape \(n, 2\), a row for each.*got \(2,\)",
        ),
        (lambda: NETWORK.logit(ROW, [[0, 1, 2]]), r"got \(1, 3\)"),
        (lambda: NETWORK.logit(ROW, [[0, np.inf]]), "x holds inf"),
        (lambda: NETWORK.scores(logistic, X, [1]), r"actual must have shape \(2,\)"),
        (lambda: NETWORK.scores(logistic, X, [1, 0]), "actual must be -1 or \\+1"),
        (lambda: NETWORK.scores(binary_cross_entropy, X, [1, 0]), "binary_cross_entropy takes a probability"),
        (lambda: NETWORK.scores(cross_entropy, X, [1, 0]), "loss must take the logit as it is"),
        (lambda: NETWORK.scores(cross_entropy.from_logits, X, [1, 0]), "takes a class margin"),
        (lambda: NETWORK.gradient(brier, ROW, X, [1, 0]), "brier takes a probability"),
        (lambda: NETWORK.gradient(logistic, ROW, X, [1, 0]), "actual must be -1 or \\+1"),
        (lambda: NETWORK.gradient(logistic, ROW, X, [1]), "actual"),
        (lambda: NETWORK.gradient(logistic, [ROW], X, ACTUAL), r"parameters must be one row, shape \(13,\)"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
