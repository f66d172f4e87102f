"""The cheat sheet: every loss of the book on one page to print, and the questions that lead to one."""

from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath

from lossviz.choosing import QUESTIONS, TABLE
from lossviz.look import ink
from lossviz.plots_poster import PANELS, Card, draw_panel, formulas, piece_of_line

PAPER = 8.27, 11.69  # inches: A4
LEFT, RIGHT = 0.42, 7.85  # where the text begins and ends; Letter is wider
TOP = 11.1  # and as far from the lower edge at least: Letter is 0.69 inches lower
SIZE, SMALL = 8.0, 7.5  # points: what is looked for, and what is read then
LINE, FORMULA = 0.125, 0.2  # inches from one line, or formula, to the next
CURVES = 0.68  # as large as the poster's


class Use(NamedTuple):
    """What a loss aims at, when to take it, and what to beware of."""

    aims_at: str
    when: str
    beware: str


USES = {
    "mse": Use(
        "the mean",
        "You want the mean, and large mistakes must cost most.",
        "One wild value can drag the whole line.",
    ),
    "mae": Use(
        "the median",
        "Some values are wild and must not decide.",
        "Steps never shrink: lower the rate. Points far off sideways fool it.",
    ),
    "huber": Use(
        "between mean and median",
        "Some values are wild, and the bottom is to be smooth.",
        "δ is in the unit of the error: choose it for your data.",
    ),
    "cross_entropy": Use(
        "the true probabilities",
        "You want classes with their probabilities.",
        "A wrong label costs without limit. Compute it from logits.",
    ),
    "brier": Use(
        "the true probabilities",
        "You judge probabilities, and no mistake may cost more than 1.",
        "Behind a sigmoid it is flat where wrong: see the last row.",
    ),
    "zero_one": Use(
        "the likelier class",
        "You count mistakes, when training is over.",
        "It is flat: no slope leads downhill.",
    ),
    "hinge": Use(
        "the likelier class",
        "The class alone is enough, and the gap is to be wide.",
        "Its logit is no probability. Wild points never fall silent.",
    ),
    "squared_hinge": Use(
        "by how much a class is likelier",
        "You want a hinge without its corner.",
        "The further off a point is, the harder it pulls.",
    ),
    "logistic": Use(
        "the logit of the true probability",
        "Two classes, with probabilities: it is their cross-entropy.",
        "If a line parts the classes, the weights grow without end.",
    ),
    "brier.from_logits": Use(
        "the true probability",
        "Wrong labels must not decide, and the start is good.",
        "Flat where wrong, perhaps several valleys: no loss to start with.",
    ),
}


class Sheet(Figure):
    """A page that is written on in inches from its lower left corner."""

    def write(
        self, x: float, y: float, text: str, *, size: float = SIZE, colour: str = "text", **how: Any
    ) -> None:
        """Write a line; ``y`` is its middle."""
        self.text(x / PAPER[0], y / PAPER[1], text, size=size, color=ink(colour), va="center_baseline", **how)

    def paragraph(self, x: float, y: float, text: str, width: float, **how: Any) -> float:
        """Write lines of at most ``width`` inches, the first at ``y``; return where the next would stand."""
        for line in wrapped(text, width, how.get("size", SIZE), how.get("weight", "normal")):
            self.write(x, y, line, parse_math=False, **how)
            y -= LINE
        return y

    def rule(self, y: float, left: float = LEFT, colour: str = "grid") -> None:
        """Draw a thin line from ``left`` to the right end of the text."""
        ends = left / PAPER[0], RIGHT / PAPER[0]
        height = y / PAPER[1]
        self.add_artist(
            Line2D(ends, (height, height), color=ink(colour), linewidth=0.7, transform=self.transFigure)
        )


