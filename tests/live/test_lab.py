"""A chapter lives in JupyterLab: it runs, its figure is moved in the page, and Python sees the value."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

CHAPTERS = Path(__file__).parents[2] / "chapters"
# `curve = LossCurve(mse, name="mse-curve", …)` in one chapter, `separator = Separator(…)` in the other
CURVE = "02-mse.ipynb", '.lossviz[data-name="mse-curve"]'
SEPARATOR = "04-hinge.ipynb", '.lossviz[data-name="separator"]'

SETTINGS = {
    # Off the screen, JupyterLab takes cells out of the page, and the figure with them.
    "notebook-extension/tracker": {"windowingMode": "none"},
    # It asks the network for nothing.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
START = 60  # seconds that the server, and a chapter in it, may take


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab of our own with a copy of the chapters; {} stand for workspace and notebook."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "chapters"
    shutil.copytree(CHAPTERS, folder)
    for name, setting in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))

    token, port = secrets.token_hex(), free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
            *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
            *(
                f"--LabApp.user_settings_dir={home / 'settings'}",
                f"--LabApp.workspaces_dir={home / 'workspaces'}",
            ),
        ],
        # Nothing of the user's own Jupyter is read, or left behind there.
        env={
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / "ipython"),
        },
        stdout=(home / "log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, home / "log")
        yield f"http://127.0.0.1:{port}/lab/workspaces/{{}}/tree/{{}}?token={token}"
    finally:
        server.terminate()  # it ends its kernels
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, and fail with its log if it does not."""
    deadline = time.monotonic() + START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def open_and_run(page: Page, address: str, chapter: str, figure: str) -> Locator:
    """Open a chapter, run it all from the menu once its kernel is there, and return the figure."""
    # A workspace of its own: else another test's notebook opens too, and the idle kernel may be that one's.
    page.goto(address.format(Path(chapter).stem, chapter))
    expect(page.get_by_role("button", name=re.compile(r"\| Idle$"))).to_be_visible(timeout=START * 1000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page.locator(figure)


def run_new_cell(page: Page, source: str) -> str:
    """Add a cell below the last one, run it, and return what it prints."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    number = cells.count()
    cells.last.locator(".jp-InputPrompt").click()
    page.keyboard.press("b")
    expect(cells).to_have_count(number + 1)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    output = cells.nth(number).locator(".jp-OutputArea-output")
    expect(output).not_to_be_empty(timeout=START * 1000)
    return output.inner_text().strip()


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
