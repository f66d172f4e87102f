"""Each exercise takes the right answer, knows its mistakes apart, and never shows a traceback of ours."""

import itertools
import math
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lossviz.data import penguins
from lossviz.descent import descend, direction_of
from lossviz.exercises import EXERCISES, Hint, check, hint
from lossviz.exercises._check import _call, give_feedback
from lossviz.exercises._exercise import Exercise, Mistake, Shown
from lossviz.losses import brier, hinge, huber, logistic, mse, squared_hinge
from lossviz.models import sigmoid
from lossviz.separating import train
from lossviz.widgets import Race

PAIRS = [(exercise, mistake) for exercise in EXERCISES.values() for mistake in exercise.mistakes]


def handed_in(answer: Any) -> Any:
    """What a learner hands in: the answer itself, or a figure that shows it."""
    return answer.example() if isinstance(answer, Shown) else answer


@pytest.mark.parametrize("id", EXERCISES)
def test_the_reference_passes(id: str) -> None:
    feedback = check(id, handed_in(EXERCISES[id].reference))
    assert feedback.passed
    assert repr(feedback) == f"✓ {id} Right."


@pytest.mark.parametrize(("exercise", "mistake"), PAIRS)
def test_every_mistake_gets_its_own_sentence(exercise: Exercise, mistake: Mistake) -> None:
    feedback = check(exercise.id, handed_in(mistake.answer))
    assert not feedback.passed
    assert repr(feedback) == f"{'✗' if mistake.attempted else '○'} {exercise.id} {mistake.sentence}"


@pytest.mark.parametrize("exercise", EXERCISES.values())
def test_no_two_mistakes_share_a_sentence(exercise: Exercise) -> None:
    sentences = [mistake.sentence for mistake in exercise.mistakes]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("exercise", EXERCISES.values())
def test_the_inputs_tell_all_mistakes_apart(exercise: Exercise) -> None:
    if isinstance(exercise.reference, Shown):
        return  # the sentences of the examples, tested above, tell them apart
    exact = [mistake for mistake in exercise.mistakes if mistake.near is None]
    answers = [exercise.reference, *(mistake.answer for mistake in exact)]
    for one, other in itertools.combinations(answers, 2):
        assert any(
            not alike(_call(one, inputs), _call(other, inputs), 2 * exercise.tolerance)
            for inputs in exercise.cases()
        )


@pytest.mark.parametrize("exercise", EXERCISES.values())
def test_a_wide_net_stands_after_the_mistakes_that_it_must_not_catch(exercise: Exercise) -> None:
    wide = [mistake.near is not None for mistake in exercise.mistakes]
    assert wide == sorted(wide)


def alike(one: Any, other: Any, tolerance: float) -> bool:
    """Whether an answer between the two would be taken for both."""
    if isinstance(one, str):
        return one == other
    return np.shape(one) == np.shape(other) and np.allclose(
        one, other, rtol=max(tolerance, 1e-5), equal_nan=True
    )


@pytest.mark.parametrize("exercise", EXERCISES.values())
def test_every_text_is_a_sentence(exercise: Exercise) -> None:
    assert exercise.title
    for text in (*exercise.hints, *(mistake.sentence for mistake in exercise.mistakes)):
        assert re.fullmatch(r"[A-Z].*[.?]", text)


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


def test_what_is_read_off_the_figure_of_the_penguins() -> None:
    birds = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper, mass = birds.flipper_length_mm / 10, birds.body_mass_g / 1000
    deviation = flipper - flipper.mean()
    answer = EXERCISES["1.3"].reference
    assert mse(mass, 0.3 * deviation + 4.2) == pytest.approx(0.231, abs=5e-4)
    assert mse(mass, answer * deviation + 4.2) == pytest.approx(0.231, abs=5e-4)
    for step in (0.69, 0.7):  # of the slider
        assert check("1.3", step).passed
    for step in (0.67, 0.72):
        assert not check("1.3", step).passed
    for way in (0.197, 0.2):
        assert "go as far again beyond the floor" in repr(check("1.3", way))


