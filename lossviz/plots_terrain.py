"""The still face of Terrain: a contour map with critical points, and balls with the way they came."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.ticker import MaxNLocator

from lossviz.basins import Basins
from lossviz.contours import levels_of
from lossviz.descent import Path
from lossviz.directions import PathPlane
from lossviz.landscape import Landscape
from lossviz.look import ink, look
from lossviz.plots import panels, terrain_colours
from lossviz.plots_surface import Ball, Mark, Trail, surface
from lossviz.text import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BALLS = ("accent", "best", "right", "wrong")  # their colours
HATCHES = ("///", "\\\\\\", "---", "|||", "+++", "...")  # of the basins
MARKS = {"minimum": "v", "maximum": "^", "saddle": "X", "flat": "s"}
DARK = "#1b2a4e"  # around what stands on the terrain, as in the page
HAIRS = 60  # points of a walk at the most that stand on the surface, as in the page
FEW = 40  # steps, up to which each gets a dot


def terrain(
    landscape: Landscape,
    paths: Sequence[Path],
    marks: Sequence[Mapping[str, Any]] = (),
    basins: Basins | None = None,
    walk: PathPlane | None = None,
    walk_step: int = -1,
    view: tuple[float, float] | None = None,
) -> Figure:
    """Draw balls on a landscape, with the way they came.

    Parameters
    ----------
    landscape : Landscape
        What they roll on.
    paths : sequence of Path
        The path of each; the ball is at its end.
    marks : sequence of mapping
        Critical points, each with its `x`, `y`, `kind` and `letter`.
    basins : Basins, optional
        Which valley each start leads to.
    walk : PathPlane, optional
        A path through many parameters, seen in the plane of the landscape.
    walk_step : int
        The step of it that is pointed at.
    view : (float, float), optional
        Azimuth and elevation, if the landscape is to be drawn as a surface, too.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> bowl = Landscape.of(lambda x, y: x**2 + y**2, x=(-1, 1), y=(-1, 1))
    >>> figure = terrain(bowl, [bowl.descend([-0.8, 0.5], rate=0.1, steps=5)])
    >>> figure.axes[0].get_xlabel()
    'x'
    """
    figure, (axes, *beside) = panels(4.4 if view is None else 3.5, 1 if view is None else 2)
    figure.suptitle(
        _title(landscape, paths, walk, walk_step), x=0.01, ha="left", weight="bold", color=ink("text")
    )
    contour_map(axes, landscape)
    if basins is not None:
        _basins(axes, basins)
        axes.set(xlim=landscape.x_range, ylim=landscape.y_range)
    for mark in marks:
        _mark(axes, mark)
    if walk is not None:
        _seen(axes, walk, walk_step)
    for number, path in enumerate(paths):
        way(axes, path, number, len(paths))
    if view is not None:
        _surface(beside[0], landscape, paths, marks, walk, walk_step, view)
    return figure


def contour_map(axes: "Axes", landscape: Landscape) -> None:
    """Draw a landscape as a contour map, low dark."""
    lines = levels_of(landscape.z)
    axes.grid(False)
    axes.set(xlim=landscape.x_range, ylim=landscape.y_range)
    axes.set_xlabel(landscape.names[0], parse_math=False)
    size = look()["size"]["font"] - 2
    axes.set_title(landscape.names[1], loc="left", fontsize=size, color=ink("text"), parse_math=False)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    if not lines:
        return  # it is level everywhere
    heights = [landscape.z.min(), *lines, landscape.z.max()]
    bands = terrain_colours()(np.linspace(0, 1, len(lines) + 1))  # as in the page: by band, not by height
    axes.contourf(landscape.x, landscape.y, landscape.z, heights, colors=bands)
    contours = axes.contour(
        landscape.x, landscape.y, landscape.z, lines, colors=ink("surface"), linewidths=0.7, alpha=0.7
    )
    around: list[AbstractPathEffect] = [withStroke(linewidth=2.5, foreground=ink("surface"))]
    for label in axes.clabel(contours, fmt=lambda level: short(level), fontsize=8, colors=ink("text")):
        label.set_path_effects(around)


def way(axes: "Axes", path: Path, number: int, count: int) -> None:
    """Draw a ball, the ring where it started, and the way between."""
    colour, (x, y) = ink(BALLS[number % len(BALLS)]), path.points.T
    white: dict[str, Any] = {"markeredgecolor": ink("surface"), "linestyle": "none", "clip_on": False}
    casing: list[AbstractPathEffect] = [withStroke(linewidth=3.2, foreground=ink("surface"))]
    if path.steps:
        dots: dict[str, Any] = {"marker": ".", "markersize": 5} if path.steps <= FEW else {}
        axes.plot(x, y, color=colour, linewidth=1.6, path_effects=casing, zorder=4, **dots)
    axes.plot(
        x[0], y[0], "o", markerfacecolor="none", markeredgecolor=colour, markeredgewidth=2, markersize=12,
        path_effects=casing, clip_on=False, zorder=5,
    )  # fmt: skip
    axes.plot(x[-1], y[-1], "o", color=colour, markersize=11 if count > 1 else 9, zorder=6, **white)
    if count > 1:
        axes.text(
            x[-1], y[-1], str(number + 1), color=ink("surface"), size=7.5, weight="bold", ha="center",
            va="center_baseline", zorder=7,
        )  # fmt: skip


def _basins(axes: "Axes", basins: Basins) -> None:
    """Tint and hatch each start by the valley it leads to."""
    colours = look()["basins"]
    ends = [
        end
        for nodes in (basins.x, basins.y)
        for end in (1.5 * nodes[0] - nodes[1] / 2, 1.5 * nodes[-1] - nodes[-2] / 2)  # half a cell further
    ]
    for valley in range(len(basins.minima)):
        inside = np.where(basins.reached == valley, 1.0, 0.0)
        axes.imshow(
            np.ma.masked_less(inside, 0.5), cmap=ListedColormap([colours[valley % len(colours)]]), alpha=0.6,
            extent=tuple(ends), origin="lower", aspect="auto", interpolation="nearest", zorder=2,
        )  # fmt: skip
        hatch = axes.contourf(
            basins.x, basins.y, inside, [0.5, 1.5], colors="none", hatches=[HATCHES[valley % len(HATCHES)]],
            zorder=2,
        )  # fmt: skip
        hatch.set(linewidth=0, edgecolor=(0, 0, 0, 0.45))


def _mark(axes: "Axes", mark: Mapping[str, Any]) -> None:
    axes.plot(
        mark["x"], mark["y"], MARKS[mark["kind"]], color=ink("surface"), markersize=8, markeredgecolor=DARK,
        markeredgewidth=1, zorder=3,
    )  # fmt: skip
    if mark["letter"]:
        axes.annotate(
            mark["letter"], (mark["x"], mark["y"]), (7, 5), textcoords="offset points", weight="bold",
            color=ink("surface"), path_effects=[withStroke(linewidth=2.5, foreground=DARK)], zorder=8,
        )  # fmt: skip


def _seen(axes: "Axes", walk: PathPlane, step: int) -> None:
    """Draw a path seen in the plane, and a ring as wide as the step pointed at is far from it."""
    casing: list[AbstractPathEffect] = [withStroke(linewidth=3.2, foreground=ink("surface"))]
    axes.plot(*walk.places.T, ".-", color=DARK, linewidth=1.6, markersize=4, path_effects=casing, zorder=4)
    x, y = walk.places[step]
    far = 2 * walk.distances[step]
    axes.add_patch(
        Ellipse((x, y), far, far, facecolor=(*to_rgb(DARK), 0.25), edgecolor="w", ls="--", zorder=4)
    )
    axes.plot(x, y, "D", color=DARK, markeredgecolor=ink("surface"), markersize=8, clip_on=False, zorder=6)


def _surface(
    axes: "Axes",
    landscape: Landscape,
    paths: Sequence[Path],
    marks: Sequence[Mapping[str, Any]],
    walk: PathPlane | None,
    step: int,
    view: tuple[float, float],
) -> None:
    """Draw the same on the surface."""
    colours = [ink(BALLS[number % len(BALLS)]) for number in range(len(paths))]
    labels = [str(number + 1) if len(paths) > 1 else "" for number in range(len(paths))]
    balls = [
        Ball(path.points[-1, 0], path.points[-1, 1], colour, label)
        for path, colour, label in zip(paths, colours, labels, strict=True)
    ]
    trails = [Trail(path.points, colour) for path, colour in zip(paths, colours, strict=True)]
    hovering = None
    if walk is not None:
        balls.append(Ball(walk.places[step, 0], walk.places[step, 1], DARK))
        trails.append(Trail(walk.places, DARK))
    if walk is not None and walk.losses is not None:
        every = -(-len(walk.places) // HAIRS)
        hovering = np.column_stack([walk.places, walk.losses])[::every]
    surface(
        axes,
        landscape,
        levels_of(landscape.z),
        azimuth=view[0],
        elevation=view[1],
        balls=balls,
        trails=trails,
        marks=[Mark(mark["x"], mark["y"], MARKS[mark["kind"]]) for mark in marks],
        walk=hovering,
    )


def _title(landscape: Landscape, paths: Sequence[Path], walk: PathPlane | None, step: int) -> str:
    if not paths and walk is not None:
        loss = landscape.value_at(walk.places) if walk.losses is None else walk.losses
        last = len(walk.places) - 1
        return f"{landscape.label} {short(loss[step])} after {short(step)} of {short(last)} steps"
    steps = max(path.steps for path in paths)
    losses = ", ".join(short(path.losses[-1]) for path in paths)
    return f"{landscape.label} {losses} after {short(steps)} step{'s'[: steps != 1]}"
