"""LossCurve in bits, with its panel of slopes, and with four curves: as chapters 3 and 4 use it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

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
from tests.browser.figures import box_of, drawn, middle, open_figure

CROSS_ENTROPY, HINGE = "03-cross-entropy", "04-hinge"


def move(figure: Locator, *keys: str) -> float:
    """Press keys on the ring; return the value once it is drawn."""
    figure.locator(".lossviz-handle").focus()
    for key in keys:
        figure.page.keyboard.press(key)
    drawn(figure)
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


def test_surprise_is_read_in_nats_and_in_bits(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, CROSS_ENTROPY, "surprise")
    bits = figure.locator(".lossviz-bits")
    for mark, said in {0.99: "0.0145 bits", 0.01: "6.64 bits", 0.5: "1 bit"}.items():
        figure.get_by_role("button", name=short(mark), exact=True).click()
        expect(bits).to_have_text(said)
        expect_state(figure, surprise(mark))


def test_at_probability_0_surprise_is_infinite_in_every_unit(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, CROSS_ENTROPY, "surprise")
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
def test_it_does_not_grow_under_the_finger(tab: Page, served: str, width: int, page: str, name: str) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    figure = open_figure(tab, served, page, name)
    heights = set()
    move(figure, "Home")
    for _ in range(13):
        height, scores, crossing = figure.evaluate(
            """figure => {
              const all = (where, what) => [...where.querySelectorAll(what)];
              const crosses = (a, b) =>
                a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
              const scores = all(figure, ".lossviz-score");
              const frame = figure.getBoundingClientRect();
              return [
                figure.offsetHeight,
                scores.map(score => [score.getClientRects().length, score.offsetHeight]),
                scores.filter(score => {
                  const range = document.createRange(); // its text, which may be longer than its place
                  range.selectNodeContents(score);
                  const box = range.getBoundingClientRect();
                  return box.right > frame.right
                    || [...score.parentNode.children].some(
                      other => other !== score && crosses(box, other.getBoundingClientRect()));
                }).length,
              ];
            }"""
        )
        heights.add(height)
        assert crossing == 0
        for rows, tall in scores:
            assert rows == 1
            assert tall < 45  # one line
        move(figure, "PageUp")
    assert len(heights) == 1
    (_, label, _, label_height), (_, value, _, value_height) = (
        box_of(figure.locator(f".lossviz-slider {each}")) for each in ("input", "output")
    )
    assert abs(label + label_height / 2 - value - value_height / 2) < 4  # beside each other


def test_the_border_and_what_it_counts_are_told_exactly(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, "01-scorekeeper", "staircase")
    expect(figure.locator(".lossviz-slider output")).to_have_text("20.04")
    expect(figure.locator(".lossviz-spoken")).to_have_text("Border 20.04: birds named wrong 25, slope 0.")
    expect(figure.locator(".lossviz-score")).to_have_text("25")


def test_every_stop_of_the_slider_reads_as_python_says(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, CROSS_ENTROPY, "sigmoid-losses")
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


def test_the_panel_shows_the_size_of_each_slope(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, CROSS_ENTROPY, "sigmoid-losses")
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


def test_the_panel_is_dragged_like_the_rest(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, CROSS_ENTROPY, "sigmoid-losses")
    curve = figure.locator(".lossviz-slopes .lossviz-curve").nth(1)
    mouse = tab.mouse
    mouse.move(*middle(curve, 0.25))
    mouse.down()
    mouse.move(*middle(curve, 0.5))
    mouse.up()
    assert abs(move(figure)) < 0.5
    expect_state(figure, sigmoids(move(figure)))


def test_beyond_the_margin_the_hinges_are_silent(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, HINGE, "four-losses")
    assert move(figure, "End") == 3
    expect_state(figure, four(3))
    expect(figure.locator(".lossviz-slope")).to_have_text(["0", "0", "−0.0474", "0"])


def test_at_the_jump_the_dot_lies_on_the_value(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, HINGE, "four-losses")
    assert move(figure, "Home", *["PageUp"] * 6) == 0
    expect_state(figure, four(0))
    assert four(0).describe().endswith("0–1 loss 1, slope 0.")
    ends = figure.locator(".lossviz-end")
    expect(ends).to_have_count(2)
    filled = figure.locator(".lossviz-taken")
    expect(filled).to_have_count(1)
    assert middle(figure.locator(".lossviz-dot").nth(3))[1] == pytest.approx(middle(filled)[1], abs=0.5)


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize(("page", "name"), [(CROSS_ENTROPY, "sigmoid-losses"), (HINGE, "four-losses")])
def test_readings_stand_in_columns_and_fit(tab: Page, served: str, width: int, page: str, name: str) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    figure = open_figure(tab, served, page, name)
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
