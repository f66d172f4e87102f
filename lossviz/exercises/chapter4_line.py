"""Exercises of chapter 4 about a separating line and its training."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake
from lossviz.losses import hinge
from lossviz.models import linear_logit


def _line_and_points(rng: np.random.Generator) -> Inputs:
    """Three to eight points and a line; the 0.05 in the bias keeps every point off the line and the edges."""
    n = rng.integers(3, 9)
    return {
        "x": rng.integers(-4, 5, (n, 2)),
        "actual": rng.choice([-1, 1], n),
        "weights": rng.choice([-8, -5, -3, 3, 5, 8], 2) / 10,
        "bias": rng.integers(-9, 10) / 10 + 0.05,
    }


def _line_points_and_step(rng: np.random.Generator) -> Inputs:
    return {
        **_line_and_points(rng),
        "penalty": rng.integers(2, 6) / 2,
        "rate": rng.integers(1, 5) / 20,
    }


def _margins(x, actual, weights, bias):  # type: ignore[no-untyped-def]
    return actual * linear_logit(x, weights, bias)


def _walk(  # type: ignore[no-untyped-def]
    *,
    penalty_times=1.0,
    bias_is_free=True,
    share=np.sum,
    labels=True,
    silence=True,
    sign=-1.0,
    weights_first=False,
    moves_bias=True,
    rate_on_pulls=True,
):
    """Return one step of descent on the objective, or one with something wrong in it."""

    def step(x, actual, weights, bias, penalty, rate):  # type: ignore[no-untyped-def]
        def pulls(weights):  # type: ignore[no-untyped-def]
            slope = hinge.curve_slope(_margins(x, actual, weights, bias)) if silence else -np.ones(len(x))
            pull = slope * actual if labels else slope
            return pull if rate_on_pulls else pull / rate

        across = penalty * penalty_times * weights + share(pulls(weights)[:, None] * x, axis=0)
        new = weights + sign * rate * across
        up = share(pulls(new if weights_first else weights)) + (0 if bias_is_free else penalty * bias)
        return np.append(new, bias + sign * rate * up * moves_bias)

    return step


MATTER = Exercise(
    id="4.4",
    level=2,
    title="Points that still matter",
    reference=lambda x, actual, weights, bias: np.sum(_margins(x, actual, weights, bias) < 1),
    draw=_line_and_points,
    hints=(
        "A point matters as long as it is not good enough. How do you see that from its margin?",
        "The logits are `x @ weights + bias`: each row of x times the weights, added up, plus the bias.",
        "For each point `actual * logit < 1` is True or False, and `np.sum` counts the True ones.",
    ),
    mistakes=(
        Mistake(
            lambda x, actual, weights, bias: np.sum(_margins(x, actual, weights, bias) >= 1),
            "This counts the silent points; the others are asked for.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.sum(_margins(x, actual, weights, bias) < 0),
            "This counts the points on the wrong side; those that are right by less than 1 matter too.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.sum(np.abs(linear_logit(x, weights, bias)) < 1),
            "This counts the points in the band; one that is wrong by more than 1 matters too.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.sum(linear_logit(x, weights, bias) < 1),
            "You compared the logit with 1; for the class −1 a logit of −3 is a margin of 3.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.sum(_margins(x, actual, weights, 0) < 1),
            "The bias is missing: without it every line goes through the origin.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.mean(_margins(x, actual, weights, bias) < 1),
            "This is the share of the points that matter; their number is asked for.",
        ),
        Mistake(
            lambda x, actual, weights, bias: np.sum(
                _margins(x, actual, weights / np.hypot(*weights), bias / np.hypot(*weights)) < 1
            ),
            "You used the distance from the line; the edge of the band is where the margin is 1.",
        ),
        Mistake(
            lambda x, actual, weights, bias: hinge.curve(_margins(x, actual, weights, bias)).sum(),
            "This is the sum of the losses; count the points whose loss is not 0.",
        ),
        Mistake(
            lambda x, actual, weights, bias: _margins(x, actual, weights, bias),
            "These are the margins; count those below 1.",
        ),
    ),
)

STEP = Exercise(
    id="4.5",
    level=3,
    title="One step of training",
    reference=_walk(),
    draw=_line_points_and_step,
    hints=(
        "Three slopes are needed, all at the same line: one for each weight, and one for the bias.",
        "With `pull = np.where(margin < 1, -actual, 0)`, the losses have the slopes `pull @ x` in the "
        "weights and `pull.sum()` in the bias. What does the penalty add, and to which of them?",
        "The slope of ½λ‖w‖² is `penalty * weights`. New weights: "
        "`weights - rate * (penalty * weights + pull @ x)`; put them and the new bias together "
        "with `np.append(weights, bias)`.",
    ),
    mistakes=(
        Mistake(_walk(sign=1.0), "You walked uphill: the step goes against the slope."),
        Mistake(
            _walk(penalty_times=0),
            "The penalty is missing: its slope in the weights is penalty * weights.",
        ),
        Mistake(_walk(penalty_times=2), "The slope of ½λ‖w‖² is λw; the ½ is there to take away the 2."),
        Mistake(_walk(penalty_times=0.5), "The slope of ½λ‖w‖² is λw: the square brings a 2."),
        Mistake(
            _walk(penalty_times=-1),
            "The penalty has the wrong sign: it must make the weights shorter.",
        ),
        Mistake(
            _walk(bias_is_free=False),
            "You penalised the bias as well; it only shifts the line, and stays free.",
        ),
        Mistake(
            _walk(share=np.mean),
            "You took the mean of the losses; this objective has their sum.",
        ),
        Mistake(
            _walk(labels=False),
            "The label is missing in the pull: the two classes pull in opposite directions.",
        ),
        Mistake(
            _walk(silence=False),
            "Every point pulls here; one whose margin is above 1 is silent.",
        ),
        Mistake(
            _walk(weights_first=True),
            "You changed the weights before you worked out the slope in the bias; "
            "take all slopes at the old line.",
        ),
        Mistake(
            _walk(rate_on_pulls=False),
            "The rate is missing at the pulls; it multiplies the whole slope, penalty and pulls.",
        ),
        Mistake(_walk(moves_bias=False), "The bias has not moved; its slope is the sum of the pulls."),
        Mistake(
            lambda x, actual, weights, bias, penalty, rate: (
                (np.append(weights, bias) - _walk()(x, actual, weights, bias, penalty, rate)) / rate
            ),
            "These are the slopes; take rate times them off the old numbers.",
        ),
        Mistake(
            lambda x, actual, weights, bias, penalty, rate: _walk()(x, actual, weights, bias, penalty, rate)[
                :2
            ],
            "These are the new weights; append the new bias.",
        ),
    ),
    stumbles={"inhomogeneous": "Put the two weights and the bias into one array, with np.append."},
)

DIVERGE = Exercise(
    id="4.7",
    level=3,
    title="Break the descent",
    reference=0.5,
    draw=None,
    tolerance=1e-3,
    hints=(
        "Only the penalty pulls. Write down the new weight: the old one minus the rate times 4 · w.",
        "Each step multiplies the weight by 1 − 4 · rate. When does such a number grow, step by step?",
        "It grows when the factor is below −1. Solve 1 − 4 · rate = −1.",
    ),
    mistakes=(
        Mistake(
            0.25,
            "There one step leads exactly to 0, the best place. A bit beyond, it swings, but shrinks.",
        ),
        Mistake(
            2,
            "That is the border when the penalty is 1; here it pulls four times as hard.",
        ),
        Mistake(
            0.125,
            "There each step halves the weight; it comes to rest.",
        ),
        Mistake(
            1,
            "There each step multiplies the weight by −3; it has begun to grow at a smaller rate.",
        ),
        Mistake(
            0.49,
            "Close, as found by trying. Now on paper: by what does a step multiply the weight?",
            near=0.23,  # from 0.38 to 0.6
        ),
    ),
)
