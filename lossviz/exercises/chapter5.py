"""Exercises of chapter 5: loss landscapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lossviz.critical import critical_points
from lossviz.examples import mountain_range
from lossviz.exercises._exercise import Exercise, Inputs, Mistake, Shown
from lossviz.landscape import Landscape
from lossviz.variables import Array

FAR = 2.0  # from the deepest valley, in 5.2
NEAR = 0.1  # apart, in 5.3


def _mountains(name: str, starts: Sequence[tuple[float, float]], steps: int, rate: float = 0.1) -> Any:
    """Return a figure as a learner may hand it in."""
    from lossviz.widgets import Terrain  # loads ipywidgets, which who only checks numbers need not wait for

    ground = Landscape.of(mountain_range, x=(-3, 3), y=(-3, 3))
    return Terrain(ground, starts=starts, rate=rate, steps=steps, name=name)


def _valley(start: tuple[float, float], steps: int = 300, rate: float = 0.1) -> Any:
    return lambda: _mountains("valley", [start], steps, rate)


def _ridge(first: tuple[float, float], second: tuple[float, float], steps: int = 500) -> Any:
    return lambda: _mountains("ridge", [first, second], steps)


def _deepest(figure: Any) -> Any:
    minima = (point for point in critical_points(figure.landscape) if point.kind == "minimum")
    return min(minima, key=lambda point: point.loss)


def _in_deepest(figure: Any) -> bool:
    (reached,) = figure.reached
    return reached == _deepest(figure)


def _far(figure: Any) -> bool:
    deepest = _deepest(figure)
    (x, y), *_ = figure.starts
    return bool(np.hypot(x - deepest.x, y - deepest.y) >= FAR)


def _apart(figure: Any) -> float:
    first, second = np.array(figure.starts)
    return float(np.hypot(*(second - first)))


def _two_valleys(figure: Any) -> bool:
    first, second = figure.reached
    return first is not None and second is not None and first != second


VALLEY = Exercise(
    id="5.2",
    level=1,
    title="Into the deepest valley",
    reference=Shown("valley", lambda figure: _in_deepest(figure) and _far(figure), _valley((-2.8, -2.4))),
    draw=None,
    hints=(
        "Turn the surface: which of the four hollows is the deepest?",
        "The ball rolls down the side on which it starts. Put it on a slope that falls towards that hollow.",
        "The deepest lies near (−1.3, −0.8). Start 2 or more from there, such as at (−2.8, −2.4).",
    ),
    mistakes=(
        Mistake(
            Shown("valley", lambda figure: figure.steps == 0, _valley((2.5, 0.6), 0)),
            "The ball has not rolled yet: choose a start, and press Roll.",
            attempted=False,
        ),
        Mistake(
            Shown("valley", _in_deepest, _valley((-1.4, -0.5))),
            "It is in the deepest valley, but it started less than 2 away from there; start further off.",
        ),
        Mistake(
            Shown("valley", lambda figure: figure.paths[0].end == "edge", _valley((2.5, 0.6), rate=3.0)),
            "The ball left the map; a smaller learning rate takes shorter steps.",
        ),
        Mistake(
            Shown("valley", lambda figure: figure.reached[0] is not None, _valley((2.5, 0.6))),
            "This is a valley, but not the deepest: compare the losses of the four.",
        ),
        Mistake(
            Shown("valley", lambda figure: True, _valley((-2.8, -2.4), 3)),
            "The ball is still on its way; let it roll until it comes to rest.",
        ),
    ),
)

RIDGE = Exercise(
    id="5.3",
    level=2,
    title="Two starts, two valleys",
    reference=Shown(
        "ridge",
        lambda figure: _two_valleys(figure) and _apart(figure) <= NEAR + 1e-9,
        _ridge((0.10, 0.3), (0.18, 0.3)),
    ),
    draw=None,
    hints=(
        "Press Basins. Where do two colours touch?",
        "Put one ball on each side of such a border; then move both towards it.",
        "Between (0.1, 0.3) and (0.2, 0.3) runs the border between the two deepest valleys.",
    ),
    mistakes=(
        Mistake(
            Shown("ridge", lambda figure: figure.steps == 0, _ridge((-0.5, 0.5), (0.5, 0.5), 0)),
            "The balls have not rolled yet: press Roll.",
            attempted=False,
        ),
        Mistake(
            Shown("ridge", lambda figure: None in figure.reached, _ridge((0.10, 0.3), (0.18, 0.3), 5)),
            "Not both balls rest in a valley yet; let them roll on.",
        ),
        Mistake(
            Shown("ridge", _two_valleys, _ridge((-0.5, 0.5), (0.5, 0.5))),
            "Two valleys, but the starts are more than 0.1 apart; bring them together.",
        ),
        Mistake(
            Shown("ridge", lambda figure: True, _ridge((0.5, 0.5), (0.55, 0.5))),
            "Both balls rest in the same valley; a ridge must lie between the starts.",
        ),
    ),
)


def _a_slice(rng: np.random.Generator) -> Inputs:
    """Two or three parameters, and a few places along each direction."""
    d = rng.integers(2, 4)
    return {
        "loss_of": _LOSSES[rng.integers(len(_LOSSES))],
        "centre": rng.integers(-20, 21, d) / 10,
        "first": rng.integers(-20, 21, d) / 10 + 0.05,
        "second": rng.integers(-20, 21, d) / 10 - 0.05,
        "across": np.sort(rng.integers(-20, 21, rng.integers(2, 4)) / 10),
        "up": np.sort(rng.integers(-20, 21, rng.integers(4, 6)) / 10),
    }


def _tilted(parameters: Array) -> float:
    return float(parameters[0] + 3 * parameters[-1] ** 2)


def _steep(parameters: Array) -> float:
    return float(np.sum(np.arange(1, len(parameters) + 1) * parameters**2))


_LOSSES = (_tilted, _steep)


def _slice(loss_of, centre, first, second, across, up):  # type: ignore[no-untyped-def]
    return np.array([[loss_of(centre + a * first + b * second) for a in across] for b in up])


def _unit(direction: Array) -> Array:
    return direction / np.linalg.norm(direction)


SLICE = Exercise(
    id="5.4",
    level=2,
    title="A slice of your own",
    reference=_slice,
    draw=_a_slice,
    hints=(
        "Two loops, one inside the other: which of them makes the rows?",
        "A row belongs to one number of `up`, and runs over all numbers of `across`.",
        "In one line: `np.array([[loss_of(centre + a * first + b * second) for a in across] for b in up])`.",
    ),
    mistakes=(
        Mistake(
            lambda loss_of, centre, first, second, across, up: (
                _slice(loss_of, centre, first, second, across, up).T
            ),
            "Rows and columns are exchanged: a row belongs to one number of up.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: _slice(
                loss_of, centre, second, first, across, up
            ),
            "The directions are exchanged: across goes with first, up with second.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: _slice(
                loss_of, 0 * centre, first, second, across, up
            ),
            "The centre is missing: the slice goes through it.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: _slice(
                loss_of, centre, _unit(first), _unit(second), across, up
            ),
            "You made the directions one unit long; take them as they are given.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: _slice(
                loss_of, centre, first, second, across, up
            )[::-1],
            "The rows run from the highest number of up to the lowest; begin with the first.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: _slice(
                loss_of, centre, first, second, across, up
            ).ravel(),
            "The numbers are right but stand in one row; return a row for each number of up.",
        ),
        Mistake(
            lambda loss_of, centre, first, second, across, up: (
                _slice(loss_of, centre, first, second, across, up) - loss_of(centre)
            ),
            "This is how much higher each place is than the centre; the loss itself is asked for.",
        ),
    ),
    stumbles={
        "shapes": "One number of across (or up) at a time: a place is one row of parameters.",
    },
)

EXERCISES = (
    Exercise(
        id="5.1",
        level=1,
        title="The longest step",
        reference=0.25,
        draw=None,
        hints=(
            "A step must not overshoot by more than it came from. In which direction does it do so first?",
            "The limit for one curvature is 2 divided by it.",
            "The larger curvature, 8, sets the limit: 2 / 8.",
        ),
        mistakes=(
            Mistake(1, "This is the limit of the gentle direction; in the steep one it is far too long."),
            Mistake(
                0.125, "At this rate one step arrives in the steep direction; twice as long still comes down."
            ),
            Mistake(0.5, "This is 1 / 2; look at the steep direction, and at how far a step may overshoot."),
            Mistake(
                0.2,
                "This is 2 divided by the sum; each direction stands for itself, and the steep one decides.",
            ),
            Mistake(0.4, "This is 2 divided by the mean of the curvatures; the largest one decides."),
            Mistake(16, "You multiplied; the steeper the bowl, the shorter the step must be."),
            Mistake(4, "You divided 8 by 2; the steeper the bowl, the shorter the step must be."),
        ),
        tolerance=1e-6,
    ),
    VALLEY,
    RIDGE,
    SLICE,
    Exercise(
        id="5.5",
        level=2,
        title="What is this place?",
        reference="C",
        draw=None,
        hints=(
            "In how many directions does the ground go down from there?",
            "A minimum needs all curvatures above 0.",
            "Four go up and one goes down, however slowly: up in some directions, down in another.",
        ),
        mistakes=(
            Mistake("A", "The majority does not decide: the ground goes down in the fifth direction."),
            Mistake("B", "For a maximum the ground would have to go down in all directions."),
            Mistake(
                "D",
                "However little it bends, it goes down there; a ball that leaves it finds lower ground.",
            ),
        ),
    ),
    Exercise(
        id="5.6",
        level=3,
        title="Leaving the ridge",
        reference=138,
        draw=None,
        hints=(
            "A step of gradient descent takes away rate times slope. The slope is −d: what is d afterwards?",
            "Each step multiplies d by 1.1. How often, until a millionth has become a half?",
            "Solve 10⁻⁶ · 1.1ⁿ > 0.5: n is the logarithm of 500,000 divided by that of 1.1, rounded up.",
        ),
        mistakes=(
            Mistake(137, "After 137 steps it is 0.47 away; one more."),
            Mistake(139, "It is further than 0.5 one step earlier; is the start counted as a step?"),
            Mistake(
                np.log(0.5 / 1e-6) / np.log(1.1),
                "Steps are whole: this is where the curve passes 0.5, between two of them.",
            ),
            Mistake(
                np.log10(0.5 / 1e-6) / np.log(1.1),
                "You divided a logarithm to the base 10 by a natural one; take the same for both.",
            ),
            Mistake(
                np.ceil(np.log(0.5 / 1e-6) / 0.1),
                "With each step the distance grows by a tenth of what it is now: that is ln 1.1, not 0.1.",
            ),
            Mistake(
                np.ceil(np.log(1 / 1e-6) / np.log(1.1)),
                "This is until it is 1 away; 0.5 is asked for.",
            ),
            Mistake(
                5_000_000,
                "You let it go the same way each time; but the further from the ridge, the steeper it is.",
                near=1e-3,
            ),
        ),
        tolerance=1e-6,
    ),
    Exercise(
        id="5.7",
        level=2,
        title="Smooth sailing?",
        reference="B",
        draw=None,
        hints=(
            "Through how many directions does the slice go, and how many are there?",
            "The chapter's own network has a bowl around it, and a twin with a pass between the two.",
            "A slice through two directions says nothing about the others: look for the answer that says so.",
        ),
        mistakes=(
            Mistake("A", "A bowl in one slice: the landscape has very many other directions."),
            Mistake("C", "That is one slice more, and still one of very many."),
            Mistake("D", "True of some convex landscapes, but nothing here shows that this one is convex."),
        ),
    ),
)
