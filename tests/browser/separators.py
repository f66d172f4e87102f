"""What the tests of Separator in the page share."""

import numpy as np
from playwright.sync_api import Locator, Page, expect

from lossviz import Separator, hinge, logistic, penguins, squared_hinge
from lossviz.text import short, three_digits
from tests.browser import figures
from tests.browser.figures import grip, open_figure, state_of

NAME = "separator"
KEYS = ("weights", "bias", "steps", "penalty", "rate", "loss", "outlier", "_moved", "_added", "_removed")


def open_separator(tab: Page, address: str) -> Locator:
    """Open the Separator of chapter 4."""
    return open_figure(tab, address, "04-hinge", NAME)


def twin_of(figure: Locator) -> Separator:
    """The figure as Python makes it, in the state of the page."""
    complete = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = np.isin(complete.species, ["Adelie", "Chinstrap"])
    x = np.column_stack([complete.bill_length_mm, complete.bill_depth_mm])[two]
    state = state_of(figure, *KEYS, "_texts", "_start")
    texts, (*weights, bias) = state["_texts"], state["_start"]
    twin = Separator(
        (x - x.mean(axis=0)) / x.std(axis=0),
        np.where(complete.species[two] == "Chinstrap", 1, -1),
        hinge, squared_hinge, logistic,
        name=NAME,
        x_labels=(texts["x1"], texts["x2"]),
        class_names=(texts["minus"], texts["plus"]),
        weights=(weights[0], weights[1]),
        bias=bias,
        penalty=state["penalty"],
        rate=state["rate"],
        outlier=state["outlier"],
    )  # fmt: skip
    twin.set_state({key: state[key] for key in KEYS if key not in ("outlier", "penalty", "rate")})
    return twin


def expect_twin(figure: Locator) -> Separator:
    """Expect that every number the page shows is Python's."""
    twin = twin_of(figure)
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    outputs = figure.locator(".lossviz-reading output").all_text_contents()
    score, matter, wrong, _, objective, steps = outputs
    assert score == three_digits(twin.score)
    assert matter == f"{short(twin.matter)} of {short(len(twin.x))}"
    assert (wrong, objective, steps) == (
        short(twin.wrong), three_digits(twin.objective), short(twin.steps)
    )  # fmt: skip
    assert "NaN" not in figure.inner_html()
    return twin


def handle(figure: Locator, name: str) -> Locator:
    """Return what the line is moved by."""
    return figure.locator(f'.lossviz-handle[aria-label="{name}"]')


def middle(thing: Locator) -> tuple[float, float]:
    """Return the middle of a handle's target."""
    return figures.middle(grip(thing))


def drag(thing: Locator, x: float, y: float) -> None:
    """Drag a handle by so many pixels."""
    figures.drag(grip(thing), x, y)
