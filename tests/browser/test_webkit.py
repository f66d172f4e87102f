"""Every figure of every chapter in WebKit: it is alive, a key moves it, it says so, and nothing fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.figures import PAGES
from tools.webkit import webkit

pytestmark = pytest.mark.everywhere


# What goes wrong in a page is kept from its beginning: in a copy of the page, with this script first.
KEEP_ERRORS = """<script>
  globalThis.failures = [];
  addEventListener("error", event => event.error && failures.push(event.message)); // a notice has no error
  addEventListener("unhandledrejection", event => failures.push(String(event.reason)));
  const log = console.error;
  console.error = (...all) => { failures.push(all.join(" ")); log(...all); };
</script>"""

# One thing that the keys move, in each figure: a handle, else a slider, else a radio button.
MOVABLE = ".lossviz-handle[tabindex], input[type=range], input[type=radio]"


@pytest.fixture(scope="module")
def driver() -> Iterator[WebKitGTK]:
    try:
        with webkit() as driver:
            driver.set_script_timeout(60)
            yield driver
    except FileNotFoundError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="module")
def kept(book: Path) -> Path:
    """The book, with a page beside each chapter that keeps its errors."""
    for page in PAGES:
        html = (book / "chapters" / f"{page}.html").read_text(encoding="utf-8")
        kept = html.replace("<head>", f"<head>{KEEP_ERRORS}", 1)
        (book / "chapters" / f"{page}.errors-kept.html").write_text(kept, encoding="utf-8")
    return book


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_is_alive_and_answers_to_a_key(
    driver: WebKitGTK, kept: Path, address: str, page: str
) -> None:
    driver.get(f"{address}/chapters/{page}.errors-kept.html")
    driver.execute_async_script("anywidgetHost.ready.then(arguments[0])")
    figures = driver.find_elements(By.CSS_SELECTOR, ".anywidget-alive .lossviz")
    assert len(figures) == len(driver.find_elements(By.CSS_SELECTOR, ".anywidget-host")) > 0
    for figure in figures:
        spoken = figure.find_element(By.CSS_SELECTOR, ".lossviz-spoken")
        movable = figure.find_elements(By.CSS_SELECTOR, MOVABLE)
        if not movable:  # a result: it follows the questions
            continue
        before = spoken.get_attribute("textContent")
        driver.execute_script("arguments[0].focus()", movable[0])
        driver.switch_to.active_element.send_keys(key_for(movable[0]))
        wait_for_another(spoken, before, f"{figure.get_attribute('data-name')} says the same after a key")
        assert "NaN" not in str(figure.get_attribute("innerHTML"))
    assert driver.execute_script("return failures") == []


def key_for(movable: WebElement) -> str:
    """Return the key that moves something: down, or up from its low end; a radio button is chosen."""
    if movable.get_attribute("type") == "radio":
        return Keys.SPACE
    now, low = ("value", "min") if movable.tag_name == "input" else ("aria-valuenow", "aria-valuemin")
    at_low_end = movable.get_attribute(now) == movable.get_attribute(low)
    return Keys.ARROW_UP if at_low_end else Keys.ARROW_DOWN


def wait_for_another(spoken: WebElement, before: str | None, why: str) -> None:
    """Wait until a figure says something else than before."""
    WebDriverWait(spoken.parent, 20).until(lambda _: spoken.get_attribute("textContent") != before, why)
