"""Write the cheat sheet, all losses on one page to print: `python -m tools.sheet`."""

from pathlib import Path

import matplotlib as mpl

from lossviz.plots_sheet import cheat_sheet

SHEET = Path(__file__).parents[1] / "_build" / "cheat-sheet.pdf"


def write_sheet(path: Path) -> None:
    """Write it as a PDF: lines, and letters that can be searched; the same bytes on every day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {"Title": "Which loss?", "CreationDate": None}
    with mpl.rc_context({"pdf.fonttype": 42}):
        cheat_sheet().savefig(path, metadata=about)


if __name__ == "__main__":
    write_sheet(SHEET)
    print(f"The cheat sheet: {SHEET}")
