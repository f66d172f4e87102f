"""Exercises of chapter 2: mean squared error."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.losses import huber, mae, mse


def _few_predictions(rng: np.random.Generator) -> Inputs:
    """Two to five examples, with one decimal, so that a learner can check them by hand."""
    n = rng.integers(2, 6)
    return {"actual": rng.integers(-50, 50, n) / 10, "predicted": rng.integers(-50, 50, n) / 10}


def _few_predictions_and_a_border(rng: np.random.Generator) -> Inputs:
    """Add a border for the Huber loss, so that some errors lie inside it and some outside."""
    return {**_few_predictions(rng), "delta": rng.integers(5, 40) / 10}


def _huber_in_pieces(inside, outside):  # type: ignore[no-untyped-def]
    """Return a function that costs `inside(e)` up to the border and `outside(e, delta)` beyond it."""

    def each(actual, predicted, delta):  # type: ignore[no-untyped-def]
        e = predicted - actual
        return np.where(np.abs(e) <= delta, inside(e), outside(e, delta))

    return each


def _rmse(actual, predicted):  # type: ignore[no-untyped-def]
    return np.sqrt(mse(actual, predicted))


EXERCISES = (
    Exercise(
        id="2.1",
        level=1,
        title="Root mean squared error",
        reference=_rmse,
        draw=_few_predictions,
        hints=(
            "Read the name from its end: error, squared, mean, root.",
            "All the squared errors at once are `(predicted - actual) ** 2`.",
            "Around them comes `np.mean(...)`, and around all of that `np.sqrt(...)`.",
        ),
        mistakes=(
            Mistake(mse, "The root is missing: this is the mean squared error."),
            Mistake(
                mae.each,
                "You took the root of each square, and that is the size of each error; the mean comes first.",
            ),
            Mistake(
                mae,
                "The mean of the roots is the mean absolute error; take the mean first, then one root of it.",
            ),
            Mistake(mse.each, "These are the squared errors; take their mean, and then the root."),
            Mistake(
                lambda actual, predicted: np.sqrt(mse.each(actual, predicted).sum()),
                "This is the root of the sum of the squares, and it grows with the data; take their mean.",
            ),
            Mistake(
                lambda actual, predicted: np.sqrt(mse.each(actual, predicted).sum()) / np.size(actual),
                "You divided after the root; divide the sum of the squares first, then take the root.",
            ),
            Mistake(
                lambda actual, predicted: np.abs(np.mean(predicted - actual)),
                "You squared after taking the mean, so errors of opposite sign cancel; square first.",
            ),
            Mistake(
                lambda actual, predicted: mse(actual, predicted) / 2,
                "This is half of the mean: ** comes before /, so ** 1 / 2 needs brackets, ** (1 / 2).",
            ),
            Mistake(
                lambda actual, predicted: np.std(predicted - actual),
                "This is the standard deviation of the errors: it takes off their mean first.",
            ),
            Mistake(
                lambda actual, predicted: np.sqrt(mse.each(actual, predicted).sum() / (np.size(actual) - 1)),
                "You divided by n - 1, as for a variance that is estimated; a mean divides by n.",
            ),
            Mistake(
                lambda actual, predicted: mae.each(actual, predicted)[0],
                "This is the first example only; is the return inside the loop?",
            ),
        ),
    ),
    Exercise(
        id="2.2",
        level=2,
        title="The slope of the squared error",
        reference=mse.slope,
        draw=_few_predictions,
        hints=(
            "Move one prediction up a little: does its squared error grow or shrink, and how fast?",
            "The slope of x² is 2x, and here x is the error, predicted - actual.",
            "Return one number per example: twice its error with its sign, `2 * (predicted - actual)`.",
        ),
        mistakes=(
            Mistake(
                lambda actual, predicted: -mse.slope(actual, predicted),
                "The sign is turned: when the prediction is too high, raising it makes the loss grow, "
                "so the slope is positive.",
            ),
            Mistake(
                lambda actual, predicted: mse.slope(actual, predicted) / 2,
                "The 2 is missing: the slope of x² is 2x, not x.",
            ),
            Mistake(
                lambda actual, predicted: mse.slope(actual, predicted) / np.size(actual),
                "You divided by the number of examples: that is the slope of the score, "
                "and this asks for the slope of each example's own loss.",
            ),
            Mistake(mse.each, "This is the squared error itself; its slope says how fast it changes."),
            Mistake(
                lambda actual, predicted: np.abs(mse.slope(actual, predicted)),
                "The size is right but the sign is lost, and the sign is what says which way is down.",
            ),
            Mistake(
                lambda actual, predicted: np.mean(mse.slope(actual, predicted)),
                "You took the mean; this asks for one slope per example, an array.",
            ),
            Mistake(
                lambda actual, predicted: mse.slope(actual, predicted).sum(),
                "You added the slopes up; this asks for one slope per example, an array.",
            ),
            Mistake(
                lambda actual, predicted: mse.slope(actual, predicted)[0],
                "This is the slope of the first example only; is the return inside the loop?",
            ),
            Mistake(
                lambda actual, predicted: 2 * predicted - actual,
                "This doubles the prediction alone; brackets double the error, 2 * (predicted - actual).",
            ),
            Mistake(
                lambda actual, predicted: -mse.slope(actual, predicted) / 2,
                "The 2 is missing and the sign is turned: the slope of x² is 2x, x being predicted - actual.",
            ),
            Mistake(
                lambda actual, predicted: -mse.slope(actual, predicted) / np.size(actual),
                "The sign is turned, and you divided by the number of examples: "
                "each example's own loss is asked for.",
            ),
            Mistake(
                lambda actual, predicted: 2 * mse.each(actual, predicted),
                "The square should be gone: the slope of x² is 2x, not 2x².",
            ),
            Mistake(
                mae.slope,
                "These are the slopes of the absolute error; those of the squared error grow with it.",
            ),
        ),
    ),
    Exercise(
        id="2.3",
        level=1,
        title="One number for everybody",
        reference=10,
        draw=None,
        tolerance=1e-3,
        hints=(
            "Which average does the squared error aim at?",
            "It aims at the mean: let the far answer pull as hard as it is far.",
            "Add the five answers, and divide by five.",
        ),
        mistakes=(
            Mistake(
                3,
                "This is the median, best under the absolute error. Squared, its miss of 37 costs 1,369.",
            ),
            Mistake(20, "That is half-way between the extremes; the other three answers count too."),
            Mistake(50, "That is the sum of the answers; divide it by their number."),
            Mistake(12.5, "You divided by 4; an answer of 0 is an answer, and it pulls like any other."),
            Mistake(18, "Only the 40 was divided by 5; the sum needs brackets, (0 + 3 + 3 + 4 + 40) / 5."),
            Mistake(21.6, "That is the mean of the pets, further up; here are five other answers."),
            Mistake(2.5, "You left out the 40; an answer that is far away is the one that pulls hardest."),
        ),
    ),
    Exercise(
        id="2.4",
        level=2,
        title="Read the Huber curve",
        reference=2,
        draw=None,
        tolerance=0.02,  # it is read off a figure
        hints=(
            "Move the ring to the left until the Huber loss in the read-out is 1.5.",
            "You are past the border, where the loss is |e| − ½.",
            "On the right side e − ½ = 1.5 means e = 1.5 + ½.",
        ),
        mistakes=(
            Mistake(
                1.5,
                "There the absolute error is 1.5; the Huber curve runs half a unit below it and costs 1.",
            ),
            Mistake(
                1.5**0.5,
                "There the squared error is 1.5, but the Huber loss is less than half of that.",
            ),
            Mistake(
                3**0.5,
                "You used ½e² throughout; beyond the border at 1 the curve goes on straight, and lower.",
            ),
            Mistake(1, "There the Huber loss is ½; beyond the border it is |e| − ½, not |e| + ½."),
            Mistake(-2, "The curve has this height on the left as well; the positive error is asked for."),
        ),
    ),
    Exercise(
        id="2.5",
        level=2,
        title="Safe from a typo?",
        reference="C",
        draw=None,
        hints=(
            "In which direction does the typo move the point: up or down, or sideways?",
            "What did the line of the absolute error do in the figure whose last point lies far aside?",
            "A pull of 1 at a distance of 178 cm has a long lever: it turns the line all the same.",
        ),
        mistakes=(
            Mistake(
                "A",
                "It resists values far up or down. This typo moves a point sideways, onto a long lever.",
            ),
            Mistake(
                "B",
                "The squared error is fooled most of all: its line becomes almost level.",
            ),
            Mistake(
                "D",
                "Huber limits the pull as the absolute error does, not the lever; it is fooled even more.",
            ),
        ),
    ),
    Exercise(
        id="2.6",
        level=3,
        title="The Huber loss",
        reference=lambda actual, predicted, delta: huber.with_delta(delta).each(actual, predicted),
        draw=_few_predictions_and_a_border,
        hints=(
            "Work out both pieces for every error, then choose one of them, example by example.",
            "Choose with `np.where(condition, inside, outside)`; its condition is about the error's size.",
            "Inside is `0.5 * e**2`, outside `delta * np.abs(e) - 0.5 * delta**2`; "
            "inside means `np.abs(e) <= delta`.",
        ),
        mistakes=(
            Mistake(
                _huber_in_pieces(lambda e: e**2, lambda e, delta: delta * np.abs(e)),
                "The halves are missing: the pieces meet, but the slope drops at the border, and "
                "the curve is no longer a bowl.",
            ),
            Mistake(
                _huber_in_pieces(lambda e: 0.5 * e**2, lambda e, delta: delta * np.abs(e)),
                "The curve jumps at the border; take ½δ² off the straight piece, so that the two meet.",
            ),
            Mistake(
                _huber_in_pieces(lambda e: e**2, lambda e, delta: delta * np.abs(e) - 0.5 * delta**2),
                "The ½ is missing inside, so that the two pieces do not meet at the border.",
            ),
            Mistake(
                _huber_in_pieces(lambda e: 0.5 * e**2, lambda e, delta: delta * (np.abs(e) - delta)),
                "You took off δ² outside instead of ½δ², so that the two pieces do not meet.",
            ),
            Mistake(
                _huber_in_pieces(lambda e: 0.5 * e**2, lambda e, delta: delta * e - 0.5 * delta**2),
                "Outside, too low must cost as much as too high: use the size of the error, np.abs(e).",
            ),
            Mistake(
                lambda actual, predicted, delta: np.where(
                    predicted - actual <= delta,
                    0.5 * (predicted - actual) ** 2,
                    delta * np.abs(predicted - actual) - 0.5 * delta**2,
                ),
                "Your condition forgets the left side: an error of −10 is below δ, but it lies outside. "
                "Compare its size.",
            ),
            Mistake(
                lambda actual, predicted, delta: np.where(
                    np.abs(predicted - actual) >= delta,
                    0.5 * (predicted - actual) ** 2,
                    delta * np.abs(predicted - actual) - 0.5 * delta**2,
                ),
                "The two pieces have changed places: the parabola belongs within the border.",
            ),
            Mistake(
                _huber_in_pieces(lambda e: 0.5 * e**2, lambda e, delta: np.abs(e)),
                "Outside, this is the absolute error; there the slope is δ, and ½δ² comes off.",
            ),
            Mistake(
                lambda actual, predicted, delta: huber.each(actual, predicted),
                "Your border is always 1; use the delta that is handed in.",
            ),
            Mistake(
                lambda actual, predicted, delta: huber.with_delta(delta)(actual, predicted),
                "This is the score, the mean; one loss per example is asked for.",
            ),
            Mistake(
                lambda actual, predicted, delta: np.clip(predicted - actual, -delta, delta),
                "This is the slope of the Huber loss; the loss itself is asked for.",
            ),
            Mistake(
                lambda actual, predicted, delta: 0.5 * (predicted - actual) ** 2,
                "This is the parabola everywhere; beyond the border the curve goes on in a straight line.",
            ),
            Mistake(
                lambda actual, predicted, delta: delta * np.abs(predicted - actual) - 0.5 * delta**2,
                "This is the straight piece everywhere; within the border the curve is a parabola.",
            ),
        ),
    ),
)
