"""The stored chapters are clean, and `make notebooks` makes them so.

That each cell still prints what is stored is held by nbval, which collects the chapters themselves
(`--nbval` in pyproject.toml).
"""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import notebooks

CHAPTERS = notebooks.chapters()

# A figure of anywidget, a picture, and printed lines that arrive in pieces.
CELLS = [
    """\
import anywidget, traitlets
class Dot(anywidget.AnyWidget):
    _esm = "export default { render() {} }"
    value = traitlets.Float(1.5).tag(sync=True)
    def __repr__(self):
        return f"Dot({self.value})"
dot = Dot()
dot""",
    """\
import matplotlib.pyplot as plt
plt.plot([0, 1], [1, 0])
plt.show()""",
    """\
import time
for number in range(3):
    print(number, flush=True)
    time.sleep(0.2)""",
    "",
]


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook as an editor leaves it: with its keys, not run, with a cell's name twice."""
    cells = [new_code_cell(source) for source in CELLS]
    cells[0].metadata = {"tags": ["hide-input"], "execution": {"iopub.execute_input": "2024-01-01T10:00:00Z"}}
    written = new_notebook(cells=[new_markdown_cell("# A chapter"), *cells])
    cells[2].id = cells[1].id
    written.metadata = {
        "kernelspec": {"display_name": "venv", "language": "python", "name": "venv"},
        "language_info": {"name": "python", "version": "3.9.1"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {}},
        "colab": {"provenance": []},
    }
    path = tmp_path / "chapter.ipynb"
    path.write_text(json.dumps(written))  # nbformat would mend the name
    return path


def test_there_are_chapters() -> None:
    assert CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_is_clean(chapter: Path) -> None:
    assert notebooks.faults(chapter) == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_holds_no_trace_of_its_making(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    assert "widget-view" not in text
    assert "widget-state" not in text
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text)
    metadata = nbformat.read(chapter, as_version=4).metadata
    assert metadata.kernelspec.name == "python3"
    assert "version" not in metadata.language_info


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_cleaning_again_changes_nothing(chapter: Path) -> None:
    notebook = notebooks.read(chapter)
    notebooks.clean(notebook)
    once = notebooks.to_text(notebook)
    notebooks.clean(notebook)
    assert notebooks.to_text(notebook) == once == chapter.read_text(encoding="utf-8")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_no_question_shows_its_answer_in_its_code(chapter: Path) -> None:
    questions = [cell for cell in notebooks.read(chapter).cells if "right=True" in cell.source]
    assert [cell.id for cell in questions if "remove-input" not in cell.metadata.get("tags", [])] == []


def test_running_gives_a_clean_notebook_and_the_same_bytes_again(notebook: Path) -> None:
    assert notebooks.main([str(notebook)]) == 0
    first = notebook.read_bytes()
    assert notebooks.main([str(notebook)]) == 0
    assert notebook.read_bytes() == first

    cells = notebooks.read(notebook).cells
    assert [cell.execution_count for cell in cells[1:]] == [1, 2, 3, None]
    assert [cell.metadata for cell in cells[:3]] == [{}, {"tags": ["hide-input"]}, {}]
    assert [cell.outputs[0].data for cell in cells[1:2]] == [{"text/plain": "Dot(1.5)"}]
    assert set(cells[2].outputs[0].data) == {"image/png", "text/plain"}
    assert [output.text for output in cells[3].outputs] == ["0\n1\n2\n"]


def test_checking_writes_nothing_and_tells_what_is_wrong(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notebook.read_bytes()
    assert notebooks.main(["--check", str(notebook)]) == 2
    assert notebook.read_bytes() == before
    told = capsys.readouterr().err
    assert "holds what an editor or a kernel left there" in told
    assert "was not run once from top to bottom: execution counts [None, None, None]" in told


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import sys; print('careful', file=sys.stderr)", "cell 1 wrote to stderr: careful"),
        ("print('/home/ada/data.csv')", "names a folder of one machine: /home/ada/data.csv"),
        (r"print('C:\\Users\\ada')", r"names a folder of one machine: C:\\Users\\ada"),
    ],
)
def test_faults_of_what_a_cell_prints(tmp_path: Path, source: str, fault: str) -> None:
    path = tmp_path / "chapter.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)
    notebooks.main([str(path)])
    assert any(found.startswith(fault) for found in notebooks.faults(path))


def test_a_web_address_is_no_folder() -> None:
    assert not notebooks.PATH.search("see https://example.org/home/ada and docs/home/index.html")


def test_a_failing_cell_fails_and_keeps_the_stored_chapter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chapter.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_solution_moves_a_figure_of_the_page(path: Path) -> None:
    """The page shows each figure in its last state: a solution that moved it would give the answer away."""
    cells = nbformat.read(path, 4).cells
    shown = {cell.source.splitlines()[-1] for cell in cells if cell.source and cell.cell_type == "code"}
    solutions = [cell.source for cell in cells if "solution" in cell.metadata.get("tags", [])]
    for solution in solutions:
        for name in re.findall(r"^(\w+)\.\w+", solution, re.MULTILINE):
            assert name not in shown, solution
