"""Exercises of chapter 6: how each loss shapes the descent. Steps to write stand in ``chapter6_steps.py``."""

from __future__ import annotations

from typing import Any

from lossviz.examples import valley
from lossviz.exercises._exercise import Exercise, Mistake, Shown
from lossviz.exercises.chapter6_steps import DECREASING, MOMENTUM, RMSPROP
from lossviz.landscape import Landscape


def _too_fast(rate: float, steps: int = 1000) -> Any:
    """Return what makes the figure as a learner may hand it in."""

    def figure() -> Any:
        from lossviz.widgets import Race  # loads ipywidgets, which who only checks numbers need not wait for

        ground = Landscape.of(lambda x, y: valley(x, y, 10) / 10, x=(-4, 4), y=(-2, 2))
        return Race(
            {"plain descent": ground, "momentum": ground},
            name="too-fast",
            start=(-3, 1),
            optimiser=("gradient descent", "momentum"),
            rate=rate,
            rate_range=(0.1, 4),
            steps=steps,
        )

    return figure


def _ends(figure: Any) -> list[str]:
    return [path.end for path in figure.paths]


def _gone(end: str) -> bool:
    return end in ("edge", "diverged")


def _only_plain_broke(figure: Any) -> bool:
    plain, momentum = _ends(figure)
    return _gone(plain) and momentum == "rest"


TOO_FAST = Exercise(
    id="6.6",
    level=2,
    title="Faster than allowed",
    reference=Shown("too-fast", _only_plain_broke, _too_fast(2.4)),
    draw=None,
    hints=(
        "The largest curvature of this valley is 1. Up to which rate does plain descent come down?",
        "Plain descent breaks beyond 2. Momentum takes back part of each jump: what is its limit?",
        "Take a rate a little above 2, such as 2.4, and leave the momentum at 0.9.",
    ),
    mistakes=(
        Mistake(
            Shown("too-fast", lambda figure: figure.steps == 0, _too_fast(2.4, steps=0)),
            "The balls have not rolled yet: choose a rate, and press Roll.",
            attempted=False,
        ),
        Mistake(
            Shown("too-fast", lambda figure: all(map(_gone, _ends(figure))), _too_fast(3.5)),
            "Now both have left the map; a rate a little smaller breaks only one of them.",
        ),
        Mistake(
            Shown("too-fast", lambda figure: _gone(_ends(figure)[0]), _too_fast(2.4, steps=20)),
            "Plain descent is broken; now let the ball with momentum roll until it rests.",
        ),
        Mistake(
            Shown("too-fast", lambda figure: figure.rate >= 2, _too_fast(2.0)),
            "Plain descent jumps to and fro and has not left the map; at exactly 2 it never does.",
        ),
        Mistake(
            Shown("too-fast", lambda figure: True, _too_fast(1.9)),
            "Plain descent still comes down; a higher rate makes its jumps grow.",
        ),
    ),
)

EXERCISES = (
    Exercise(
        id="6.1",
        level=1,
        title="Three steps with momentum",
        reference=4.86,
        draw=None,
        hints=(
            "Make a table with a row for each step: the slope, the velocity, the place.",
            "First the velocity: 0.9 times the old one, plus the slope where the ball is. Then the place.",
            "The velocities are 10, 18 and 23.4, the places after the first two steps 9 and 7.2.",
        ),
        mistakes=(
            Mistake(7.29, "This is plain descent: the velocity is missing."),
            Mistake(7.2, "This is after two steps; one more."),
            Mistake(
                4.39,
                "You took the slope of the start in each step; it must be taken where the ball is now.",
            ),
            Mistake(
                7.1,
                "You moved with the old velocity; first renew it, then move the ball.",
            ),
            Mistake(
                4.49,
                "The whole old velocity stayed; of it only the share 0.9 stays in each step.",
            ),
            Mistake(16.1, "You walked uphill: the step goes against the velocity."),
            Mistake(
                -52.2,
                "The rate is missing: the place changes by 0.1 times the velocity.",
            ),
            Mistake(
                9.44379,
                "You took a tenth of each slope, as the other convention does; here all of it is added.",
                near=1e-3,
            ),
        ),
        tolerance=1e-6,
    ),
    MOMENTUM,
    DECREASING,
    RMSPROP,
    Exercise(
        id="6.5",
        level=1,
        title="Overtaken",
        reference=8,
        draw=None,
        hints=(
            "Look at the chart named gradient size. Where do two of its curves cross?",
            "Press Step a few times, and compare the numbers for the gradient under the first two maps.",
            "After 7 steps they are 1.17 and 0.982. Take one more step.",
        ),
        mistakes=(
            Mistake(7, "There the squared error falls below the hinge; it is still above the cross-entropy."),
            Mistake(3, "There the *loss* is smaller for the first time; the gradient is asked for."),
            Mistake(9, "It is smaller one step earlier: is the start counted as a step?"),
            Mistake(100, "That is where the hinge stops; look at the first two curves, near the beginning."),
            Mistake(81, "That is where the squared error comes to rest; look near the beginning."),
        ),
        tolerance=1e-6,
    ),
    TOO_FAST,
    Exercise(
        id="6.7",
        level=2,
        title="The lowest score wins?",
        reference="B",
        draw=None,
        hints=(
            "What does a score of 0.153 mean under the cross-entropy, and what under the hinge?",
            "All three lines may give the same answers for all six examples. Do they?",
            "Numbers made by different losses have no common unit. Look for the answer that says so.",
        ),
        mistakes=(
            Mistake("A", "It cannot be beaten by another hinge score; the other two are not hinge scores."),
            Mistake("C", "No cross-entropy is ever below 0; it only comes closer and closer."),
            Mistake(
                "D",
                "Its gradient is 0 because this is the bottom of its bowl; a line cannot hit ±1 six times. "
                "That does not make its answers wrong.",
            ),
        ),
    ),
)
