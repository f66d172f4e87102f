"""Checking: answers that are figures, code that never ends, what is shown, and what is remembered."""

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from lossviz.exercises import _RESULTS, EXERCISES, _check, check, progress
from lossviz.exercises._check import Feedback, give_feedback
from lossviz.exercises._exercise import Exercise, Mistake, Shown
from lossviz.exercises._time_limit import TooLong, time_limit
from lossviz.losses import mse


def ball(steps: int, low: bool = False) -> Any:
    """Stand in for a figure that a reader moved."""
    return SimpleNamespace(name="valley", steps=steps, low=low, describe=lambda: f"{steps} steps.")


MOVED = Exercise(
    id="0.1",
    level=1,
    title="Into the valley",
    reference=Shown("valley", lambda figure: figure.low, lambda: ball(9, low=True)),
    draw=None,
    hints=("One.", "Two.", "Three."),
    mistakes=(
        Mistake(Shown("valley", lambda figure: figure.steps == 0, lambda: ball(0)), "Press Roll."),
        Mistake(Shown("valley", lambda figure: figure.steps < 5, lambda: ball(3)), "Give it time."),
    ),
)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (ball(9, low=True), "✓ 0.1 Right."),
        (ball(0), "✗ 0.1 Press Roll."),
        (ball(3), "✗ 0.1 Give it time."),
        (ball(9), "✗ 0.1 Not yet. The figure says: 9 steps."),
        (..., "○ 0.1 Not attempted yet."),
        (9, '✗ 0.1 Hand in the figure itself, the one with the name "valley".'),
        (
            SimpleNamespace(name="bowl", describe=str),
            '✗ 0.1 Hand in the figure itself, the one with the name "valley".',
        ),
    ],
)
def test_an_exercise_may_ask_for_a_figure(answer: Any, message: str) -> None:
    assert repr(give_feedback(MOVED, answer)) == message


def test_a_loop_that_never_ends_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_check, "LIMIT", 0.05)

    def endless(actual: Any, predicted: Any) -> float:
        while True:
            try:
                sum(range(10))
            except Exception:
                continue

    said = repr(check("2.1", endless))
    assert said == "✗ 2.1 Your code was still running after 0.05 seconds; is there a loop that never ends?"


def test_what_ends_in_time_is_left_alone() -> None:
    for _ in range(50):
        with suppress(TooLong), time_limit(0.001):  # so short that some end just as the time is over
            sum(range(20_000))
        sum(range(20_000))  # nothing may arrive here


def test_a_notebook_shows_the_message_and_a_screen_reader_is_told() -> None:
    html = Feedback(False, "✗ 2.1 a < b")._repr_html_()
    assert "✗ 2.1 a &lt; b" in html
    assert 'role="status"' in html
    colours = {
        Feedback(passed, text)._repr_html_() for passed, text in ((True, "✓"), (False, "✗"), (False, "○"))
    }
    assert len(colours) == 3


def test_progress_tells_what_is_solved_not_yet_and_never_tried() -> None:
    _RESULTS.clear()  # other tests may have solved some
    check("2.2", mse.slope)
    check("2.1", mse)
    check("2.1", ...)  # a stub that was run counts for nothing
    shown = progress()
    signs = {line.split()[1]: line[0] for line in str(shown).splitlines()[1:]}
    assert (signs["2.2"], signs["2.1"], signs["2.3"]) == ("✓", "✗", "○")
    assert set(signs) >= {id for id in EXERCISES if id.startswith("2.")}
    assert f"{shown.solved} of {len(shown.exercises)} solved" in shown._repr_html_()
    check("2.2", mse)  # once solved, solved
    assert "✓ 2.2" in str(progress())


def test_progress_begins_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lossviz.exercises._RESULTS", {})
    assert repr(progress()) == "Nothing is checked yet in this session."
    check("1.1", ...)
    assert progress().exercises == ()
