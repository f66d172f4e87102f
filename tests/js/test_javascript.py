"""The JavaScript is formatted, linted, typed and tested, and the committed bundle is what it builds."""

import subprocess
from pathlib import Path

import pytest

from tools import node

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "lossviz" / "static"


@pytest.fixture(autouse=True, scope="module")
def provided() -> None:
    """Fail with the way out, where Node or the packages are missing."""
    if node.find_node() is None:
        pytest.fail(f"Node {node.OLDEST} or later is missing: run `make test` once, it provides Node.")
    if not (node.JS / "node_modules").exists():
        pytest.fail("js/node_modules is missing: run `make test` once, it calls `npm ci`.")


def expect_success(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout


def test_format_and_lint() -> None:
    expect_success(node.run("npx", "--no-install", "biome", "ci", "."))


def test_types() -> None:
    expect_success(node.run("npx", "--no-install", "tsc", "-p", "."))


def test_unit_tests() -> None:
    expect_success(node.run("npm", "test"))


def test_the_bundle_is_built_from_these_sources(tmp_path: Path) -> None:
    expect_success(node.run("node", "build.mjs", f"--outdir={tmp_path}"))
    built = sorted(path.name for path in tmp_path.iterdir())
    assert "lossviz.js" in built
    assert "lossviz.css" in built
    for name in built:
        committed, fresh = (STATIC / name).read_bytes(), (tmp_path / name).read_bytes()
        assert committed == fresh, f"lossviz/static/{name} is not what js/ builds: run `make bundle`"
