"""Which loss for which task: three questions, and what each set of answers leads to.

The figure `Chooser` and the table of the chapter are both made from here, so that they cannot disagree.

>>> advise(output="number", outliers=True, probabilities=False).loss
Loss('mae')
"""

from __future__ import annotations

from dataclasses import dataclass

from lossviz.loss import Loss
from lossviz.losses import cross_entropy, hinge, mae, mse

Answer = str | bool


@dataclass(frozen=True)
class Ask:
    """One of the questions.

    Attributes
    ----------
    name : str
        What Python calls it.
    text : str
        What is asked.
    answers : tuple of (answer, str, str)
        The answers one can give, each with its words, and with those that name the case in a sentence.
    """

    name: str
    text: str
    answers: tuple[tuple[Answer, str, str], ...]

    def words(self, given: Answer) -> str:
        """Return the words that name the case an answer makes."""
        return next(case for answer, _, case in self.answers if answer == given)


@dataclass(frozen=True)
class Advice:
    """A loss for one set of answers.

    Attributes
    ----------
    output : str
        ``"number"`` or ``"class"``: what the model is to say.
    outliers : bool
        Whether there are wild values or wrong labels that must not decide.
    probabilities : bool
        Whether one must know how likely, too.
    loss : Loss
        The loss to take.
    why, watch : str
        The reason, and what to watch out for.
    chapter : int
        Where the book tells more.
    """

    output: str
    outliers: bool
    probabilities: bool
    loss: Loss
    why: str
    watch: str
    chapter: int

    def answers(self) -> dict[str, Answer]:
        """Return the answer to each question, by the question's name."""
        return {ask.name: getattr(self, ask.name) for ask in QUESTIONS}

    def case(self) -> str:
        """Return the answers in words."""
        return ", ".join(ask.words(self.answers()[ask.name]) for ask in QUESTIONS)

    def sentence(self) -> str:
        """Say all of it in one breath.

        Examples
        --------
        >>> advise("class", outliers=False, probabilities=True).sentence()[:56]
        'A class, no outliers, with probabilities: cross-entropy.'
        """
        reason = f"Why: {_lower(self.why)} Watch out: {_lower(self.watch)}"
        return f"{self.case()}: {self.loss.label}. {reason} See chapter {self.chapter}."


QUESTIONS = (
    Ask(
        "output",
        "What is the model to say?",
        (("number", "a number", "A number"), ("class", "a class", "A class")),
    ),
    Ask(
        "outliers",
        "Wild values or wrong labels that must not decide?",
        ((False, "no", "no outliers"), (True, "yes", "outliers")),
    ),
    Ask(
        "probabilities",
        "Must you know how likely, too?",
        ((False, "no", "without probabilities"), (True, "yes", "with probabilities")),
    ),
)

TABLE = (
    Advice(
        output="number",
        outliers=False,
        probabilities=False,
        loss=mse,
        why="It aims at the mean, and one large mistake costs more than many small ones.",
        watch="A single wild value can drag the whole line. Look at the data before you fit.",
        chapter=2,
    ),
    Advice(
        output="number",
        outliers=False,
        probabilities=True,
        loss=mse,
        why="It aims at the mean, and the root of the score gives a typical size of the mistakes, "
        "if none is far larger than the others.",
        watch="It gives no probability. Count on fresh examples how often a mistake is too large for you.",
        chapter=2,
    ),
    Advice(
        output="number",
        outliers=True,
        probabilities=False,
        loss=mae,
        why="A wild value pulls no harder than any other.",
        watch="It has a corner at 0, which the Huber loss rounds off. "
        "And points that are far off sideways fool it too.",
        chapter=2,
    ),
    Advice(
        output="number",
        outliers=True,
        probabilities=True,
        loss=mae,
        why="It aims at the median: the truth is as likely to lie above as below.",
        watch="That is one probability only. For others, such as nine in ten, tilt the loss (exercise 7.6).",
        chapter=2,
    ),
    Advice(
        output="class",
        outliers=False,
        probabilities=False,
        loss=hinge,
        why="It asks for the right side and some room, then it falls silent: a wide gap, held by few points.",
        watch="Its logit is no probability. If you may want one later, take cross-entropy.",
        chapter=4,
    ),
    Advice(
        output="class",
        outliers=False,
        probabilities=True,
        loss=cross_entropy,
        why="Nothing beats saying what you believe, and it is steep where the model is wrong.",
        watch="Compute it from logits. And a low score does not prove that the percentages are honest.",
        chapter=3,
    ),
    Advice(
        output="class",
        outliers=True,
        probabilities=False,
        loss=hinge,
        why="No loss in this table really withstands wrong labels. The least bad is the hinge loss: "
        "look at the largest losses, and clean the labels.",
        watch="A wild point never falls silent. "
        "A ramp is deaf to it, but may get stuck: start it where the hinge ends.",
        chapter=4,
    ),
    Advice(
        output="class",
        outliers=True,
        probabilities=True,
        loss=cross_entropy,
        why="No loss in this table really withstands wrong labels. The least bad is cross-entropy: "
        "look at the largest losses, and clean the labels.",
        watch="A wrong label costs without limit and never falls silent.",
        chapter=3,
    ),
)


def advise(output: str, outliers: bool, probabilities: bool) -> Advice:
    """Return the loss for a task, with the reason and what to watch out for.

    Parameters
    ----------
    output : str
        ``"number"`` or ``"class"``: what the model is to say.
    outliers : bool
        Whether there are wild values or wrong labels that must not decide.
    probabilities : bool
        Whether one must know how likely, too.

    Raises
    ------
    ValueError
        If an answer is none of those that the question takes.

    Examples
    --------
    >>> advise("class", outliers=False, probabilities=True).why
    'Nothing beats saying what you believe, and it is steep where the model is wrong.'
    """
    given: dict[str, Answer | None] = {"output": output, "outliers": outliers, "probabilities": probabilities}
    for ask in QUESTIONS:
        check_answer(ask, given[ask.name])
    (only,) = remaining(given)
    return only


def remaining(given: dict[str, Answer | None]) -> list[Advice]:
    """Return the advice that the answers given so far leave possible; None stands for no answer yet.

    Examples
    --------
    >>> [advice.loss.name for advice in remaining({"output": "class", "probabilities": True})]
    ['cross_entropy', 'cross_entropy']
    """
    return [
        advice
        for advice in TABLE
        if all(answer is None or answer == advice.answers()[name] for name, answer in given.items())
    ]


def check_answer(ask: Ask, answer: Answer | None) -> Answer | None:
    """Return an answer, or refuse one that the question does not take."""
    allowed = [each for each, _, _ in ask.answers]
    if not any(answer is each or (isinstance(each, str) and answer == each) for each in allowed):
        raise ValueError(f"{ask.name} must be {' or '.join(map(repr, allowed))}; got {answer!r}")
    return answer


def markdown_table() -> str:
    """Return all of it as a table in Markdown, for paper.

    Examples
    --------
    >>> print(markdown_table().splitlines()[0])
    | your answers | the loss, why, and what to watch out for |
    """
    # Two columns: a third would leave one word a line of it on a phone.
    rows = [["your answers", "the loss, why, and what to watch out for"], [":---"] * 2]
    for advice in TABLE:
        loss = f"**{advice.loss.label}** (chapter {advice.chapter}). {advice.why}"
        rows.append([advice.case(), f"{loss} *Watch out:* {_lower(advice.watch)}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
