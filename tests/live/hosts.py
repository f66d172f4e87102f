"""Jupyter hosts of our own: started on a copy of the chapters, and driven in a browser.

`jupyterlab` and `notebook` (Jupyter Notebook 7) are one server program with two faces, and share what a
test does to a notebook in them.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest
from playwright.sync_api import Page, expect

CHAPTERS = Path(__file__).parents[2] / "chapters"
SETTINGS = {
    # Off the screen, Jupyter takes cells out of the page, and the figures with them.
    "notebook-extension/tracker": {"windowingMode": "none"},
    # It asks the network for nothing.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
START = 60  # seconds that the server, and a chapter in it, may take
PATHS = {"jupyterlab": "lab/workspaces/{0}/tree/{1}", "notebook": "notebooks/{1}"}


@contextmanager
def started(host: str, python: Path, home: Path) -> Iterator[str]:
    """Start a host of this Python on a copy of the chapters, and end it.

    Yields its address, in which {0} and {1} stand for a workspace and a notebook.
    """
    folder = home / "chapters"
    shutil.copytree(CHAPTERS, folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name, setting in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))

    token, port = secrets.token_hex(), free_port()
    server = subprocess.Popen(
        [
            *(str(python), "-m", host, "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
            *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        ],
        # Nothing of the user's own Jupyter is read, or left behind there.
        env={
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
            "IPYTHONDIR": str(home / "ipython"),
        },
        stdout=(home / "log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, home / "log")
        yield f"http://127.0.0.1:{port}/{PATHS[host]}?token={token}"
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
    pytest.fail(f"Jupyter did not start:\n{log.read_text()}")


def open_and_run(page: Page, address: str, chapter: str) -> None:
    """Open a chapter, and run it all from the menu once all its cells and its kernel are there."""
    # A workspace of its own: else another test's notebook opens too, and the idle kernel may be that one's.
    page.goto(address.format(Path(chapter).stem, chapter))
    number = len(nbformat.read(CHAPTERS / chapter, 4).cells)
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(number, timeout=START * 1000)
    wait_until_idle(page, chapter)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def wait_until_idle(page: Page, chapter: str) -> None:
    """Wait until the kernel of a chapter is there, knows of the page, and has nothing to do."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        # The server knows; what the page shows is idle also when there is no kernel yet.
        sessions = page.request.get(urljoin(page.url, "/api/sessions")).json()
        kernels = [session["kernel"] for session in sessions if session["path"] == chapter]
        if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in kernels):
            return
        page.wait_for_timeout(200)
    pytest.fail(f"The kernel of {chapter} did not start")


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
