"""Put the built book into one zip: `python -m tools.offline` after `jupyter-book build .`.

Unpacked anywhere, it is a folder whose `index.html` opens in a browser: no server, no network. What the pages
never load is left out.
"""

import re
from pathlib import Path

from tools.handout import ROOT
from tools.notebooks import read, to_text
from tools.zips import files_in, pack

BOOK = ROOT / "_build" / "html"
ZIP = ROOT / "_build" / "loss-function-landscapes.zip"

UNREAD = re.compile(
    r"""
    /\.                              # what the builder notes for itself
    | /objects\.inv$                 # for books that refer to this one
    | /[\w-]*macros\.html$          # for the builder
    | \.(map|po|mo)$               # for who changes scripts, or translates the theme
    """,
    re.VERBOSE,
)

README = """\
Loss Function Landscapes

Open index.html in a browser. Nothing is to be installed, and no network is needed.

If the figures do not move, unpack the zip first: from inside it, a browser opens the page alone.
The button at the top of a chapter saves its notebook. To run it, install Python and the package lossviz;
its pictures come back with the first run.
"""


def contents(book: Path) -> dict[str, Path | str]:
    """Return what a reader of the built book needs, by its name in the zip."""
    files = {name: file for name, file in files_in(book, ZIP.stem).items() if not UNREAD.search(name)}
    # The builder never deletes the pictures of earlier builds.
    pages = "".join(
        file.read_text(encoding="utf-8") for name, file in files.items() if name.endswith(".html")
    )
    seen = {name: file for name, file in files.items() if "/_images/" not in name or file.name in pages}
    notebooks = {name: without_pictures(file) for name, file in seen.items() if name.endswith(".ipynb")}
    return {**seen, **notebooks, f"{ZIP.stem}/README.txt": README}


def without_pictures(file: Path) -> str:
    """Return a notebook whose figures are told, not shown: their pictures, megabytes, are in the pages."""
    notebook = read(file)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/plain" in output.get("data", {}):
                output.data.pop("image/png", None)
    return to_text(notebook)


def main() -> None:
    """Write the zip, and say where it is and how large."""
    pack(ZIP, contents(BOOK))
    print(f"The book to take along: {ZIP}, {ZIP.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
