"""Exercises of chapter 3: cross-entropy. Those about logits stand in ``chapter3_logits.py``."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.exercises.chapter3_logits import BREAK, SLOPES, SOFTMAX, STABLE, TWO_SOFTMAXES
from lossviz.losses import cross_entropy


def _few_pictures(rng: np.random.Generator) -> Inputs:
    """Two to five pictures of three classes, with probabilities in tenths, none of them 0."""
    n = rng.integers(2, 6)
    return {"actual": rng.integers(0, 3, n), "predicted": (1 + rng.multinomial(7, [1 / 3] * 3, n)) / 10}


def _given(actual, predicted):  # type: ignore[no-untyped-def]
    """Return the probability that each picture's correct class was given."""
    return predicted[np.arange(len(actual)), actual]


BY_HAND = Exercise(
    id="3.1",
    level=1,
    title="A score by hand",
    reference=7 / 4 * np.log(2),
    draw=None,
    tolerance=2e-3,  # with log 2 = 0.69 it comes out as 1.2075, with 0.693 as 1.213
    hints=(
        "One loss for each picture, and then their mean.",
        "The loss of ½ is log 2. And ¼ is ½ · ½, so that its loss is twice as much.",
        "The losses are 1, 1, 2 and 3 times log 2. Their mean is 7/4 times 0.693.",
    ),
    mistakes=(
        Mistake(7 / 4, "This is the score in bits; in nats each of them is 0.693."),
        Mistake(7 / 4 * np.log10(2), "You took the logarithm to base 10; the natural one is asked for."),
        Mistake(7 * np.log(2), "This is the sum of the losses; the score is their mean, so divide by 4."),
        Mistake(-7 / 4 * np.log(2), "The minus is missing: the logarithm of a probability is negative."),
        Mistake(
            -np.log(11 / 32),
            "You took the logarithm of the mean probability; first the losses, then their mean.",
        ),
        Mistake(
            -np.mean(np.log([1 / 2, 1 / 2, 3 / 4, 7 / 8])),
            "You took the logarithm of 1 − p, which is the loss if all the answers were wrong.",
        ),
        Mistake(21 / 32, "This is the mean of 1 − p; the loss is the logarithm of p, with a minus."),
        Mistake(
            1 / 128, "This is the likelihood, the product of the four; its logarithm leads to the score."
        ),
        Mistake(6 / 4 * np.log(2), "The loss of ⅛ is three times log 2: ⅛ is ½ · ½ · ½."),
    ),
)

SCORE = Exercise(
    id="3.2",
    level=2,
    title="Cross-entropy",
    reference=cross_entropy,
    draw=_few_pictures,
    hints=(
        "From each row you need a single number: the probability in the column of the correct class.",
        "For picture i that number is `predicted[i, actual[i]]`. Collect them all, then take logarithms.",
        "With `p = predicted[np.arange(len(actual)), actual]` you have them. Return `-np.mean(np.log(p))`.",
    ),
    mistakes=(
        Mistake(cross_entropy.each, "These are the losses, one per picture; the score is their mean."),
        Mistake(
            lambda actual, predicted: cross_entropy.each(actual, predicted).sum(),
            "This is the sum of the losses, which grows with the data; divide by their number.",
        ),
        Mistake(
            lambda actual, predicted: -cross_entropy(actual, predicted),
            "The minus is missing: the logarithm of a probability is negative, and a loss is not.",
        ),
        Mistake(
            lambda actual, predicted: cross_entropy(actual, predicted) / np.log(2),
            "This is the score in bits; for nats use np.log, not np.log2.",
        ),
        Mistake(
            lambda actual, predicted: cross_entropy(actual, predicted) / np.log(10),
            "You took the logarithm to base 10; np.log is the natural one.",
        ),
        Mistake(
            lambda actual, predicted: cross_entropy(actual, predicted) / 3,
            "You divided by the number of all cells; divide by the number of pictures.",
        ),
        Mistake(
            lambda actual, predicted: -np.mean(np.log(predicted)),
            "You took the mean over all classes; only the correct class of each picture counts.",
        ),
        Mistake(
            lambda actual, predicted: -np.mean(np.log(predicted).sum(axis=1)),
            "You added up the losses of all classes; only the correct class of each picture counts.",
        ),
        Mistake(
            lambda actual, predicted: -np.mean(np.log(predicted[:, actual])),
            "Your predicted[:, actual] takes these columns from every row; each row needs its own column: "
            "predicted[np.arange(len(actual)), actual].",
        ),
        Mistake(
            lambda actual, predicted: -np.mean(np.log(1 - _given(actual, predicted))),
            "You took the logarithm of 1 − p, so that being right is what costs.",
        ),
        Mistake(
            lambda actual, predicted: -np.log(np.mean(_given(actual, predicted))),
            "You took the logarithm of the mean probability; first the logarithms, then their mean.",
        ),
        Mistake(
            lambda actual, predicted: cross_entropy((actual - 1) % 3, predicted),
            "Your columns are off by one: the classes are numbered from 0, as NumPy counts.",
        ),
        Mistake(
            lambda actual, predicted: -np.mean(np.log(predicted.max(axis=1))),
            "You took the largest probability of each row; the one of the correct class counts.",
        ),
        Mistake(
            lambda actual, predicted: np.mean(1 - _given(actual, predicted)),
            "This is the mean of 1 − p; the loss is the logarithm of p, with a minus.",
        ),
        Mistake(
            lambda actual, predicted: np.mean(_given(actual, predicted)),
            "This is the mean of the probabilities; take their logarithms first, with a minus.",
        ),
    ),
)

STEEPEST = Exercise(
    id="3.3",
    level=2,
    title="Where squared error is steepest",
    reference=-np.log(2),
    draw=None,
    tolerance=0.2,  # it is read off a figure, near the flat top of a hill
    hints=(
        "In the lower panel the curve of the squared error has one highest place.",
        "It is not where the sigmoid is steepest, at 0. Move on to the side where the answer is wrong.",
        "There the probability of the correct class is ⅓. Read off its logit: between −0.9 and −0.5.",
    ),
    mistakes=(
        Mistake(
            0,
            "There the sigmoid is steepest. But the slope is also as large as what is missing to 1, "
            "and a little to the left more is missing.",
        ),
        Mistake(np.log(2), "Turn the sign: at positive logits the answer is right already."),
        Mistake(1 / 3, "This is the probability there, or the size of the slope; the logit is asked for."),
        Mistake(-8 / 27, "This is the slope there; the logit is asked for."),
        Mistake(-11, "Out there the cross-entropy is steepest, and the squared error is almost flat."),
        Mistake(
            -0.9,
            "Close. The hill is flat on top: read the number of the slope, and find where it is largest.",
            near=0.56,  # from -1.4 to -0.4
        ),
    ),
)

EXERCISES = (BY_HAND, SCORE, STEEPEST, SOFTMAX, SLOPES, BREAK, STABLE, TWO_SOFTMAXES)
