"""What Race computes beside its state: its lanes, what the page gets of them, and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from lossviz.contours import levels_of
from lossviz.descent import OPTIMISERS, Path
from lossviz.landscape import Landscape
from lossviz.pulling import LineLandscape
from lossviz.sampling import sample
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._rolling import rolling_texts
from lossviz.widgets._shared import counted, round_ends, sent

if TYPE_CHECKING:
    from lossviz.widgets.race import Race

FEWEST, MOST_LANES = 2, 4
MOST_EXAMPLES = 16  # whose pulls can be told apart
# So exact that 200 steps in the page end within 1e-6 of NumPy's, on a plateau too, where slopes are small.
SLOPES, FLOOR = 1e-7, 1e-3
START = (0.12, 0.85)  # as a share of the map

Family = Mapping[Any, Landscape]  # by numbers


@dataclass(frozen=True)
class Lane:
    """One lane: its name, the loss whose colour and dash it has, and a landscape for each variant, or one."""

    title: str
    stroke: str
    landscapes: tuple[Landscape, ...]


def lanes_of(landscapes: Mapping[str, Landscape | Family], strokes: Sequence[str] | None) -> tuple[Lane, ...]:
    """Return the lanes, or say what is wrong with the landscapes."""
    if not isinstance(landscapes, Mapping) or not FEWEST <= len(landscapes) <= MOST_LANES:
        raise ValueError(
            f"landscapes must be two to four, by their titles: {{'one': ..., 'two': ...}}; got {landscapes!r}"
        )
    if strokes is not None and len(strokes) != len(landscapes):
        raise ValueError(f"strokes must be the name of one loss a lane; got {strokes!r}")
    variants = variants_of(landscapes)
    lanes = []
    for place, (title, given) in enumerate(landscapes.items()):
        each = tuple(given[variant] for variant in variants) if isinstance(given, Mapping) else (given,)
        lanes.append(Lane(title, strokes[place] if strokes else f"lane {place + 1}", each))
    first = lanes[0].landscapes[0]
    for lane in lanes:
        for land in lane.landscapes:
            if not isinstance(land, Landscape):
                raise TypeError(f"landscapes[{lane.title!r}] must be a Landscape; got {land!r}")
            if (land.x_range, land.y_range, land.names) != (first.x_range, first.y_range, first.names):
                raise ValueError(
                    f"landscapes must have the same two axes, for all balls start at one place; "
                    f"{lane.title!r} has {land!r}, another {first!r}"
                )
    return tuple(lanes)


def variants_of(landscapes: Mapping[str, Landscape | Family]) -> tuple[float, ...]:
    """Return the variants that all lanes with several landscapes have, in rising order.

    Examples
    --------
    >>> variants_of({"one": {10: "steep", 1: "round"}, "two": "flat"})
    (1.0, 10.0)
    """
    families = {title: tuple(sorted(float(key) for key in given))
                for title, given in landscapes.items() if isinstance(given, Mapping)}  # fmt: skip
    if len(set(families.values())) > 1 or () in families.values():
        raise ValueError(f"landscapes must have the same variants in each lane; got {families}")
    return next(iter(families.values()), ())


def check_each(optimisers: Sequence[str], lanes: Sequence[Lane]) -> tuple[str, ...]:
    """Refuse optimisers that are not one for each lane."""
    if len(optimisers) != len(lanes) or not set(optimisers) <= set(OPTIMISERS):
        raise ValueError(
            f"optimiser must be one of {', '.join(map(repr, OPTIMISERS))}, "
            f"or a tuple of {len(lanes)}, one for each lane; got {optimisers!r}"
        )
    return tuple(optimisers)


def check_count(x: ArrayLike) -> None:
    """Refuse more examples than can be told apart."""
    if np.size(x) > MOST_EXAMPLES:
        raise ValueError(
            f"x must hold a few examples whose pulls can be told apart, at most {MOST_EXAMPLES}; "
            f"got {np.size(x)}"
        )


def start_on(landscape: Landscape) -> tuple[float, float]:
    """Return a place to start from: up on the left.

    Examples
    --------
    >>> start_on(Landscape.of(lambda x, y: x + y, x=(0, 100), y=(0, 10)))
    (12.0, 8.5)
    """
    ends = landscape.x_range, landscape.y_range
    x, y = (
        float(f"{low + share * (high - low):.3g}") for (low, high), share in zip(ends, START, strict=True)
    )
    return x, y


# --------------------------------------------------------------------------------------- what the page gets


def sent_lanes(lanes: Sequence[Lane]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the lanes for the page, and the landscapes that they point to: each is sent once."""
    lands = list({id(land): land for lane in lanes for land in lane.landscapes}.values())
    index = {id(land): i for i, land in enumerate(lands)}
    packed = [
        {"title": lane.title, "stroke": lane.stroke, "lands": [index[id(land)] for land in lane.landscapes]}
        for lane in lanes
    ]
    return packed, [_sent(land) for land in lands]


