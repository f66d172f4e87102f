"""Each link of the teacher's page sets in its figure what it says, and nothing else."""

from typing import Any

import nbformat
import pytest
from playwright.sync_api import Page

from tests.browser.figures import drawn, figure_of, open_figures, set_state, trait_of
from tests.teaching import PAGE, Link, links

LINKS = [
    link
    for cell in nbformat.read(PAGE, 4).cells
    if cell.cell_type == "markdown"
    for link in links(cell.source)
]
# All that a page gives back to Python of a figure, but for its code.
STATE = """name => {
  const model = [...anywidgetHost.models.values()].find(model => model.get("name") === name);
  const public = Object.keys(model.state).filter(trait => !trait.startsWith("_") && trait !== "layout");
  return Object.fromEntries(public.map(trait => [trait, model.get(trait)]));
}"""


def said(text: str, before: Any) -> Any:
    """Return what a text in a link stands for, read by the kind of value that a trait has."""
    if text in ("true", "false"):
        return text == "true"
    if isinstance(before, int | float):
        return float(text)
    if before is None or isinstance(before, str):  # None: a question that nobody has answered yet
        return text
    numbers = [float(part) for part in text.split(",")]
    if before and isinstance(before[0], list):  # places
        return [[x, y] for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    return numbers


@pytest.mark.parametrize("page", sorted({link.page for link in LINKS}))
def test_a_link_sets_what_it_says_and_nothing_else(tab: Page, served: str, page: str) -> None:
    open_figures(tab, served, page)
    for link in [link for link in LINKS if link.page == page]:
        assert_sets(tab, link)


def assert_sets(tab: Page, link: Link) -> None:
    """Follow a link on the open page, compare, and put everything back."""
    figure = figure_of(tab, link.figure)
    before = tab.evaluate(STATE, link.figure)
    tab.evaluate("hash => { location.hash = hash; }", link.fragment)
    tab.wait_for_function("hash => location.hash === '#' + hash", arg=link.fragment)
    drawn(figure)
    after = tab.evaluate(STATE, link.figure)
    asked = {}
    for part in link.fragment.split("&"):
        path, text = part.split("=")
        name, trait = path.split(".")
        assert name == link.figure
        asked[trait] = said(text, before[trait])
    assert after == {**before, **asked}, link
    set_state(figure, **{trait: before[trait] for trait in asked})
    assert trait_of(figure, next(iter(asked))) == before[next(iter(asked))]
