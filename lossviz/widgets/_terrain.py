"""What Terrain computes beside its state: the marks on its map, where a ball ended, and its words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.critical import critical_points
from lossviz.descent import Path
from lossviz.landscape import Landscape
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._rolling import MOST, REST, rolling_texts

if TYPE_CHECKING:
    from lossviz.widgets.terrain import Terrain

MOST_BALLS = 4
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Start = tuple[float, float]


def check_landscape(landscape: Any) -> Landscape:
    """Refuse what is no landscape."""
    if not isinstance(landscape, Landscape):
        raise TypeError(
            f"landscape must be a Landscape, such as Landscape.of(function, x=(-1, 1), y=(-1, 1)); "
            f"got {type(landscape).__name__}"
        )
    return landscape


def check_starts(starts: Any, landscape: Landscape, count: int | None = None) -> tuple[Start, ...]:
    """Return the start of each ball, or say what is wrong with them."""
    try:
        places = np.array(starts, dtype=float)
    except (TypeError, ValueError):
        places = np.empty(0)
    if places.ndim != 2 or places.shape[1] != 2 or not 1 <= len(places) <= MOST_BALLS:
        raise traitlets.TraitError(
            f"starts must be 1 to {MOST_BALLS} places, such as ((1, 2),); got {starts!r}"
        )
    if count is not None and len(places) != count:
        raise traitlets.TraitError(f"starts must stay {count} places; got {len(places)}")
    for x, y in places.tolist():
        if not landscape.holds((x, y)):
            (left, right), (low, high) = landscape.x_range, landscape.y_range
            raise traitlets.TraitError(
                f"starts must lie on the map, {landscape.names[0]} from {left:g} to {right:g} and "
                f"{landscape.names[1]} from {low:g} to {high:g}; got ({x:g}, {y:g})"
            )
    return tuple((x, y) for x, y in places.tolist())


def marks(landscape: Landscape) -> list[dict[str, Any]]:
    """Return the critical points as the page marks them; several minima have letters, the deepest A.

    Examples
    --------
    >>> valleys = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2, x=(-2, 2), y=(-1, 1))
    >>> [(mark["kind"], mark["letter"]) for mark in marks(valleys)]
    [('minimum', 'A'), ('minimum', 'B'), ('saddle', '')]
    """
    points = critical_points(landscape)
    minima = [point for point in points if point.kind == "minimum"]
    letters = dict(zip(minima, LETTERS, strict=False)) if len(minima) > 1 else {}
    reach = float(np.hypot(landscape.x[1] - landscape.x[0], landscape.y[1] - landscape.y[0]))
    return [
        {"x": point.x, "y": point.y, "kind": point.kind, "letter": letters.get(point, ""), "reach": reach}
        for point in points
    ]


# ------------------------------------------------------------------------------------------------------ words


def write_texts(figure: "Terrain") -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    landscape, count = figure.landscape, len(figure.starts)
    x, y = landscape.names
    there = f"{x} {{x}}, {y} {{y}}: {landscape.label} {{loss}}, slope {{slope}}, {{end}}."
    balls = "A ball" if count == 1 else f"{count} balls"
    return {
        **rolling_texts(),
        "label": f"{balls} on a landscape: {landscape.label} over {x} and {y}",
        "map_label": f"The {landscape.label} over {x} and {y}: a contour map",
        "start_value": f"{x} {{x}}, {y} {{y}}, {landscape.label} {{loss}}",
        "surface": f"The {landscape.label} over {x} and {y}: a surface",
        "surface_keys": "Arrow keys turn it, Home turns it back.",
        "surface_from": "seen from {side}, {elevation}° above the ground",
        "surface_sides": f"high {x}, high {y}, low {x}, low {y}",
        "score": landscape.label,
        "slope": "slope",
        "steps": "steps",
        "place": "at",
        "place_value": "({x}, {y})",
        "minimum": "minimum",
        "maximum": "maximum",
        "saddle": "saddle",
        "flat": "level ground",
        "head_start": "At the start of {optimiser}, learning rate {rate}{more}.",
        "head": "After {steps} steps of {optimiser}, learning rate {rate}{more}.",
        "head_one": "After 1 step of {optimiser}, learning rate {rate}{more}.",
        "with_momentum": ", momentum {momentum}",
        "with_noise": ", noise {noise}",
        "ball": f" The ball is at {there}",
        "ball_of": f" Ball {{ball}} is at {there}",
        "end_start": "not yet rolling",
        "end_steps": "still rolling",
        "end_most": f"not at rest after {MOST:,} steps",
        "end_edge": "stopped at the edge of the map",
        "end_diverged": "diverged",
        "end_rest": "at rest",
        "end_minimum": "at rest in the minimum",
        "end_minimum_of": "at rest in minimum {letter}",
        "end_maximum": "at rest on a maximum",
        "end_saddle": "at rest on a saddle",
        "end_flat": "at rest on level ground",
    }


def describe(figure: "Terrain") -> str:
    """Return the present state in sentences; the page puts the same texts together."""
    texts, steps = figure._texts, figure.steps
    more = ""
    if figure.optimiser == "momentum":
        more += texts["with_momentum"].format(momentum=short(figure.momentum))
    if figure.noise:
        more += texts["with_noise"].format(noise=short(figure.noise))
    head = texts["head_start" if steps == 0 else "head_one" if steps == 1 else "head"]
    said = head.format(steps=short(steps), optimiser=figure.optimiser, rate=short(figure.rate), more=more)
    for ball, path in enumerate(figure.paths):
        x, y = path.points[-1]
        said += texts["ball_of" if len(figure.starts) > 1 else "ball"].format(
            ball=ball + 1,
            x=short(x),
            y=short(y),
            loss=short(path.losses[-1]),
            slope=short(path.gradient_norms[-1]),
            end=ending(texts, path, figure._marks, figure.steps),
        )
    return said


def ending(texts: dict[str, str], path: Path, marks: Sequence[dict[str, Any]], steps: int) -> str:
    """Say why a path goes no further, or that it does."""
    if path.end == REST:
        here = mark_at(marks, path.points[-1])
        if here is None:
            return texts["end_rest"]
        several = here["kind"] == "minimum" and here["letter"]
        return texts[f"end_{here['kind']}{'_of' if several else ''}"].format(letter=here["letter"])
    if path.end != "steps":
        return texts[f"end_{path.end}"]
    return texts["end_start" if steps == 0 else "end_most" if steps == MOST else "end_steps"]


def mark_at(marks: Sequence[dict[str, Any]], place: Array) -> dict[str, Any] | None:
    """Return the mark within whose reach a place lies."""
    for mark in marks:
        if np.hypot(place[0] - mark["x"], place[1] - mark["y"]) <= mark["reach"]:
            return mark
    return None
