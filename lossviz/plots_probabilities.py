"""The still face of ClassProbabilities: the logits, and beside them the probabilities with their pulls."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from lossviz.look import ink
from lossviz.losses import cross_entropy
from lossviz.models import softmax
from lossviz.plots import panels
from lossviz.text import probability, short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def class_probabilities(
    classes: Sequence[str], logits: Sequence[float], correct: int, *, value_range: tuple[float, float]
) -> Figure:
    """Draw what a classifier says of one picture.

    Parameters
    ----------
    classes : sequence of str, length K
        The names of the classes.
    logits : sequence of float, length K
        Their logits.
    correct : int
        The index of the correct class.
    value_range : tuple of float
        The ends of the logits' axis.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> figure = class_probabilities(["cat", "dog"], [2, 0], 0, value_range=(-6, 6))
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['logit', 'probability p']
    """
    figure, (left, right) = panels(1.7 + 0.42 * len(classes), 2)
    loss = cross_entropy.from_logits(correct, logits)
    figure.suptitle(
        f"loss {short(loss)} nats ({short(loss / math.log(2))} bits)",
        x=0.01, ha="left", weight="bold", color=ink("text"),
    )  # fmt: skip
    rows = range(len(classes))
    colours = [ink("accent" if row == correct else "line") for row in rows]
    for axes in (left, right):
        axes.set_ylim(len(classes) - 0.4, -0.6)  # the first class on top
        axes.grid(visible=False, axis="y")
    left.set(xlim=value_range, xlabel="logit")
    left.hlines(rows, *value_range, color=ink("grid"), linewidth=3)
    left.scatter(logits, rows, s=70, color=colours, zorder=3, clip_on=False)
    names = [f"✓ {name}" if row == correct else name for row, name in enumerate(classes)]
    left.set_yticks(rows, names, parse_math=False)
    for label, row in zip(left.get_yticklabels(), rows, strict=True):
        label.set(color=ink("text"), weight="bold" if row == correct else "normal")
    _bars(right, softmax(logits), cross_entropy.from_logits.slope(correct, logits), correct, colours)
    return figure


def _bars(axes: "Axes", probabilities: Array, pulls: Array, correct: int, colours: Sequence[str]) -> None:
    """Draw each probability as a bar, and under it an arrow from there to the truth."""
    axes.set(xlim=(0, 1), xlabel="probability p")
    axes.set_yticks([])
    axes.barh(range(len(colours)), 1, height=0.34, color=ink("grid"))
    axes.barh(range(len(colours)), probabilities, height=0.34, color=colours)
    for row, (p, pull) in enumerate(zip(probabilities, pulls, strict=True)):
        truth = 1 if row == correct else 0
        axes.vlines(truth, row - 0.25, row + 0.42, color=ink("text"), linewidth=1.5, clip_on=False)
        if abs(pull) > 0.005:  # a shorter one could not be seen
            axes.annotate(
                "", (truth, row + 0.33), (p, row + 0.33), annotation_clip=False,
                arrowprops={"arrowstyle": "->", "color": ink("text"), "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        for height, text in [(-0.02, f"p = {probability(p)}"), (0.36, f"p − y = {probability(pull)}")]:
            axes.text(
                1.04, row + height, text, va="center", size=9,
                color=ink("text" if height < 0 else "muted"),
            )  # fmt: skip
