"""Which Firefox the tests drive: the machine's own, because Playwright can drive Debian's."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserType

from tools.chromium import is_snap

COMMANDS = ["firefox-esr", "firefox"]
MAC_APP = "/Applications/Firefox.app/Contents/MacOS/firefox"
STILL = {"ui.prefersReducedMotion": 1}  # nothing may move: Playwright cannot say so to this Firefox


def find_firefox() -> str | None:
    """Path of a Firefox: $FIREFOX, or the machine's, but none from a snap, which may not read under /tmp."""
    if chosen := os.environ.get("FIREFOX"):
        return chosen
    candidates = [shutil.which(command) for command in COMMANDS]
    if sys.platform == "darwin":
        candidates.append(MAC_APP)
    for path in candidates:
        if path and Path(path).exists() and not is_snap(Path(path)):
            return path
    return None


def launch_firefox(firefox: BrowserType, still: bool = False) -> Browser:
    """Start it.

    Raises
    ------
    FileNotFoundError
        If the machine has none.
    """
    path = find_firefox()
    if path is None:
        raise FileNotFoundError(
            "No Firefox on this machine: install Firefox ESR, or set $FIREFOX to its path."
        )
    return firefox.launch(
        channel="moz-firefox", executable_path=path, firefox_user_prefs=dict(STILL) if still else {}
    )
