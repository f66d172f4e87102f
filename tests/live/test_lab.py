"""A chapter lives in JupyterLab: it runs, its figure is moved in the page, and Python sees the value."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.live import hosts
from tests.live.hosts import START, run_new_cell

# `curve = LossCurve(mse, name="mse-curve", …)` in one chapter, `separator = Separator(…)` in the other
CURVE = "02-mse.ipynb", '.lossviz[data-name="mse-curve"]'
SEPARATOR = "04-hinge.ipynb", '.lossviz[data-name="separator"]'


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab of our own."""
    with hosts.started("jupyterlab", Path(sys.executable), tmp_path_factory.mktemp("lab")) as address:
        yield address


def open_and_run(page: Page, address: str, chapter: str, figure: str) -> Locator:
    """Open a chapter, run it all, and return one figure."""
    hosts.open_and_run(page, address, chapter)
    return page.locator(figure)


def test_python_reads_the_value_to_which_a_reader_moved_the_figure(lab: str, browser: Browser) -> None:
    page = browser.new_page()
    figure = open_and_run(page, lab, *CURVE)

    slider = figure.locator("input[type=range]").first
    expect(slider).to_be_visible(timeout=START * 1000)
    before = float(run_new_cell(page, "print(curve.value)"))
    for _ in range(3):
        slider.press("ArrowRight")
    spoken = figure.locator(".lossviz-spoken")
    after = float(run_new_cell(page, "print(curve.value)"))

    assert after > before
    assert after == pytest.approx(float(slider.input_value()))
    # The sentence in the page is the one that Python says of the value it now has.
    assert re.sub(r"\s+", " ", spoken.inner_text()) == run_new_cell(page, "print(curve.describe())")
    assert_names_are_unique(page)
    page.close()


def assert_names_are_unique(page: Page) -> None:
    """No figure has a name of another's, though each has a copy of the module that draws them all."""
    ids = page.evaluate("[...document.querySelectorAll('.lossviz [id]')].map(element => element.id)")
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
    questions = page.evaluate(
        "[...document.querySelectorAll('.lossviz-question')].map(each => each.querySelector('input').name)"
    )
    assert len(questions) > 1
    assert len(set(questions)) == len(questions)


def test_a_line_that_is_dragged_and_trained_is_one_line_in_the_page_and_in_python(
    lab: str, browser: Browser
) -> None:
    page = browser.new_page()
    figure = open_and_run(page, lab, *SEPARATOR)

    spoken = figure.locator(".lossviz-spoken")
    turn = figure.locator(".lossviz-turn .lossviz-ring")
    expect(turn).to_be_visible(timeout=START * 1000)
    start = run_new_cell(page, "print(separator.weights)")
    turn.scroll_into_view_if_needed()
    box = turn.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 10, steps=3)
    page.mouse.up()
    dragged = run_new_cell(page, "print(separator.weights)")
    assert dragged != start

    for _ in range(2):
        figure.get_by_role("button", name="Step").click()
    trained = run_new_cell(page, "print(separator.steps, separator.weights)")
    assert trained.startswith("2 ")
    assert dragged not in trained
    said = run_new_cell(page, "print(separator.describe())")
    assert re.sub(r"\s+", " ", spoken.inner_text()) == said

    said = run_new_cell(page, "separator.train(20); print(separator.describe())")
    assert "Trained for 22 steps." in said
    expect(spoken).to_have_text(said)
    page.close()
