"""A text is a text: what stands in data, in a trait, in an address or in an answer is never read as HTML."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from lossviz import check, hint, progress
from lossviz.exercises import Hint
from lossviz.exercises._check import Feedback
from tests.browser.every_figure import every_figure
from tests.browser.figures import drawn

pytestmark = pytest.mark.chromium_only  # each engine does this the same way

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=hacked=1><blink>"
READ_AS_HTML = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|\.html\(|eval\("
)


def assert_unharmed(page: Page) -> None:
    """No text has become an element, or has run."""
    drawn(page, 3)
    assert page.locator("img, blink").count() == 0
    assert page.evaluate("globalThis.hacked") is None


def test_no_text_of_a_figure_is_read_as_html(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure(HOSTILE)))
    tab.evaluate("anywidgetHost.ready")
    assert tab.locator(".anywidget-host:not(.anywidget-alive)").count() == 0
    assert_unharmed(tab)
    for figure in tab.locator(".lossviz").all():
        if figure.get_attribute("data-name") not in {"chooser", "result"}:  # they are given no text
            assert HOSTILE in (figure.text_content() or "")
    tab.locator(".lossviz-question input").first.check()
    assert HOSTILE in (tab.locator(".lossviz-question .lossviz-spoken").text_content() or "")
    assert_unharmed(tab)


def test_no_word_that_python_sends_is_read_as_html(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate(
        """hostile => {
          for (const model of anywidgetHost.models.values()) {
            const texts = Object.entries(model.get("_texts") ?? {});
            model.set("_texts", Object.fromEntries(texts.map(([name, text]) =>
              [name, typeof text === "string" ? text + hostile : text])));
          }
        }""",
        HOSTILE,
    )
    assert_unharmed(tab)
    for figure in tab.locator(".lossviz").all():
        assert HOSTILE in (figure.text_content() or "") + (figure.get_attribute("aria-label") or "")
    for each in tab.locator(".lossviz button:visible").all()[:30]:
        each.click()
    assert_unharmed(tab)


@pytest.mark.parametrize(
    "fragment", ["#curve.value=" + HOSTILE, "#line.loss=" + HOSTILE, "#" + HOSTILE, f"#{HOSTILE}.value=1"]
)
def test_an_address_is_not_read_as_html(tab: Page, page_of: Callable[..., str], fragment: str) -> None:
    tab.goto(page_of(*every_figure()) + fragment)
    tab.evaluate("anywidgetHost.ready")
    assert tab.locator(".anywidget-host:not(.anywidget-alive)").count() == 0
    assert_unharmed(tab)


def test_what_is_said_of_an_answer_is_not_read_as_html(tab: Page) -> None:
    class Answer:
        def __repr__(self) -> str:
            return HOSTILE

    def broken(*_: object) -> None:
        raise ValueError(HOSTILE)

    answers = [HOSTILE, Answer(), broken, lambda *_: Answer(), [HOSTILE]]
    told = [check("2.1", answer)._repr_html_() for answer in answers]
    told += [hint("2.1")._repr_html_(), progress()._repr_html_()]
    told += [Feedback(False, f"✗ {HOSTILE}")._repr_html_(), Hint("2.1", 1, (HOSTILE,))._repr_html_()]
    assert unescape("".join(told)).count(HOSTILE) > 2  # the two, and at least one answer told back
    tab.set_content("".join(told))
    assert_unharmed(tab)


def test_nothing_is_ever_read_as_html() -> None:
    sources = [*(ROOT / "js" / "src").glob("*.js"), ROOT / "lossviz" / "static" / "host.js"]
    assert len(sources) > 50
    found = [path.name for path in sources if READ_AS_HTML.search(path.read_text(encoding="utf-8"))]
    assert found == []
