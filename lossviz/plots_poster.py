"""The poster: every curve of the book over its natural variable, on one page to print."""

import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from lossviz.look import ink, stroke
from lossviz.loss import Loss
from lossviz.losses import (
    brier,
    cross_entropy,
    hinge,
    huber,
    logistic,
    mae,
    mse,
    squared_hinge,
    zero_one,
)
from lossviz.plots import png
from lossviz.plots_curve import draw_curve
from lossviz.text import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAPER = 11.69, 8.27  # inches: A4 on its side, which also fits on Letter
SIZE = 12.5  # points: as small as can be read where a page shows the poster at half its size
COLUMNS = 5  # of cards
CARD, NAME = 23, 15  # characters across one, and across its name
LINE = 0.031  # from one line of a card to the next, as a share of the page


class Card(NamedTuple):
    """A loss on the poster: where its name stands beside the curve, and when to take it."""

    loss: Loss
    name: str
    at: float  # the value of the natural variable where the name stands
    nudge: tuple[float, float]  # from there, in points
    align: str
    when: str


class Panel(NamedTuple):
    """A natural variable, the part of it that is drawn, and its losses."""

    heading: str
    ends: tuple[float, float]
    top: float
    width: float  # relative to the others
    cards: tuple[Card, ...]


PANELS = (
    Panel(
        "Numbers",
        (-4, 4),
        5,
        3.0,
        (
            Card(
                mse, "squared error", 1.9, (-10, 10), "right",
                "Numbers. Aims at the mean; large mistakes cost most.",
            ),
            Card(
                mae, "absolute\nerror", 4, (0, 20), "right",
                "Numbers with wild values. Aims at the median.",
            ),
            Card(huber, "Huber", 4, (0, -66), "right", "Like the absolute error, but smooth at 0."),
        ),
    ),
    Panel(
        "Probabilities",
        (0, 1),
        5,
        1.9,
        (
            Card(
                cross_entropy, "cross-entropy", 0.12, (8, 4), "left",
                "Classes, with their probabilities. Steep where wrong.",
            ),
            Card(
                brier, "Brier\nscore", 0.02, (-1, -30), "left", "To judge probabilities. Costs at most 1.",
            ),
        ),
    ),
    Panel(
        "Margins",
        (-3, 3),
        5,
        3.6,
        (
            Card(zero_one, "0–1", -2.95, (0, 10), "left", "Counts mistakes. Flat: nothing to roll down."),
            Card(hinge, "hinge", -1.9, (8, 8), "left", "A wide gap. Silent from a margin of 1 on."),
            Card(
                squared_hinge, "squared hinge", -0.9, (8, 6), "left",
                "The hinge without its corner. Wild points pull hard.",
            ),
            Card(
                logistic, "logistic", -2.95, (0, -42), "left",
                "Cross-entropy of two classes, over the margin.",
            ),
            Card(
                brier.from_logits, "sigmoid +\nsquared error", -2.95, (0, -24), "left",
                "Flat where wrong. Do not start there.",
            ),
        ),
    ),
)  # fmt: skip


class Poster(Figure):
    """A figure that a notebook shows as it is printed."""

    def _repr_png_(self) -> bytes:
        return png(self)


def poster() -> Poster:
    """Draw all the losses of the book, each named at its curve, with its formula and when to take it.

    Returns
    -------
    Poster
        A matplotlib figure, as large as a sheet of A4 on its side; ``savefig("poster.pdf")`` prints it.

    Examples
    --------
    >>> len(poster().axes)
    3
    """
    style: dict[Any, Any] = {
        "axes.edgecolor": ink("line"),
        "font.size": SIZE,
        "grid.color": ink("grid"),
        "xtick.color": ink("muted"),
        "ytick.color": ink("muted"),
    }
    with mpl.rc_context(style):
        figure = Poster(figsize=PAPER, facecolor=ink("surface"))
        grid = figure.add_gridspec(
            1, len(PANELS), left=0.04, right=0.975, top=0.86, bottom=0.49, wspace=0.13,
            width_ratios=[panel.width for panel in PANELS],
        )  # fmt: skip
        figure.text(0.02, 0.945, "Which loss?", size=24, weight="bold", color=ink("text"))
        figure.text(
            0.98, 0.95, "the loss of one example, over what it is a curve of",
            ha="right", color=ink("muted"),
        )  # fmt: skip
        figure.text(
            0.98, 0.018, "From the book Loss Function Landscapes, CC BY 4.0", ha="right", size=9,
            color=ink("muted"),
        )  # fmt: skip
        for place, panel in enumerate(PANELS):
            draw_panel(figure.add_subplot(grid[place]), panel)
        for place, card in enumerate(card for panel in PANELS for card in panel.cards):
            row, column = divmod(place, COLUMNS)
            _card(figure, card, 0.02 + column * 0.96 / COLUMNS, 0.39 - row * 0.19)
    return figure


