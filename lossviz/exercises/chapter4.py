"""Exercises of chapter 4: hinge loss. Those about a line stand in ``chapter4_line.py``."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.exercises.chapter4_line import DIVERGE, MATTER, STEP
from lossviz.losses import hinge, logistic, squared_hinge, zero_one


def _few_logits(rng: np.random.Generator) -> Inputs:
    """Two to five examples with one decimal; no margin is 1, where the slope is a choice."""
    n = rng.integers(2, 6)
    tenths = rng.integers(-30, 31, n)
    tenths[np.abs(tenths) == 10] = 4
    return {"actual": rng.choice([-1, 1], n), "logit": tenths / 10}


EXERCISES = (
    Exercise(
        id="4.1",
        level=1,
        title="A hinge score by hand",
        reference=0.575,
        draw=None,
        tolerance=1e-3,
        hints=(
            "First write down the four margins: actual times logit.",
            "The margins are 3, 0.2, −0.5 and 1. What is missing to 1 in each? Nothing costs less than 0.",
            "The losses are 0, 0.8, 1.5 and 0. The score is their mean.",
        ),
        mistakes=(
            Mistake(2.3, "This is the sum of the losses; the score is their mean, so divide by 4."),
            Mistake(
                1.15,
                "You divided by 2, the number of examples that pay; those that cost nothing count too.",
            ),
            Mistake(
                0.825,
                "You used the logits as they are; −1 is right for an Adelie. Multiply by actual first.",
            ),
            Mistake(
                0.7,
                "You seem to have used 0 for the Adelies, which makes their margins 0; they are −1.",
            ),
            Mistake(
                0.075,
                "You let the good margin of 3 pay back 2 for the others; a loss of the hinge stops at 0.",
            ),
            Mistake(0.125, "You asked for what is missing to 0; good enough begins at a margin of 1."),
            Mistake(0.7225, "These losses are squared; the hinge itself grows in a straight line."),
            Mistake(
                0.25, "This is the share of wrong answers; here a weak right answer costs something too."
            ),
        ),
    ),
    Exercise(
        id="4.2",
        level=2,
        title="The hinge loss",
        reference=hinge.each,
        draw=_few_logits,
        hints=(
            "Two steps: how far on the right side is each example, and what is missing to 1?",
            "The margins are `actual * logit`. What is missing is 1 minus that, but never less than 0.",
            "Cut with `np.maximum(0, a)`: it compares each number in `a` with 0, and keeps the larger.",
        ),
        mistakes=(
            Mistake(
                lambda actual, logit: np.maximum(0, 1 - logit),
                "The label is missing: for the class −1 a negative logit is right. "
                "The margin is actual * logit.",
            ),
            Mistake(
                lambda actual, logit: 1 - actual * logit,
                "Beyond a margin of 1 your loss is negative, a reward; it must stop at 0.",
            ),
            Mistake(
                lambda actual, logit: np.maximum(0, -actual * logit),
                "This starts to cost at a margin of 0; good enough begins at 1.",
            ),
            Mistake(
                lambda actual, logit: np.maximum(0, 1 + actual * logit),
                "The sign is turned: this punishes those that are right. It is 1 minus the margin.",
            ),
            Mistake(
                lambda actual, logit: np.maximum(0, actual - logit),
                "This is how far the logit stays below the label; multiply the two instead.",
            ),
            Mistake(
                lambda actual, logit: np.clip(1 - actual * logit, 0, 1),
                "Your loss stops at 1, but the hinge has no upper bound; cut it at 0 only.",
            ),
            Mistake(
                lambda actual, logit: np.abs(1 - actual * logit),
                "This is the distance from a margin of 1, so that being better than that costs again.",
            ),
            Mistake(
                lambda actual, logit: hinge(actual, logit),
                "This is the score, the mean; one loss per example is asked for.",
            ),
            Mistake(
                lambda actual, logit: np.maximum(0, np.mean(1 - actual * logit)),
                "You took the mean before cutting at 0, so that good margins pay for bad ones. "
                "Cut each one, and leave out the mean.",
            ),
            Mistake(
                lambda actual, logit: np.max(1 - actual * logit),
                "The largest of all is what `np.max` finds; `np.maximum` compares each with 0.",
            ),
            Mistake(squared_hinge.each, "This is the squared hinge; the hinge grows in a straight line."),
            Mistake(logistic.each, "This is the logistic loss, which never falls to 0."),
            Mistake(zero_one.each, "This counts the wrong ones; the hinge also says how far they are off."),
            Mistake(
                hinge.slope, "This is the slope of the hinge loss in the logit; the loss itself is asked for."
            ),
        ),
    ),
    Exercise(
        id="4.3",
        level=2,
        title="Who pulls, and which way",
        reference=hinge.slope,
        draw=_few_logits,
        hints=(
            "Raise one logit a little. Whose loss falls, whose grows, whose does not move?",
            "Where the margin is below 1 the loss is 1 − actual · logit. How fast does that change?",
            "Write `np.where(actual * logit < 1, …, 0)`, and in place of the dots minus the label.",
        ),
        mistakes=(
            Mistake(
                lambda actual, logit: np.where(actual * logit < 1, -1, 0),
                "This is the slope in the margin. For the class −1 the margin falls when the logit rises: "
                "multiply by actual.",
            ),
            Mistake(
                lambda actual, logit: np.where(actual * logit < 1, 1, 0),
                "This says who pulls, not which way: when the logit rises, the loss of one class falls, "
                "and that of the other grows.",
            ),
            Mistake(
                lambda actual, logit: -hinge.slope(actual, logit),
                "The sign is turned: for the class +1 the loss falls when the logit rises.",
            ),
            Mistake(
                lambda actual, logit: -actual,
                "Everybody pulls here; beyond a margin of 1 the slope is 0.",
            ),
            Mistake(
                lambda actual, logit: np.where(actual * logit < 0, -actual, 0),
                "Only the wrong ones pull here; those that are right, but by less than 1, pull as well.",
            ),
            Mistake(
                lambda actual, logit: np.where(logit < 1, -actual, 0),
                "You compared the logit with 1; compare the margin, actual * logit.",
            ),
            Mistake(
                lambda actual, logit: np.where(actual * logit < 1, -actual * logit, 0),
                "That is the part of the loss that depends on the logit; its slope has no logit left in it.",
            ),
            Mistake(
                lambda actual, logit: hinge.slope(actual, logit) / np.size(logit),
                "You divided by the number of examples; each example's own slope is asked for.",
            ),
            Mistake(
                lambda actual, logit: np.sum(hinge.slope(actual, logit)),
                "You added them up; one slope per example is asked for.",
            ),
            Mistake(
                lambda actual, logit: np.mean(hinge.slope(actual, logit)),
                "You took the mean; one slope per example is asked for.",
            ),
            Mistake(
                squared_hinge.slope,
                "This is the slope of the squared hinge; that of the hinge is the same for all who pull.",
            ),
            Mistake(logistic.slope, "This is the slope of the logistic loss, which never falls silent."),
            Mistake(hinge.each, "This is the loss; its slope says how fast it changes with the logit."),
        ),
    ),
    MATTER,
    STEP,
    Exercise(
        id="4.6",
        level=1,
        title="Three times as dear",
        reference=-2,
        draw=None,
        tolerance=0.02,  # it is read off a figure
        hints=(
            "Start at margin 1, where both cost 0, and move to the left. How do the two losses compare?",
            "With d = 1 − m missing to 1, the hinge costs d, and the squared hinge d times d.",
            "The square is three times as large as d when d is 3. Which margin is 3 below 1?",
        ),
        mistakes=(
            Mistake(3, "That is what is missing to 1; the margin itself is asked for."),
            Mistake(2, "Mind the sign: there both losses are 0. Look left of 0."),
            Mistake(-3, "There the hinge costs 4 and the squared hinge 16, four times as much."),
            Mistake(-1, "There the hinge costs 2 and the squared hinge 4, twice as much."),
            Mistake(0, "There both cost 1."),
        ),
    ),
    DIVERGE,
    Exercise(
        id="4.8",
        level=2,
        title="Ninety-one per cent?",
        reference="D",
        draw=None,
        hints=(
            "What did the line learn from the birds whose margin is above 1?",
            "Which logit does the hinge like best if 70 of 100 such birds are Chinstraps? And if 90 are?",
            "It is 1 both times: the hinge says which side, and does not aim at how often.",
        ),
        mistakes=(
            Mistake(
                "A",
                "The sigmoid turns any number into one between 0 and 1. That does not make it a probability.",
            ),
            Mistake(
                "B",
                "Standardising only moves and stretches the axes; with millimetres it would be no better.",
            ),
            Mistake(
                "C",
                "The best logit of the squared hinge does say how often, but the sigmoid is the wrong key: "
                "for 90 of 100 birds it is 0.8, and sigmoid(0.8) is 0.69.",
            ),
        ),
    ),
)
