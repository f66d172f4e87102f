"""The right answers are right: what is worked out by hand or read off a figure is computed anew."""

import numpy as np
import pytest

from lossviz.data import penguins
from lossviz.descent import descend, direction_of
from lossviz.exercises import EXERCISES, check
from lossviz.losses import brier, hinge, huber, logistic, mse, squared_hinge
from lossviz.models import sigmoid
from lossviz.separating import train
from lossviz.widgets import Race


def test_what_is_read_off_the_figure_of_the_penguins() -> None:
    birds = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper, mass = birds.flipper_length_mm / 10, birds.body_mass_g / 1000
    deviation = flipper - flipper.mean()
    answer = EXERCISES["1.3"].reference
    assert mse(mass, 0.3 * deviation + 4.2) == pytest.approx(0.231, abs=5e-4)
    assert mse(mass, answer * deviation + 4.2) == pytest.approx(0.231, abs=5e-4)
    for step in (0.69, 0.7):  # of the slider
        assert check("1.3", step).passed
    for step in (0.67, 0.72):
        assert not check("1.3", step).passed
    for way in (0.197, 0.2):
        assert "go as far again beyond the floor" in repr(check("1.3", way))


def test_what_is_read_off_the_huber_curve() -> None:
    assert huber.curve(EXERCISES["2.4"].reference) == 1.5


def test_what_is_read_off_the_slopes_of_the_squared_error() -> None:
    logit = np.linspace(-12, 12, 24001)
    slope = np.gradient((1 - sigmoid(logit)) ** 2, logit)
    assert logit[np.argmin(slope)] == pytest.approx(EXERCISES["3.3"].reference, abs=1e-3)
    assert slope.min() == pytest.approx(-8 / 27, abs=1e-6)  # what a mistake calls the slope there


def test_the_best_logit_of_the_squared_hinge_is_as_told() -> None:
    logits = np.linspace(-2, 2, 401)
    score = 0.9 * squared_hinge.curve(logits) + 0.1 * squared_hinge.curve(-logits)
    assert logits[np.argmin(score)] == pytest.approx(0.8)
    assert sigmoid(0.8) == pytest.approx(0.69, abs=5e-3)


def test_where_the_naive_loss_breaks() -> None:
    logits = np.arange(1, 50, dtype=np.float32)
    with np.errstate(divide="ignore"):
        naive = -np.log(1 - 1 / (1 + np.exp(-logits)))
    assert naive.dtype == np.float32
    assert logits[np.isinf(naive)][0] == EXERCISES["3.6"].reference
    assert naive[logits == 16] == pytest.approx(15.9, abs=0.05)


def test_numbers_worked_out_by_hand() -> None:
    x, y = np.arange(4), np.array([1, 5, 3, 2])
    assert EXERCISES["1.1"].reference == mse(y, x + 1)
    assert EXERCISES["2.3"].reference == np.mean([0, 3, 3, 4, 40])
    assert EXERCISES["3.1"].reference == pytest.approx(-np.mean(np.log([1 / 2, 1 / 2, 1 / 4, 1 / 8])))


def test_margins_worked_out_by_hand_or_read_off_the_figure() -> None:
    assert EXERCISES["4.1"].reference == pytest.approx(hinge([1, 1, -1, -1], [3, 0.2, 0.5, -1]))
    margin = EXERCISES["4.6"].reference
    assert squared_hinge.curve(margin) == 3 * hinge.curve(margin)


def test_the_step_asked_for_is_the_step_of_training() -> None:
    for inputs in EXERCISES["4.5"].cases():
        x, actual, weights, bias, penalty, rate = inputs.values()
        trained = train(hinge, x, actual, weights, bias, penalty=penalty, rate=rate, steps=1)[-1]
        assert EXERCISES["4.5"].reference(*inputs.values()) == pytest.approx(trained)


@pytest.mark.parametrize(("times", "grows"), [(0.98, False), (1.02, True)])
def test_beyond_the_border_descent_breaks(times: float, grows: bool) -> None:
    x, actual = np.array([[1, 0], [-1, 1], [2, -1]]), np.array([1, -1, 1])
    rate = times * EXERCISES["4.7"].reference
    path = train(hinge, x, actual, [100, 0], 0, penalty=4, rate=rate, steps=200)
    assert (np.abs(path[-1]).max() > 1000) == grows


