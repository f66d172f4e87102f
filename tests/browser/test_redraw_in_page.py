"""A frame draws what has changed, and nothing else."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from lossviz import Landscape, LineFit, LossCurve, Race, Terrain, hinge, mae, mse
from lossviz.widgets._base import Figure
from tests.browser.figures import PageOf, drag, drawn, open_alone

pytestmark = pytest.mark.chromium_only  # each engine does this the same way


class Drag(NamedTuple):
    """What is dragged in a figure, what changes then, and what does not."""

    figure: Figure
    held: str
    changed: str
    left: tuple[str, ...]


def drags() -> list[Drag]:
    """Return a drag for some figures of more than one part."""
    land = Landscape.of(lambda x, y: x**2 + 2 * y**2, x=(-2, 2), y=(-2, 2))
    axes = (".lossviz-axis",)
    ground = (*axes, ".lossviz-ground", ".lossviz-contour-labels")
    return [
        Drag(LossCurve(mse, mae, name="curve"), ".lossviz-ring", ".lossviz-handle", axes),
        Drag(
            LineFit([0, 1, 2, 3], [1, 3, 5, 8], mse, name="line", landscape=True),
            ".lossviz-handle .lossviz-ring", ".lossviz-handle", ground,
        ),
        Drag(
            Terrain(land, name="terrain", starts=[(-1.5, 1), (1, 1)], steps=20),
            ".lossviz-start.lossviz-ball-0 .lossviz-ring", ".lossviz-ball-0",
            (*ground, ".lossviz-ball-1", ".lossviz-key"),
        ),
        Drag(
            Race.of_lines([-2, 0.4, 2], [-1, 1, 1], {"one": mse, "two": hinge}, name="race", steps=20),
            ".lossviz-start .lossviz-ring", ".lossviz-way",
            (".lossviz-lane .lossviz-axis", ".lossviz-ground", ".lossviz-race-charts .lossviz-axis-x"),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("case", drags(), ids=lambda case: case.figure.name)
def test_a_drag_leaves_alone_what_stays(tab: Page, page_of: PageOf, case: Drag) -> None:
    figure = open_alone(tab, page_of, case.figure)
    figure.evaluate(
        """figure => {
          globalThis.touched = new Set();
          const all = { subtree: true, childList: true, attributes: true };
          new MutationObserver(records => {
            for (const { target } of records) touched.add(target);
          }).observe(figure, all);
        }"""
    )
    drag(figure.locator(case.held).first, 6, -4)
    drawn(figure)
    count = "part => [...touched].filter(each => each.closest(part)).length"
    assert tab.evaluate(count, case.changed) > 0
    for part in case.left:
        assert figure.locator(part).count() > 0, part
        assert tab.evaluate(count, part) == 0, part
