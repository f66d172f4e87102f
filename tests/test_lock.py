"""The locks agree with pyproject.toml, without asking the network; `make lock` makes them."""

import json
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock as lock_tool

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = PROJECT["dependencies"]
LOCKED = [PROJECT["optional-dependencies"][extra] for extra in lock_tool.EXTRAS]
EXTRAS = [dependency for extra in LOCKED for dependency in extra]

EVERYTHING = ROOT / "requirements.txt"
READING = ROOT / "binder" / "requirements.txt"
JAVASCRIPT = ROOT / "js" / "package-lock.json"

MACHINES = [
    {"python_version": version, "python_full_version": f"{version}.4", "sys_platform": platform}
    for version in ("3.11", "3.12", "3.13")
    for platform in ("linux", "darwin")
]


def lines(lock: Path) -> list[str]:
    """Lines of a lock that are not comments."""
    return [line for line in lock.read_text().splitlines() if not line.startswith("#")]


def pins(lock: Path, machine: dict[str, str]) -> dict[str, str]:
    """Version of every package that a lock gives a machine."""
    found: dict[str, str] = {}
    for line in lines(lock)[:-1]:
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(machine):
            name = canonicalize_name(pin.name)
            assert name not in found, f"{name} is pinned twice for {machine}"
            (specifier,) = pin.specifier
            assert specifier.operator == "=="
            found[name] = specifier.version
    return found


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: " ".join(machine.values()))
@pytest.mark.parametrize(
    ("lock", "dependencies"),
    [(EVERYTHING, RUNTIME + EXTRAS), (READING, RUNTIME)],
    ids=["everything", "reading"],
)
def test_every_dependency_is_pinned_to_a_version_that_pyproject_allows(
    lock: Path, dependencies: list[str], machine: dict[str, str]
) -> None:
    pinned = pins(lock, machine)
    for dependency in map(Requirement, dependencies):
        name = canonicalize_name(dependency.name)
        assert name in pinned, f"{lock.name} lacks {name}: run `make lock`"
        assert dependency.specifier.contains(pinned[name]), (
            f"{pinned[name]} is not {dependency}: run `make lock`"
        )


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: " ".join(machine.values()))
def test_a_reader_gets_the_versions_that_were_tested(machine: dict[str, str]) -> None:
    assert pins(READING, machine).items() <= pins(EVERYTHING, machine).items()


def test_the_package_itself_comes_last() -> None:
    # Otherwise the chapters cannot import lossviz, in the book or on Binder.
    assert lines(EVERYTHING)[-1] == "-e ."
    assert lines(READING)[-1] == "."


def test_a_reader_installs_no_book_and_no_tests() -> None:
    names = pins(READING, MACHINES[0]).keys()
    assert not names & {
        "jupyter-book",
        "sphinx",
        "jupyterlab",
        "pytest",
        "scikit-learn",
        "playwright",
        "ruff",
        "uv",
    }


@pytest.mark.parametrize("lock", [EVERYTHING, READING, JAVASCRIPT], ids=lambda lock: lock.name)
def test_a_lock_names_no_download_address(lock: Path) -> None:
    text = lock.read_text()
    assert '"resolved"' not in text
    assert "--index-url" not in text
    if lock.suffix == ".txt":
        assert "http" not in text.replace("httpcore", "").replace("httpx", "")


def test_the_javascript_lock_serves_every_platform() -> None:
    # npm leaves out what its registry lacked when the lock was made, and then `npm ci` refuses the lock.
    packages = json.loads(JAVASCRIPT.read_text())["packages"]
    missing = [
        name
        for package in packages.values()
        for name in package.get("optionalDependencies", {})
        if f"node_modules/{name}" not in packages
    ]
    assert missing == []
