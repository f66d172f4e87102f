"""What Binder installs runs every chapter in JupyterLab 4 and Notebook 7, with every figure alive.

The environment is made as Binder makes it: its own JupyterLab and Notebook, in the versions that
repo2docker gives them, then `binder/requirements.txt` and nothing else.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import repo2docker
from playwright.sync_api import Browser, Locator, expect

from tests.live import hosts
from tests.live.hosts import CHAPTERS, START, run_new_cell
from tools.handout import PACKAGE

pytestmark = pytest.mark.everywhere

ROOT = CHAPTERS.parent
RUNTIME = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
NAMES = sorted(path.name for path in CHAPTERS.glob("*.ipynb"))
BROKEN = re.compile("error displaying|model not found|loading widget", re.IGNORECASE)
# Numbers that stand for the states of the figures, by name: what checks an answer makes figures of its own,
# some with a name that the chapter has too.
STATES = """\
import json
from ipywidgets.widgets.widget import _instances
states = {}
for each in list(_instances.values()):
    if hasattr(each, "describe"):
        state = {name: value for name, value in each.get_state().items() if name not in ("_esm", "_css")}
        states.setdefault(each.name, []).append(hash(repr(state)))
print(json.dumps(states))"""


def binder_pins() -> list[str]:
    """Return the JupyterLab and the Notebook that Binder brings, as pip takes them."""
    lock = (
        Path(repo2docker.__file__).parent / "buildpacks" / "conda" / f"environment.py-{RUNTIME}-linux-64.lock"
    )
    found = dict(re.findall(r"/(jupyterlab|notebook)-([\d.]+)-", lock.read_text()))
    return [f"{name}=={found[name]}" for name in ("jupyterlab", "notebook")]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment with what Binder installs, from a copy of the repository."""
    home = tmp_path_factory.mktemp("reading")
    (home / "repository").mkdir()
    for name in (*PACKAGE, "binder"):
        copy(ROOT / name, home / "repository" / name)
    subprocess.run([sys.executable, "-m", "venv", home / "environment"], check=True)
    python = home / "environment" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *binder_pins()], check=True)
    subprocess.run([*pip, "-r", "binder/requirements.txt"], cwd=home / "repository", check=True)
    return python


@pytest.fixture(scope="module", params=["jupyterlab", "notebook"])
def host(
    request: pytest.FixtureRequest, reading: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a host in that environment."""
    with hosts.started(request.param, reading, tmp_path_factory.mktemp(request.param)) as address:
        yield address


def copy(path: Path, to: Path) -> None:
    """Copy a file or a folder."""
    if path.is_dir():
        shutil.copytree(path, to)
    else:
        shutil.copy(path, to)


def figures_of(chapter: str) -> int:
    """Count the figures that a chapter shows; a picture that is no figure has a text of its own instead."""
    cells = nbformat.read(CHAPTERS / chapter, 4).cells
    pictures = [
        cell for cell in cells if any("image/png" in out.get("data", {}) for out in cell.get("outputs", []))
    ]
    return len([cell for cell in pictures if "image" not in cell.metadata.get("mystnb", {})])


def move(figure: Locator) -> bool:
    """Move a figure by one key, and tell whether it has anything to move."""
    slider = figure.locator("[role=slider], input[type=range]").locator("visible=true")
    choice = figure.locator("input[type=radio]").locator("visible=true")
    if slider.count():
        slider.first.press("ArrowRight")
    elif choice.count():
        choice.first.press("Space")
    return bool(slider.count() or choice.count())


@pytest.mark.parametrize("chapter", NAMES)
def test_every_figure_is_alive_and_python_reads_what_was_moved(
    host: str, browser: Browser, chapter: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        hosts.open_and_run(page, host, chapter)
        before = json.loads(run_new_cell(page, STATES))  # runs after all others

        figures = page.locator(".jp-OutputArea .lossviz")
        expect(figures).to_have_count(figures_of(chapter), timeout=START * 1000)
        expect(page.locator(".jp-OutputArea-output", has_text=BROKEN)).to_have_count(0)
        failed = page.locator('[data-mime-type$="stderr"], [data-mime-type*="error"]')
        assert failed.all_inner_texts() == []

        moved = []
        for figure in figures.all():
            expect(figure.locator(".lossviz-spoken")).not_to_be_empty()
            if move(figure):
                moved.append(figure.get_attribute("data-name"))
        after = json.loads(run_new_cell(page, STATES))
        assert [name for name in moved if after[name] == before[name]] == []
        assert moved or not figures_of(chapter)