def test_what_is_read_off_the_huber_curve() -> None:
    assert huber.curve(EXERCISES["2.4"].reference) == 1.5


def test_what_is_read_off_the_slopes_of_the_squared_error() -> None:
    logit = np.linspace(-12, 12, 24001)
    slope = np.gradient((1 - sigmoid(logit)) ** 2, logit)
    assert logit[np.argmin(slope)] == pytest.approx(EXERCISES["3.3"].reference, abs=1e-3)
    assert slope.min() == pytest.approx(-8 / 27, abs=1e-6)  # what a mistake calls the slope there


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


def test_the_best_logit_of_the_squared_hinge_is_as_told() -> None:
    logits = np.linspace(-2, 2, 401)
    score = 0.9 * squared_hinge.curve(logits) + 0.1 * squared_hinge.curve(-logits)
    assert logits[np.argmin(score)] == pytest.approx(0.8)
    assert sigmoid(0.8) == pytest.approx(0.69, abs=5e-3)


def test_where_the_naive_loss_breaks() -> None:
    logits = np.arange(1, 50, dtype=np.float32)
    with np.errstate(divide="ignore"):
        naive = -np.log(1 - 1 / (1 + np.exp(-logits)))
    assert naive.dtype == np.float32
    assert logits[np.isinf(naive)][0] == EXERCISES["3.6"].reference
    assert naive[logits == 16] == pytest.approx(15.9, abs=0.05)


def test_numbers_worked_out_by_hand() -> None:
    x, y = np.arange(4), np.array([1, 5, 3, 2])
    assert EXERCISES["1.1"].reference == mse(y, x + 1)
    assert EXERCISES["2.3"].reference == np.mean([0, 3, 3, 4, 40])
    assert EXERCISES["3.1"].reference == pytest.approx(-np.mean(np.log([1 / 2, 1 / 2, 1 / 4, 1 / 8])))


def test_margins_worked_out_by_hand_or_read_off_the_figure() -> None:
    assert EXERCISES["4.1"].reference == pytest.approx(hinge([1, 1, -1, -1], [3, 0.2, 0.5, -1]))
    margin = EXERCISES["4.6"].reference
    assert squared_hinge.curve(margin) == 3 * hinge.curve(margin)


def test_the_step_asked_for_is_the_step_of_training() -> None:
    for inputs in EXERCISES["4.5"].cases():
        x, actual, weights, bias, penalty, rate = inputs.values()
        trained = train(hinge, x, actual, weights, bias, penalty=penalty, rate=rate, steps=1)[-1]
        assert EXERCISES["4.5"].reference(*inputs.values()) == pytest.approx(trained)


@pytest.mark.parametrize(("times", "grows"), [(0.98, False), (1.02, True)])
def test_beyond_the_border_descent_breaks(times: float, grows: bool) -> None:
    x, actual = np.array([[1, 0], [-1, 1], [2, -1]]), np.array([1, -1, 1])
    rate = times * EXERCISES["4.7"].reference
    path = train(hinge, x, actual, [100, 0], 0, penalty=4, rate=rate, steps=200)
    assert (np.abs(path[-1]).max() > 1000) == grows


def test_steps_worked_out_by_hand_are_those_of_descent() -> None:
    path = descend(lambda p: float(p @ p) / 2, lambda p: p, [10.0], rate=0.1, steps=3, optimiser="momentum")
    assert EXERCISES["6.1"].reference == pytest.approx(path.points[-1, 0])
    for inputs in EXERCISES["6.3"].cases():
        start, rate, decay, steps = inputs.values()
        path = descend(lambda p: float(abs(p[0])), np.sign, [start], rate=rate, decay=decay, steps=steps)
        assert EXERCISES["6.3"].reference(*inputs.values()) == pytest.approx(path.points[-1, 0])


