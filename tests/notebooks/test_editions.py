"""Students get no solution and teachers get all, with what the check will say; and what students get runs."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lossviz.exercises import EXERCISES
from tools import handout
from tools.editions import DETAILS, LINK, SCHEME, checked, for_students, linked, plain, tags
from tools.notebooks import read, run

PAGES = handout.pages()
CHAPTERS = {path.name: read(path) for path in PAGES if path.suffix == ".ipynb"}
STUDENTS = handout.student_edition(PAGES)
TEACHERS = handout.teacher_edition(PAGES)

EACH_STUDENTS = pytest.mark.parametrize("name", STUDENTS)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The landing page and one chapter in both editions, as `make class` writes all of them."""
    folder = tmp_path_factory.mktemp("class")
    handout.hand_out(folder, [path for path in PAGES if path.name in ("index.ipynb", "02-mse.ipynb")])
    return folder


def lines(cells: list[NotebookNode]) -> set[str]:
    """The lines of code in some cells, however they are indented and spaced."""
    return {" ".join(line.split()) for cell in cells for line in cell.source.splitlines() if line.strip()}


def test_every_page_of_the_book_is_found() -> None:
    assert [path.stem for path in PAGES][:3] == ["index", "01-scorekeeper", "02-mse"]
    toc = (handout.ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert toc.count("- file:") == len(PAGES) - 1


@EACH_STUDENTS
def test_students_see_no_line_of_a_solution(name: str) -> None:
    cells = [cell for cell in CHAPTERS[name].cells if cell.cell_type == "code"]
    solutions = [cell for cell in cells if "solution" in tags(cell)]
    only_there = lines(solutions) - lines([cell for cell in cells if cell not in solutions])
    assert bool(only_there) == bool(solutions)
    everything = lines(STUDENTS[name].cells)
    telling = [line for line in only_there if re.search(r"\w{3}", line)]  # not a bracket alone
    assert not [line for line in telling if any(line in theirs for theirs in everything)]


@EACH_STUDENTS
def test_students_do_not_read_what_one_may_think_of_an_open_question(name: str) -> None:
    begun = False
    for cell in CHAPTERS[name].cells:
        begun = begun or "## Exercises" in cell.source
        for details in DETAILS.findall(cell.source) if begun and cell.cell_type == "markdown" else []:
            for paragraph in details.split("\n\n")[1:-1]:
                assert not any(paragraph in theirs.source for theirs in STUDENTS[name].cells)


@EACH_STUDENTS
def test_students_keep_the_stubs_checks_and_hints(name: str) -> None:
    kept = [cell for cell in CHAPTERS[name].cells if "solution" not in tags(cell)]
    code = [cell.source for cell in STUDENTS[name].cells if cell.cell_type == "code"]
    asked = {id for cell in kept for id in checked(cell)}
    assert code[: len(code) - bool(asked)] == [cell.source for cell in kept if cell.cell_type == "code"]
    for id in asked:
        assert f'hint("{id}")' in code
    assert (code[-1].splitlines()[-1] == "progress()") == bool(asked)


@EACH_STUDENTS
def test_no_output_is_left_in_what_students_get(name: str) -> None:
    for cell in STUDENTS[name].cells:
        assert not cell.get("outputs")
        assert not cell.get("execution_count")


@EACH_STUDENTS
def test_the_answer_to_a_question_is_folded_away(name: str) -> None:
    for cell in STUDENTS[name].cells:
        if "right=True" in cell.source:
            assert cell.metadata.jupyter.source_hidden


@EACH_STUDENTS
def test_what_students_get_can_be_parsed(name: str) -> None:
    for cell in STUDENTS[name].cells:
        if cell.cell_type == "code":
            ast.parse(TransformerManager().transform_cell(cell.source))  # the cell for Colab calls pip


@pytest.mark.parametrize(
    ("edition", "name"),
    [(edition, name) for edition in (STUDENTS, TEACHERS) for name in edition],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_prose_is_true_where_it_is_read(edition: dict[str, NotebookNode], name: str) -> None:
    names = {path.name for path in PAGES} if edition is TEACHERS else set(STUDENTS)
    for cell in edition[name].cells:
        if cell.cell_type == "markdown":
            assert "make live" not in cell.source
            assert "copy of the book" not in cell.source
            for _, target in LINK.findall(cell.source):
                assert SCHEME.match(target) or target.partition("#")[0] in names


def test_a_link_to_a_page_that_is_not_there_is_text() -> None:
    text = "See [one](chapters/one.ipynb#here), [two](../two.md), [this](#place) and [that](https://a.org/x)."
    told = "See [one](one.ipynb#here), two, [this](#place) and [that](https://a.org/x)."
    assert linked(text, {"one.ipynb"}) == told
    told_of = "First.\n\n[One](one.ipynb): a page.\n\n[Two](two.ipynb): another.\n"
    assert linked(told_of, {"one.ipynb"}) == "First.\n\n[One](one.ipynb): a page.\n\n"


def test_details_before_the_exercises_stay() -> None:
    aside, thoughts = "<details>aside</details>", "<details><summary>x</summary>\n\nmine\n\n</details>"
    cells = [new_markdown_cell(aside), new_markdown_cell(f"## Exercises\n\n### 9.1\n\nWhy?\n\n{thoughts}")]
    first, second = for_students(new_notebook(cells=cells), []).cells
    assert first.source == aside
    assert second.source == "## Exercises\n\n### 9.1\n\nWhy?\n\n*Your thoughts: press Enter here and write.*"


@pytest.mark.parametrize("name", TEACHERS)
def test_teachers_see_the_solutions_and_what_the_check_will_say(name: str) -> None:
    cells = TEACHERS[name].cells
    for cell in CHAPTERS[name].cells:
        for id in checked(cell):
            (place,) = [i for i, cell in enumerate(cells) if cell.id == f"notes-{id.replace('.', '-')}"]
            exercise, notes = EXERCISES[id], cells[place].source
            assert id in checked(cells[place - 1])
            assert f"({('★' * exercise.level).ljust(3, '☆')})" in notes
            for sentence in (*(mistake.sentence for mistake in exercise.mistakes), *exercise.hints):
                assert plain(sentence) in notes
            for sentence in exercise.stumbles.values():
                assert plain(sentence) in notes
            if isinstance(exercise.reference, str):
                assert all(f"`{mistake.answer}`: " in notes for mistake in exercise.mistakes)
    solutions = [cell for cell in cells if "solution" in tags(cell)]
    assert [list(cell.metadata) for cell in solutions] == [["tags"]] * len(solutions)
    assert not any("@title" in cell.source for cell in solutions)
    assert len(solutions) == sum("solution" in tags(cell) for cell in CHAPTERS[name].cells)


def test_a_sentence_in_the_notes_looks_as_it_was_written() -> None:
    assert plain("** comes before /, `a * b` as _x_ < |e|") == r"\*\* comes before /, `a * b` as \_x\_ \< |e|"


def test_a_solution_that_another_cell_needs_is_noticed(tmp_path: Path) -> None:
    solution = new_code_cell('answer = 1; check("2.3", answer)', metadata={"tags": ["solution"]})
    chapter = new_notebook(cells=[solution, new_code_cell("answer + 1")])
    students = for_students(chapter, [])
    with pytest.raises(Exception, match=r"answer.*is not defined"):
        run(students, tmp_path)


def test_the_zips_hold_what_the_folders_hold(handed_out: Path) -> None:
    for edition in ("student", "teacher"):
        files = {path.name: path.read_bytes() for path in (handed_out / edition).iterdir()}
        with zipfile.ZipFile(handed_out / f"{edition}.zip") as zipped:
            held = {name: zipped.read(name) for name in zipped.namelist() if not name.endswith("/")}
        assert held == {f"{edition}/{name}": data for name, data in files.items()}
        (wheel,) = [name for name in files if name.endswith(".whl")]
        assert sorted(files) == ["02-mse.ipynb", "README.md", "index.ipynb", wheel]
        assert f"pip install ./{wheel} jupyterlab" in files["README.md"].decode()


def test_what_students_get_was_run_and_solves_nothing(handed_out: Path) -> None:
    text = (handed_out / "student" / "02-mse.ipynb").read_text(encoding="utf-8")
    assert "✓ 2." not in text
    assert "○ 2.1 Not attempted yet" in text
    assert "Nothing is checked yet in this session." in text


def test_it_runs_with_nothing_of_ours_but_the_wheel(handed_out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(handed_out / "student.zip") as zipped:
        zipped.extractall(tmp_path)
    (wheel,) = (tmp_path / "student").glob("*.whl")
    with zipfile.ZipFile(wheel) as zipped:
        zipped.extractall(tmp_path / "installed")

    def python(*arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert python("-c", "import lossviz; print(lossviz.__file__)").startswith(str(tmp_path / "installed"))
    assert python("-m", "lossviz.exercises", "student").splitlines() == [
        "              2.1  2.2  2.3  2.4  2.5  2.6  solved",
        "02-mse.ipynb   ○    ○    ○    ○    ○    ○   0 of 6",
        "",
        "✓ solved   ✗ tried   ○ not tried",
        "",
        "index.ipynb: checks no exercise",
    ]