def cheat_sheet() -> Sheet:
    """Draw all the losses of the book, three questions that lead to one, and a line for each, on one page.

    Returns
    -------
    Sheet
        A matplotlib figure, as large as a sheet of A4, whose text fits on Letter too. Each curve can be told
        from the others without colour.

    Examples
    --------
    >>> len(cheat_sheet().axes)
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
        sheet = Sheet(figsize=PAPER, facecolor=ink("surface"))
        sheet.write(LEFT, TOP - 0.12, "Which loss?", size=18, weight="bold")
        about = "the loss of one example, over what it is a curve of"
        sheet.write(RIGHT, TOP - 0.05, about, ha="right", colour="muted")
        source = "from the book Loss Function Landscapes, CC BY 4.0"
        sheet.write(RIGHT, TOP - 0.2, source, ha="right", size=7, colour="muted")
        y = _curves(sheet, TOP - 0.62)
        y = _questions(sheet, y)
        _losses(sheet, y - 0.12)
    return sheet


def _curves(sheet: Sheet, top: float) -> float:
    """Draw the curves, as on the poster; return where the next part may begin."""
    height = CURVES * 3.06  # of the poster's panels, in inches
    grid = sheet.add_gridspec(
        1, len(PANELS), left=(LEFT + 0.15) / PAPER[0], right=(RIGHT - 0.03) / PAPER[0],
        top=top / PAPER[1], bottom=(top - height) / PAPER[1], wspace=0.13,
        width_ratios=[panel.width for panel in PANELS],
    )  # fmt: skip
    for place, panel in enumerate(PANELS):
        draw_panel(sheet.add_subplot(grid[place]), panel, CURVES)
    return top - height - 0.7


def _questions(sheet: Sheet, y: float) -> float:
    """Write the questions, and beside each set of answers its loss and the reason."""
    columns = LEFT, LEFT + 1.02, LEFT + 2.42, LEFT + 3.6, LEFT + 4.82
    widths = (
        *(right - left - 0.12 for left, right in pairwise(columns)),
        RIGHT - columns[-1],
    )
    headings = *(f"{number}. {ask.text}" for number, ask in enumerate(QUESTIONS, start=1)), "Take", "Because"
    y = min(
        sheet.paragraph(x, y, heading, width, weight="bold")
        for x, width, heading in zip(columns, widths, headings, strict=True)
    )
    before: list[str] = []
    for advice in TABLE:
        words = [
            next(text for answer, text, _ in ask.answers if answer == advice.answers()[ask.name])
            for ask in QUESTIONS
        ]
        # An answer that holds for several rows is written in the first.
        new = next(place for place in range(len(words)) if words[: place + 1] != before[: place + 1])
        sheet.rule(y + 0.035, columns[new], "line" if new == 0 else "grid")
        y -= 0.06
        for place in range(new, len(words)):
            sheet.write(columns[place], y, words[place])
        label = f"{advice.loss.label} (ch. {advice.chapter})"
        below = sheet.paragraph(columns[3], y, label, widths[3], weight="bold")
        y = min(below, sheet.paragraph(columns[4], y, advice.why, widths[4], size=SMALL))
        before = words
    return y


def _losses(sheet: Sheet, y: float) -> None:
    """Write a row for each loss, with a piece of its line."""
    columns = LEFT, LEFT + 1.4, LEFT + 2.92, LEFT + 4.0, LEFT + 5.72
    headings = "Loss", "Formula", "Aims at", "Use it when", "Beware"
    for x, heading in zip(columns, headings, strict=True):
        sheet.write(x, y, heading, weight="bold")
    y -= LINE
    for panel in PANELS:
        for place, card in enumerate(panel.cards):
            sheet.rule(y + 0.035, colour="grid" if place else "line")
            y = _row(sheet, y - 0.06, card, columns)


def _row(sheet: Sheet, y: float, card: Card, columns: tuple[float, ...]) -> float:
    """Write the row of a loss; return where the next may begin."""
    ends = columns[0] / PAPER[0], (columns[0] + 0.3) / PAPER[0]
    sheet.add_artist(piece_of_line(sheet, card.loss, ends, y / PAPER[1], width=1.8))
    lowest = [
        sheet.paragraph(
            columns[0] + 0.37, y, card.name.replace("\n", " "), columns[1] - columns[0] - 0.4, weight="bold"
        )
    ]
    for line, formula in enumerate(formulas(card.loss)):
        sheet.write(columns[1], y - line * FORMULA, formula, size=10)  # so that its fractions can be read
        lowest.append(y - (line + 0.9) * FORMULA)
    use = USES[card.loss.name]
    rights = *columns[3:], RIGHT + 0.1
    for x, right, text in zip(columns[2:], rights, use, strict=True):
        lowest.append(sheet.paragraph(x, y, text, right - x - 0.1, size=SMALL))
    return min(lowest)


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Cut a text into lines of at most ``width`` inches, as its letters are set.

    Examples
    --------
    >>> wrapped("a wild value decides", 0.9, 8)
    ['a wild value', 'decides']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, weight) * size / 72 > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _width(text: str, weight: str) -> float:
    """Width of a text of one point, in points."""
    letters = FontProperties(weight=weight, size=10)
    return TextPath((0, 0), text, prop=letters).get_extents().width / 10
