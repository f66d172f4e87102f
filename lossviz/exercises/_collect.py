"""See what a whole class has solved: find the notebooks, run them, and show a table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from lossviz.exercises import EXERCISES
from lossviz.exercises._exercise import Shown
from lossviz.exercises._progress import SIGNS
from lossviz.exercises._run import HandedIn

FIGURES = (
    "{ids}: answered in a figure, and what was dragged there is not saved with a notebook. "
    "It counts only if a cell sets the figure."
)


def find(folder: Path) -> list[Path]:
    """Return the notebooks under a folder, without those in hidden folders such as JupyterLab's copies."""
    found = sorted(folder.rglob("*.ipynb"))
    return [
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def exercises_of(handed_in: HandedIn) -> list[str]:
    """Return the exercises of the chapters that a notebook is about, in the order of the book.

    Examples
    --------
    >>> exercises_of(HandedIn("ada.ipynb", asked={"2.3"}))
    ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6']
    """
    chapters = {_chapter(id) for id in handed_in.asked | set(handed_in.results)}
    return [id for id in EXERCISES if _chapter(id) in chapters]


def solved(handed_in: HandedIn) -> int:
    """Count what a notebook solves."""
    return sum(handed_in.results.values())


def table(class_: Sequence[HandedIn]) -> str:
    """Show who solved what, one table for notebooks about the same chapters, then what went wrong.

    Examples
    --------
    >>> ada = HandedIn("ada.ipynb", {"1.1"}, {"1.1": True, "1.2": False})
    >>> print(table([ada, HandedIn("ben.ipynb", remark="is no notebook", readable=False)]))
               1.1  1.2  1.3  1.4  1.5  solved
    ada.ipynb   ✓    ✗    ○    ○    ○   1 of 5
    <BLANKLINE>
    ✓ solved   ✗ tried   ○ not tried
    <BLANKLINE>
    ben.ipynb: is no notebook
    """
    groups: dict[tuple[str, ...], list[HandedIn]] = {}
    for handed_in in class_:
        if asked := exercises_of(handed_in):
            groups.setdefault(tuple(asked), []).append(handed_in)

    parts = []
    for ids, rows in sorted(groups.items(), key=lambda group: list(EXERCISES).index(group[0][0])):
        width = max(len(row.name) for row in rows)
        lines = [" " * width + "".join(f"{id:>5}" for id in ids) + "  solved"]
        for row in rows:
            signs = "".join(f"{SIGNS[row.results.get(id)]:>4} " for id in ids)
            lines.append(f"{row.name:{width}}{signs}  {solved(row)} of {len(ids)}")
        parts.append("\n".join(lines))
    if groups:
        parts.append(f"{SIGNS[True]} solved   {SIGNS[False]} tried   {SIGNS[None]} not tried")
    shown = {id for ids in groups for id in ids if isinstance(EXERCISES[id].reference, Shown)}
    if shown:
        parts.append(FIGURES.format(ids=", ".join(id for id in EXERCISES if id in shown)))
    remarks = [f"{row.name}: {_remark(row)}" for row in class_ if _remark(row)]
    return "\n\n".join([*parts, "\n".join(remarks)] if remarks else parts)


def write_csv(class_: Sequence[HandedIn], path: Path) -> None:
    """Write a line a notebook: 1 for solved, 0 for tried, nothing for what was not tried or not asked."""
    asked = {id for handed_in in class_ for id in exercises_of(handed_in)}
    ids = [id for id in EXERCISES if id in asked]
    # The mark in front tells spreadsheets that this is UTF-8.
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow(["notebook", *ids, "solved", "of", "remark"])
        for each in class_:
            marks = [int(each.results[id]) if id in each.results else "" for id in ids]
            rows.writerow([each.name, *marks, solved(each), len(exercises_of(each)), _remark(each)])


def _chapter(id: str) -> str:
    return id.split(".")[0]


def _remark(handed_in: HandedIn) -> str:
    return handed_in.remark or ("" if exercises_of(handed_in) else "checks no exercise")
