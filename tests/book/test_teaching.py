"""The page for the teacher: it has a block for every figure, and its plans and minutes add up.

What its links do is held by tests/browser/test_teaching_links.py, and what it computes by nbval.
"""

import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.browser.figures import STATE
from tests.teaching import PAGE, Block, blocks, links, section

CHAPTERS = sorted(PAGE.parent.glob("0[1-7]-*.ipynb"))
TEXT = "\n".join(cell.source for cell in nbformat.read(PAGE, 4).cells if cell.cell_type == "markdown")
BLOCKS = blocks(TEXT)
ROW = re.compile(r"^\| (\d+)–(\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def figures_of(book: Path, chapter: str) -> set[str]:
    """Return the figures of a chapter of the built book; a question is to be answered, and no figure."""
    html = (book / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    (script,) = BeautifulSoup(html, "html.parser").select(STATE)
    models = json.loads(script.get_text())["state"].values()
    shown = [model["state"] for model in models if model["model_module"] == "anywidget"]
    return {figure["name"] for figure in shown if figure["_view"] != "question"}


@pytest.mark.parametrize("chapter", [path.stem for path in CHAPTERS])
def test_every_figure_of_a_chapter_is_there(book: Path, chapter: str) -> None:
    text = section(TEXT, f"## Chapter {int(chapter[:2])}:")
    set_there = {link.figure for link in links(text) if link.page == chapter}
    told = {name for name in figures_of(book, chapter) if f"*{name}*" in text}
    assert set_there | told == figures_of(book, chapter)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.title)
def test_a_block_asks_expects_says_and_shows(block: Block) -> None:
    assert block.minutes > 0
    assert re.search(r'^\*\*Ask:\*\* ".{20,}"$', block.text, re.MULTILINE)
    expected = re.findall(r"^- .*$", block.text, re.MULTILINE)
    assert len(expected) >= 2
    for line in expected:
        assert re.fullmatch(r'- \*".{3,}"\* → ".{10,}"', line), line
    assert re.search(r"^\*\*Show:\*\* .*\]\(", block.text, re.MULTILINE)


def test_the_minutes_of_a_chapter_are_those_of_its_figures() -> None:
    totals = []
    for number in range(1, 8):
        text = section(TEXT, f"## Chapter {number}:")
        total = sum(block.minutes for block in blocks(text))
        assert f"The figures take {total} minutes." in text
        totals.append(total)
    assert f"take from {min(totals)} to {max(totals)} minutes" in TEXT


@pytest.mark.parametrize("minutes", [45, 90])
def test_a_plan_fills_its_lesson_without_a_gap(minutes: int) -> None:
    rows = ROW.findall(section(TEXT, f"## A lesson of {minutes} minutes"))
    starts, ends = [int(row[0]) for row in rows], [int(row[1]) for row in rows]
    assert [0, *ends] == [*starts, minutes]
    needed = {link.figure: block.minutes for block in BLOCKS for link in links(block.text)}
    for start, end, what, _ in rows:
        for link in links(what):
            assert int(end) - int(start) >= needed[link.figure], what


@pytest.mark.parametrize("number", range(1, 8))
def test_a_chapter_has_misconceptions_and_its_open_question(number: int) -> None:
    text = section(TEXT, f"## Chapter {number}:")
    believed = re.findall(r'^- \*".+?"\* (.+)$', section(text, "### Misconceptions"), re.MULTILINE)
    assert len(believed) >= 5
    assert all(re.search(r"\d|two", counter) for counter in believed)
    (chapter,) = (path for path in CHAPTERS if path.name.startswith(f"{number:02}"))
    cells = "\n".join(cell.source for cell in nbformat.read(chapter, 4).cells)
    ((id, title),) = re.findall(r"^### (\S+) · (.+) \(to discuss\)$", cells, re.MULTILINE)
    told = f"### To discuss, chapter {number}: {title[0].lower()}{title[1:]} ({id})"
    assert len(section(text, told)) > 200
