"""What a check says to an answer is a sentence, and never a traceback of ours; and what the hints say."""

import math
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lossviz.exercises import EXERCISES, Hint, check, hint
from lossviz.exercises._check import give_feedback
from lossviz.exercises._exercise import Exercise, Mistake
from lossviz.losses import mse


def test_answers_in_plain_python_pass() -> None:
    def my_rmse(actual: Any, predicted: Any) -> float:
        total = 0.0
        for a, p in zip(actual, predicted, strict=True):
            total += (p - a) ** 2
        return math.sqrt(total / len(actual))

    def my_slope(actual: Any, predicted: Any) -> list[float]:
        return [2 * (p - a) for a, p in zip(actual, predicted, strict=True)]

    assert check("2.1", my_rmse).passed
    assert check("2.2", my_slope).passed


def rmse(actual: Any, predicted: Any) -> float:
    return math.sqrt(mse(actual, predicted))


def prints(actual: Any, predicted: Any) -> None:
    print(rmse(actual, predicted))


def spoils(actual: Any, predicted: Any) -> float:
    score = rmse(actual, predicted)
    predicted -= actual
    return score


def stops(actual: Any, predicted: Any) -> float:
    raise KeyError("total\nsum")


def passes_once(actual: Any, predicted: Any) -> float:
    return rmse(actual, predicted) if len(actual) == 2 else 0.0


def stub(actual: Any, predicted: Any) -> Any: ...


TWO: Any = 2


def endless(actual: Any) -> Any:
    return endless(actual)


def returns_dots(actual: Any, predicted: Any) -> Any:
    return ...


