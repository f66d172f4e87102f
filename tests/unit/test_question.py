"""Question from Python: its state, its sentence, its picture, and what it refuses."""

import pytest
import traitlets

from lossviz import Choice, Question

CHOICES = [Choice("4.", "That is the mean."), Choice("2", "It stands in the middle.", right=True)]


def median(chosen: int | None = None) -> Question:
    return Question("Which number is the median of 1, 2, 9?", CHOICES, name="median", chosen=chosen)


def test_sentence_before_and_after_an_answer() -> None:
    question = median()
    asked = "Question: Which number is the median of 1, 2, 9? A: 4. B: 2."
    assert question.describe() == f"{asked} Choose an answer to see what it says."
    question.chosen = 0
    assert question.describe() == f"{asked} You chose A. Not quite. That is the mean."
    question.chosen = 1
    assert question.describe() == f"{asked} You chose B. Right. It stands in the middle."


def test_output_holds_the_widget_the_picture_and_the_sentence() -> None:
    question = median()
    bundle, _ = question._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == question.model_id
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == question.describe()


def test_paper_shows_every_word_and_asks_nobody_to_click() -> None:
    lines = [text.get_text() for text in median().figure().texts]
    assert lines == ["Which number is the median of 1, 2, 9?", "A   4.", "B   2"]
    assert [text.get_text() for text in median(1).figure().texts][3:] == [
        "You chose B. Right. It stands in the middle."
    ]


def test_paper_wraps_long_choices() -> None:
    words = "word " * 40 + "end"
    question = Question("?", [Choice(words, "Yes.", right=True), CHOICES[0]], name="long")
    lines = [text.get_text() for text in question.figure().texts]
    assert max(map(len, lines)) < 80
    assert " ".join(" ".join(lines[1:-1]).split()) == f"A {words}"


def test_a_dollar_sign_is_money() -> None:
    question = Question(
        "Is $5 more than $4?", [Choice("yes", "$1 more", right=True), Choice("no", "!")], name="money"
    )
    assert question._repr_mimebundle_()[0]["image/png"]
    assert not question.figure().texts[0].get_parse_math()


@pytest.mark.parametrize(
    ("question", "choices", "message"),
    [
        (" ", CHOICES, "question is empty"),
        ("?", CHOICES[1:], "choices must be 2 to 8; got 1"),
        ("?", CHOICES * 5, "choices must be 2 to 8; got 10"),
        ("?", CHOICES[:1] * 2, "at least one with right=True"),
        ("?", [*CHOICES, Choice("", "what?")], "choices must have a text and a feedback"),
        ("?", [*CHOICES, Choice("what?", " ")], "choices must have a text and a feedback"),
    ],
)
def test_refuses_a_question_nobody_can_answer(question: str, choices: list[Choice], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Question(question, choices, name="bad")


def test_refuses_what_is_no_choice() -> None:
    with pytest.raises(TypeError, match="choices must be Choice objects; got 'yes'"):
        Question("?", ["yes", "no"], name="bad")  # type: ignore[list-item]


def test_refuses_an_answer_that_is_not_offered() -> None:
    question = median(1)
    for wrong in (-1, 2):
        message = f"chosen must be None or an index from 0 to 1; got {wrong}"
        with pytest.raises(traitlets.TraitError, match=message):
            question.chosen = wrong
    assert question.chosen == 1


def test_refuses_an_unknown_keyword() -> None:
    with pytest.raises(TypeError, match="titel"):
        Question("?", CHOICES, name="bad", titel="x")  # type: ignore[call-arg]
