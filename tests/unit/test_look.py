"""Everything drawn can be seen: colours stand out from the page, on light and on dark."""

from itertools import combinations
from typing import Any

import pytest
from matplotlib import colormaps

from lossviz.look import look, stroke
from lossviz.plots import terrain_colours

THEMES = ["light", "dark"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_curves_and_marks_stand_out(theme: str) -> None:
    surface = look()["ink"]["surface"][theme]
    curves = {**look()["losses"], **dict(enumerate(look()["others"]))}
    drawn: dict[Any, str] = {name: curve[theme] for name, curve in curves.items()}
    drawn |= {name: look()["ink"][name][theme] for name in ("accent", "best", "line")}
    faint = {
        name: contrast(colour, surface) for name, colour in drawn.items() if contrast(colour, surface) < 3
    }
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    surface = look()["ink"]["surface"][theme]
    for name in ("text", "muted", "accent", "right", "wrong"):
        assert contrast(look()["ink"][name][theme], surface) >= 4.5, name


def test_losses_of_one_figure_differ_by_more_than_colour() -> None:
    groups = [
        ("mse", "mae", "huber"),
        ("cross_entropy", "binary_cross_entropy", "brier"),
        ("hinge", "squared_hinge", "logistic", "zero_one", "brier"),  # the last behind a sigmoid
    ]
    for group in groups:
        for one, other in combinations(group, 2):
            dash, its = (look()["losses"][name]["dash"] for name in (one, other))
            # Of two lines with as many strokes, one has them at least twice as long.
            alike = len(dash) == len(its) and (not dash or 0.5 < max(dash) / max(its) < 2)
            assert not alike, (one, other)


def test_a_loss_computed_from_logits_looks_like_the_loss() -> None:
    assert stroke("brier.from_logits", 1) == stroke("brier")
    assert stroke("unknown.from_logits", 1) == stroke("unknown", 1)


def test_losses_that_the_book_does_not_know_differ_by_their_place() -> None:
    count = len(look()["others"])
    strokes = [stroke("own", place) for place in range(count)]
    assert len({colour for colour, _ in strokes}) == count
    assert stroke("own", count) == strokes[0]
    assert stroke("mse", 1) == stroke("mse", 0)


def test_every_loss_of_the_book_has_its_look() -> None:
    from lossviz.losses import ALL

    assert list(look()["losses"]) == [loss.name for loss in ALL]


def test_the_terrain_is_cividis() -> None:
    stops, exact = terrain_colours(), colormaps["cividis"]
    shares = [i / 255 for i in range(256)]
    apart = max(abs(a - b) for t in shares for a, b in zip(stops(t), exact(t), strict=True))
    assert apart < 6 / 255  # no eye sees that
