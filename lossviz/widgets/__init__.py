"""The live face of the book: one class a figure."""

from lossviz.widgets.chooser import Chooser
from lossviz.widgets.class_probabilities import ClassProbabilities
from lossviz.widgets.line_fit import LineFit
from lossviz.widgets.loss_curve import LossCurve
from lossviz.widgets.question import Choice, Question
from lossviz.widgets.race import Race
from lossviz.widgets.result import Result
from lossviz.widgets.separator import Separator
from lossviz.widgets.terrain import Terrain

__all__ = [
    "Choice",
    "Chooser",
    "ClassProbabilities",
    "LineFit",
    "LossCurve",
    "Question",
    "Race",
    "Result",
    "Separator",
    "Terrain",
]
