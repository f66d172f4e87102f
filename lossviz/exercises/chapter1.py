"""Exercises of chapter 1: the scorekeeper of learning."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.losses import mae, mse


def _line_and_points(rng: np.random.Generator) -> Inputs:
    """Two to five points and a line, with one decimal, so that a learner can check them by hand."""
    n = rng.integers(2, 6)
    return {
        "x": rng.integers(-50, 50, n) / 10,
        "actual": rng.integers(-50, 50, n) / 10,
        "weight": rng.integers(1, 30) / 10,
        "bias": rng.integers(-30, 0) / 10,
    }


def _points_and_weights(rng: np.random.Generator) -> Inputs:
    """Points, a bias, and four to seven weights to try."""
    n = rng.integers(3, 6)
    return {
        "x": rng.integers(-50, 50, n) / 10,
        "actual": rng.integers(-50, 50, n) / 10,
        "weights": rng.choice(np.arange(-30, 31), size=rng.integers(4, 8), replace=False) / 10,
        "bias": rng.integers(-30, 30) / 10,
    }


ONE_AT_A_TIME = "Score one weight at a time: each of them makes a line, with a prediction for every x."


def _scores(x, actual, weights, bias, loss=mse):  # type: ignore[no-untyped-def]
    return np.array([loss(actual, weight * x + bias) for weight in weights])


EXERCISES = (
    Exercise(
        id="1.1",
        level=1,
        title="A score by hand",
        reference=3.25,
        draw=None,
        tolerance=1e-3,
        hints=(
            "First write down what the line predicts at each of the four places.",
            "The predictions are 1, 2, 3 and 4. Take the four errors, and multiply each by itself.",
            "The four losses are 0, 9, 0 and 4. The score is their mean.",
        ),
        mistakes=(
            Mistake(13, "This is the sum of the losses; the score is their mean, so divide by 4."),
            Mistake(
                6.5,
                "You divided by 2, the number of points that are missed; those that are hit count too.",
            ),
            Mistake(-0.25, "This is the mean of the errors; multiply each error by itself first."),
            Mistake(0.0625, "You squared after taking the mean, so that errors cancelled; square first."),
            Mistake(1.25, "This is the mean distance; here each error is multiplied by itself."),
            Mistake(-1.25, "The square of −3 is 9, not −9: a minus times a minus is a plus."),
            Mistake(4.75, "Your line seems to be y = x; the bias of 1 is missing in each prediction."),
            Mistake(3.25**0.5, "This is the square root of the score; leave out the root."),
        ),
    ),
    Exercise(
        id="1.2",
        level=2,
        title="The score of a line",
        reference=lambda x, actual, weight, bias: mse(actual, weight * x + bias),
        draw=_line_and_points,
        hints=(
            "Two steps: what does the line predict, and how far off is that?",
            "The predictions are `weight * x + bias`, all at once. The errors are these minus `actual`.",
            "Multiply each error by itself, `errors**2`, and take the mean with `np.mean`.",
        ),
        mistakes=(
            Mistake(
                lambda x, actual, weight, bias: mse(actual, weight * x),
                "The bias is missing: without it every line goes through the origin.",
            ),
            Mistake(
                lambda x, actual, weight, bias: mse(actual, bias * x + weight),
                "Weight and bias have changed places: the weight is multiplied by x, the bias is added.",
            ),
            Mistake(
                lambda x, actual, weight, bias: mse(actual, weight * (x + bias)),
                "You multiplied the bias by the weight as well; add it after the product.",
            ),
            Mistake(
                lambda x, actual, weight, bias: mse.each(actual, weight * x + bias),
                "These are the losses, one per example; the score is their mean.",
            ),
            Mistake(
                lambda x, actual, weight, bias: mse.each(actual, weight * x + bias).sum(),
                "This is the sum of the losses, which grows with the data; divide by their number.",
            ),
            Mistake(
                lambda x, actual, weight, bias: np.mean(weight * x + bias - actual) ** 2,
                "You squared after taking the mean, so errors of opposite sign cancel; square first.",
            ),
            Mistake(
                lambda x, actual, weight, bias: np.mean(weight * x + bias - actual),
                "This is the mean of the errors, where too high and too low cancel; square them first.",
            ),
            Mistake(
                lambda x, actual, weight, bias: mae(actual, weight * x + bias),
                "This is the mean distance; here the loss is the error multiplied by itself.",
            ),
            Mistake(
                lambda x, actual, weight, bias: np.sqrt(mse(actual, weight * x + bias)),
                "This is the square root of the score; leave out the root.",
            ),
            Mistake(
                lambda x, actual, weight, bias: weight * x + bias,
                "These are the predictions; compare them with actual, and score the differences.",
            ),
        ),
    ),
    Exercise(
        id="1.3",
        level=2,
        title="Two lines, one height",
        reference=0.694,
        draw=None,
        tolerance=0.013,  # it is read off a figure, whose slider stops near it: 0.69 or 0.7
        hints=(
            "Keep the bias at 4.2, and walk straight across the valley: where is its floor?",
            "The floor is at a weight of about 0.5. The valley rises alike on both sides of it.",
            "From 0.3 to the floor it is 0.197. Go as far again on the other side.",
        ),
        mistakes=(
            Mistake(0.3, "That is the same line once more; the other one is across the valley."),
            Mistake(
                -0.3,
                "You mirrored the weight at 0, but the valley is not symmetric about 0; look for its floor.",
            ),
            Mistake(0.497, "That is the floor of the valley, where the score is lowest."),
            Mistake(  # 0.197 as well as 0.2
                0.1985,
                "That is the way from 0.3 to the floor; go as far again beyond the floor.",
            ),
            Mistake(0.231, "That is the score, the height; the weight is asked for, the place."),
        ),
    ),
    Exercise(
        id="1.4",
        level=2,
        title="A worse line?",
        reference="B",
        draw=None,
        hints=(
            "Are Ada's line and Ben's line different lines?",
            "An error of 0.3 kg is an error of 300 g. What happens to it when it is squared?",
            "Every error is 1,000 times as large a number. Multiplied by itself that makes a million.",
        ),
        mistakes=(
            Mistake(
                "A",
                "The two lines predict the same mass for every bird; only the unit of the answer differs.",
            ),
            Mistake(
                "C",
                "The errors are 1,000 times as large, but the loss multiplies each of them by itself: "
                "a million times.",
            ),
            Mistake(
                "D",
                "Scores can be compared when data, loss and unit are the same; here only the unit is not.",
            ),
        ),
    ),
    Exercise(
        id="1.5",
        level=2,
        title="Training by trying",
        reference=lambda x, actual, weights, bias: weights[np.argmin(_scores(x, actual, weights, bias))],
        draw=_points_and_weights,
        hints=(
            "Each weight makes a line, and each line has a score. Which line do you keep?",
            "Collect the scores in a list: one `mse(actual, weight * x + bias)` for each weight.",
            "The lowest score stands at the place `np.argmin(scores)`; return the weight at that place.",
        ),
        mistakes=(
            Mistake(
                lambda x, actual, weights, bias: weights[np.argmax(_scores(x, actual, weights, bias))],
                "This is the weight with the highest score; low is good.",
            ),
            Mistake(
                lambda x, actual, weights, bias: np.min(_scores(x, actual, weights, bias)),
                "This is the lowest score; return the weight that reaches it.",
            ),
            Mistake(
                lambda x, actual, weights, bias: np.argmin(_scores(x, actual, weights, bias)),
                "This is the place in the list, counted from 0; return the weight that stands there.",
            ),
            Mistake(
                lambda x, actual, weights, bias: _scores(x, actual, weights, bias),
                "These are the scores of all the lines; return the weight of the best one.",
            ),
            Mistake(
                lambda x, actual, weights, bias: weights[np.argmin(_scores(x, actual, weights, 0))],
                "The bias is missing: you scored lines through the origin.",
            ),
            Mistake(
                lambda x, actual, weights, bias: weights[
                    np.argmin([np.mean(weight * x + bias - actual) for weight in weights])
                ],
                "You looked for the lowest mean error, which can be far below 0; square the errors first.",
            ),
            Mistake(
                lambda x, actual, weights, bias: weights[np.argmin(_scores(x, actual, weights, bias, mae))],
                "You scored with the mean distance; here the loss is the error multiplied by itself.",
            ),
            Mistake(
                lambda x, actual, weights, bias: np.mean(x * (actual - bias)) / np.mean(x**2),
                "This is the best of all weights; the best one in the list is asked for.",
            ),
            Mistake(
                lambda x, actual, weights, bias: weights[-1],
                "This is the last weight tried; keep the one with the lowest score.",
            ),
            Mistake(
                lambda x, actual, weights, bias: weights[0],
                "This is the first weight tried; is the return inside the loop?",
            ),
        ),
        stumbles={
            "could not be broadcast": ONE_AT_A_TIME,  # weights * x
            "must have shape (n,)": ONE_AT_A_TIME,  # mse of a table, a row for each weight
        },
    ),
)
