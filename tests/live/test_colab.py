"""On Colab a chapter fetches its package and runs: tried where everything but Colab itself is Colab's.

No test can open Colab. This environment holds the versions that Colab's own list names (backend-info, runtime
2026.01: ipywidgets 7.7.1, traitlets 5.7.1, IPython 7.34 …), and a stand-in for `google.colab` that does what
Colab's module does to the output of a widget.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from tools import colab
from tools.address import Address
from tools.handout import PACKAGE
from tools.notebooks import CHAPTERS, SECONDS, WIDGET_VIEW, chapters, read

ROOT = CHAPTERS.parent
BOOK = Address("https://github.com/ada/book", "main")
VERSIONS = [
    *("anywidget==0.9.21", "ipykernel==6.17.1", "ipython==7.34.0", "ipywidgets==7.7.1", "matplotlib==3.10.0"),
    *("numpy==2.0.2", "psutil==5.9.5", "setuptools==75.2.0", "tqdm==4.67.1", "traitlets==5.7.1"),
]
STAND_IN = '''
"""What Colab's module of this name does, as far as a widget notices."""
from types import SimpleNamespace
from IPython import get_ipython

_widgets = SimpleNamespace(_installed_url=None)

def enable_custom_widget_manager():
    if _widgets._installed_url is None:
        get_ipython().display_pub.register_hook(_mark)
    _widgets._installed_url = "manager.js"

def _mark(message):
    content = message["content"]
    view = "application/vnd.jupyter.widget-view+json"
    if view in content.get("data", {}):
        manager = {"custom_widget_manager": {"url": _widgets._installed_url}}
        content.setdefault("metadata", {}).setdefault(view, {})["colab"] = manager
    return message
'''


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment like Colab's, and a repository with the package of this book."""
    home = tmp_path_factory.mktemp("colab")
    subprocess.run([sys.executable, "-m", "venv", home / "environment"], check=True)
    python = home / "environment" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *VERSIONS], check=True
    )
    (packages,) = (home / "environment" / "lib").glob("python*/site-packages")
    (packages / "google" / "colab").mkdir(parents=True)
    (packages / "google" / "colab" / "__init__.py").write_text("")
    (packages / "google" / "colab" / "output.py").write_text(STAND_IN)

    repository = home / "repository"
    repository.mkdir()
    for name in PACKAGE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, repository / name)
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "."],
        ["commit", "--quiet", "-m", "1"],
    ):
        subprocess.run([*git, *command], cwd=repository, check=True)
    return home


def run(notebook: NotebookNode, runtime: Path, folder: Path, *, typed: str = "") -> None:
    """Run a notebook alone in a folder, as Colab does, with `typed` as the answer to what it asks."""
    python = runtime / "environment" / "bin" / "python"
    start = f"import google.colab.output; get_ipython().kernel.raw_input = lambda prompt='': {typed!r}"
    words = [
        str(python),
        "-m",
        "ipykernel_launcher",
        "-f",
        "{connection_file}",
        f"--IPKernelApp.exec_lines={start}",
    ]

    class Kernel(AsyncKernelManager):
        """The Python of the stand-in."""

        @property
        def kernel_spec(self) -> KernelSpec:
            """Say how it starts."""
            return KernelSpec(argv=words, language="python", display_name="Colab")

    environment = {
        **os.environ,
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        # Who asks GitHub for this book gets it from here.
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{(runtime / 'repository').as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": BOOK.url,
        # A list of fonts of its own: that of another environment names files which are not there.
        "MPLCONFIGDIR": str(runtime / "matplotlib"),
    }
    client = NotebookClient(
        notebook,
        timeout=SECONDS + 60,  # the first cell installs
        kernel_manager_class=Kernel,
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
    )
    client.execute(env=environment)


def printed(notebook: NotebookNode) -> list[str]:
    """What the cells printed, the checks said, and other text; a figure's text differs in ipywidgets 7."""
    return [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        if cell.cell_type == "code" and colab.TAG not in cell.metadata.get("tags", [])
        for output in cell.outputs
        if not {WIDGET_VIEW, "image/png"} & output.get("data", {}).keys()
    ]


@pytest.mark.everywhere
@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_a_chapter_fetches_its_package_and_runs(runtime: Path, tmp_path: Path, chapter: Path) -> None:
    python = runtime / "environment" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "lossviz"], check=True)
    notebook, stored = read(chapter), read(chapter)
    colab.place(notebook, BOOK)
    run(notebook, runtime, tmp_path)

    assert printed(notebook) == printed(stored)
    views = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if WIDGET_VIEW in output.get("data", {})
    ]
    assert views
    # Without this mark Colab shows no widget but its own.
    assert [view for view in views if "colab" not in view.metadata.get(WIDGET_VIEW, {})] == []
    frozen = subprocess.run(
        [python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    ).stdout
    assert set(VERSIONS) - {"setuptools==75.2.0"} <= set(
        frozen.splitlines()
    )  # nothing of Colab's was replaced


@pytest.mark.everywhere
def test_without_an_address_the_cell_asks_for_it(runtime: Path, tmp_path: Path) -> None:
    python = runtime / "environment" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "lossviz"], check=True)
    notebook = read(CHAPTERS / "index.ipynb")
    colab.place(notebook, None)
    run(notebook, runtime, tmp_path, typed=BOOK.url)


def test_the_cell_is_the_first_one_and_only_once() -> None:
    notebook = read(CHAPTERS / "02-mse.ipynb")
    number = len(notebook.cells)
    colab.place(notebook, BOOK)
    colab.place(notebook, BOOK)
    assert len(notebook.cells) == number
    assert colab.is_placed(notebook, BOOK)
    assert not colab.is_placed(notebook, None)
    assert f'BOOK = "{BOOK}"' in notebook.cells[1].source
    nbformat.validate(notebook)
    assert not colab.is_placed(nbformat.v4.new_notebook(cells=[notebook.cells[2]]), BOOK)


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_the_cell_is_on_no_page_and_prints_nothing(book: Path, chapter: Path) -> None:
    assert "google.colab" not in (book / "chapters" / f"{chapter.stem}.html").read_text(encoding="utf-8")
    (cell,) = [cell for cell in read(chapter).cells if colab.TAG in cell.metadata.get("tags", [])]
    assert cell.outputs == []
    assert cell.metadata.jupyter.source_hidden