def _sent(land: Landscape) -> dict[str, Any]:
    """Pack a landscape; of the score of lines no grid but what makes it: it is far less."""
    if not isinstance(land, LineLandscape):
        return sent(land)
    score = land.score
    table = sample(
        score.loss, *round_ends(*np.array([-1, 1]) * score.reach(land.x_range, land.y_range)),
        slope_tolerance=SLOPES, floor=FLOOR,
    )  # fmt: skip
    return {
        "x": list(land.x_range),
        "y": list(land.y_range),
        "columns": len(land.x),
        "rows": len(land.y),
        "levels": levels_of(land.z),
        "names": list(land.names),
        "label": land.label,
        "curve": {"u": table.u.tobytes(), "value": table.value.tobytes(), "slope": table.slope.tobytes()},
        "examples": score.x.tolist(),
        "signs": score.signs.tolist(),
        "offsets": score.offsets.tolist(),
    }


def classes_of(actual: Array) -> list[int]:
    """Return the class of each example, −1 or +1, or 0 for each if what they have are no classes.

    Examples
    --------
    >>> classes_of(np.array([0.0, 1.0])), classes_of(np.array([2.5, 1.0]))
    ([-1, 1], [0, 0])
    """
    for low in (-1.0, 0.0):
        if set(actual.tolist()) == {low, 1.0}:
            return [1 if label == 1 else -1 for label in actual]
    return [0] * len(actual)


def can_be_silent(lanes: Sequence[Lane]) -> bool:
    """Return whether an example may ever pull with 0: one that does, does so in a corner of the map."""
    return any(
        bool(np.any(land.score.pulls(list(product(land.x_range, land.y_range))) == 0))
        for lane in lanes
        for land in lane.landscapes
        if isinstance(land, LineLandscape)
    )


# ------------------------------------------------------------------------------------------------------ words


def write_texts(figure: "Race") -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    x, y = figure._lanes[0].landscapes[0].names
    by = "" if figure.each_optimiser else " of {optimiser}"
    return {
        **rolling_texts(),
        "label": f"A race: {listed([lane.title for lane in figure._lanes])}",
        "map_label": "A contour map of {title}; low is dark",
        "start_value": f"{x} {{x}}, {y} {{y}}, loss {{loss}}",
        "loss": "loss",
        "gradient": "gradient",
        "variant": figure.variants_label,
        "steps": "step {steps}",
        "step_axis": "step",
        "loss_axis": "loss",
        "gradient_axis": "gradient size",
        "loss_chart": "The loss of each lane, step by step",
        "gradient_chart": "The size of the gradient of each lane, step by step",
        "minus": figure.class_names[0],
        "plus": figure.class_names[1],
        "silent": "hollow: silent" if can_be_silent(figure._lanes) else "",
        "pulls": "pull on the logit",
        "pull_of": "example {example} {pull}",
        "before": f"At the start, {x} {{x}}, {y} {{y}}: ",
        "after": f"After {{steps}} steps{by} from {x} {{x}}, {y} {{y}}: ",
        "after_one": f"After 1 step{by} from {x} {{x}}, {y} {{y}}: ",
        "lane": "{title} has loss {loss}, gradient {gradient}",
        "pulling": "{speaking} of {count} pull",
        "edge": "left the map after {steps} steps",
        "edge_one": "left the map after 1 step",
        "diverged": "diverged after {steps} steps",
        "diverged_one": "diverged after 1 step",
        "rest": "at rest after {steps} steps",
        "rest_one": "at rest after 1 step",
        "reached": "below {goal} after {steps} steps",
        "reached_one": "below {goal} after 1 step",
        "unreached": "not yet below {goal}",
    }


def listed(words: Sequence[str]) -> str:
    """Join words as one says them.

    Examples
    --------
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]])


def notes(texts: dict[str, str], path: Path, goal: float | None) -> list[str]:
    """Say of a lane when it got below the goal, and why it goes no further."""
    said = []
    if goal is not None:
        steps = steps_below(path, goal)
        name = "unreached" if steps is None else "reached"
        said.append(counted(texts, name, steps or 0, goal=short(goal), steps=short(steps or 0)))
    if path.end != "steps":
        said.append(counted(texts, path.end, path.steps, steps=short(path.steps)))
    return said


def steps_below(path: Path, goal: float) -> int | None:
    """Return after how many steps a path was below a loss for the first time, or None."""
    below = np.flatnonzero(path.losses < goal)
    return int(below[0]) if len(below) else None


def describe(figure: "Race") -> str:
    """Return the present state in sentences; the page puts the same texts together."""
    texts, (x, y) = figure._texts, figure.start
    at = {"x": short(x), "y": short(y), "steps": short(figure.steps), "optimiser": figure.optimiser}
    said = counted(texts, "after", figure.steps, **at) if figure.steps else texts["before"].format(**at)
    pulls, lanes = figure.pulls, []
    for place, (lane, path) in enumerate(zip(figure._lanes, figure.paths, strict=True)):
        numbers = {"loss": short(path.losses[-1]), "gradient": short(path.gradient_norms[-1])}
        parts = [texts["lane"].format(title=lane.title, **numbers)]
        if pulls is not None:
            speaking = short(int(np.count_nonzero(pulls[place])))
            parts.append(texts["pulling"].format(speaking=speaking, count=short(pulls.shape[1])))
        lanes.append(", ".join([*parts, *notes(texts, path, figure.goal)]))
    return f"{said}{'; '.join(lanes)}."
