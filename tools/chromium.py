"""Which Chromium the tests and the photographs drive."""

import os
import shutil
import sys
from pathlib import Path

CHROMIUM_FLAGS = [
    # One rendering on every machine: no graphics card, no hinting of fonts, no profile of the screen.
    "--disable-gpu",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    # No request but those of the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

COMMANDS = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]
MAC_APPS = ["Google Chrome", "Chromium"]


def find_chromium() -> str | None:
    """Path of a Chromium: $CHROMIUM, or the machine's; None: Playwright drives the one it has downloaded.

    Chromium from a snap is passed over: it may not open a profile or a page under /tmp.
    """
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    candidates = [shutil.which(command) for command in COMMANDS]
    if sys.platform == "darwin":
        candidates += [f"/Applications/{app}.app/Contents/MacOS/{app}" for app in MAC_APPS]
    for path in candidates:
        if path and Path(path).exists() and not is_snap(Path(path)):
            return path
    return None


def is_snap(path: Path) -> bool:
    """Tell whether a command belongs to a snap: it lies there, or is a script that calls it."""
    if path.resolve().is_relative_to("/snap") or path.resolve().name == "snap":
        return True
    with path.open("rb") as file:
        start = file.read(2000)
    return start.startswith(b"#!") and b"/snap/" in start
