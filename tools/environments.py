"""Run the chapters and the tests with the oldest and the newest dependencies, on each Python there is.

`python -m tools.environments` does so for all, `… 3.12 oldest` for one. The oldest are the floors that
pyproject.toml names, the newest what is published today; both are installed into environments of their own
under _build/environments. The oldest on the oldest Python and the newest on the newest run all unit tests;
in between, the chapters and the examples of the docstrings tell enough in a quarter of the time.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from uv import find_uv_bin

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "environments"
AGES = {"oldest": "lowest-direct", "newest": "highest"}
# What the unit tests and the chapters need: neither a browser nor the book's own tools.
TEST_PACKAGES = (
    "pytest",
    "nbval",
    "hypothesis",
    "scipy",
    "scikit-learn",
    "distributed",
    "ipykernel",
    "nbclient",
    "pypdf",
)
TESTS = ("chapters", "lossviz", "--ignore=lossviz/sphinxext.py")  # which needs the tools of the book
UNIT_TESTS = ("tests/unit", "--confcutdir=tests/unit")  # without the conftest.py that knows browsers


def pythons() -> dict[str, str]:
    """Find the Pythons of this machine that the package supports: version and path, this one among them."""
    oldest = re.search(r"\d+\.(\d+)", project()["requires-python"])
    assert oldest
    found = {version_of(sys.executable): sys.executable}
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/*/bin"))
    for folder in folders:
        for path in sorted(folder.glob("python3.*")):
            minor = re.fullmatch(r"python3\.(\d+)", path.name)
            if minor and int(minor[1]) >= int(oldest[1]) and version_of(str(path)) == f"3.{minor[1]}":
                found.setdefault(f"3.{minor[1]}", str(path))
    return dict(sorted(found.items(), key=lambda item: int(item[0].split(".")[1])))


def project() -> dict[str, Any]:
    """Return what pyproject.toml says of the package."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def version_of(python: str) -> str:
    """Version of an interpreter as 3.12, or nothing if it does not run."""
    command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def make(version: str, age: str) -> Path:
    """Make an environment of the package with its dependencies of that age; return its Python."""
    folder = FOLDER / f"{version}-{age}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    uv("venv", "--quiet", "--clear", "--python", pythons()[version], folder)
    uv("pip", "install", "--quiet", "--python", python, "--resolution", AGES[age], "--editable", ROOT)
    # What the tests need is of today, but moves nothing that the package depends on.
    kept = uv("pip", "freeze", "--quiet", "--python", python, "--exclude-editable")
    constraints = folder / "kept.txt"
    constraints.write_text(kept, encoding="utf-8")
    uv("pip", "install", "--quiet", "--python", python, "--constraint", constraints, *TEST_PACKAGES)
    return python


def uv(*arguments: str | Path) -> str:
    """Run uv, and return what it prints."""
    command = [find_uv_bin(), *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: see above.")
    return done.stdout


def test(version: str, age: str) -> int:
    """Run the chapters, and perhaps the unit tests, in such an environment; return 0 if they pass."""
    python = make(version, age)
    oldest, *_, newest = [*pythons()] * 2  # there may be one alone
    corner = (version, age) in ((oldest, "oldest"), (newest, "newest"))
    tests = (*TESTS, *UNIT_TESTS) if corner else TESTS
    packages = {re.split(r"\W", each, maxsplit=1)[0] for each in project()["dependencies"]}
    frozen = uv("pip", "freeze", "--quiet", "--python", python).splitlines()
    versions = [line for line in frozen if line.split("==")[0] in packages]
    print(f"Python {version}, {age}: {', '.join(versions)}", flush=True)
    command = [str(python), "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    # Each with a list of fonts of its own: matplotlib takes one of another version for its own.
    variables = {**os.environ, "MPLCONFIGDIR": str(python.parents[1] / "matplotlib")}
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


if __name__ == "__main__":
    chosen = sys.argv[1:]
    every = [(version, age) for version in pythons() for age in AGES]
    failed = [each for each in every if set(chosen) <= set(each) and test(*each)]
    sys.exit(f"Failed: {failed}" if failed else 0)
