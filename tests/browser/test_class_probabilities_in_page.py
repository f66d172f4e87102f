"""ClassProbabilities in the page, as its reader uses it: every number it shows is NumPy's."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import ClassProbabilities
from lossviz.text import probability, short, three_digits

BAR = ".lossviz-class-bar"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
MODEL = """(figure, change) => {
  const model = [...anywidgetHost.models.values()].find(model => model.get("name") === figure.dataset.name);
  for (const [name, value] of Object.entries(change)) model.set(name, value);
  return { logits: model.get("logits"), actual: model.get("actual") };
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def open_figure(context: BrowserContext, address: str) -> Locator:
    tab = context.new_page()
    tab.goto(f"{address}/chapters/03-cross-entropy.html")
    figure = tab.locator('.lossviz[data-name="three-classes"]')
    figure.scroll_into_view_if_needed()
    return figure


def twin() -> ClassProbabilities:
    return ClassProbabilities(("cat", "dog", "bird"), (2, 1, 0), name="three-classes", range=(-12, 12))


def logits_of(figure: Locator) -> list[float]:
    """The logits, exactly as the page holds them and Python would get them back."""
    return figure.evaluate(MODEL, {})["logits"]


def expect_state(figure: Locator, like: ClassProbabilities) -> None:
    """Everything the figure shows, from its Python twin."""
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(like.describe())
    expect(figure.locator(".lossviz-score")).to_have_text(three_digits(like.loss))
    expect(figure.locator(".lossviz-reading .lossviz-aside output")).to_have_text(
        three_digits(like.loss / np.log(2))
    )
    rows = figure.locator(".lossviz-class:not(.lossviz-heads)")
    for row, z, p, pull, name in zip(
        rows.all(), like.logits, like.probabilities, like.pulls, like.classes, strict=True
    ):
        expect(row.locator("output")).to_have_text([short(z), probability(p), probability(pull)])
        expect(row.get_by_role("slider")).to_have_attribute("aria-valuetext", short(z))
        right = name == like.actual
        assert row.get_attribute("aria-label") == (f"{name}, the correct class" if right else name)
        expect(row.locator(".lossviz-tick")).to_be_visible(visible=right)
        full, part = (row.locator(f".lossviz-{each}").bounding_box() for each in ("scale", "share"))
        assert full
        assert part
        assert part["width"] / full["width"] == pytest.approx(p, abs=0.01)


def arrows(figure: Locator) -> list[tuple[float, float]]:
    """Tail and tip of each arrow, as shares of the bars' scale."""
    return figure.locator(".lossviz-class:not(.lossviz-heads)").evaluate_all(
        """rows => rows.map(row => {
          const path = row.querySelector(".lossviz-pulls").getAttribute("d");
          const [, tail, tip] = path.match(/M(.+),.+H(.+?)m/);
          const { x, width } = row.querySelector(".lossviz-scale").getBBox();
          return [(tail - x) / width, (tip - x) / width];
        })"""
    )


def test_sliders_and_buttons_move_a_logit(context: BrowserContext, address: str) -> None:
    figure, like = open_figure(context, address), twin()
    expect_state(figure, like)
    dog = figure.get_by_role("slider", name="logit of dog")
    dog.fill("-2.6")
    like.logits = [2, -2.6, 0]
    expect_state(figure, like)
    for key, z in [("ArrowRight", -2.4), ("PageUp", -0.4), ("Home", -12), ("End", 12)]:
        dog.press(key)
        like.logits = [2, z, 0]
        expect_state(figure, like)
    raise_dog = figure.get_by_role("button", name="raise the logit of dog")
    expect(raise_dog).to_be_disabled()
    figure.get_by_role("button", name="lower the logit of dog").click()
    expect(raise_dog).to_be_enabled()
    figure.get_by_role("button", name="raise the logit of cat").click()
    like.logits = [2.2, 11.8, 0]
    expect_state(figure, like)


def test_a_mouse_drags_a_slider(context: BrowserContext, address: str) -> None:
    figure, like = open_figure(context, address), twin()
    box = figure.get_by_role("slider", name="logit of bird").bounding_box()
    assert box
    mouse = figure.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=4)
    mouse.up()
    like.logits = logits_of(figure)
    assert like.logits[:2] == [2, 1]
    assert like.logits[2] > 6
    expect_state(figure, like)


