"""Each exercise takes the right answer, and knows its mistakes apart."""

import itertools
import re
from typing import Any

import numpy as np
import pytest

from lossviz.exercises import EXERCISES, check
from lossviz.exercises._check import _call
from lossviz.exercises._exercise import Exercise, Mistake, Shown
from lossviz.losses import mse

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


def test_an_exercise_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="level must be 1, 2 or 3"):
        Exercise("0.1", 4, "", mse, None, ("", "", ""), ())
    with pytest.raises(ValueError, match="hints must be three"):
        Exercise("0.1", 1, "", mse, None, ("", ""), ())  # type: ignore[arg-type]
