"""Losses, figures and exercises of the book *Loss Function Landscapes*.

Importing the package does no work: matplotlib and the widgets load when they are first used.

Examples
--------
>>> from lossviz import mse
>>> mse([3.0, 5.0], [2.0, 7.0])
2.5
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lossviz.data import penguins
from lossviz.descent import Path, descend
from lossviz.directions import pca_directions, random_directions
from lossviz.landscape import Landscape
from lossviz.loss import Loss
from lossviz.losses import (
    binary_cross_entropy,
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
from lossviz.network import MLP
from lossviz.slices import slice_line, slice_plane

if TYPE_CHECKING:
    from lossviz.exercises import check, hint, progress
    from lossviz.plots_poster import poster
    from lossviz.widgets import (
        Choice,
        Chooser,
        ClassProbabilities,
        LineFit,
        LossCurve,
        Question,
        Race,
        Result,
        Separator,
        Terrain,
    )

__all__ = [
    "MLP",
    "Choice",
    "Chooser",
    "ClassProbabilities",
    "Landscape",
    "LineFit",
    "Loss",
    "LossCurve",
    "Path",
    "Question",
    "Race",
    "Result",
    "Separator",
    "Terrain",
    "binary_cross_entropy",
    "brier",
    "check",
    "cross_entropy",
    "descend",
    "hinge",
    "hint",
    "huber",
    "logistic",
    "mae",
    "mse",
    "pca_directions",
    "penguins",
    "poster",
    "progress",
    "random_directions",
    "slice_line",
    "slice_plane",
    "squared_hinge",
    "zero_one",
]

_LATER = {
    "Choice": "lossviz.widgets",
    "Chooser": "lossviz.widgets",
    "ClassProbabilities": "lossviz.widgets",
    "LineFit": "lossviz.widgets",
    "LossCurve": "lossviz.widgets",
    "Question": "lossviz.widgets",
    "Race": "lossviz.widgets",
    "Result": "lossviz.widgets",
    "Separator": "lossviz.widgets",
    "Terrain": "lossviz.widgets",
    "check": "lossviz.exercises",
    "hint": "lossviz.exercises",
    "poster": "lossviz.plots_poster",
    "progress": "lossviz.exercises",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'lossviz' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
