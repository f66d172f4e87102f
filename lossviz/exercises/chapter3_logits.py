"""Exercises of chapter 3 about logits: softmax, the slope, and numbers that break."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.losses import binary_cross_entropy, cross_entropy
from lossviz.models import sigmoid, softmax


def _logits_of_one_picture(rng: np.random.Generator) -> Inputs:
    """Two to four logits; in most cases some of their exponentials come out as 0 or infinite."""
    logits = rng.integers(-30, 30, rng.integers(2, 5)) / 10 + rng.choice([-1000, 0, 1000])
    if rng.random() < 0.25:  # so far apart that only taking off the largest helps
        logits[:2] = rng.permutation([-1000, 1000])
    return {"logits": logits}


def _logits_of_some_pictures(rng: np.random.Generator) -> Inputs:
    """Two to four pictures of three classes."""
    n = rng.integers(2, 5)
    return {"actual": rng.integers(0, 3, n), "logits": rng.integers(-30, 30, (n, 3)) / 10}


def _right_and_wrong_logits(rng: np.random.Generator) -> Inputs:
    """Both answers; every other case also holds logits that are too large for a naive formula."""
    logit = rng.integers(-30, 30, 4) / 10
    if rng.random() < 0.5:
        logit[2:] = rng.choice([-1000, -50, 50, 1000], 2)
    return {"actual": rng.permutation([0, 1, 0, 1]), "logit": logit}


def _naive_softmax(logits):  # type: ignore[no-untyped-def]
    return np.exp(logits) / np.exp(logits).sum()


def _shifted_softmax(logits, shift):  # type: ignore[no-untyped-def]
    return _naive_softmax(logits - shift)


def _one_hot(actual):  # type: ignore[no-untyped-def]
    return np.eye(3)[actual]


def _naive_probability(logit):  # type: ignore[no-untyped-def]
    return 1 / (1 + np.exp(-logit))


def _clipped_at(rest):  # type: ignore[no-untyped-def]
    def loss(actual, logit):  # type: ignore[no-untyped-def]
        p = np.clip(_naive_probability(logit), rest, 1 - rest)
        return -np.log(np.where(actual == 1, p, 1 - p))

    return loss


SOFTMAX = Exercise(
    id="3.4",
    level=2,
    title="A softmax that does not overflow",
    reference=softmax,
    draw=_logits_of_one_picture,
    hints=(
        "What happens to the probabilities when you add the same number to all logits?",
        "Nothing. So take a number off first, such that no exponential can be too large.",
        "With `share = np.exp(logits - logits.max())` the largest exponential is 1. Divide by `share.sum()`.",
    ),
    mistakes=(
        Mistake(
            _naive_softmax,
            "For small logits this is right. But exp(1000) is infinite in Python, and infinity divided by "
            "infinity is no number; take the largest logit off first.",
        ),
        Mistake(
            lambda logits: _shifted_softmax(logits, logits.mean()),
            "The mean is not enough: with 1000 and −1000 side by side, 1000 is still there. "
            "Take the largest logit off.",
        ),
        Mistake(
            lambda logits: _shifted_softmax(logits, logits.min()),
            "The smallest makes it worse when logits lie apart: 1000 and −1000 become 2000 and 0. "
            "Take the largest logit off.",
        ),
        Mistake(
            lambda logits: np.exp(logits - logits.max()) / np.exp(logits).sum(),
            "You took the largest logit off above the line only; it cancels if it is gone below it too.",
        ),
        Mistake(
            lambda logits: np.exp(logits - logits.max()),
            "These do not add up to 1; divide them by their sum.",
        ),
        Mistake(np.exp, "These do not add up to 1, and exp(1000) is infinite: shift first, divide last."),
        Mistake(
            lambda logits: logits / logits.sum(),
            "The exponential is missing: logits can be negative, and then your shares are too.",
        ),
        Mistake(
            lambda logits: logits - logits.max() - np.log(np.exp(logits - logits.max()).sum()),
            "These are the logarithms of the probabilities; np.exp of them is what is asked for.",
        ),
        Mistake(
            lambda logits: np.exp(logits / logits.max()) / np.exp(logits / logits.max()).sum(),
            "You divided by the largest logit, which changes the result; subtract it.",
        ),
        Mistake(
            lambda logits: sigmoid(logits),
            "You squashed each logit by itself; softmax divides by the sum over all classes.",
        ),
    ),
)

SLOPES = Exercise(
    id="3.5",
    level=2,
    title="The slope in the logits",
    reference=cross_entropy.from_logits.slope,
    draw=_logits_of_some_pictures,
    hints=(
        "First the probabilities: `softmax(logits)` has a row for each picture.",
        "The slope is p − y, where y is 1 in the column of the correct class and 0 elsewhere.",
        "The rows of y are `np.eye(3)[actual]`. So return `softmax(logits) - np.eye(3)[actual]`.",
    ),
    mistakes=(
        Mistake(
            lambda actual, logits: _one_hot(actual) - softmax(logits),
            "The sign is turned: raising the correct logit lowers the loss, so its slope is negative.",
        ),
        Mistake(
            lambda actual, logits: softmax(logits),
            "These are the probabilities; take 1 off in the column of the correct class.",
        ),
        Mistake(
            lambda actual, logits: softmax(logits) - 1,
            "You took 1 off everywhere; y is 1 only in the column of the correct class.",
        ),
        Mistake(
            lambda actual, logits: (softmax(logits) - _one_hot(actual)) / len(actual),
            "You divided by the number of pictures: that is the slope of the score, "
            "and this asks for the slope of each picture's own loss.",
        ),
        Mistake(
            lambda actual, logits: (softmax(logits) - _one_hot(actual))[np.arange(len(actual)), actual],
            "These are the slopes of the correct classes only; the other logits have one each as well.",
        ),
        Mistake(
            lambda actual, logits: -_one_hot(actual) / softmax(logits),
            "This is the slope in the probabilities, −1/p; the slope in the logits is asked for.",
        ),
        Mistake(
            lambda actual, logits: logits - _one_hot(actual),
            "You forgot the softmax: p is a probability, not a logit.",
        ),
        Mistake(
            lambda actual, logits: softmax(logits) - _one_hot((actual - 1) % 3),
            "Your columns are off by one: the classes are numbered from 0, as NumPy counts.",
        ),
        Mistake(
            lambda actual, logits: softmax(logits) - np.isin(np.arange(3), actual),
            "You took 1 off these columns in every row; each row has its own correct class.",
        ),
    ),
)

BREAK = Exercise(
    id="3.6",
    level=1,
    title="Break it",
    reference=17,
    draw=None,
    hints=(
        "Try some logits by hand: 1, 10, 100. Between which of them does it break?",
        "The loss becomes infinite when p is rounded to exactly 1. Look between 10 and 20.",
        "Print `short_naive_loss(z)` for z from 10 to 20, and take the first that is `inf`.",
    ),
    mistakes=(
        Mistake(16, "There the loss is still finite, 15.9, though no longer exact."),
        Mistake(18, "There it is infinite, but so it is one step earlier."),
        Mistake(20, "There it is infinite, but so it is before; go back in steps of 1."),
        Mistake(
            36, "This is the last that numbers of 16 digits survive; those of 7 digits break much earlier."
        ),
        Mistake(37, "This breaks numbers of 16 digits; those of 7 digits break much earlier."),
        Mistake(100, "There it is infinite, but so it is long before. Have you tried 20?"),
        Mistake(89, "There exp itself overflows on the other side. The loss breaks long before."),
        Mistake(-17, "There p is nearly 0, which is the right answer, and the loss is small."),
        Mistake(
            500, "There it is infinite, but not for the first time; go back towards 10.", near=0.965
        ),  # all from 18 on
    ),
)

STABLE = Exercise(
    id="3.7",
    level=3,
    title="A loss that does not break",
    reference=binary_cross_entropy.from_logits.each,
    draw=_right_and_wrong_logits,
    hints=(
        "How far is each logit on the right side of 0? If the answer is 0, the negative side is right.",
        "Call that m. The loss is log(1 + exp(−m)), and `np.logaddexp(0, -m)` computes it without overflow.",
        "The distance is `m = np.where(actual == 1, logit, -logit)`. Return `np.logaddexp(0, -m)`.",
    ),
    mistakes=(
        Mistake(
            lambda actual, logit: (
                -np.log(np.where(actual == 1, _naive_probability(logit), 1 - _naive_probability(logit)))
            ),
            "For small logits this is right. For large ones a probability is rounded to 0 or 1, "
            "and the loss is infinite; do not compute p at all.",
        ),
        Mistake(
            lambda actual, logit: (
                -actual * np.log(_naive_probability(logit))
                - (1 - actual) * np.log(1 - _naive_probability(logit))
            ),
            "For small logits this is right. For large ones it multiplies 0 by infinity, "
            "which is no number; do not compute p at all.",
        ),
        Mistake(
            lambda actual, logit: np.log(1 + np.exp(np.where(actual == 1, -logit, logit))),
            "Nearly there: but exp(1000) is infinite. Let np.logaddexp take the large part out first.",
        ),
        Mistake(
            lambda actual, logit: np.logaddexp(0, np.where(actual == 1, logit, -logit)),
            "The sign is turned: a large logit costs little when the answer is 1.",
        ),
        Mistake(
            lambda actual, logit: np.logaddexp(0, -logit),
            "This is right where the answer is 1; where it is 0, minus the logit is what counts.",
        ),
        Mistake(
            lambda actual, logit: np.logaddexp(0, -actual * logit),
            "You multiplied by 0 where the answer is 0, so the logit is lost; multiply by 2 · actual − 1.",
        ),
        Mistake(
            lambda actual, logit: np.logaddexp(0, -np.abs(logit)),
            "This treats every answer as right; a logit on the wrong side of 0 has to cost.",
        ),
        Mistake(
            lambda actual, logit: binary_cross_entropy.from_logits(actual, logit),
            "This is the score, the mean; one loss per example is asked for.",
        ),
        *(
            Mistake(
                _clipped_at(rest),
                f"Clipping p at {rest:g} hides the infinity, but the loss of a logit that is wrong by 1000 "
                f"is then {-np.log(rest):.1f} instead of 1000; do not compute p at all.",
                near=1e-3,
            )
            for rest in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
        ),
    ),
)

TWO_SOFTMAXES = Exercise(
    id="3.8",
    level=2,
    title="The loss that does not fall",
    reference="B",
    draw=None,
    hints=(
        "What does the program expect, and what does it get?",
        "It turns what it gets into probabilities. What becomes of 1, 0, 0 if you take them for logits?",
        "Softmax makes 0.576, 0.212, 0.212 of 1, 0, 0. And −log 0.576 is 0.55.",
    ),
    mistakes=(
        Mistake("A", "Every picture is named right, so the pictures are not too hard for this network."),
        Mistake("C", "The rate decides how fast the loss falls, not a floor that no step can break through."),
        Mistake(
            "D", "Its loss can be as close to 0 as you like, with any number of classes: −log 0.999 is 0.001."
        ),
    ),
)
