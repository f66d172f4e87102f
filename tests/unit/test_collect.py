"""What a class hands in is run, and what it solves is told; no notebook spoils the table for the others."""

import csv
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from lossviz.exercises import __main__ as collector
from lossviz.exercises._collect import find, table
from lossviz.exercises._run import HandedIn, run

IMPORTS = "import numpy as np\nfrom lossviz import check"
RMSE = "def f(actual, predicted):\n    return np.sqrt(np.mean((predicted - actual) ** 2))\ncheck('2.1', f)"
MSE = "def f(actual, predicted):\n    return np.mean((predicted - actual) ** 2)\ncheck('2.1', f)"
TEN = "check('2.3', 10)"
# Neither an interrupt nor an exception ends it.
ENDLESS = (
    "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
)


def write(path: Path, *cells: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in cells]), path)
    return path


def test_a_class_of_five(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, results = tmp_path / "class", tmp_path / "results.csv"
    write(folder / "ada" / "02-mse.ipynb", IMPORTS, RMSE, TEN)
    write(folder / "ada" / ".ipynb_checkpoints" / "02-mse-checkpoint.ipynb", IMPORTS)
    write(folder / "ben.ipynb", IMPORTS, MSE, "check('2.3', ...)")
    (folder / "cleo.ipynb").write_text("{ this is no JSON")
    write(folder / "dan.ipynb", IMPORTS, RMSE, ENDLESS, TEN)
    write(folder / "eve.ipynb", IMPORTS, "1 / 0", f"{TEN}\nraise ValueError('the last cell')")

    assert collector.main([str(folder), "--csv", str(results), "--limit", "10"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "                  2.1  2.2  2.3  2.4  2.5  2.6  solved",
        "ada/02-mse.ipynb   ✓    ○    ✓    ○    ○    ○   2 of 6",
        "ben.ipynb          ✗    ○    ○    ○    ○    ○   0 of 6",
        "dan.ipynb          ✓    ○    ○    ○    ○    ○   1 of 6",
        "eve.ipynb          ○    ○    ✓    ○    ○    ○   1 of 6",
        "",
        "✓ solved   ✗ tried   ○ not tried",
        "",
        "cleo.ipynb: is no notebook: NotJSONError: Notebook does not appear to be JSON: '{ this is no JSON'",
        "dan.ipynb: code cell 3 still ran after 10 seconds; it and what follows count for nothing",
        "eve.ipynb: code cell 2 stops with ZeroDivisionError: division by zero (and 1 more)",
    ]
    rows = list(csv.reader(results.open(encoding="utf-8-sig")))
    assert [row[:-1] for row in rows] == [
        ["notebook", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "solved", "of"],
        ["ada/02-mse.ipynb", "1", "", "1", "", "", "", "2", "6"],
        ["ben.ipynb", "0", "", "", "", "", "", "0", "6"],
        ["cleo.ipynb", "", "", "", "", "", "", "0", "0"],
        ["dan.ipynb", "1", "", "", "", "", "", "1", "6"],
        ["eve.ipynb", "", "", "1", "", "", "", "1", "6"],
    ]
    assert [bool(row[-1]) for row in rows] == [True, False, False, True, True, True]


def test_what_a_cell_prints_or_makes_of_check_does_not_count(tmp_path: Path) -> None:
    cheat = """\
import lossviz.exercises
def check(id, answer):
    print("✓ 2.1 Right.")
lossviz.check = lossviz.exercises.check = check
results = {"2.1": True}
print('{"results": {"2.1": true}}')
check('2.1', 3)"""
    path = write(tmp_path / "cheat.ipynb", IMPORTS, cheat)
    assert run(path, "cheat", 60) == HandedIn("cheat", asked={"2.1"})


def test_a_stored_output_does_not_count(tmp_path: Path) -> None:
    cell = new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text="✓ 2.1 Right.\n")])
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "old.ipynb")
    assert run(tmp_path / "old.ipynb", "old", 60) == HandedIn("old")


def test_a_process_that_dies_keeps_what_it_had_solved(tmp_path: Path) -> None:
    path = write(tmp_path / "dies.ipynb", IMPORTS, TEN, "import os\nos._exit(1)", RMSE)
    told = run(path, "dies", 60)
    assert told.results == {"2.3": True}
    assert told.remark == "its process came to an end before the notebook did"


def test_a_message_cannot_drive_the_terminal(tmp_path: Path) -> None:
    told = run(
        write(tmp_path / "red.ipynb", "raise ValueError('\\x1b[31mred\\x07\\nmore' + 999 * 'x')"), "red", 60
    )
    assert told.remark.startswith("code cell 1 stops with ValueError: red more")
    assert told.remark.isprintable()
    assert len(told.remark) <= 120


def test_each_chapter_has_a_table_of_its_own_and_figures_a_warning() -> None:
    told = table([HandedIn("b", {"5.1"}, {"5.1": False}), HandedIn("a", {"1.1"}, {"1.1": True})])
    first, second, key, figures = told.split("\n\n")
    assert first.splitlines()[1] == "a   ✓    ○    ○    ○    ○   1 of 5"
    assert second.splitlines()[1].startswith("b   ✗    ○")
    assert key == "✓ solved   ✗ tried   ○ not tried"
    assert figures.startswith("5.2, 5.3: answered in a figure")


def test_nothing_to_read_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert collector.main([str(tmp_path)]) == 1
    assert "no notebook lies under" in capsys.readouterr().err
    (tmp_path / "broken.ipynb").write_text("")
    assert collector.main([str(tmp_path)]) == 1
    with pytest.raises(SystemExit):
        collector.main([str(tmp_path / "nowhere")])
    assert "is no folder" in capsys.readouterr().err


def test_it_says_how_to_get_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "find_spec", lambda name: None if name == "ipykernel" else name)
    with pytest.raises(SystemExit):
        collector.main([str(tmp_path)])
    assert "needs ipykernel, to run notebooks: pip install jupyterlab" in capsys.readouterr().err


def test_help_says_whose_rights_it_uses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        collector.main(["--help"])
    assert "with the rights of whoever calls it" in capsys.readouterr().out


def test_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    kept = write(tmp_path / "a.ipynb")
    write(tmp_path / ".ipynb_checkpoints" / "a.ipynb")
    assert find(tmp_path) == [kept]