def test_the_arrow_runs_from_the_probability_to_the_truth(context: BrowserContext, address: str) -> None:
    figure, like = open_figure(context, address), twin()
    expect_state(figure, like)
    for actual in ("bird", "cat"):
        figure.get_by_role("combobox").select_option(actual)
        like.actual = actual
        expect_state(figure, like)
        truth = [float(name == actual) for name in like.classes]
        np.testing.assert_allclose(arrows(figure), np.column_stack([like.probabilities, truth]), atol=0.005)


def test_shifting_all_changes_nothing_and_scaling_changes_confidence(
    context: BrowserContext, address: str
) -> None:
    figure, like = open_figure(context, address), twin()
    loss = figure.locator(".lossviz-score").text_content()
    shift, scale = (figure.get_by_role("group", name=f"{each} all") for each in ("shift", "scale"))
    for _ in range(5):
        shift.get_by_role("button", name="+2").click()
    like.logits = [12, 11, 10]
    expect_state(figure, like)
    assert figure.locator(".lossviz-score").text_content() == loss
    # One more would push the largest over the end: not even the others move.
    expect(shift.get_by_role("button", name="+2")).to_be_disabled()
    expect(scale.get_by_role("button", name="×2")).to_be_disabled()
    shift.get_by_role("button", name="+2").dispatch_event("click")
    scale.get_by_role("button", name="×2").dispatch_event("click")
    assert logits_of(figure) == [12, 11, 10]
    scale.get_by_role("button", name="×½").click()
    like.logits = [6, 5.5, 5]
    expect_state(figure, like)
    shift.get_by_role("button", name="−2").click()
    like.logits = [4, 3.5, 3]
    expect_state(figure, like)
    figure.get_by_role("combobox").select_option("dog")
    figure.get_by_role("button", name="Start again").click()
    expect_state(figure, twin())


def test_python_can_set_everything(context: BrowserContext, address: str) -> None:
    figure, like = open_figure(context, address), twin()
    expect_state(figure, like)
    figure.evaluate(MODEL, {"range": [-60, 60]})
    expect(figure.get_by_role("group", name="shift all").get_by_role("button")).to_have_text(["−10", "+10"])
    figure.evaluate(MODEL, {"range": [-1000, 1000], "logits": [-1000, 1000, 0]})
    with like.hold_trait_notifications():
        like.range, like.logits = (-1000, 1000), [-1000, 1000, 0]
    expect_state(figure, like)
    expect(figure.locator(".lossviz-score")).to_have_text("2,000")
    expect(figure.get_by_role("group", name="shift all").get_by_role("button")).to_have_text(["−200", "+200"])
    for word in ("NaN", "Infinity", "undefined"):
        assert word not in figure.inner_html()


def test_a_finger_drags_a_slider_and_finds_every_target(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure, like = open_figure(context, address), twin()
    figure.page.evaluate("anywidgetHost.ready")
    figure.page.evaluate("globalThis.MathJax?.startup.promise")  # until then, formulas move the page
    figure.page.wait_for_timeout(300)
    slider = figure.get_by_role("slider", name="logit of bird")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    y, thumb = box["y"] + box["height"] / 2, box["x"] + box["width"] / 2
    session = context.new_cdp_session(figure.page)
    for kind, x in [("touchStart", thumb), ("touchMove", thumb + 10), ("touchMove", thumb + 30)]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    like.logits = logits_of(figure)
    assert like.logits[2] > 0
    expect_state(figure, like)
    figure.get_by_role("button", name="lower the logit of cat").tap()
    like.logits = [1.8, *like.logits[1:]]
    expect_state(figure, like)
    for control in figure.locator("button, input, select").all():
        size = control.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 32, control
    context.close()


def test_it_is_redrawn_at_every_width_and_waits_while_hidden(context: BrowserContext, address: str) -> None:
    figure, like = open_figure(context, address), twin()
    for width in (360, 700, 1280):
        figure.page.set_viewport_size({"width": width, "height": 900})
        figure.page.wait_for_timeout(200)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        scale, cell = (figure.locator(each).last.bounding_box() for each in (".lossviz-scale", BAR))
        assert scale
        assert cell
        assert scale["width"] == pytest.approx(cell["width"] - 2, abs=1)
        expect_state(figure, like)
    figure.evaluate("figure => { figure.parentElement.style.display = 'none'; }")
    figure.page.wait_for_timeout(100)
    figure.evaluate("figure => { figure.parentElement.style.display = ''; }")
    figure.page.evaluate(FRAMES)
    expect_state(figure, like)