ANSWERS: list[tuple[Any, str]] = [
    (..., r"○ 2\.1 Not attempted yet\."),
    (None, r"○ 2\.1 Not attempted yet\."),
    (returns_dots, r"○ 2\.1 Not attempted yet\."),
    (stub, r"○ 2\.1 Not attempted yet, or the return is missing: the function gives nothing back\."),
    (prints, r"✗ 2\.1 Your function prints its result but returns nothing; write return instead of print\."),
    (spoils, r"✗ 2\.1 Your function changes its input predicted; make a new array instead\."),
    (
        stops,
        r"✗ 2\.1 Your code stops with KeyError: 'total\\nsum', for actual = \[.*\] and predicted = \[.*\]\.",
    ),
    (lambda actual: 0, r"✗ 2\.1 Your function must take 2 inputs, in this order: actual, predicted\."),
    (lambda actual, predicted: unknown, r"✗ 2\.1 Your code stops with NameError: .*"),  # type: ignore[name-defined] # noqa: F821
    (
        lambda actual, predicted: sqrt(actual),  # type: ignore[name-defined] # noqa: F821
        r"✗ 2\.1 The name sqrt is not known here; that of NumPy is np\.sqrt\.",
    ),
    (lambda actual, predicted: TWO(actual), r"✗ 2\.1 A multiplication needs its sign: .*"),
    (
        lambda actual, predicted: np.where(actual, 1),  # type: ignore[call-overload]
        r"✗ 2\.1 np\.where needs three things: .*",
    ),
    (lambda actual, predicted: endless(actual), r"✗ 2\.1 Your function calls itself, .*"),
    (
        lambda actual, predicted: "3",
        r"✗ 2\.1 Your answer is text, and a number is asked for: leave out the quotes\.",
    ),
    (lambda actual, predicted: [[1], [2, 3]], r"✗ 2\.1 Your answer is of type list, not .*"),
    (lambda actual, predicted: True, r"✗ 2\.1 Your answer is of type bool, not .*"),
    (
        lambda actual, predicted: np.array([rmse(actual, predicted)]),
        r"✗ 2\.1 Return a single number, for actual = .*; yours is an array of shape \(1,\)\.",
    ),
    (passes_once, r"✗ 2\.1 Expected \S+ but got 0, for actual = \[\S+, \S+, \S+\] and predicted = \[.*\]\."),
    (
        lambda actual, predicted: np.sqrt(np.mean((predicted - actual) ^ 2)),
        r"✗ 2\.1 In Python a power is written \*\*; the sign \^ means something else\.",
    ),
    (
        lambda actual, predicted: rmse(actual, predicted) * 1.001,
        r"✗ 2\.1 This is very close, as something measured or rounded is\. The exact answer is asked for\.",
    ),
    (
        lambda actual, predicted: predicted > actual,
        r"✗ 2\.1 This says True or False for each; np\.sum counts the True ones, np\.where turns .*\.",
    ),
    (42, r"✗ 2\.1 Hand in the function itself: its name, without brackets after it\."),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_feedback_says_what_is_wrong_in_a_sentence(answer: Any, message: str, capsys: Any) -> None:
    feedback = check("2.1", answer)
    assert not feedback.passed
    assert re.fullmatch(message, repr(feedback))
    assert capsys.readouterr() == ("", "")  # what the answer printed while it was tried is nobody's business


def if_for_all(actual: Any, predicted: Any, delta: Any) -> Any:
    e = predicted - actual
    return 0.5 * e**2 if abs(e) <= delta else delta * abs(e) - 0.5 * delta**2


def test_an_if_for_a_whole_array_is_led_to_where() -> None:
    message = repr(check("2.6", if_for_all))
    assert message.startswith("✗ 2.6 An if (or max) cannot decide for a whole array; choose per example")


@pytest.mark.parametrize(
    "all_at_once",
    [
        lambda x, actual, weights, bias: mse(actual, weights * x + bias),
        lambda x, actual, weights, bias: mse(actual, weights[:, np.newaxis] * x + bias),
    ],
)
def test_scoring_all_weights_at_once_is_led_to_one_at_a_time(all_at_once: Any) -> None:
    message = "✗ 1.5 Score one weight at a time: each of them makes a line, with a prediction for every x."
    assert repr(check("1.5", all_at_once)) == message


def test_an_array_is_asked_for_by_its_shape() -> None:
    assert re.fullmatch(
        r"✗ 2\.2 Return an array of shape \(2,\), for actual = .*; yours is a single number\.",
        repr(check("2.2", mse)),
    )


@pytest.mark.parametrize("step", [1e-5, 1e-3, 0.01])
def test_a_measured_slope_is_told_from_a_wrong_one(step: float) -> None:
    def measured(actual: Any, predicted: Any) -> Any:
        return ((predicted + step - actual) ** 2 - (predicted - actual) ** 2) / step

    assert repr(check("2.2", measured)).startswith("✗ 2.2 This is very close")
    assert repr(check("2.2", lambda a, p: mse.slope(a, p) + 1)).startswith("✗ 2.2 Expected")


def test_printing_beside_returning_is_fine() -> None:
    def chatty(actual: Any, predicted: Any) -> float:
        print("here")
        return rmse(actual, predicted)

    assert check("2.1", chatty).passed


def test_feedback_is_the_same_every_time() -> None:
    def wrong(actual: Any, predicted: Any) -> float:
        return 1.0

    assert check("2.1", wrong) == check("2.1", wrong)


@pytest.mark.parametrize("call", [check, hint])
def test_an_unknown_exercise_is_refused_with_the_list(call: Callable[[str, Any], object]) -> None:
    with pytest.raises(ValueError, match=r"no exercise '9\.9'; the exercises are 1\.1, 1\.2"):
        call("9.9", 1)


def test_hints_go_from_one_to_three() -> None:
    assert repr(hint("2.1")) == f'Hint 1 of 3: {EXERCISES["2.1"].hints[0]} (Next: hint("2.1", 2))'
    assert repr(hint("2.1", 3)) == f"Hint 3 of 3: {EXERCISES['2.1'].hints[2]}"
    with pytest.raises(ValueError, match="number must be from 1 to 3; got 4"):
        hint("2.1", 4)


def test_a_page_folds_each_hint_into_the_one_before() -> None:
    html = hint("2.1")._repr_html_()
    first, second, third = (html.index(f"Hint {number} of 3") for number in (1, 2, 3))
    assert first < second < third
    assert html.count("<details>") == 3
    assert html.endswith("</details>" * 3)
    assert hint("2.1", 3)._repr_html_().count("<details>") == 1


def test_a_hint_is_text_and_never_html() -> None:
    assert "&lt;b&gt;" in Hint("0.1", 1, ("Use <b>.",))._repr_html_()


BY_HAND = Exercise(
    id="0.1",
    level=1,
    title="A number",
    reference=4.605,
    draw=None,
    hints=("One.", "Two.", "Three."),
    mistakes=(Mistake(2.0, "That is log10."), Mistake(6, "A bit less.", near=0.1)),
    tolerance=1e-3,
)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (4.605, "✓ 0.1 Right."),
        (4.6052, "✓ 0.1 Right."),
        (2, "✗ 0.1 That is log10."),
        (4.6, "✗ 0.1 Right so far, but rounded: give at least three digits."),
        (3, "✗ 0.1 3 is not right."),
        (5.3, "✗ 0.1 5.3 is not right."),
        (5.5, "✗ 0.1 A bit less."),
        (6.5, "✗ 0.1 A bit less."),
        (..., "○ 0.1 Not attempted yet."),
        ("4.6", "✗ 0.1 Your answer is text, and a number is asked for: leave out the quotes."),
        (
            (4, 605),
            "✗ 0.1 One number is asked for, and you gave 2; a decimal comma is written as a point.",
        ),
        ([4.605], "✗ 0.1 A number is asked for, and yours is wrapped in a list; take the brackets away."),
        (mse, "✗ 0.1 This asks for a number, and you handed in a function."),
    ],
)
def test_an_exercise_may_ask_for_a_number(answer: Any, message: str) -> None:
    assert repr(give_feedback(BY_HAND, answer)) == message


