"""Result: how many questions are answered, how many rightly, and what to read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from lossviz.widgets._base import Figure
from lossviz.widgets.question import Question

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class Result(Figure):
    """The result of several questions, which follows each answer.

    Parameters
    ----------
    questions : mapping of Question to str
        The questions, and where to read again after a wrong answer.
    name : str
        The figure's name, unique on its page.

    Raises
    ------
    TypeError
        If an argument is unknown or a key is not a `Question`.
    ValueError
        If there is no question.

    Examples
    --------
    >>> from lossviz import Choice, Question, Result
    >>> first = Question("1 + 1?", [Choice("2", "Yes.", right=True), Choice("3", "No.")], name="sum")
    >>> result = Result({first: "chapter 1"}, name="result")
    >>> print(result.describe())
    0 of 1 answered.
    >>> first.chosen = 1
    >>> print(result.describe())
    1 of 1 answered, 0 of them right. To read again: chapter 1.
    """

    _view = traitlets.Unicode("result").tag(sync=True)
    _questions: traitlets.List[Any] = traitlets.List().tag(sync=True, **ipywidgets.widget_serialization)
    _about: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _texts = traitlets.Dict(
        {
            "label": "Your result",
            "score_name": "right",
            "score": "{right} of {count}",
            "none": "{answered} of {count} answered.",
            "some": "{answered} of {count} answered, {right} of them right.",
            "again": " To read again: {places}.",
            "all": " Well done: nothing to read again.",
        }
    ).tag(sync=True)

    questions = traitlets.Tuple(read_only=True, help="tuple of Question: those that count. No default.")

    def __init__(self, questions: Mapping[Question, str], *, name: str) -> None:
        if not questions:
            raise ValueError("questions is empty; give at least one Question")
        for question in questions:
            if not isinstance(question, Question):
                raise TypeError(f"questions must be Question objects; got {question!r}")
        super().__init__(name=name, _questions=list(questions), _about=list(questions.values()))
        self.set_trait("questions", tuple(questions))

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(question.chosen is not None for question in self.questions)

    @property
    def right(self) -> int:
        """How many have a right answer."""
        return sum(_right(question) for question in self.questions)

    def figure(self) -> StillFigure:
        """Return the result in words as a matplotlib figure."""
        from lossviz.plots import question

        return question(self.describe(), ())

    def describe(self) -> str:
        """Return how many are answered, how many rightly, and what to read again."""
        counts = {"answered": self.answered, "count": len(self.questions), "right": self.right}
        if not self.answered:
            return self._texts["none"].format(**counts)
        said = self._texts["some"].format(**counts)
        wrong = [
            about
            for question, about in zip(self.questions, self._about, strict=True)
            if question.chosen is not None and not _right(question)
        ]
        if wrong:
            said += self._texts["again"].format(places=", ".join(dict.fromkeys(wrong)))
        elif self.answered == len(self.questions):
            said += self._texts["all"]
        return said


def _right(question: Question) -> bool:
    return question.chosen is not None and question.choices[question.chosen].right
