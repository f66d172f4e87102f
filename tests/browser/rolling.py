"""What the tests of figures that roll share: how many steps their clock takes, on any machine."""

from playwright.sync_api import Locator

FIND = """name => [...anywidgetHost.models.values()].find(model => model.get("name") === name)"""


def watch_steps(figure: Locator) -> None:
    """Keep from now on how many steps each frame takes, for `leaps` and `wait_for_steps`."""
    figure.evaluate(
        f"""figure => {{
          const model = ({FIND})(figure.dataset.name);
          let last = model.get("steps");
          window.leaps = [];
          model.seenBy(window.leaps).on("change:steps", () => {{
            window.leaps.push(model.get("steps") - last);
            last = model.get("steps");
          }});
        }}"""
    )


def leaps(figure: Locator) -> list[int]:
    """How many steps were taken at a time since `watch_steps`."""
    taken: list[int] = figure.evaluate("() => window.leaps")
    return taken


def wait_for_steps(figure: Locator, least: int) -> None:
    """Wait until the clock has moved so many times since `watch_steps`."""
    figure.page.wait_for_function("least => leaps.length >= least", arg=least)