CHOICE = Exercise(
    id="0.2",
    level=1,
    title="A choice",
    reference="B",
    draw=None,
    hints=("One.", "Two.", "Three."),
    mistakes=(Mistake("A", "Not A."), Mistake("C", "Not C.")),
)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("B", "✓ 0.2 Right."),
        (" b ", "✓ 0.2 Right."),
        ("A", "✗ 0.2 Not A."),
        ("c", "✗ 0.2 Not C."),
        ("D", '✗ 0.2 Answer with one letter in quotes: "A", "B", "C".'),
        (2, '✗ 0.2 Answer with one letter in quotes: "A", "B", "C".'),
        (mse, '✗ 0.2 Answer with one letter in quotes: "A", "B", "C".'),
        (..., "○ 0.2 Not attempted yet."),
    ],
)
def test_an_exercise_may_ask_for_a_choice(answer: Any, message: str) -> None:
    assert repr(give_feedback(CHOICE, answer)) == message


def test_a_result_that_is_no_number_is_wrong_and_is_shown() -> None:
    def no_number(logits: Any) -> Any:
        return np.full(len(logits), np.nan)

    assert re.fullmatch(
        r"✗ 3\.4 Expected \[.*\] but got \[nan, nan\], for logits = .*", repr(check("3.4", no_number))
    )


def test_known_mistakes_that_overflow_warn_nobody() -> None:
    with warnings.catch_warnings(action="error"):
        assert not check("3.4", lambda logits: logits).passed  # compared with every mistake
        assert not check("3.7", lambda actual, logit: logit).passed


def test_each_logit_that_is_too_large_is_sent_back_to_the_first() -> None:
    for later in (19, 30, 50, 200, 900):
        assert "not for the first time" in repr(check("3.6", later))


@pytest.mark.parametrize(
    ("id", "answers", "message"),
    [
        ("3.3", (-1.2, -1, -0.5, -0.4), "Close. The hill is flat on top"),
        ("4.7", (0.4, 0.45, 0.499, 0.51, 0.6), "Close, as found by trying. Now on paper"),
        ("3.1", (1.21,), "Right so far, but rounded"),
        ("4.1", (0.57, 0.58), "Right so far, but rounded"),
    ],
)
def test_a_near_number_is_told_that_it_is_near(id: str, answers: tuple[float, ...], message: str) -> None:
    for answer in answers:
        assert repr(check(id, answer)).startswith(f"✗ {id} {message}")


@pytest.mark.parametrize(("id", "answers"), [("3.3", (-2.1, -0.2)), ("4.7", (0.37, 0.62))])
def test_a_number_that_is_not_near_is_not_told_so(id: str, answers: tuple[float, ...]) -> None:
    for answer in answers:
        said = repr(check(id, answer))
        assert said.startswith(f"✗ {id} ")
        assert "Close" not in said


def test_a_softmax_must_not_break_when_the_logits_lie_apart() -> None:
    cases = [inputs["logits"] for inputs in EXERCISES["3.4"].cases()]
    assert any({-1000, 1000} <= set(logits) for logits in cases)


def test_clipping_a_probability_is_told_what_it_costs() -> None:
    def clipped(actual: Any, logit: Any) -> Any:
        with np.errstate(all="ignore"):
            p = np.clip(1 / (1 + np.exp(-logit)), 1e-12, 1 - 1e-12)
        return -actual * np.log(p) - (1 - actual) * np.log(1 - p)

    message = (
        "Clipping p at 1e-12 hides the infinity, but the loss of a logit that is wrong by 1000 is then 27.6"
    )
    assert message in repr(check("3.7", clipped))


def test_a_pair_is_asked_to_be_one_array() -> None:
    def step(x: Any, actual: Any, weights: Any, bias: Any, penalty: Any, rate: Any) -> Any:
        return weights, bias

    message = "✗ 4.5 Put the two weights and the bias into one array, with np.append."
    assert repr(check("4.5", step)) == message
