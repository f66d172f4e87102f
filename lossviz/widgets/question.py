"""Question: predict first, then read what your choice says about the idea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import traitlets

from lossviz.widgets._base import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Choice:
    """One answer to a question.

    Attributes
    ----------
    text : str
        The answer.
    feedback : str
        What a good tutor says to whoever chose it.
    right : bool
        Whether it is a right answer.

    Examples
    --------
    >>> Choice("2", "That is the median.").right
    False
    """

    text: str
    feedback: str
    right: bool = False


class Question(Figure):
    """A question to answer before you go on, with feedback on each choice.

    Parameters
    ----------
    question : str
        What is asked; plain text.
    choices : sequence of Choice
        Two to eight answers, at least one of them right.
    name : str
        The question's name, unique on its page.
    chosen : int, optional
        The index of the answer chosen, from 0; None while there is none.

    Raises
    ------
    TypeError
        If an argument is unknown or a choice is not a `Choice`.
    ValueError
        If there are too few or too many choices, none is right, or a text is empty.
    traitlets.TraitError
        If `chosen` is not the index of a choice.

    Examples
    --------
    >>> from lossviz import Choice, Question
    >>> centre = Question(
    ...     "Which number is the median of 1, 2, 9?",
    ...     [Choice("2", "It stands in the middle.", right=True), Choice("4", "That is the mean.")],
    ...     name="median",
    ... )
    >>> centre.chosen = 1
    >>> print(centre.describe())
    Question: Which number is the median of 1, 2, 9? A: 2. B: 4. You chose B. Not quite. That is the mean.
    """

    _view = traitlets.Unicode("question").tag(sync=True)
    _choices: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _texts = traitlets.Dict(
        {
            "label": "Question",
            "open": "Choose an answer to see what it says.",
            "right": "You chose {letter}. Right. {feedback}",
            "wrong": "You chose {letter}. Not quite. {feedback}",
        }
    ).tag(sync=True)

    question = traitlets.Unicode(help="str: what is asked. No default.", read_only=True).tag(sync=True)
    chosen = traitlets.Int(
        None, allow_none=True, help="int or None: the index of the answer chosen, from 0. Default: None."
    ).tag(sync=True)

    def __init__(
        self, question: str, choices: Sequence[Choice], *, name: str, chosen: int | None = None
    ) -> None:
        _check(question, choices)
        self.choices = tuple(choices)
        self.set_trait("question", question)
        super().__init__(name=name, chosen=chosen, _choices=[asdict(choice) for choice in choices])

    @traitlets.validate("chosen")
    def _check_chosen(self, proposal: Any) -> int | None:
        chosen = proposal.value
        if chosen is not None and not 0 <= chosen < len(self.choices):
            raise traitlets.TraitError(
                f"chosen must be None or an index from 0 to {len(self.choices) - 1}; got {chosen}"
            )
        return chosen

    def figure(self) -> StillFigure:
        """Return the question, its choices and what is said of the answer as a matplotlib figure."""
        from lossviz.plots import question

        feedback = "" if self.chosen is None else self._feedback()  # paper cannot be asked to choose
        return question(self.question, [choice.text for choice in self.choices], feedback)

    def describe(self) -> str:
        """Return the question, its choices and what is said of the answer."""
        choices = " ".join(
            f"{letter}: {choice.text.removesuffix('.')}."
            for letter, choice in zip(LETTERS, self.choices, strict=False)
        )
        return f"Question: {self.question} {choices} {self._feedback()}"

    def _feedback(self) -> str:
        if self.chosen is None:
            return self._texts["open"]
        choice = self.choices[self.chosen]
        template = self._texts["right" if choice.right else "wrong"]
        return template.format(letter=LETTERS[self.chosen], feedback=choice.feedback)


def _check(question: str, choices: Sequence[Choice]) -> None:
    if not question.strip():
        raise ValueError("question is empty; write what is asked")
    for choice in choices:
        if not isinstance(choice, Choice):
            raise TypeError(f"choices must be Choice objects; got {choice!r}")
        if not (choice.text.strip() and choice.feedback.strip()):
            raise ValueError(f"choices must have a text and a feedback; got {choice!r}")
    if not 2 <= len(choices) <= len(LETTERS):
        raise ValueError(f"choices must be 2 to {len(LETTERS)}; got {len(choices)}")
    if not any(choice.right for choice in choices):
        raise ValueError("choices must hold at least one with right=True")
