"""Which loss: the questions, the table, and Chooser from Python."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import traitlets

from lossviz import Chooser
from lossviz.choosing import TABLE, advise, markdown_table, remaining

CHAPTERS = Path(__file__).parents[2] / "chapters"
EVERY: list[dict[str, Any]] = [
    dict(zip(("output", "outliers", "probabilities"), answers, strict=True))
    for answers in itertools.product(("number", "class"), (False, True), (False, True))
]


def test_every_set_of_answers_leads_to_one_loss() -> None:
    assert len(TABLE) == len(EVERY)
    for answers in EVERY:
        assert remaining(answers) == [advise(**answers)]
        assert advise(**answers).answers() == answers


def test_the_rules_of_the_chapter() -> None:
    for answers in EVERY:
        number = "mae" if answers["outliers"] else "mse"
        of_class = "cross_entropy" if answers["probabilities"] else "hinge"
        assert advise(**answers).loss.name == (number if answers["output"] == "number" else of_class)


def test_reasons_are_sentences_of_their_own() -> None:
    for texts in ([advice.why for advice in TABLE], [advice.watch for advice in TABLE]):
        assert len(set(texts)) == len(TABLE)
        assert all(text[0].isupper() and text.endswith(".") and "|" not in text for text in texts)


def test_the_table_on_paper_holds_every_row() -> None:
    lines = markdown_table().splitlines()
    assert len(lines) == 2 + len(TABLE)
    assert {line.count("|") for line in lines} == {3}
    for line, advice in zip(lines[2:], TABLE, strict=True):
        assert advice.why in line
        assert advice.watch[1:] in line
        assert line.startswith(f"| {advice.sentence().split(':')[0]} |")
        assert f"**{advice.loss.label}** (chapter {advice.chapter})" in line


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"output": "word"}, "output must be 'number' or 'class'; got 'word'"),
        ({"outliers": "no"}, "outliers must be False or True; got 'no'"),
        ({"probabilities": 1}, "probabilities must be False or True; got 1"),
    ],
)
def test_refuses_an_answer_that_a_question_does_not_take(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        advise(**{**EVERY[0], **wrong})


def test_the_sentence_follows_the_answers() -> None:
    chooser = Chooser(name="c")
    assert chooser.describe() == (
        "Which loss? What is the model to say? A number or a class. "
        "Wild values or wrong labels that must not decide? No or yes. "
        "Must you know how likely, too? No or yes. "
        "Answer the three questions. Each answer rules some losses out."
    )
    chooser.probabilities = True
    assert "Still possible: squared error, absolute error, cross-entropy." in chooser.describe()
    chooser.output = "class"
    assert chooser.describe().endswith("No or yes. It will be the cross-entropy. Answer the rest to see why.")
    assert chooser.advice is None
    chooser.outliers = False
    assert chooser.advice == advise("class", False, True)
    assert chooser.describe() == f"Which loss? {advise('class', False, True).sentence()}"


def test_python_and_the_page_are_told_the_same() -> None:
    chooser = Chooser(name="c")
    for answers, row in zip(EVERY, chooser._table, strict=True):
        assert row["answers"] == answers
        assert row["sentence"] == advise(**answers).sentence()
        assert row["loss"] in {loss["name"] for loss in chooser._losses}


def test_paper_shows_the_questions_and_what_the_answers_lead_to() -> None:
    lines = [text.get_text() for text in Chooser(name="c").figure().texts]
    assert lines[:2] == ["What is the model to say?", "○ a number     ○ a class"]
    assert len(lines) == 6
    answered = Chooser(name="c", output="class", outliers=True, probabilities=False)
    lines = [text.get_text() for text in answered.figure().texts]
    assert lines[1:4:2] == ["○ a number     ● a class", "○ no     ● yes"]
    assert " ".join(lines[6:]) == advise("class", True, False).sentence()


def test_refuses_wrong_state() -> None:
    with pytest.raises(traitlets.TraitError, match="output must be 'number' or 'class'; got 'word'"):
        Chooser(name="c", output="word")
    with pytest.raises(traitlets.TraitError, match="outliers"):
        Chooser(name="c", outliers="no")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="outlier"):
        Chooser(name="c", outlier=True)  # type: ignore[call-arg]


def test_the_chapter_holds_the_table() -> None:
    chapter = json.loads((CHAPTERS / "07-choosing.ipynb").read_text(encoding="utf-8"))
    assert markdown_table() in ["".join(cell["source"]) for cell in chapter["cells"]]
