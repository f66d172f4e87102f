"""LossCurve in bits, with its panel of slopes, and with four curves: as chapters 3 and 4 use it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import (
    LossCurve,
    binary_cross_entropy,
    brier,
    cross_entropy,
    hinge,
    logistic,
    squared_hinge,
    zero_one,
)
from lossviz.text import short, three_digits

CROSS_ENTROPY, HINGE = "03-cross-entropy", "04-hinge"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def open_figure(context: BrowserContext, address: str, page: str, name: str) -> Locator:
    tab = context.new_page()
    tab.goto(f"{address}/chapters/{page}.html")
    figure = tab.locator(f'.lossviz[data-name="{name}"]')
    figure.scroll_into_view_if_needed()
    return figure


def move(figure: Locator, *keys: str) -> float:
    """Press keys on the ring; return the value once it is drawn."""
    figure.locator(".lossviz-handle").focus()
    for key in keys:
        figure.page.keyboard.press(key)
    figure.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return float(figure.locator(".lossviz-handle").get_attribute("aria-valuenow") or "nan")


def expect_state(figure: Locator, twin: LossCurve) -> None:
    """The figure shows what its twin in Python says, in numbers and in words."""
    expect(figure.locator(".lossviz-spoken")).to_have_text(twin.describe())
    for place, loss in enumerate(twin.losses):
        score = figure.locator(".lossviz-score").nth(place)
        written = short if loss is zero_one else three_digits  # what only counts is told in whole numbers
        expect(score).to_have_text(written(float(loss.curve(twin.value))))


def surprise(value: float) -> LossCurve:
    return LossCurve(cross_entropy, name="surprise", value=value, show_bits=True)


def sigmoids(value: float) -> LossCurve:
    losses = (brier.from_logits, binary_cross_entropy.from_logits)
    return LossCurve(*losses, name="sigmoid-losses", range=(-12, 12), value=value, slope_panel=True)


def four(value: float) -> LossCurve:
    return LossCurve(hinge, squared_hinge, logistic, zero_one, name="four-losses", value=value)


def test_surprise_is_read_in_nats_and_in_bits(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, CROSS_ENTROPY, "surprise")
    bits = figure.locator(".lossviz-bits")
    for mark, said in {0.99: "0.0145 bits", 0.01: "6.64 bits", 0.5: "1 bit"}.items():
        figure.get_by_role("button", name=short(mark), exact=True).click()
        expect(bits).to_have_text(said)
        expect_state(figure, surprise(mark))


def test_at_probability_0_surprise_is_infinite_in_every_unit(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, CROSS_ENTROPY, "surprise")
    assert move(figure, "Home") == 0
    expect(figure.locator(".lossviz-bits")).to_have_text("∞ bits")
    expect_state(figure, surprise(0))
    assert "NaN" not in figure.inner_html()
    assert (
        float(figure.locator(".lossviz-guide").get_attribute("y2") or "nan") == 30
    )  # the edge of the picture
    assert (figure.locator(".lossviz-dot").get_attribute("d") or "").startswith("M-7,9")  # an arrow upwards


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("page", "name"), [(CROSS_ENTROPY, "surprise"), (CROSS_ENTROPY, "sigmoid-losses"), (HINGE, "four-losses")]
)
def test_it_does_not_grow_under_the_finger(
    browser: Browser, served: str, width: int, page: str, name: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    figure = open_figure(context, served, page, name)
    heights = set()
    move(figure, "Home")
    for _ in range(13):
        box = figure.bounding_box()
        assert box
        heights.add(round(box["height"]))
        for score in figure.locator(".lossviz-score").all():
            assert score.evaluate("each => each.getClientRects().length") == 1
            assert score.evaluate("each => each.offsetHeight") < 45  # one line
        move(figure, "PageUp")
    assert len(heights) == 1
    label, value = (figure.locator(f".lossviz-slider {each}").bounding_box() for each in ("input", "output"))
    assert label
    assert value
    assert abs(label["y"] + label["height"] / 2 - value["y"] - value["height"] / 2) < 4  # beside each other
    context.close()


def test_the_border_and_what_it_counts_are_told_exactly(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served, "01-scorekeeper", "staircase")
    expect(figure.locator(".lossviz-slider output")).to_have_text("20.04")
    expect(figure.locator(".lossviz-spoken")).to_have_text("Border 20.04: birds named wrong 25, slope 0.")
    expect(figure.locator(".lossviz-score")).to_have_text("25")


def test_every_stop_of_the_slider_reads_as_python_says(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served, CROSS_ENTROPY, "sigmoid-losses")
    value = move(figure, "Home")
    for _ in range(40):
        expect(figure.locator(".lossviz-spoken")).to_have_text(sigmoids(value).describe())
        value = move(figure, "ArrowRight", "ArrowRight", "ArrowRight")
    assert value == 12


def dot_of(figure: Locator, place: int) -> tuple[float, str]:
    """Height and shape of a dot in the panel of slopes."""
    dot = figure.locator(".lossviz-slopes .lossviz-dot").nth(place)
    height = re.findall(r"[-.\d]+", dot.get_attribute("transform") or "")[1]
    return float(height), dot.get_attribute("d") or ""


def test_the_panel_shows_the_size_of_each_slope(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, CROSS_ENTROPY, "sigmoid-losses")
    expect_state(figure, sigmoids(-10))
    expect(figure.locator(".lossviz-slope").first).to_have_text("−9.08 × 10⁻⁵")
    ticks = figure.evaluate(
        """figure => Object.fromEntries([...figure.querySelectorAll('.lossviz-slopes .tick')]
            .map(tick => [tick.textContent, tick.transform.baseVal[0].matrix.f]))"""
    )
    decade = ticks["10⁻⁵"] - ticks["10⁻⁴"]
    assert dot_of(figure, 0)[0] == pytest.approx(ticks["10⁻⁴"] + 0.042 * decade, abs=1)  # 9.08e-5
    assert dot_of(figure, 1)[0] == pytest.approx(ticks["1"], abs=1)
    low, round_shape = dot_of(figure, 0)
    assert move(figure, *["PageUp"] * 5) == 0
    assert dot_of(figure, 0)[0] < low
    move(figure, "End")  # where the squared error's slope is smaller than the panel shows
    lowest, arrow = dot_of(figure, 0)
    assert lowest == pytest.approx(ticks["10⁻⁶"], abs=1)
    assert arrow != round_shape


def test_the_panel_is_dragged_like_the_rest(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served, CROSS_ENTROPY, "sigmoid-losses")
    box = figure.locator(".lossviz-slopes .lossviz-curve").nth(1).bounding_box()
    assert box
    mouse = figure.page.mouse
    mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.up()
    assert abs(move(figure)) < 0.5
    expect_state(figure, sigmoids(move(figure)))


def test_beyond_the_margin_the_hinges_are_silent(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, HINGE, "four-losses")
    assert move(figure, "End") == 3
    expect_state(figure, four(3))
    expect(figure.locator(".lossviz-slope")).to_have_text(["0", "0", "−0.0474", "0"])


def test_at_the_jump_the_dot_lies_on_the_value(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, HINGE, "four-losses")
    assert move(figure, "Home", *["PageUp"] * 6) == 0
    expect_state(figure, four(0))
    assert four(0).describe().endswith("0–1 loss 1, slope 0.")
    ends = figure.locator(".lossviz-end")
    expect(ends).to_have_count(2)
    filled = figure.locator(".lossviz-taken")
    expect(filled).to_have_count(1)
    dot = figure.locator(".lossviz-dot").nth(3).bounding_box()
    end = filled.bounding_box()
    assert dot
    assert end
    assert dot["y"] + dot["height"] / 2 == pytest.approx(end["y"] + end["height"] / 2, abs=0.5)


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize(("page", "name"), [(CROSS_ENTROPY, "sigmoid-losses"), (HINGE, "four-losses")])
def test_readings_stand_in_columns_and_fit(
    browser: Browser, served: str, width: int, page: str, name: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    figure = open_figure(context, served, page, name)
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= width
    edges = figure.evaluate(
        """figure => ['score', 'slope'].map(part => new Set(
             [...figure.querySelectorAll(`.lossviz-${part}`)].map(each => each.getBoundingClientRect().left)
           ).size)"""
    )
    assert edges == [1, 1]
    outside = figure.evaluate(
        """figure => [...figure.querySelectorAll('svg text, output')].filter(each =>
             each.getBoundingClientRect().right > figure.getBoundingClientRect().right + 1).length"""
    )
    assert outside == 0
    context.close()