@pytest.mark.parametrize(
    ("id", "optimiser", "share"), [("6.2", "momentum", "momentum"), ("6.4", "rmsprop", "smoothing")]
)
def test_the_steps_asked_for_are_those_of_the_optimisers(id: str, optimiser: str, share: str) -> None:
    for inputs in EXERCISES[id].cases():
        place, memory, gradient, rate, kept = inputs.values()
        # A slope before this one that leaves such a memory.
        before = memory if optimiser == "momentum" else np.sqrt(memory / (1 - kept))
        direction = direction_of(optimiser, **{share: kept})
        direction(before)
        new_place, _ = EXERCISES[id].reference(*inputs.values())
        assert new_place == pytest.approx(place - rate * direction(gradient), rel=1e-6)


def test_what_is_read_off_the_three_terrains() -> None:
    x, actual = [-2, -1.2, -0.5, 0.6, 1.4, 2.2], [-1, -1, -1, 1, 1, 1]
    race = Race.of_lines(
        x, actual, [mse, logistic, hinge], name="three", weight=(-3, 5), bias=(-3, 3), start=(-2, 2.5)
    )
    race.roll(1000)
    squared, entropy, margin = race.paths
    first = {
        "6.5": np.argmax(squared.gradient_norms[:50] < entropy.gradient_norms[:50]),
        "the hinge": np.argmax(squared.gradient_norms[:50] < margin.gradient_norms[:50]),
        "the loss": np.argmax(squared.losses[:50] < entropy.losses[:50]),
    }
    assert first == {"6.5": EXERCISES["6.5"].reference, "the hinge": 7, "the loss": 3}
    assert (squared.end, squared.steps, margin.end, margin.steps) == ("rest", 81, "rest", 100)
    scores = [path.losses[min(100, path.steps)] for path in race.paths]
    assert np.round(scores, 3).tolist() == [0.188, 0.153, 0]  # as exercise 6.7 tells


def test_the_ridge_of_chapter_7_is_where_the_score_is_level() -> None:
    marks, side = np.array([1, 4, 4, 30]), np.array([-1, 1, 1, -1])
    weight = np.linspace(0.05, 0.4, 3501)
    score = brier.from_logits.curve(np.multiply.outer(weight, side * marks)).mean(axis=1)
    ridge = weight[np.argmax(score)]
    assert check("7.3", ridge).passed
    assert ridge == pytest.approx(EXERCISES["7.3"].reference, abs=5e-3)


def test_from_how_far_out_the_squared_error_does_not_come_back() -> None:
    def right(start: float) -> bool:
        """Whether 400 steps bring two examples, at −1 and 1, to their sides."""
        x, actual = np.array([-1.0, 1.0]), np.array([0, 1])
        path = descend(
            lambda w: brier.from_logits(actual, w[0] * x),
            lambda w: [np.mean(brier.from_logits.slope(actual, w[0] * x) * x)],
            [start],
            rate=1,
            steps=400,
        )
        return bool(path.points[-1, 0] > 0)

    reference = EXERCISES["7.4"].reference
    assert [right(-out) for out in range(1, reference)] == [True] * (reference - 1)
    assert not right(-reference)


def test_the_tilted_loss_aims_at_its_share() -> None:
    numbers = np.arange(1, 11)
    tilted = EXERCISES["7.6"].reference
    scores = [np.mean(tilted(numbers, guess, 0.85)) for guess in numbers]
    assert numbers[np.argmin(scores)] == 9  # above 8 of the 10 numbers, and not below the last
    assert tilted(np.array([3.0]), np.array([1.0]), 0.5) == [1.0]  # half the absolute error


def test_an_exercise_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="level must be 1, 2 or 3"):
        Exercise("0.1", 4, "", mse, None, ("", "", ""), ())
    with pytest.raises(ValueError, match="hints must be three"):
        Exercise("0.1", 1, "", mse, None, ("", ""), ())  # type: ignore[arg-type]
