"""The Python of the repository is formatted, linted and typed, and GitHub understands its workflow.

The settings stand in pyproject.toml.

JavaScript has the same in tests/js/test_javascript.py.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [
        "ruff check",
        "ruff format --check",
        "mypy",
        "check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/book.yml",
    ],
)
def test_the_repository_is_clean(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
