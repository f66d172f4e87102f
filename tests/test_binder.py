"""What Binder would build, asked of repo2docker, the program it runs: no Docker and no network is needed."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dockerfile() -> str:
    """The recipe of the image for this repository."""
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_binder_runs_the_python_of_runtime_txt(dockerfile: str) -> None:
    # Without binder/runtime.txt it would be 3.10, too old for lossviz.
    version = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    # repo2docker puts the version into the name of the file that lists the packages of the base environment.
    (copied,) = re.findall(r"environment-2epy-2d(\S+?)-2dlinux", dockerfile)
    assert copied.replace("-2e", ".") == version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert version in SpecifierSet(project["requires-python"])


def test_binder_installs_the_small_lock_and_not_the_one_at_the_root(dockerfile: str) -> None:
    assert re.findall(r"pip install .*", dockerfile) == [
        'pip install --no-cache-dir -r "binder/requirements.txt"'
    ]


def test_binder_installs_the_package_from_the_whole_repository(dockerfile: str) -> None:
    # The last line of the lock, `.`, needs the repository there, and to be where pip is called.
    copy = dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    assert dockerfile.index("WORKDIR ${REPO_DIR}") < copy < dockerfile.index("pip install")
