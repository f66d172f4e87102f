"""The first code cell of each chapter, which fetches the book's package on Colab and does nothing elsewhere.

`make notebooks` writes it, with the address of the book from `_config.yml`: a notebook that was opened from
GitHub has nothing but itself. It is tagged, folded in JupyterLab and Colab, and not on the book's pages.

Only `lossviz` itself is installed. What it stands on, Colab brings and has partly loaded before the first
cell: newer versions would ask for a restart. `python -m tools.colab` tells, on GitHub Actions, whether the
chapters name the repository that runs.
"""

import os

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools.address import Address, of_actions, of_config

TAG = "colab"
SOURCE = """\
# @title For Colab only: fetch the package of this book {{ display-mode: "form" }}
import sys

BOOK = "{book}"  # `make notebooks` copies the address from _config.yml

if "google.colab" in sys.modules:
    book = BOOK or input("Repository of this book (https://github.com/…): ")
    !pip install --quiet --no-deps git+{{book}}"""
METADATA = {"tags": [TAG, "remove-cell"], "jupyter": {"source_hidden": True}, "cellView": "form"}


def cell(address: Address | None) -> NotebookNode:
    """Return the cell for a book at this address; without one, the cell asks for it."""
    source = SOURCE.format(book=address or "")
    return new_code_cell(source, id=TAG, metadata=nbformat.from_dict(METADATA))


def place(notebook: NotebookNode, address: Address | None) -> None:
    """Put the cell before the first other code cell of a notebook, or bring it up to date."""
    cells = [each for each in notebook.cells if TAG not in each.metadata.get("tags", [])]
    first = next((number for number, each in enumerate(cells) if each.cell_type == "code"), None)
    if first is not None:
        cells.insert(first, cell(address))
    notebook.cells = cells


def is_placed(notebook: NotebookNode, address: Address | None) -> bool:
    """Tell whether the first code cell, and no other, is the one for Colab."""
    wanted = cell(address)
    for number, each in enumerate(each for each in notebook.cells if each.cell_type == "code"):
        same = (each.source, each.metadata) == (wanted.source, wanted.metadata)
        tagged = TAG in each.metadata.get("tags", [])
        if (number == 0 and not same) or (number > 0 and tagged):
            return False
    return True


def main() -> None:
    """Print a note of GitHub Actions if the chapters would fetch the package of another repository."""
    here, named = of_actions(os.environ), of_config()
    if here != named:
        print(
            f"::notice::On Colab the chapters fetch their package from {named or 'where the reader says'}."
            f" To fetch it from {here}, write that into _config.yml and run `make notebooks`."
        )


if __name__ == "__main__":
    main()
