"""What Terrain computes beside its state: the marks on its map, where a ball ended, and its words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.basins import ELSEWHERE, LEFT, MOVING, NEAR
from lossviz.critical import Critical
from lossviz.descent import Path
from lossviz.landscape import Landscape
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._rolling import MOST, REST, rolling_texts
from lossviz.widgets._shared import grain

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


def check_starts(
    starts: Any, landscape: Landscape, *, count: int | None = None, least: int = 1
) -> tuple[Start, ...]:
    """Return the start of each ball, or say what is wrong with them."""
    try:
        places = np.array(starts, dtype=float).reshape(len(starts), 2)
    except (TypeError, ValueError):
        places = np.empty((0, 2))
    if not least <= len(places) <= MOST_BALLS:
        raise traitlets.TraitError(
            f"starts must be {least} to {MOST_BALLS} places, such as ((1, 2),); got {starts!r}"
        )
    if count is not None and len(places) != count:
        raise traitlets.TraitError(f"starts must stay {count} places; got {len(places)}")
    for x, y in places.tolist():
        if not (np.isfinite((x, y)).all() and landscape.holds((x, y))):
            (left, right), (low, high) = landscape.x_range, landscape.y_range
            raise traitlets.TraitError(
                f"starts must lie on the map, {landscape.names[0]} from {left:g} to {right:g} and "
                f"{landscape.names[1]} from {low:g} to {high:g}; got ({x:g}, {y:g})"
            )
    return tuple((x, y) for x, y in places.tolist())


def check_walk(walk: Any, landscape: Landscape) -> dict[str, Any]:
    """Return a path that is seen in the plane of the landscape as bytes, or say what is wrong with it."""
    try:
        places = np.array(walk.places, dtype=float)
        distances = np.array(walk.distances, dtype=float)
        losses = None if walk.losses is None else np.array(walk.losses, dtype=float)
    except (AttributeError, TypeError, ValueError):
        raise TypeError(
            "walk must be a path seen in a plane, as lossviz.pca_directions makes it; "
            f"got {type(walk).__name__}"
        ) from None
    outside = [place for place in places.tolist() if not landscape.holds(place)]
    if outside:
        x, y = outside[0]
        raise ValueError(
            f"walk leaves the map at ({x:.3g}, {y:.3g}); span() of the plane gives ends that hold it"
        )
    return {
        "places": places.tobytes(),
        "distances": distances.tobytes(),
        "losses": None if losses is None else losses.tobytes(),
    }


def marks(points: Sequence[Critical]) -> list[dict[str, Any]]:
    """Return the critical points as the page marks them; several minima have letters, the deepest A.

    Examples
    --------
    >>> from lossviz.critical import critical_points
    >>> valleys = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2, x=(-2, 2), y=(-1, 1))
    >>> [(mark["kind"], mark["letter"]) for mark in marks(critical_points(valleys))]
    [('minimum', 'A'), ('minimum', 'B'), ('saddle', '')]
    """
    minima = [point for point in points if point.kind == "minimum"]
    letters = dict(zip(minima, LETTERS, strict=False)) if len(minima) > 1 else {}
    return [
        {"x": point.x, "y": point.y, "kind": point.kind, "letter": letters.get(point, "")} for point in points
    ]


# ------------------------------------------------------------------------------------------------------ words


def write_texts(figure: "Terrain") -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    landscape, count = figure.landscape, len(figure.starts)
    x, y = landscape.names
    there = f"{x} {{x}}, {y} {{y}}: {landscape.label} {{loss}}, slope {{slope}}, {{end}}."
    balls = {0: "A path", 1: "A ball"}.get(count, f"{count} balls")
    return {
        **rolling_texts(),
        "label": f"{balls} on a landscape: {landscape.label} over {x} and {y}",
        "map_label": f"The {landscape.label} over {x} and {y}: a contour map",
        "start_value": f"{x} {{x}}, {y} {{y}}, {landscape.label} {{loss}}",
        "surface": f"The {landscape.label} over {x} and {y}: a surface",
        "surface_keys": "Arrow keys turn it, Home turns it back.",
        "surface_from": "seen from {side}, {elevation}° above the ground",
        "surface_squeezed": "{label}, squeezed above {height}",
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
        "basins": "Basins",
        "path_step": "step",
        "path_step_value": "{step} of {steps}",
        "ring_key": "dashed ring: as wide as the point is far from the plane",
        "true_loss": f"true {landscape.label}",
        "plane_loss": "on the plane",
        "distance": "away from it",
        "path": f" The path after {{step}} of {{steps}} steps, seen at {x} {{x}}, {y} {{y}}: "
        f"true {landscape.label} {{loss}}, on the plane {{plane}}, {{distance}} away from the plane.",
        "path_place": f" The path after {{step}} of {{steps}} steps, seen at {x} {{x}}, {y} {{y}}: "
        f"{landscape.label} on the plane {{plane}}, {{distance}} away from the plane.",
        "shares": " Of all starts {shares}.",
        "share_of": "{share} % reach minimum {letter}",
        "share_one": "{share} % reach the minimum",
        "share_left": "{share} % leave the map",
        "share_elsewhere": "{share} % rest elsewhere",
        "share_moving": f"{{share}} % are still rolling after {MOST:,} steps",
        "end_start": "not yet rolling",
        "end_steps": "still rolling",
        "end_most": f"not at rest after {MOST:,} steps",
        "end_around": "close to the minimum, but not at rest",
        "end_around_of": "close to minimum {letter}, but not at rest",
        "end_edge": "stopped at the edge",
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
    said = _told_balls(figure) if figure.starts else ""
    if figure.basins:
        said += figure._texts["shares"].format(shares=", ".join(share_words(figure)))
    if figure.walk is not None:
        said += _told_walk(figure)
    return said.strip()


def _told_balls(figure: "Terrain") -> str:
    texts, steps = figure._texts, figure.steps
    more = ""
    if figure.optimiser == "momentum":
        more += texts["with_momentum"].format(momentum=short(figure.momentum))
    if figure.noise:
        more += texts["with_noise"].format(noise=short(figure.noise))
    head = texts["head_start" if steps == 0 else "head_one" if steps == 1 else "head"]
    said = head.format(steps=short(steps), optimiser=figure.optimiser, rate=short(figure.rate), more=more)
    for ball, path in enumerate(figure.paths):
        said += texts["ball_of" if len(figure.starts) > 1 else "ball"].format(
            ball=ball + 1,
            loss=short(path.losses[-1]),
            slope=short(path.gradient_norms[-1]),
            end=ending(figure, path),
            **_told_place(figure, path.points[-1]),
        )
    return said


def _told_walk(figure: "Terrain") -> str:
    walk, step = figure.walk, figure.walk_step
    return figure._texts["path_place" if walk.losses is None else "path"].format(
        step=short(step),
        steps=short(len(walk.places) - 1),
        plane=short(figure.landscape.value_at(walk.places[step])),
        distance=short(walk.distances[step]),
        loss="" if walk.losses is None else short(walk.losses[step]),
        **_told_place(figure, walk.places[step]),
    )


def _told_place(figure: "Terrain", place: Array) -> dict[str, str]:
    """Write a place no finer than could be seen on the map."""
    units = grain(figure.landscape)
    x, y = (short(np.floor(at / unit + 0.5) * unit) for at, unit in zip(place, units, strict=True))
    return {"x": x, "y": y}


def ending(figure: "Terrain", path: Path) -> str:
    """Say why a path goes no further, or that it does."""
    texts, here = figure._texts, mark_at(figure.landscape, figure._marks, path.points[-1])

    def told(name: str, mark: dict[str, Any]) -> str:
        several = mark["kind"] == "minimum" and mark["letter"]
        return texts[f"{name}_of" if several else name].format(letter=mark["letter"])

    if path.end == REST:
        return told(f"end_{here['kind']}", here) if here else texts["end_rest"]
    if path.end != "steps":
        return texts[f"end_{path.end}"]
    if figure.steps < MOST:
        return texts["end_steps" if figure.steps else "end_start"]
    return told("end_around", here) if here and here["kind"] == "minimum" else texts["end_most"]


def mark_at(landscape: Landscape, marks: Sequence[dict[str, Any]], place: Array) -> dict[str, Any] | None:
    """Return the nearest mark, if a place is near to one: by the rule of the basins."""
    size = np.array([np.ptp(landscape.x), np.ptp(landscape.y)])
    far = [float(np.hypot(*((place - (mark["x"], mark["y"])) / size))) for mark in marks]
    return marks[int(np.argmin(far))] if far and min(far) < NEAR else None


def share_words(figure: "Terrain") -> list[str]:
    """Say how many of the starts lead where."""
    texts, found = figure._texts, figure._basins
    letters = [mark["letter"] for mark in figure._marks if mark["kind"] == "minimum"]
    kinds = {LEFT: "left", ELSEWHERE: "elsewhere", MOVING: "moving"}
    said = []
    for code in (*range(len(found.minima)), LEFT, ELSEWHERE, MOVING):
        count = int(np.count_nonzero(found.reached == code))
        letter = letters[code] if code >= 0 else ""
        kind = kinds.get(code, "of" if letter else "one")
        if count:
            share = int(np.floor(100 * count / found.reached.size + 0.5))
            said.append(texts[f"share_{kind}"].format(share=share, letter=letter))
    return said
