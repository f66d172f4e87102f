"""What an exercise is: a question with its right answer, the mistakes learners make, and hints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Answer = Any  # a function, a number, an array, the letter of a choice, or a figure
Inputs = dict[str, Any]  # the arguments of one call, by name


@dataclass(frozen=True)
class Shown:
    """What a figure shows when it answers an exercise, or when it shows a mistake.

    Attributes
    ----------
    figure : str
        The name of the figure, unique on its page.
    holds : function
        ``holds(figure) -> bool``.
    example : function
        ``example()`` returns a figure that shows it.
    """

    figure: str
    holds: Callable[[Any], bool]
    example: Callable[[], Any]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners really give.

    Attributes
    ----------
    answer : function, number, array, letter or Shown
        What they hand in.
    sentence : str
        What a good tutor says to it.
    near : float, optional
        How far from `answer` theirs may be, relative to it, to be told the same. The default is the
        exercise's tolerance. Such a wide net stands after the mistakes that it must not catch.
    """

    answer: Answer
    sentence: str
    near: float | None = None


@dataclass(frozen=True)
class Exercise:
    """An exercise: a function to write, a number to work out, a letter to choose, or a figure to move.

    Attributes
    ----------
    id : str
        Chapter and number, such as ``"2.1"``.
    level : int
        1 (warm-up) to 3 (hard).
    title : str
        What it is about.
    reference : function, number, array, letter or Shown
        The right answer.
    draw : function or None
        ``draw(rng)`` makes up the arguments of one call, by name; None when the answer is no function.
    hints : three str
        From a nudge to nearly there.
    mistakes : tuple of Mistake
        No two of them may give the same results. For a choice: every wrong letter, and no other. For a figure
        the first that holds is told.
    tolerance : float
        How far from the reference an answer may be, relative to it; a number worked out by hand needs more.
    stumbles : dict of str to str
        What to say when the answer stops with an error: for a part of its message, a sentence instead of it.

    Raises
    ------
    ValueError
        If ``level`` is not 1, 2 or 3, or there are not three hints.
    """

    id: str
    level: int
    title: str
    reference: Answer
    draw: Callable[[np.random.Generator], Inputs] | None
    hints: tuple[str, str, str]
    mistakes: tuple[Mistake, ...]
    tolerance: float = 1e-9
    stumbles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(f"level must be 1, 2 or 3; got {self.level!r}")
        if len(self.hints) != 3:
            raise ValueError(f"hints must be three, from a nudge to nearly there; got {len(self.hints)}")

    def cases(self) -> list[Inputs]:
        """Make up the inputs that an answer is tried on: always the same, the smallest first."""
        if self.draw is None:
            return [{}]
        cases = [self.draw(np.random.default_rng(seed)) for seed in range(30)]
        return sorted(cases, key=lambda inputs: sum(np.size(value) for value in inputs.values()))
