"""The bibliography of the last chapter holds what the chapters cite."""

import re
from pathlib import Path

import nbformat

CHAPTERS = Path(__file__).parents[2] / "chapters"
LINK = re.compile(r"\]\((https?://\S+?)\)(?=[\s.,:]|$)")


def section(path: Path, title: str) -> str:
    """Return the text of a section from its title to the next, or to the end."""
    text = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
    begin = text.index(f"## {title}")
    return text[begin:].split("\n## ")[0]


def test_every_source_of_a_chapter_is_in_the_bibliography() -> None:
    held = set(LINK.findall(section(CHAPTERS / "08-takeaways.ipynb", "Bibliography")))
    cited = {
        path.name: set(LINK.findall(section(path, "Sources"))) for path in CHAPTERS.glob("0[1-7]-*.ipynb")
    }
    assert len(cited) == 7
    assert all(cited.values())
    assert {name: links - held for name, links in cited.items() if links - held} == {}
    assert held == set().union(*cited.values())  # nothing that no chapter needs
