"""Result from Python: it counts what its questions hold, and says what to read again."""

from typing import Any

import pytest

from lossviz import Choice, Question, Result

CHOICES = [Choice("yes", "Indeed.", right=True), Choice("no", "Oh yes.")]


def quiz() -> tuple[list[Question], Result]:
    questions = [Question(f"Question {i}?", CHOICES, name=f"q{i}") for i in range(3)]
    places = ["chapter 1", "chapter 2", "chapter 2"]
    return questions, Result(dict(zip(questions, places, strict=True)), name="result")


def test_it_follows_each_answer() -> None:
    (first, second, third), result = quiz()
    assert result.describe() == "0 of 3 answered."
    first.chosen = 0
    assert result.describe() == "1 of 3 answered, 1 of them right."
    second.chosen = third.chosen = 1
    said = "3 of 3 answered, 1 of them right. To read again: chapter 2."
    assert result.describe() == said  # each place once
    assert (result.answered, result.right) == (3, 1)
    second.chosen = third.chosen = 0
    assert result.describe() == "3 of 3 answered, 3 of them right. Well done: nothing to read again."


def test_output_holds_the_widget_the_picture_and_the_sentence() -> None:
    questions, result = quiz()
    bundle, _ = result._repr_mimebundle_()
    assert bundle["text/plain"] == "0 of 3 answered."
    assert bundle["image/png"].startswith(b"\x89PNG")
    references = result.get_state()["_questions"]
    assert references == [f"IPY_MODEL_{question.model_id}" for question in questions]


@pytest.mark.parametrize(
    ("questions", "error", "message"),
    [({}, ValueError, "questions is empty"), ({"a": "b"}, TypeError, "must be Question objects; got 'a'")],
)
def test_what_is_no_quiz_is_refused(questions: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Result(questions, name="result")
