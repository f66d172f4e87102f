"""Every loss, its slope and every model against what SciPy, scikit-learn and PyTorch say."""

import json
import tomllib
from typing import Any

import numpy as np
import pytest

from tools.references import LIBRARIES, LOSSES, NAMES, STORE, TOLERANCE, Numbers, difference, draw, ours

EXAMPLES = 1000


def arrays(lists: dict[str, Any]) -> Numbers:
    return {name: np.array(values) for name, values in lists.items()}


def assert_agree(mine: Numbers, theirs: Numbers) -> None:
    assert theirs, "the library was asked nothing"
    for what, answer in theirs.items():
        assert mine[what].shape == answer.shape, what
        assert difference(mine[what], answer) <= TOLERANCE, what


@pytest.fixture(scope="module")
def store() -> Any:
    return json.loads(STORE.read_text())


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_answers_are_ours(name: str, store: Any) -> None:
    assert name in store, "no library has been asked: see tools/references.py"
    answers = arrays(store[name]["answers"])
    assert_agree(ours(name, arrays(store[name]["inputs"])), answers)
    if name in LOSSES and name != "zero_one":  # which no library differentiates
        assert answers.keys() == {"each", "score", "slope"}


@pytest.mark.parametrize(
    ("library", "name"), [(library, name) for library, table in LIBRARIES.items() for name in table]
)
def test_a_library_gives_our_answer(library: str, name: str) -> None:
    # `make test` installs the first two, as the next test makes sure; PyTorch is too large for that.
    pytest.importorskip(library)
    inputs = draw(name, EXAMPLES)
    assert_agree(ours(name, inputs), LIBRARIES[library][name](inputs))


def test_the_tests_install_scipy_and_scikit_learn() -> None:
    pyproject = tomllib.loads((STORE.parents[2] / "pyproject.toml").read_text())
    needed = " ".join(pyproject["project"]["optional-dependencies"]["test"])
    assert "scipy" in needed
    assert "scikit-learn" in needed


def test_the_store_holds_nothing_else(store: Any) -> None:
    assert store.keys() <= {"made by", *NAMES}
