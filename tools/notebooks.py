"""Run the chapters and store them clean: `python -m tools.notebooks [--check] [notebook …]`.

A stored chapter holds what a reader of the file alone can use (text, pictures, execution counts), and
nothing of the machine or the editor it was made with, so that a difference in git is a difference in the
chapter. With `--check` nothing is run or written: it tells what is not clean, and fails if anything is.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from tools import colab
from tools.address import of_config

CHAPTERS = Path(__file__).parents[1] / "chapters"
SECONDS = 60  # for one cell: a chapter that needs longer is broken

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {  # without the version: it is the machine's
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
}
# What the book, JupyterLab and Colab read; any other key was left there by an editor.
NOTEBOOK_KEYS = {"mystnb", "title"}
CELL_KEYS = {"tags", "mystnb", "jupyter", "cellView"}

PATH = re.compile(r"(?<![\w.:/-])(/(home|Users|root|work|tmp|private|var/folders)/|[A-Z]:\\+Users\\+)")


def chapters() -> list[Path]:
    """Every notebook of the book, without the copies that JupyterLab keeps in hidden folders."""
    found = sorted(CHAPTERS.rglob("*.ipynb"))
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def is_chapter(path: Path) -> bool:
    """Tell whether a notebook belongs to the book."""
    return path.resolve().is_relative_to(CHAPTERS)


def read(path: Path) -> NotebookNode:
    """Read a notebook of version 4; cells get the names that version 4.5 asks for."""
    notebook = nbformat.reader.reads(path.read_text(encoding="utf-8"))
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        # nbformat would name a nameless cell at random, and the file would differ each time.
        if cell.get("id") is None or cell.id in seen:
            cell.id = f"cell-{number}"
        seen.add(cell.id)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """Return the one text of a notebook: sorted keys, one space of indent, a newline at the end."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def run(notebook: NotebookNode, folder: Path) -> None:
    """Run every cell in order in a fresh kernel that stands in `folder`; an error ends it."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # printed lines arrive in pieces that differ from run to run
        extra_arguments=["--log-level=ERROR"],  # not its notice that it talks to this machine unencrypted
    )
    client.execute()


def clean(notebook: NotebookNode) -> None:
    """Take away what belongs to the machine, the editor or the kernel; a second time changes nothing."""
    kept = {key: value for key, value in notebook.metadata.items() if key in NOTEBOOK_KEYS}
    notebook.metadata = nbformat.from_dict({**kept, "kernelspec": KERNEL, "language_info": LANGUAGE})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in cell.metadata if key in CELL_KEYS}
        )
        if cell.cell_type == "code":
            for output in cell.outputs:
                for mimetypes in (output.get("data", {}), output.get("metadata", {})):
                    # JupyterLab would look for a model that ended with the kernel, and show an error for it.
                    mimetypes.pop(WIDGET_VIEW, None)
            cell.outputs = [output for output in cell.outputs if output.get("data") != {}]


def faults(path: Path) -> list[str]:
    """Tell what a chapter must not hold, one sentence each: nothing if it is ready to be committed."""
    found = []
    notebook = read(path)
    clean(notebook)
    if to_text(notebook) != path.read_text(encoding="utf-8"):
        found.append("holds what an editor or a kernel left there: `make notebooks` takes it away")

    if is_chapter(path) and not colab.is_placed(notebook, of_config()):
        found.append("has no cell for Colab, or an old one: `make notebooks` writes it")

    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    counts = [cell.execution_count for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        found.append(f"was not run once from top to bottom: execution counts {counts}")
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"cell {cell.execution_count} failed: {output.ename}: {output.evalue}")
            if output.get("name") == "stderr":
                found.append(f"cell {cell.execution_count} wrote to stderr: {output.text.strip()}")

    for cell in notebook.cells:
        for text in texts(cell):
            if match := PATH.search(text):
                start, end = match.start(), match.end() + 30
                found.append(f"names a folder of one machine: {text[start:end].splitlines()[0]} …")
    return found


def texts(cell: NotebookNode) -> list[str]:
    """All that one can read in a cell: its source and its outputs, but for pictures."""
    found = [cell.source]
    for output in cell.get("outputs", []):
        found.append(output.get("text", ""))
        found.extend(output.get("traceback", []))
        for mimetype, data in output.get("data", {}).items():
            if not mimetype.startswith("image/"):
                found.append(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False))
    return found


def main(arguments: list[str]) -> int:
    """Run and clean the notebooks, or check them; return how many faults were found."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="run and write nothing, tell what is not clean")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every chapter")
    options = parser.parse_args(arguments)

    bad = 0
    for path in options.notebooks or chapters():
        if not options.check:
            notebook = read(path)
            if is_chapter(path):
                colab.place(notebook, of_config())
            try:
                run(notebook, path.parent)
            except (CellExecutionError, CellTimeoutError) as error:
                # The chapter stays as it was: half a run is nothing to keep.
                print(f"{path.name}: failed\n{error}", file=sys.stderr)
                bad += 1
                continue
            clean(notebook)
            path.write_text(to_text(notebook), encoding="utf-8")
            print(f"{path.name}: run and clean")
        for fault in faults(path):
            print(f"{path.name}: {fault}", file=sys.stderr)
            bad += 1
    return bad


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
