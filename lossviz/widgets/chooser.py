"""Chooser: answer three questions, and see which loss fits, why, and what to watch out for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import traitlets

from lossviz.choosing import QUESTIONS, TABLE, Advice, Ask, check_answer, remaining
from lossviz.loss import Loss
from lossviz.widgets._base import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class Chooser(Figure):
    """Three questions that lead to a loss, its reason, and what to watch out for.

    Parameters
    ----------
    name : str
        The figure's name, unique on its page.
    output : str, optional
        ``"number"`` or ``"class"``: what the model is to say; None while it is not answered.
    outliers : bool, optional
        Whether there are wild values or wrong labels that must not decide.
    probabilities : bool, optional
        Whether one must know how likely, too.

    Raises
    ------
    TypeError
        If an argument is unknown.
    traitlets.TraitError
        If an answer is none of those that the question takes.

    Examples
    --------
    >>> from lossviz import Chooser
    >>> chooser = Chooser(name="which-loss", output="number", outliers=True)
    >>> chooser.advice is None
    True
    >>> chooser.probabilities = False
    >>> chooser.advice.loss
    Loss('mae')
    """

    _view = traitlets.Unicode("chooser").tag(sync=True)
    _questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _losses: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _table: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _texts = traitlets.Dict(
        {
            "label": "Which loss?",
            "open": "Answer the three questions. Each answer rules some losses out.",
            "left": "Still possible: {losses}.",
            "sure": "It will be the {losses}. Answer the rest to see why.",
            "restart": "Start again",
        }
    ).tag(sync=True)

    output = traitlets.Unicode(
        None,
        allow_none=True,
        help="str or None: what the model is to say, 'number' or 'class'. Default: None.",
    ).tag(sync=True)
    outliers = traitlets.Bool(
        None,
        allow_none=True,
        help="bool or None: whether there are wild values that must not decide. Default: None.",
    ).tag(sync=True)
    probabilities = traitlets.Bool(
        None, allow_none=True, help="bool or None: whether one must know how likely, too. Default: None."
    ).tag(sync=True)

    def __init__(
        self,
        *,
        name: str,
        output: str | None = None,
        outliers: bool | None = None,
        probabilities: bool | None = None,
    ) -> None:
        super().__init__(
            name=name,
            output=output,
            outliers=outliers,
            probabilities=probabilities,
            _questions=[
                {
                    "name": ask.name,
                    "text": ask.text,
                    "answers": [{"value": value, "text": text} for value, text, _ in ask.answers],
                }
                for ask in QUESTIONS
            ],
            _losses=[{"name": loss.name, "title": loss.label} for loss in _losses(TABLE)],
            _table=[
                {"answers": advice.answers(), "loss": advice.loss.name, "sentence": advice.sentence()}
                for advice in TABLE
            ],
        )

    @traitlets.validate("output")
    def _check_output(self, proposal: Any) -> Any:
        if proposal.value is not None:
            try:
                check_answer(QUESTIONS[0], proposal.value)
            except ValueError as error:
                raise traitlets.TraitError(str(error)) from None
        return proposal.value

    @property
    def advice(self) -> Advice | None:
        """What the answers lead to, or None while one is missing."""
        left = remaining(self._given())
        return left[0] if len(left) == 1 else None

    def figure(self) -> StillFigure:
        """Return the questions, the answers given and what they lead to as a matplotlib figure."""
        from lossviz.plots_chooser import chooser

        asked = [
            (ask.text, [(text, self._given()[ask.name] == value) for value, text, _ in ask.answers])
            for ask in QUESTIONS
        ]
        # Paper cannot be asked to answer.
        left = "" if len(remaining(self._given())) == len(TABLE) else self._outcome()
        return chooser(asked, left)

    def describe(self) -> str:
        """Return the questions that are open, and what the answers so far lead to."""
        asked = " ".join(_asked(ask) for ask in QUESTIONS if self._given()[ask.name] is None)
        return f"{self._texts['label']} {asked} {self._outcome()}".replace("  ", " ")

    def _given(self) -> dict[str, Any]:
        return {ask.name: getattr(self, ask.name) for ask in QUESTIONS}

    def _outcome(self) -> str:
        left = remaining(self._given())
        if len(left) == 1:
            return left[0].sentence()
        if len(left) == len(TABLE):
            return self._texts["open"]
        losses = [loss.label for loss in _losses(left)]
        return self._texts["sure" if len(losses) == 1 else "left"].format(losses=", ".join(losses))


def _losses(rows: Iterable[Advice]) -> list[Loss]:
    """Return each loss once, in the order of the table."""
    return list(dict.fromkeys(advice.loss for advice in rows))


def _asked(ask: Ask) -> str:
    return f"{ask.text} {' or '.join(text for _, text, _ in ask.answers).capitalize()}."
