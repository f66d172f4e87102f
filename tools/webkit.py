"""A WebKit on a screen of its own, for the tests: Playwright's does not run on every machine, Debian's does.

Selenium drives it through WebKitWebDriver. It has no mode without a window, so Xvfb gives it one.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

WIDTH, HEIGHT = 1280, 1000  # pixels of the screen


def find_webkit() -> str | None:
    """Path of the machine's WebKitWebDriver."""
    return shutil.which("WebKitWebDriver")


@contextmanager
def webkit() -> Iterator[WebKitGTK]:
    """Start it, and end it with its screen.

    Raises
    ------
    FileNotFoundError
        If the machine lacks the driver or Xvfb.
    """
    driver_path = find_webkit()
    if driver_path is None or shutil.which("Xvfb") is None:
        raise FileNotFoundError(
            "No WebKitWebDriver or no Xvfb on this machine: install WebKitGTK's and Xvfb."
        )
    with screen() as display:
        service = Service(driver_path, env={**os.environ, "DISPLAY": display})
        driver = WebKitGTK(options=WebKitGTKOptions(), service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def screen() -> Iterator[str]:
    """Give a screen that nobody sees: its name, as X has it."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
