"""The still face of every figure: what paper, GitHub and a page without JavaScript show."""

import io
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from PIL import Image

from lossviz.look import ink, look
from lossviz.text import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 160
WIDTH = 7.0  # inches


def png(figure: Figure) -> bytes:
    """Return a figure as PNG of 256 colours: a third of the bytes; the same figure gives the same bytes."""
    drawn, stored = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    picture = Image.open(drawn).convert("RGB")
    # Maximum coverage finds a colour near to each of the picture's, however few points have it. The mean of
    # the points that get it is nearer still: a large area keeps its colour.
    few = picture.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    chosen, points = np.asarray(few).ravel(), np.asarray(picture).reshape(-1, 3)
    sums = np.stack([np.bincount(chosen, channel, 256) for channel in points.T], axis=1)
    few.putpalette(
        (sums / np.bincount(chosen, minlength=256).clip(1)[:, None]).round().astype(np.uint8).tobytes()
    )
    few.save(stored, format="png", dpi=(DPI, DPI))
    return stored.getvalue()


@cache
def terrain_colours() -> LinearSegmentedColormap:
    """Return the colours of a terrain from low to high: cividis, perceptually uniform, as in the page."""
    return LinearSegmentedColormap.from_list("terrain", look()["terrain"])


def question(text: str, choices: Sequence[str], feedback: str = "") -> Figure:
    """Write a question and its choices, as they stand on paper.

    Parameters
    ----------
    text : str
        The question.
    choices : sequence of str
        The answers offered.
    feedback : str
        What is said of the answer given, if one was given.

    Returns
    -------
    matplotlib.figure.Figure
    """
    lines: list[tuple[str, str, str]] = [(line, "text", "bold") for line in textwrap.wrap(text, 78)]
    for letter, choice in zip("ABCDEFGH", choices, strict=False):
        wrapped = textwrap.wrap(choice, 74)
        lines += [(f"{letter}   {wrapped[0]}", "text", "normal")]
        lines += [(f"     {line}", "text", "normal") for line in wrapped[1:]]
    lines += [(line, "muted", "normal") for line in textwrap.wrap(feedback, 82)]
    return written(lines)


def written(lines: Sequence[tuple[str, str, str]]) -> Figure:
    """Write lines of text, each with the name of its ink and its weight.

    Examples
    --------
    >>> written([("Which?", "text", "bold"), ("This.", "muted", "normal")]).texts[0].get_text()
    'Which?'
    """
    height = 0.28 * len(lines) + 0.25
    figure = Figure(figsize=(WIDTH, height), facecolor=ink("surface"))
    for row, (line, colour, weight) in enumerate(lines):
        y = 1 - (0.25 + 0.28 * row) / height
        # Text is shown as it is: a dollar sign in it is money, not mathematics.
        figure.text(0.02, y, line, color=ink(colour), weight=weight, size=11, va="center", parse_math=False)
    return figure


def panels(
    height: float, count: int = 1, heights: Sequence[float] | None = None
) -> "tuple[Figure, list[Axes]]":
    """Return an empty figure in the book's look, with panels side by side.

    With ``heights`` there is a panel for each instead, one below the other over the same axis.

    Examples
    --------
    >>> figure, (left, right) = panels(3.0, 2)
    >>> len(figure.axes)
    2
    """
    with book_style():
        figure = Figure(figsize=(WIDTH, height), facecolor=ink("surface"), layout="constrained")
        if heights is None:
            each = list(figure.subplots(1, count, squeeze=False)[0])
        else:
            each = list(figure.subplots(len(heights), sharex=True, height_ratios=heights))
        for axes in each:
            dress(axes)
    return figure, each


def book_style() -> AbstractContextManager[None]:
    """Return a context in which new axes have the book's colours and letters."""
    style: dict[Any, Any] = {
        "axes.edgecolor": ink("line"),
        "axes.labelcolor": ink("text"),
        "grid.color": ink("grid"),
        "xtick.color": ink("muted"),
        "ytick.color": ink("muted"),
        "font.size": look()["size"]["font"] - 2,
    }
    return mpl.rc_context(style)


def dress(axes: "Axes") -> None:
    """Give axes the book's grid and numbers."""
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=9)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda number, _: short(number))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
