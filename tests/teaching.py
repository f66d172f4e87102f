"""How the tests read the page for the teacher."""

import re
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[1] / "chapters" / "teaching.ipynb"


class Link(NamedTuple):
    """A link to a figure: its page, the figure, and the part after #."""

    page: str
    figure: str
    fragment: str


class Block(NamedTuple):
    """What the page tells about a figure."""

    title: str
    minutes: int
    text: str


def links(text: str) -> list[Link]:
    """Return the links that set a figure; one that leads to a section sets none.

    >>> links("[squares](02-mse.ipynb#squares.bias=2.1&squares.errors=bars)")
    [Link(page='02-mse', figure='squares', fragment='squares.bias=2.1&squares.errors=bars')]
    """
    found = re.findall(r"\]\(([\w-]+)\.ipynb#(([\w-]+)\.\w+=[^)\s]*)\)", text)
    return [Link(page, figure, fragment) for page, fragment, figure in found]


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text, one for each figure."""
    found = re.findall(r"^### ([^\n]+) · (\d+) min\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    return [Block(title, int(minutes), told) for title, minutes, told in found]


def section(text: str, heading: str) -> str:
    """Return the text under a heading, to the next one of its level or above."""
    level = len(heading.split()[0])
    (begin,) = [found.start() for found in re.finditer(f"^{re.escape(heading)}", text, re.MULTILINE)]
    return re.split(rf"\n#{{1,{level}}} ", text[begin:])[0]
