"""The still face of Race: a map with its path for each lane, loss and gradient over the steps, and who pulls."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lossviz.descent import Path
from lossviz.landscape import Landscape
from lossviz.look import ink, look, stroke
from lossviz.plots import WIDTH
from lossviz.text import short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DECADES = 8  # the most that an axis in powers of ten shows
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
