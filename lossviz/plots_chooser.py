"""The still face of Chooser."""

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from lossviz.plots import written


def chooser(asked: Sequence[tuple[str, Sequence[tuple[str, bool]]]], outcome: str = "") -> Figure:
    """Write questions with their answers, the one that is given filled, and what they lead to.

    Parameters
    ----------
    asked : sequence of (str, sequence of (str, bool))
        Each question with its answers, and whether each is the one given.
    outcome : str
        What the answers lead to.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> [text.get_text() for text in chooser([("Tea?", [("no", False), ("yes", True)])]).texts]
    ['Tea?', '○ no     ● yes']
    """
    lines = []
    for text, answers in asked:
        lines.append((text, "text", "bold"))
        row = "     ".join(f"{'●' if taken else '○'} {answer}" for answer, taken in answers)
        lines.append((row, "text", "normal"))
    lines += [(line, "muted", "normal") for line in textwrap.wrap(outcome, 82)]
    return written(lines)