def draw_panel(axes: "Axes", panel: Panel, scale: float = 1) -> None:
    """Draw the losses of one natural variable, each with its name beside it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw. The names keep clear of the curves if it is as large as on the poster, times ``scale``.
    panel : Panel
        What to draw.
    scale : float
        The size of letters and lines, as a share of the poster's.
    """
    axes.set(xlim=panel.ends, ylim=(0, panel.top))
    for card in panel.cards:
        draw_curve(axes, card.loss, panel.ends)
        nudge = scale * card.nudge[0], scale * card.nudge[1]
        axes.annotate(
            card.name, (card.at, float(card.loss.curve(card.at))), nudge,
            textcoords="offset points", ha=card.align, va="center", linespacing=1.0, color=ink("text"),
            parse_math=False, size=scale * SIZE,
        )  # fmt: skip
    for line in axes.lines:
        line.set_linewidth(scale * line.get_linewidth())
        line.set_markersize(scale * line.get_markersize())
    axes.set_title(panel.heading, loc="left", weight="bold", size=scale * (SIZE + 3), color=ink("text"))
    variable = panel.cards[0].loss.variable
    axes.set_xlabel(f"${variable.symbol}$ = {variable.label}", size=scale * SIZE, color=ink("text"))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda number, _: short(number))
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.tick_params(labelsize=scale * SIZE)
    axes.tick_params(axis="y", length=0)


def _card(figure: Figure, card: Card, x: float, y: float) -> None:
    """Write a loss's name, its formula and when to take it, with a piece of its line before them."""
    figure.add_artist(piece_of_line(figure, card.loss, (x, x + 0.028), y))
    name, *rest = textwrap.wrap(card.name, NAME)
    figure.text(x + 0.034, y, name, va="center", weight="bold", color=ink("text"), parse_math=False)
    for row, text in enumerate(rest, start=1):
        figure.text(x + 0.034, y - row * LINE, text, va="center", weight="bold", color=ink("text"))
    lines = [""] * len(rest) + [*formulas(card.loss), *textwrap.wrap(card.when, CARD)]
    for row, text in enumerate(lines, start=1):
        figure.text(x, y - row * LINE, text, va="center", color=ink("text"))


def piece_of_line(
    figure: Figure, loss: Loss, ends: tuple[float, float], y: float, width: float = 3
) -> Line2D:
    """Return a loss's line as a key shows it: from end to end, in shares of the page; its width in points."""
    colour, dash = stroke(loss.name)
    line = Line2D(ends, (y, y), color=colour, linewidth=width, transform=figure.transFigure)
    line.set_dash_capstyle("butt")
    if dash:
        line.set_dashes([d / 3 for d in dash])
    return line


def formulas(loss: Loss) -> list[str]:
    r"""Return a loss's formula as lines that matplotlib can set; it knows no cases.

    Examples
    --------
    >>> from lossviz import zero_one
    >>> formulas(zero_one)
    ['$1$ if $m \\leq 0$', '$0$ if $m > 0$']
    """
    formula = loss.formula.replace(r"\le ", r"\leq ")
    cases = re.fullmatch(r"\\begin\{cases\}(.*)\\end\{cases\}", formula)
    if not cases:
        return [f"${formula}$"]
    pairs = [case.split("&") for case in cases[1].split(r"\\")]
    return [f"${value.strip()}$ if ${where.strip()}$" for value, where in pairs]
