"""Two editions of a chapter: for students without any solution, for teachers with all of them and notes.

A chapter is written once. Both editions are made from it: what a solution is, its tag says; what a teacher
may expect, the declarations of the exercises say. `tools.handout` writes the editions to disk.
"""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from numbers import Number
from pathlib import PurePosixPath
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from lossviz.exercises import EXERCISES
from lossviz.exercises._exercise import Exercise

# What the book says to somebody who has only its pages.
BOOK_ONLY = {
    " To run your answers you need a copy of the book: there, `make live` opens every chapter"
    " (or `pip install .`, and open this notebook in your own Jupyter).": " Shift and Enter run a cell.",
    ", and `make live` in a copy of the book opens them all (or `pip install .` there, and open them in"
    " your own Jupyter: they need its package, `lossviz`)": "",
}
THOUGHTS = "*Your thoughts: press Enter here and write.*"

CHECKED = re.compile(r"""\bcheck\(\s*["']([\w.]+)["']""")
EXERCISES_BEGIN = re.compile(r"^## Exercises", re.MULTILINE)
DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
ABOUT_A_PAGE = re.compile(r"^\[[^\]]*\]\(([\w-]+\.ipynb)\): .*\n*", re.MULTILINE)
SCHEME = re.compile(r"[a-z]+:|#")
TITLE_OF_FORM = re.compile(r"^# @title (\w+).*\n")  # Colab's
MARKDOWN = re.compile(r"([\\*_<>\[\]$#])")


def for_students(chapter: NotebookNode, pages: Iterable[str]) -> NotebookNode:
    """Return a chapter without its solutions, not run, with a last cell that tells how far one is.

    Parameters
    ----------
    chapter : notebook
        As it stands in the book.
    pages : iterable of str
        File names of the edition; a link to any other page becomes plain text.
    """
    notebook = deepcopy(chapter)
    notebook.cells = [cell for cell in notebook.cells if "solution" not in tags(cell)]
    _retell(notebook, pages, lambda text: DETAILS.sub(THOUGHTS, text))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "remove-input" in tags(cell):  # the code of a question holds its answer
            cell.metadata.setdefault("jupyter", nbformat.from_dict({}))["source_hidden"] = True
    if any(checked(cell) for cell in notebook.cells):
        notebook.cells += [
            new_markdown_cell("## What you have solved", id="solved"),
            new_code_cell("from lossviz import progress\n\nprogress()", id="progress"),
        ]
    return notebook


def for_teachers(chapter: NotebookNode, pages: Iterable[str]) -> NotebookNode:
    """Return a chapter with its solutions unfolded, and notes after each exercise."""
    notebook = deepcopy(chapter)
    _retell(notebook, pages, lambda text: text.replace("<details>", "<details open>"))
    last = {id: number for number, cell in enumerate(notebook.cells) for id in checked(cell)}
    cells = []
    for number, cell in enumerate(notebook.cells):
        if "solution" in tags(cell):
            cell.source = TITLE_OF_FORM.sub(r"# \1\n", cell.source)
            cell.metadata = nbformat.from_dict({"tags": ["solution"]})
        cells.append(cell)
        for id in checked(cell):
            if last[id] == number:
                cells.append(new_markdown_cell(notes(EXERCISES[id]), id=f"notes-{id.replace('.', '-')}"))
    notebook.cells = cells
    return notebook


def notes(exercise: Exercise) -> str:
    """Tell a teacher about an exercise: its level, what will go wrong, the hints."""
    stars = "★" * exercise.level + "☆" * (3 - exercise.level)
    stumbles = [f"*stops with* `{part}`: {plain(told)}" for part, told in exercise.stumbles.items()]
    mistakes = [_given(mistake.answer) + plain(mistake.sentence) for mistake in exercise.mistakes]
    return "\n".join(
        [
            f"**For the teacher: {exercise.id} · {plain(exercise.title)} ({stars})**",
            "",
            "Wrong answers to expect, and what the check says to each:",
            "",
            *(f"- {line}" for line in mistakes + stumbles),
            "",
            "Hints:",
            "",
            *(f"{number}. {plain(text)}" for number, text in enumerate(exercise.hints, start=1)),
        ]
    )


def plain(text: str) -> str:
    """Make a sentence into Markdown that shows it as it is; only what stands in backquotes is code."""
    parts = text.split("`")
    parts[::2] = [MARKDOWN.sub(r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def linked(text: str, pages: Iterable[str]) -> str:
    """Let links lead to the pages of this edition, which lie in one folder.

    Those to others become their words, and a line that only tells of another page goes.
    """
    text = ABOUT_A_PAGE.sub(lambda told: told[0] if told[1] in pages else "", text)

    def link(match: re.Match[str]) -> str:
        words, target = match.groups()
        if SCHEME.match(target):
            return match[0]
        path, _, place = target.partition("#")
        name = PurePosixPath(path).name
        return f"[{words}]({name}{'#' + place if place else ''})" if name in pages else words

    return LINK.sub(link, text)


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def checked(cell: NotebookNode) -> list[str]:
    """Return the exercises that a cell checks, such as ``["2.1"]``."""
    return CHECKED.findall(cell.source) if cell.cell_type == "code" else []


def _retell(notebook: NotebookNode, pages: Iterable[str], in_exercises: Callable[[str], str]) -> None:
    """Change the prose: links, what is only true in the book, and what stands among the exercises."""
    begun = False
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for sentence, instead in BOOK_ONLY.items():
            cell.source = cell.source.replace(sentence, instead)
        cell.source = linked(cell.source, pages)
        begun = begun or bool(EXERCISES_BEGIN.search(cell.source))
        if begun:
            cell.source = in_exercises(cell.source)


def _given(answer: Any) -> str:
    """Name a wrong number or letter; what a wrong function or figure is, its sentence tells."""
    if isinstance(answer, str):
        return f"`{answer}`: "
    if isinstance(answer, Number | np.ndarray | list | tuple):
        return f"`{np.array2string(np.asarray(answer), precision=4)}`: "
    return ""
