"""Compare an answer with the reference, then with the known mistakes, and say what a tutor would say."""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from inspect import signature
from typing import Any

import numpy as np

from lossviz.exercises._exercise import Answer, Exercise, Inputs, Shown
from lossviz.exercises._time_limit import TooLong, time_limit
from lossviz.look import ink

LIMIT = 5.0  # seconds for all calls of a learner's function together
CLOSE = 1e-2  # relative: what a slope measured with a small step is off by at the most

MEASURED = "This is very close, as something measured or rounded is. The exact answer is asked for."
TEXT = "Your answer is text, and a number is asked for: leave out the quotes."
ROUNDED = "Right so far, but rounded: give at least three digits."
TRUTHS = (
    "This says True or False for each; np.sum counts the True ones, np.where turns them into other numbers."
)

# Errors that learners run into, by a part of their message: what to say instead.
POWER = "In Python a power is written **; the sign ^ means something else."
NO_SIGN = "A multiplication needs its sign: write 2 * (a + b), not 2(a + b)."
ITSELF = "Your function calls itself, again and again; what it needs is the calculation."
WHERE = "np.where needs three things: a condition, what to take where it holds, and what to take elsewhere."
CHOICE = "An if (or max) cannot decide for a whole array; choose per example with np.where (or np.maximum)."
STUMBLES = {
    "bitwise_xor": POWER,
    "for ^:": POWER,
    "truth value of an array": CHOICE,
    "'int' object is not callable": NO_SIGN,
    "'float' object is not callable": NO_SIGN,
    "maximum recursion depth": ITSELF,
    "either both or neither of x and y": WHERE,
}


@dataclass(frozen=True)
class Feedback:
    """What the check says, as text and, in a notebook, with a bar of colour beside it.

    Attributes
    ----------
    passed : bool
        Whether the answer is right.
    message : str
        One sentence, after ✓ (right), ✗ (wrong) or ○ (not attempted yet).
    """

    passed: bool
    message: str

    def __repr__(self) -> str:
        return self.message

    def _repr_html_(self) -> str:
        colour = ink("right" if self.passed else "line" if self.message.startswith("○") else "wrong")
        style = f"border-left: 4px solid {colour}; margin: 0; padding: 0.2em 0.8em"
        return f'<p role="status" style="{style}">{escape(self.message)}</p>'


class _Wrong(Exception):  # noqa: N818 - not an error of ours: it carries what to tell the learner
    """The answer is wrong, and this is what to say."""


class _NotAttempted(Exception):  # noqa: N818
    """There is no answer yet, and this is what to say."""


def give_feedback(exercise: Exercise, answer: Answer) -> Feedback:
    """Judge an answer.

    Parameters
    ----------
    exercise : Exercise
        What was asked.
    answer : function, number or letter
        What the learner hands in.
    """
    try:
        _judge(exercise, answer)
    except _NotAttempted as what:
        return Feedback(False, f"○ {exercise.id} {what}")
    except _Wrong as what:
        return Feedback(False, f"✗ {exercise.id} {what}")
    return Feedback(True, f"✓ {exercise.id} Right.")


def _judge(exercise: Exercise, answer: Answer) -> None:
    """Return if the answer is right; raise _Wrong or _NotAttempted with the sentence to say if not."""
    if answer is None or answer is ...:
        raise _NotAttempted("Not attempted yet.")
    if isinstance(exercise.reference, str):
        return _judge_choice(exercise, answer)
    if isinstance(exercise.reference, Shown):
        return _judge_figure(exercise, exercise.reference, answer)
    wants_function = callable(exercise.reference)
    if wants_function and not callable(answer):
        raise _Wrong("Hand in the function itself: its name, without brackets after it.")
    if not wants_function and callable(answer):
        raise _Wrong("This asks for a number, and you handed in a function.")

    cases = exercise.cases()
    expected = [_call(exercise.reference, inputs) for inputs in cases]
    try:
        with time_limit(LIMIT):
            got = [_ask(answer, inputs, {**STUMBLES, **exercise.stumbles}) for inputs in cases]
    except TooLong:
        raise _Wrong(
            f"Your code was still running after {LIMIT:g} seconds; is there a loop that never ends?"
        ) from None
    failing = [i for i in range(len(cases)) if not _same(got[i], expected[i], exercise.tolerance)]
    if not failing:
        return
    for mistake in exercise.mistakes:
        theirs = (_call(mistake.answer, inputs) for inputs in cases)
        near = exercise.tolerance if mistake.near is None else mistake.near
        if all(_same(g, t, near) for g, t in zip(got, theirs, strict=True)):
            raise _Wrong(mistake.sentence)
    # Where zero is right, a measurement is off by a little beside the other results.
    beside = 0.1 * CLOSE * _largest(expected) if wants_function else 0.0
    if all(_same(g, e, CLOSE, beside) for g, e in zip(got, expected, strict=True)):
        raise _Wrong(MEASURED if wants_function else ROUNDED)
    first = failing[0]  # cases are sorted: this is the smallest
    raise _Wrong(_difference(cases[first], got[first], expected[first]))


