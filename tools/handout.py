"""Write the students' and the teacher's edition: `python -m tools.handout [--folder FOLDER]`.

Each is a folder, and a zip of it: the chapters, the package as a wheel (it is in no package index), and a
README. The students' chapters are run once, so that they come with their figures, and are known to run.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

from tools.editions import for_students, for_teachers, linked
from tools.notebooks import clean, read, run, to_text
from tools.zips import files_in, pack

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "class"
PACKAGE = ("lossviz", "pyproject.toml", "README.md", "LICENSE")  # what the wheel is made of
FOR_TEACHERS = re.compile("teach")  # a page with this in its name is not for students

STUDENTS = """\
# Loss Function Landscapes: chapters to work through

You need Python 3.11 or later. In this folder:

```sh
python3 -m venv .venv
. .venv/bin/activate         # on Windows: .venv\\Scripts\\activate
pip install ./{wheel} jupyterlab
jupyter lab
```

Open a chapter and run its cells from the top, each with Shift and Enter. The exercises stand at its end.
Write your answer in place of the dots and run the cell: the check says what is wrong. `hint("2.1", 2)` gives
the second hint of exercise 2.1. The last cell shows what you have solved.

## Hand in

- Restart the kernel and run all cells. Your teacher will do the same: what the last cell shows then is what
  counts.
- What you moved in a figure is not saved with the notebook. Where a figure is the answer, set it in the cell
  with the check, as in `valley.starts = [(1.5, -2)]` and `valley.roll(300)`.
- Save, and hand in the file that ends in `.ipynb`.
"""

TEACHERS = """\
# Loss Function Landscapes: the teacher's edition

The chapters with their solutions, and after each exercise: its level, the wrong answers to expect with what
the check says to each, and the hints. Hand out the students' edition, not this one.

```sh
python3 -m venv .venv
. .venv/bin/activate         # on Windows: .venv\\Scripts\\activate
pip install ./{wheel} jupyterlab
jupyter lab
```

## Collect

```sh
python -m lossviz.exercises FOLDER --csv results.csv
```

runs every notebook under FOLDER and says who solved what. **It runs what your students wrote, with your
rights**: use an account or a container in which nothing can be lost.

The checks help to learn and are no examination. The right answers are part of the package, and whoever looks
for them finds them.
"""


def pages() -> list[Path]:
    """Return the pages of the book, in the order of _toc.yml."""
    names = re.findall(r"^\W*(?:root|file): *(\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"), re.M)
    return [
        path for name in names for path in sorted(ROOT.glob(f"{name}.*")) if path.suffix in (".ipynb", ".md")
    ]


def make_wheel(folder: Path) -> Path:
    """Build the package into `folder`, from a copy: setuptools leaves things behind where it works."""
    with TemporaryDirectory() as place:
        copy = Path(place, "package")
        copy.mkdir()
        for name in PACKAGE:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, copy)
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
        command += ["--quiet", "--disable-pip-version-check", "--wheel-dir", str(folder), str(copy)]
        subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def student_edition(sources: list[Path]) -> dict[str, NotebookNode]:
    """Return the students' notebooks by file name."""
    given = [path for path in sources if path.suffix == ".ipynb" and not FOR_TEACHERS.search(path.name)]
    names = {path.name for path in given}
    return {path.name: for_students(read(path), names) for path in given}


def teacher_edition(sources: list[Path]) -> dict[str, NotebookNode]:
    """Return the teacher's notebooks by file name."""
    names = {path.name for path in sources}
    return {path.name: for_teachers(read(path), names) for path in sources if path.suffix == ".ipynb"}


def write(folder: Path, notebooks: dict[str, NotebookNode], readme: str, wheel: Path) -> None:
    """Write one edition into a new `folder`, and a zip of it beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.validate(notebook)
        (folder / name).write_text(to_text(notebook), encoding="utf-8")
    (folder / "README.md").write_text(readme.format(wheel=wheel.name), encoding="utf-8")
    shutil.copy(wheel, folder)


def hand_out(folder: Path, sources: list[Path]) -> None:
    """Write both editions of some pages, `student` and `teacher`, into a folder, and their zips."""
    students = student_edition(sources)
    with TemporaryDirectory() as place:
        for notebook in students.values():
            run(notebook, Path(place))
            clean(notebook)
        wheel = make_wheel(Path(place))
        write(folder / "student", students, STUDENTS, wheel)
        write(folder / "teacher", teacher_edition(sources), TEACHERS, wheel)
    names = {path.name for path in sources}
    for path in sources:
        if path.suffix == ".md":
            text = linked(path.read_text(encoding="utf-8"), names)
            (folder / "teacher" / path.name).write_text(text, encoding="utf-8")
    for edition in ("student", "teacher"):
        print(pack(folder / f"{edition}.zip", files_in(folder / edition, edition)))


def main(arguments: list[str]) -> None:
    """Write both editions of the whole book."""
    parser = argparse.ArgumentParser(prog="python -m tools.handout", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to (default: _build/class)")
    hand_out(parser.parse_args(arguments).folder, pages())


if __name__ == "__main__":
    main(sys.argv[1:])
