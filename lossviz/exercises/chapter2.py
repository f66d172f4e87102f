"""Exercises of chapter 2: mean squared error."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.losses import mae, mse


def _few_predictions(rng: np.random.Generator) -> Inputs:
    """Two to five examples, with one decimal, so that a learner can check them by hand."""
    n = rng.integers(2, 6)
    return {"actual": rng.integers(-50, 50, n) / 10, "predicted": rng.integers(-50, 50, n) / 10}


EXERCISES = (
    Exercise(
        id="2.1",
        level=1,
        title="Mean squared error",
        reference=mse,
        draw=_few_predictions,
        hints=(
            "Three steps, in this order: the errors, their squares, the mean of the squares.",
            "NumPy subtracts whole arrays: `predicted - actual` is the array of all the errors.",
            "To square each of them write `errors**2`; `np.mean(...)` turns an array into its mean.",
        ),
        mistakes=(
            Mistake(mse.each, "These are the squared errors, one per example; the score is their mean."),
            Mistake(
                lambda actual, predicted: mse.each(actual, predicted).sum(),
                "This is the sum of the squared errors, and it grows with the data; divide by their number.",
            ),
            Mistake(
                lambda actual, predicted: np.mean(predicted - actual) ** 2,
                "You squared after taking the mean, so errors of opposite sign cancel; square first.",
            ),
            Mistake(mae, "This is the mean absolute error; square each error instead of dropping its sign."),
            Mistake(
                lambda actual, predicted: np.sqrt(mse(actual, predicted)),
                "This is the square root of the mean squared error (RMSE); leave out the root.",
            ),
            Mistake(
                lambda actual, predicted: mse(actual, predicted) / 2,
                "This is half of it; some texts put ½ in front to tidy the slope, but the mean has none.",
            ),
            Mistake(
                lambda actual, predicted: np.mean(predicted**2 - actual**2),
                "You squared before subtracting; take the errors first, then square them.",
            ),
            Mistake(
                lambda actual, predicted: predicted - actual**2,
                "Only actual was squared: ** comes before -, so the errors need brackets. "
                "Then take the mean.",
            ),
            Mistake(
                lambda actual, predicted: np.mean(predicted - actual**2),
                "Only actual was squared: ** comes before -, so the errors need brackets.",
            ),
            Mistake(
                lambda actual, predicted: mse.each(actual, predicted).sum() / (np.size(actual) - 1),
                "You divided by n - 1, as for a variance that is estimated; a mean divides by n.",
            ),
            Mistake(
                lambda actual, predicted: mse.each(actual, predicted)[0],
                "This is the first squared error only; is the return inside the loop?",
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
)