def test_steps_worked_out_by_hand_are_those_of_descent() -> None:
    path = descend(lambda p: float(p @ p) / 2, lambda p: p, [10.0], rate=0.1, steps=3, optimiser="momentum")
    assert EXERCISES["6.1"].reference == pytest.approx(path.points[-1, 0])
    for inputs in EXERCISES["6.3"].cases():
        start, rate, decay, steps = inputs.values()
        path = descend(lambda p: float(abs(p[0])), np.sign, [start], rate=rate, decay=decay, steps=steps)
        assert EXERCISES["6.3"].reference(*inputs.values()) == pytest.approx(path.points[-1, 0])


@pytest.mark.parametrize(
    ("id", "optimiser", "share"), [("6.2", "momentum", "momentum"), ("6.4", "rmsprop", "smoothing")]
)
def test_the_steps_asked_for_are_those_of_the_optimisers(id: str, optimiser: str, share: str) -> None:
    for inputs in EXERCISES[id].cases():
        place, memory, gradient, rate, kept = inputs.values()
        # A slope before this one that leaves such a memory.
        before = memory if optimiser == "momentum" else np.sqrt(memory / (1 - kept))
        direction = direction_of(optimiser, **{share: kept})
        direction(before)
        new_place, _ = EXERCISES[id].reference(*inputs.values())
        assert new_place == pytest.approx(place - rate * direction(gradient), rel=1e-6)


def test_what_is_read_off_the_three_terrains() -> None:
    x, actual = [-2, -1.2, -0.5, 0.6, 1.4, 2.2], [-1, -1, -1, 1, 1, 1]
    race = Race.of_lines(
        x, actual, [mse, logistic, hinge], name="three", weight=(-3, 5), bias=(-3, 3), start=(-2, 2.5)
    )
    race.roll(1000)
    squared, entropy, margin = race.paths
    first = {
        "6.5": np.argmax(squared.gradient_norms[:50] < entropy.gradient_norms[:50]),
        "the hinge": np.argmax(squared.gradient_norms[:50] < margin.gradient_norms[:50]),
        "the loss": np.argmax(squared.losses[:50] < entropy.losses[:50]),
    }
    assert first == {"6.5": EXERCISES["6.5"].reference, "the hinge": 7, "the loss": 3}
    assert (squared.end, squared.steps, margin.end, margin.steps) == ("rest", 81, "rest", 100)
    scores = [path.losses[min(100, path.steps)] for path in race.paths]
    assert np.round(scores, 3).tolist() == [0.188, 0.153, 0]  # as exercise 6.7 tells


def test_the_ridge_of_chapter_7_is_where_the_score_is_level() -> None:
    marks, side = np.array([1, 4, 4, 30]), np.array([-1, 1, 1, -1])
    weight = np.linspace(0.05, 0.4, 3501)
    score = brier.from_logits.curve(np.multiply.outer(weight, side * marks)).mean(axis=1)
    ridge = weight[np.argmax(score)]
    assert check("7.3", ridge).passed
    assert ridge == pytest.approx(EXERCISES["7.3"].reference, abs=5e-3)


def test_from_how_far_out_the_squared_error_does_not_come_back() -> None:
    def right(start: float) -> bool:
        """Whether 400 steps bring two examples, at −1 and 1, to their sides."""
        x, actual = np.array([-1.0, 1.0]), np.array([0, 1])
        path = descend(
            lambda w: brier.from_logits(actual, w[0] * x),
            lambda w: [np.mean(brier.from_logits.slope(actual, w[0] * x) * x)],
            [start],
            rate=1,
            steps=400,
        )
        return bool(path.points[-1, 0] > 0)

    reference = EXERCISES["7.4"].reference
    assert [right(-out) for out in range(1, reference)] == [True] * (reference - 1)
    assert not right(-reference)


def test_the_tilted_loss_aims_at_its_share() -> None:
    numbers = np.arange(1, 11)
    tilted = EXERCISES["7.6"].reference
    scores = [np.mean(tilted(numbers, guess, 0.85)) for guess in numbers]
    assert numbers[np.argmin(scores)] == 9  # above 8 of the 10 numbers, and not below the last
    assert tilted(np.array([3.0]), np.array([1.0]), 0.5) == [1.0]  # half the absolute error
