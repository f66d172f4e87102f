"""No figure is put out by a clumsy reader: random events, seeded, and then it still says what Python says."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from lossviz import (
    Chooser,
    ClassProbabilities,
    LineFit,
    LossCurve,
    Question,
    Race,
    Result,
    Separator,
    Terrain,
    hinge,
    huber,
    logistic,
    mae,
    mse,
)  # fmt: skip
from lossviz.landscape import Landscape
from lossviz.losses import binary_cross_entropy
from lossviz.widgets import Choice
from lossviz.widgets._base import Figure
from tests.browser.figures import PageOf

CLUMSY = Path(__file__).with_name("random_events.js")
X = np.array([-2.0, -1.5, -0.7, 0.1, 0.8, 1.2, 2.1, 2.5])
LABELS = np.array([-1, -1, 1, -1, 1, -1, 1, 1])


def line_fit() -> list[Figure]:
    return [
        LineFit(
            X, 2 * X + 1, mse, mae, huber, name="fit", movable=True, refit=True, show_pulls=True,
            errors="squares", goal=0.1, moves=5,
        )
    ]  # fmt: skip


def loss_curve() -> list[Figure]:
    return [LossCurve(mse, mae, huber, name="curve", marks=[-1, 1], slope_panel=True)]


def surprise() -> list[Figure]:
    return [LossCurve(binary_cross_entropy, name="surprise", show_bits=True)]


def question(name: str = "question") -> Question:
    return Question("Which?", [Choice("A", "No.", right=False), Choice("B", "Yes.", right=True)], name=name)


def class_probabilities() -> list[Figure]:
    return [ClassProbabilities(["cat", "dog", "bird"], [2, 1, 0], name="classes")]


def separator() -> list[Figure]:
    points = np.column_stack([X, X[::-1]])
    return [Separator(points, LABELS, hinge, logistic, name="separator", outlier=(3, -3, 1))]


def terrain() -> list[Figure]:
    land = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2 + x / 10, x=(-1.5, 1.5), y=(-1, 1), size=31)
    starts = [(-0.3, 0.5), (0.4, -0.7)]
    return [Terrain(land, name="terrain", starts=starts, basins=False, noise_most=2)]


def race() -> list[Figure]:
    losses = {"MSE": mse, "hinge": hinge}
    return [Race.of_lines(X, LABELS, losses, name="race", weight=(-3, 4), bias=(-3, 3), start=(-2, 2))]


def result() -> list[Figure]:
    questions = [question("one"), question("two")]
    return [*questions, Result(dict(zip(questions, ["chapter 1", "chapter 2"], strict=True)), name="result")]


MADE: dict[str, Callable[[], list[Figure]]] = {
    "LineFit": line_fit,
    "LossCurve": loss_curve,
    "LossCurve of a probability": surprise,
    "Question": lambda: [question()],
    "ClassProbabilities": class_probabilities,
    "Separator": separator,
    "Terrain": terrain,
    "Race": race,
    "Chooser": lambda: [Chooser(name="chooser")],
    "Result": result,
}


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 200), pytest.param(2, 2000, marks=pytest.mark.everywhere)], ids=["200", "2000"]
)
@pytest.mark.parametrize("kind", MADE)
def test_random_events_leave_it_whole(tab: Page, page_of: PageOf, kind: str, seed: int, count: int) -> None:
    figures = MADE[kind]()
    tab.goto(page_of(*figures, shown=False))
    tab.evaluate(CLUMSY.read_text(encoding="utf-8"))
    failures = tab.evaluate("([seed, count]) => clumsy.play(seed, count)", [seed, count])
    assert failures == [], f"seed {seed}"
    end = tab.evaluate("clumsy.end()")
    assert end["failures"] == [], f"seed {seed}"
    for figure, state in zip(figures, end["told"], strict=True):
        figure.set_state(state["changed"])
        figure.set_state(state["changed"])  # once more: with another loss, LineFit forgets its history
    for figure, state in zip(figures, end["told"], strict=True):
        # To Python a question begins with what it asks, which stands above its choices in the page.
        assert figure.describe().endswith(state["spoken"]), f"seed {seed}"
        assert state["spoken"]
