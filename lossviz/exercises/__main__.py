"""Collect what a class has handed in: `python -m lossviz.exercises FOLDER [--csv FILE]`."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from lossviz.exercises import _collect
from lossviz.exercises._run import run
from lossviz.progress_bar import progress_bar

DESCRIPTION = """\
Run every notebook under a folder, each in a process of its own, and show who solved which exercise.

Nothing that is stored in a notebook is believed: it is run from the top. So this runs what others wrote,
with the rights of whoever calls it. Use an account or a container in which nothing can be lost.
"""
NEEDED = ("nbformat", "jupyter_client", "ipykernel")  # they come with JupyterLab


def main(arguments: list[str]) -> int:
    """Collect; return 0, or 1 if nothing could be read."""
    parser = argparse.ArgumentParser(
        prog="python -m lossviz.exercises",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="holds a notebook or a folder for each student")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the table for a spreadsheet, too")
    parser.add_argument(
        "--limit", type=float, default=120, metavar="SECONDS", help="for a notebook (default: 120)"
    )
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        parser.error(f"needs {', '.join(missing)}, to run notebooks: pip install jupyterlab")

    found = _collect.find(options.folder)
    if not found:
        print(f"no notebook lies under {options.folder}", file=sys.stderr)
        return 1
    class_ = []
    with progress_bar(len(found)) as advance:
        for path in found:
            class_.append(run(path, path.relative_to(options.folder).as_posix(), options.limit))
            advance(1)
    print(_collect.table(class_))
    if options.csv:
        _collect.write_csv(class_, options.csv)
    return 0 if any(each.readable for each in class_) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
