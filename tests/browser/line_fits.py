"""What the tests of LineFit in the page share."""

from playwright.sync_api import Locator, expect

from lossviz import LineFit, penguins
from lossviz.text import three_digits
from tests.browser.figures import state_of

SCORE, SQUARE = "01-scorekeeper", "02-mse"


def line_of(figure: Locator) -> tuple[float, float]:
    """Weight and bias, exactly as the page holds them."""
    state = state_of(figure, "weight", "bias")
    return state["weight"], state["bias"]


def birds(name: str, weight: float, bias: float, goal: float, moves: int) -> LineFit:
    """LineFit of the penguins, as chapter 1 shows it."""
    complete = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper, mass = complete.flipper_length_mm / 10, complete.body_mass_g / 1000
    return LineFit(
        flipper - flipper.mean(), mass, name=name, weight=weight, bias=bias, goal=goal, moves=moves
    )


def expect_sentence(figure: Locator, twin: LineFit) -> None:
    """Expect the sentence and the score that the twin in Python has."""
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    expect(figure.locator(".lossviz-score")).to_have_text(three_digits(twin.score))


def rings(figure: Locator) -> Locator:
    """The two rings of the line."""
    return figure.locator(".lossviz-handle:not(.lossviz-grip):has(.lossviz-ring)")
