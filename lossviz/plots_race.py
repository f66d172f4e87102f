"""The still face of Race: a map with a path for each lane, loss and gradient by steps, and who pulls."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from lossviz.descent import Path
from lossviz.landscape import Landscape
from lossviz.look import ink, look, stroke
from lossviz.plots import WIDTH, book_style, dress
from lossviz.plots_terrain import contour_map, way
from lossviz.text import power_of_ten, short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = [20, 50, 100, 200, 500, 1000]  # steps: the page's axis, too, grows in jumps
DECADES = 10  # the most that an axis in powers of ten shows
SHAPES = {-1: ("minus", "o"), 1: ("plus", "D")}  # the colour and the mark of each class


class Lane(NamedTuple):
    """One lane of a race, as it is drawn.

    Attributes
    ----------
    title : str
        Its name.
    stroke : str
        The name of the loss whose colour and dash it has; any other word: one by its place.
    landscape : Landscape
        The map.
    path : Path
        Where its ball went.
    pulls : array, shape (n,), optional
        How hard each example pulls now.
    note : str
        Why it ended, if it did.
    """

    title: str
    stroke: str
    landscape: Landscape
    path: Path
    pulls: Array | None = None
    note: str = ""


def race(
    lanes: Sequence[Lane],
    *,
    classes: Sequence[int] = (),
    class_names: tuple[str, str] = ("−1", "+1"),
    silent_label: str = "hollow: silent",
    goal: float | None = None,
    log_loss: bool = False,
    step_label: str = "step",
    loss_label: str = "loss",
    gradient_label: str = "gradient size",
    pull_label: str = "pull",
) -> Figure:
    """Draw a race: what each lane's ball has done on its map, step by step, and who pulls at it now.

    Parameters
    ----------
    lanes : sequence of Lane
        Two to four.
    classes : sequence of {-1, 0, 1}
        For the pulls: the class of each example, or 0 if it has none.
    class_names : (str, str)
        What these are called.
    silent_label : str
        What a hollow mark says; "" where there can be none.
    goal : float, optional
        A loss to mark.
    log_loss : bool
        Whether the axis of the loss is in powers of ten, as that of the gradient always is.
    step_label, loss_label, gradient_label, pull_label : str
        What is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> bowl = Landscape.of(lambda x, y: x**2 + 4 * y**2, x=(-2, 2), y=(-1, 1))
    >>> paths = [bowl.descend((-2, 0.5), rate=rate, steps=9) for rate in (0.01, 0.1)]
    >>> figure = race([Lane("short steps", "a", bowl, paths[0]), Lane("long steps", "b", bowl, paths[1])])
    >>> len(figure.axes)  # two maps, two curves
    4
    """
    columns = len(lanes) if len(lanes) < 4 else 2
    rows = -(-len(lanes) // columns)
    pulled = lanes[0].pulls is not None
    # Inches: the maps, under each the pulls, and the curves.
    heights = [height for _ in range(rows) for height in ([2.5, 1.0] if pulled else [2.6])] + [2.1]
    with book_style():
        figure = Figure(figsize=(WIDTH, sum(heights) + 0.2), facecolor=ink("surface"), layout="constrained")
        stack = figure.add_gridspec(len(heights), 1, height_ratios=heights)
        for row in range(rows):
            here = list(enumerate(lanes))[row * columns : (row + 1) * columns]
            maps = stack[row * (1 + pulled)].subgridspec(1, columns)
            bars = stack[row * (1 + pulled) + 1].subgridspec(1, columns)
            for column, (place, lane) in enumerate(here):
                _map(figure.add_subplot(maps[column]), lane, place, column == 0)
                if lane.pulls is not None:
                    axes = figure.add_subplot(bars[column])
                    _pulls(axes, lane, place, classes, pull_label if column == 0 else "")
        curves = stack[-1].subgridspec(1, 2)
        left, right = (figure.add_subplot(curves[column]) for column in (0, 1))
        _curves(left, lanes, [lane.path.losses for lane in lanes], log_loss)
        _curves(right, lanes, [lane.path.gradient_norms for lane in lanes], True)
    for axes, label in ((left, loss_label), (right, gradient_label)):
        axes.set_xlabel(step_label)
        _title(axes, label)
    if goal is not None:
        left.axhline(goal, color=ink("right"), linewidth=1.2, dashes=(4, 3))
    handles, labels = left.get_legend_handles_labels()
    if any(classes):
        handles, labels = [*handles, *_key()], [*labels, *class_names, silent_label]
        if not silent_label:
            handles, labels = handles[:-1], labels[:-1]
    figure.legend(
        handles, labels, loc="outside lower left", ncols=3, frameon=False, handlelength=3.5, columnspacing=1.5
    )
    return figure


def _key() -> list[Line2D]:
    """Return the marks of the classes for the legend, and that of a silent example."""
    marks = [
        Line2D([], [], marker=shape, color=ink(name), markersize=5, linestyle="none")
        for name, shape in SHAPES.values()
    ]
    hollow = Line2D(
        [], [], marker="o", color=ink("minus"), markersize=5, linestyle="none", markerfacecolor=ink("surface")
    )
    return [*marks, hollow]


def _title(axes: "Axes", text: str) -> None:
    size = look()["size"]["font"] - 2
    axes.set_title(text, loc="left", fontsize=size, color=ink("text"), parse_math=False)


def _map(axes: "Axes", lane: Lane, place: int, first: bool) -> None:
    """Draw a lane's map with its path; the ring is the start, the ball where it is now."""
    contour_map(axes, lane.landscape)
    _title(axes, "")
    if first:
        axes.set_ylabel(lane.landscape.names[1], parse_math=False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(lambda number, _: short(number))
    way(axes, lane.path, 0, 1)
    path = lane.path
    numbers = f"loss {short(path.losses[-1])} · gradient {short(path.gradient_norms[-1])}"
    size = look()["size"]["font"] - 2
    axes.set_title(
        "\n".join([numbers, lane.note]), loc="left", fontsize=size - 2, color=ink("muted"), parse_math=False
    )
    axes.annotate(
        lane.title, (0, 1), (0, 2.6 * size), xycoords="axes fraction", textcoords="offset points",
        weight="bold", color=stroke(lane.stroke, place)[0], parse_math=False,
    )  # fmt: skip


def _pulls(axes: "Axes", lane: Lane, place: int, classes: Sequence[int], label: str) -> None:
    """Draw a bar for each example over the mark of its class; who is silent has a hollow mark and no bar."""
    dress(axes)
    assert lane.pulls is not None
    at = np.arange(1, len(lane.pulls) + 1)
    axes.bar(at, lane.pulls, width=0.6, color=stroke(lane.stroke, place)[0])
    top = float(np.ceil(max(1.0, lane.pulls.max())))
    for i, pull in enumerate(lane.pulls, start=1):
        name, shape = SHAPES.get(classes[i - 1], ("muted", "o"))
        axes.plot(
            i, -0.17 * top, shape, markersize=5, color=ink(name), clip_on=False,
            markerfacecolor=ink(name) if pull else ink("surface"),
        )  # fmt: skip
    axes.set(xlim=(0.4, len(at) + 0.6), ylim=(0, top), yticks=[0, top], xticks=at)
    axes.tick_params(axis="x", length=0, pad=11)
    axes.tick_params(axis="x", labelsize=7)
    speaking = f"{short(int(np.count_nonzero(lane.pulls)))} of {short(len(lane.pulls))} pull"
    axes.set_title(speaking, loc="left", fontsize=look()["size"]["font"] - 4, color=ink("muted"))
    if label:
        axes.set_ylabel(label, fontsize=8)


def _curves(axes: "Axes", lanes: Sequence[Lane], each: Sequence[Array], log: bool) -> None:
    """Draw what changes from step to step, a line for each lane, with a dot for now."""
    dress(axes)
    if log:
        seen = np.concatenate(each)
        seen = seen[seen > 0] if (seen > 0).any() else np.array([1.0])
        top = np.ceil(np.log10(seen.max()))
        low = max(top - DECADES, min(top - 1, np.floor(np.log10(seen.min()))))
        each = [np.maximum(values, 10 ** (low - 1)) for values in each]
        axes.set_yscale("log")
        axes.set_ylim(10**low, 10**top)
        axes.yaxis.set_major_locator(LogLocator(numticks=6))
        axes.yaxis.set_major_formatter(lambda number, _: power_of_ten(round(np.log10(number))))
        axes.yaxis.set_minor_locator(NullLocator())
    for place, (lane, values) in enumerate(zip(lanes, each, strict=True)):
        colour, dash = stroke(lane.stroke, place)
        (drawn,) = axes.plot(
            values, color=colour, linewidth=2, label=lane.title, dash_capstyle="butt", zorder=3
        )
        if dash:
            drawn.set_dashes([length / 2 for length in dash])
        now = len(values) - 1, values[-1]
        if not log or values[-1] >= 10**low:  # 0 lies below the axis
            axes.plot(*now, "o", color=colour, markeredgecolor=ink("surface"), zorder=4, clip_on=False)
    if not log:
        axes.set_ylim(bottom=min(0.0, *(float(values.min()) for values in each)))
    steps = max(len(values) - 1 for values in each)
    axes.set_xlim(0, next((most for most in SHOWN if steps <= most), steps))
