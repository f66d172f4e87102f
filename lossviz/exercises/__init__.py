"""The exercises of the book: ``check`` your answer, ask for a ``hint``, see your ``progress``.

>>> from lossviz.losses import mse
>>> check("2.2", mse.slope)
✓ 2.2 Right.
>>> check("2.1", mse)
✗ 2.1 The root is missing: this is the mean squared error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from lossviz.exercises import chapter1, chapter2, chapter3, chapter4, chapter5, chapter6, chapter7
from lossviz.exercises._check import Feedback, give_feedback
from lossviz.exercises._exercise import Answer, Exercise
from lossviz.exercises._progress import Progress

__all__ = ["Feedback", "Hint", "Progress", "check", "hint", "progress"]

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise
    for chapter in (chapter1, chapter2, chapter3, chapter4, chapter5, chapter6, chapter7)
    for exercise in chapter.EXERCISES
}
_RESULTS: dict[str, bool] = {}  # what was checked in this session: once solved, solved


@dataclass(frozen=True)
class Hint:
    """A hint and those after it; a page folds each into the one before, so that nobody reads too much.

    Attributes
    ----------
    id : str
        The exercise.
    number : int
        The first hint to show, from 1.
    hints : tuple of str
        All hints of the exercise.
    """

    id: str
    number: int
    hints: tuple[str, ...]

    def __repr__(self) -> str:
        text = f"{self._title(self.number)}: {self.hints[self.number - 1]}"
        return text + (
            f' (Next: hint("{self.id}", {self.number + 1}))' if self.number < len(self.hints) else ""
        )

    def _repr_html_(self) -> str:
        folds = ""
        for number in range(len(self.hints), self.number - 1, -1):
            text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(self.hints[number - 1]))
            folds = f"<details><summary>{self._title(number)}</summary><p>{text}</p>{folds}</details>"
        return folds

    def _title(self, number: int) -> str:
        return f"Hint {number} of {len(self.hints)}"


def check(id: str, answer: Answer) -> Feedback:
    """Say whether an answer is right, and if not, what is wrong with it.

    Parameters
    ----------
    id : str
        The exercise, such as ``"2.1"``.
    answer : function, number, array, letter or figure
        Your answer; ``...`` stands for none yet.

    Raises
    ------
    ValueError
        If there is no such exercise; the message lists those there are.

    Examples
    --------
    >>> check("2.1", ...)
    ○ 2.1 Not attempted yet.
    """
    feedback = give_feedback(_find(id), answer)
    if not feedback.message.startswith("○"):
        _RESULTS[id] = feedback.passed or _RESULTS.get(id, False)
    return feedback


def progress() -> Progress:
    """Show which exercises of the chapters you have worked on in this session are solved.

    Examples
    --------
    >>> from lossviz.losses import mse
    >>> check("2.2", mse.slope)
    ✓ 2.2 Right.
    >>> "✓ 2.2 The slope of the squared error" in str(progress())
    True
    """
    chapters = {id.split(".")[0] for id in _RESULTS}
    shown = tuple(each for each in EXERCISES.values() if each.id.split(".")[0] in chapters)
    return Progress(shown, dict(_RESULTS))


def hint(id: str, number: int = 1) -> Hint:
    """Give a hint: 1 is a nudge, 3 is nearly the answer.

    Raises
    ------
    ValueError
        If there is no such exercise or no such hint.

    Examples
    --------
    >>> hint("2.1", 2)
    Hint 2 of 3: All the squared errors at once are `(predicted - actual) ** 2`. (Next: hint("2.1", 3))
    """
    hints = _find(id).hints
    if number not in range(1, len(hints) + 1):
        raise ValueError(f"number must be from 1 to {len(hints)}; got {number!r}")
    return Hint(id, number, hints)


def _find(id: str) -> Exercise:
    if id not in EXERCISES:
        raise ValueError(f"no exercise {id!r}; the exercises are {', '.join(EXERCISES)}")
    return EXERCISES[id]
