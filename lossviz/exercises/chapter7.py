"""Exercises of chapter 7: the right tool. Those that choose a loss stand in ``chapter7_choices.py``."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.exercises.chapter7_choices import MISMATCH, TAGS, TILTED
from lossviz.losses import binary_cross_entropy, brier
from lossviz.models import sigmoid


def _labels_and_logits(rng: np.random.Generator) -> Inputs:
    """Two to five examples, with 0 and 1 among the labels, and logits that are no zeros."""
    n = rng.integers(2, 6)
    return {
        "actual": rng.permutation(np.arange(n) % 2),
        "logit": rng.choice([-1, 1], n) * rng.integers(1, 40, n) / 10,
    }


def _times(actual, logit, missing=0, share=2.0):  # type: ignore[no-untyped-def]
    """Return the slope of the squared error behind a sigmoid, with something else in it."""
    p = sigmoid(logit)
    return share * (p - actual) * (p * (1 - p)) ** (1 - missing)


STEEPER = Exercise(
    id="7.1",
    level=1,
    title="How many times as steep",
    reference=1 / (2 * 0.1 * 0.9),
    draw=None,
    tolerance=2e-3,
    hints=(
        "Both slopes stand in chapter 3: one for the squared error, one for the cross-entropy.",
        "In size they are 2 (1 − p) · p (1 − p) and 1 − p. Divide the second by the first.",
        "A factor 1 − p cancels. What stays is 1 / (2 p (1 − p)), with p = 0.1.",
    ),
    mistakes=(
        Mistake(1 / (0.1 * 0.9), "The 2 is missing: the slope of (1 − p)² in p is −2 (1 − p)."),
        Mistake(2 * 0.1 * 0.9, "This is the squared error's slope divided by the other; turn it round."),
        Mistake(0.9 / (2 * 0.9), "The slope of the sigmoid is missing: the logit moves p by p (1 − p) only."),
        Mistake(
            (1 / 0.1) / (2 * 0.9 * 0.1 * 0.9), "The cross-entropy's slope in p is 1/p; in the logit, 1 − p."
        ),
        Mistake(1 / (2 * 0.1 * 0.9**2), "Here 1 − p stands in both slopes, and cancels once."),
        Mistake(-np.log(0.1) / 0.9**2, "These are the losses; their slopes are asked for."),
        Mistake(0.9, "This is the slope of the cross-entropy alone; divide it by that of the squared error."),
        Mistake(2 * 0.1 * 0.9**2, "This is the slope of the squared error alone; divide the other by it."),
    ),
)

SLOPE = Exercise(
    id="7.2",
    level=2,
    title="The slope behind a sigmoid",
    reference=brier.from_logits.slope,
    draw=_labels_and_logits,
    hints=(
        "Two slopes in a row: how fast the loss moves with the probability, and that with the logit.",
        "With `p = sigmoid(logit)` the loss is (p − y)². Its slope in p is 2 (p − y).",
        "The sigmoid's own slope is p (1 − p). Return `2 * (p - actual) * p * (1 - p)`.",
    ),
    mistakes=(
        Mistake(
            lambda actual, logit: _times(actual, logit, missing=1),
            "This is the slope in the probability; times p (1 − p) it is the slope in the logit.",
        ),
        Mistake(lambda actual, logit: _times(actual, logit, share=1.0), "The 2 of the square is missing."),
        Mistake(
            lambda actual, logit: _times(actual, logit, share=-2.0),
            "The sign is wrong: where p is above the label, raising the logit makes it worse.",
        ),
        Mistake(
            binary_cross_entropy.from_logits.slope,
            "This is p − y, the slope of the cross-entropy; there p (1 − p) cancels.",
        ),
        Mistake(
            lambda actual, logit: 2 * (logit - actual),
            "You compared the logit with the label; first make it a probability.",
        ),
        Mistake(
            lambda actual, logit: 2 * (sigmoid(logit) - actual) * sigmoid(logit),
            "The sigmoid's slope has two factors, p and 1 − p.",
        ),
        Mistake(
            lambda actual, logit: 2 * (sigmoid(logit) - actual) * (1 - sigmoid(logit)),
            "The sigmoid's slope has two factors, p and 1 − p; the first is missing.",
        ),
        Mistake(
            lambda actual, logit: 2 * (sigmoid(logit) - actual) * logit * (1 - logit),
            "The sigmoid's slope is p (1 − p), with the probability, not with the logit.",
        ),
        Mistake(brier.from_logits.each, "This is the loss; its slope says how fast it moves with the logit."),
        Mistake(
            lambda actual, logit: np.mean(brier.from_logits.slope(actual, logit)),
            "You took the mean; one slope for each example is asked for.",
        ),
        Mistake(
            lambda actual, logit: brier.from_logits.slope(actual, logit) / np.size(logit),
            "You divided by the number of examples; each example's own slope is asked for.",
        ),
    ),
)

RIDGE = Exercise(
    id="7.3",
    level=1,
    title="The ridge between two valleys",
    reference=0.13,
    draw=None,
    tolerance=0.2,  # it is read off a figure, near the flat top of a hill
    hints=(
        "A ball stays on a ridge only where it is level. What is the slope there?",
        "Drag the weight from one valley to the other, and watch the sign of the slope.",
        "Between 0.1 and 0.16 it changes from uphill to downhill.",
    ),
    mistakes=(
        Mistake(0.44, "This is the bottom of the valley on the right; from there, nothing rolls."),
        Mistake(-0.047, "This is the bottom of the valley on the left; from there, nothing rolls."),
        Mistake(0, "There a ball rolls to the left; the ridge is further on."),
        Mistake(0.2, "There a ball rolls to the right; the ridge is further back.", near=0.2),
    ),
)

BREAK = Exercise(
    id="7.4",
    level=3,
    title="Too far out to come back",
    reference=7,
    draw=None,
    hints=(
        "Try starts by hand: −2, −5, −10. For which of them are the examples right after 400 steps?",
        "One further out the slope is about e times as small, and so it takes about e times as many steps.",
        "From −6 it takes 214 steps. One further out it takes more than twice as many.",
    ),
    mistakes=(
        Mistake(6, "From −6 it takes 214 steps; that is still in time."),
        Mistake(-7, "The distance is asked for, as a number above 0."),
        Mistake(8, "From −8 it does not arrive, but it is not the first such start."),
        Mistake(10, "From −10 it does not arrive, but there is an earlier start that does not."),
        Mistake(563, "This is how many steps it takes from there; the start is asked for."),
        Mistake(
            12, "From so far out it does not arrive, but there is an earlier start that does not.", near=0.3
        ),
        Mistake(4, "From so near it arrives in time.", near=0.6),
    ),
)

EXERCISES = (STEEPER, SLOPE, RIDGE, BREAK, MISMATCH, TILTED, TAGS)