def _judge_choice(exercise: Exercise, answer: Answer) -> None:
    sentences = {mistake.answer: mistake.sentence for mistake in exercise.mistakes}
    letter = answer.strip().upper() if isinstance(answer, str) else None
    if letter == exercise.reference:
        return
    if letter not in sentences:
        letters = ", ".join(f'"{each}"' for each in sorted([exercise.reference, *sentences]))
        raise _Wrong(f"Answer with one letter in quotes: {letters}.")
    raise _Wrong(sentences[letter])


def _judge_figure(exercise: Exercise, wanted: Shown, answer: Answer) -> None:
    if getattr(answer, "name", None) != wanted.figure or not hasattr(answer, "describe"):
        raise _Wrong(f'Hand in the figure itself, the one with the name "{wanted.figure}".')
    if wanted.holds(answer):
        return
    for mistake in exercise.mistakes:
        if mistake.answer.holds(answer):
            raise (_Wrong if mistake.attempted else _NotAttempted)(mistake.sentence)
    raise _Wrong(f"Not yet. The figure says: {answer.describe()}")


def _call(answer: Answer, inputs: Inputs) -> Any:
    with np.errstate(all="ignore"):  # a known mistake may overflow: that is what is wrong with it
        return answer(*inputs.values()) if callable(answer) else answer


def _ask(answer: Answer, inputs: Inputs, stumbles: dict[str, str]) -> Any:
    """Call the learner's function, and tell what went wrong if something did."""
    if callable(answer) and not _takes(answer, inputs):
        raise _Wrong(f"Your function must take {len(inputs)} inputs, in this order: {', '.join(inputs)}.")
    given = deepcopy(inputs)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), warnings.catch_warnings(action="ignore"):
            result = _call(answer, given)
    except Exception as error:
        _explain(error, stumbles)
        what = " ".join(f"{type(error).__name__}: {error}".split())  # on one line
        raise _Wrong(f"Your code stops with {what}{_for(inputs)}.") from None
    if result is ...:
        raise _NotAttempted("Not attempted yet.")
    if result is None and printed.getvalue():
        raise _Wrong("Your function prints its result but returns nothing; write return instead of print.")
    if result is None:
        raise _NotAttempted("Not attempted yet, or the return is missing: the function gives nothing back.")
    for name, value in inputs.items():
        if not np.array_equal(given[name], value):
            raise _Wrong(f"Your function changes its input {name}; make a new array instead.")
    try:
        kind = np.asarray(result).dtype.kind
    except ValueError as error:  # a ragged list
        _explain(error, stumbles)
        kind = "O"
    if kind == "b" and np.ndim(result):
        raise _Wrong(TRUTHS)
    if kind == "U":
        raise _Wrong(TEXT)
    if kind not in "iuf":
        raise _Wrong(f"Your answer is of type {type(result).__name__}, not a number or an array of numbers.")
    return result


def _takes(answer: Answer, inputs: Inputs) -> bool:
    """Whether a function can be called with these inputs, as far as Python can tell."""
    try:
        signature(answer).bind(*inputs.values())
    except TypeError:
        return False
    except ValueError:  # some functions written in C do not say what they take
        pass
    return True


def _explain(error: Exception, stumbles: dict[str, str]) -> None:
    """Raise _Wrong with the sentence for this error, if there is one."""
    if isinstance(error, NameError) and hasattr(np, error.name or ""):
        raise _Wrong(f"The name {error.name} is not known here; that of NumPy is np.{error.name}.") from None
    for part, sentence in stumbles.items():
        if part in str(error):
            raise _Wrong(sentence) from None


def _same(got: Any, expected: Any, tolerance: float, beside: float = 0.0) -> bool:
    """Whether two results agree; NaN agrees with NaN, because a known mistake may give one."""
    return np.shape(got) == np.shape(expected) and np.allclose(
        got, expected, rtol=tolerance, atol=max(beside, 1e-12), equal_nan=True
    )


def _largest(results: list[Any]) -> float:
    """Return the size of the largest finite number in some results."""
    sizes = np.abs(np.concatenate([np.ravel(result) for result in results]))
    return float(sizes.max(where=np.isfinite(sizes), initial=0.0))


def _difference(inputs: Inputs, got: Any, expected: Any) -> str:
    if not inputs and np.shape(got) != np.shape(expected) == ():
        if np.size(got) == 1:
            return "A number is asked for, and yours is wrapped in a list; take the brackets away."
        return f"One number is asked for, and you gave {np.size(got)}; a decimal comma is written as a point."
    if not inputs:
        return f"{_show(got)} is not right."
    if np.shape(got) != np.shape(expected):
        return f"Return {_kind(expected)}{_for(inputs)}; yours is {_kind(got)}."
    return f"Expected {_show(expected)} but got {_show(got)}{_for(inputs)}."


def _for(inputs: Inputs) -> str:
    """Name the inputs of a call, such as ", for actual = [1.5] and predicted = [2]"."""
    if not inputs:
        return ""
    return ", for " + " and ".join(f"{name} = {_show(value)}" for name, value in inputs.items())


def _show(value: Any) -> str:
    if np.ndim(value) == 0:
        return f"{float(value):.10g}"
    return "[" + ", ".join(_show(part) for part in value) + "]"


def _kind(value: Any) -> str:
    return "a single number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"
