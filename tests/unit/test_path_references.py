"""Every optimiser takes PyTorch's path."""

import json
from typing import Any

import numpy as np
import pytest

from tools.path_references import EVERY, NAMES, STEPS, STORE, TOLERANCE, ours, theirs


@pytest.fixture(scope="module")
def store() -> Any:
    return json.loads(STORE.read_text())


@pytest.mark.parametrize(("ground", "walk"), NAMES)
def test_the_stored_path_is_ours(ground: str, walk: str, store: Any) -> None:
    stored = store[f"{walk} on {ground}"]
    assert len(stored) == STEPS // EVERY + 1
    np.testing.assert_allclose(ours(ground, walk)[::EVERY], stored, rtol=0, atol=TOLERANCE)
    assert np.abs(np.subtract(stored[-1], stored[0])).max() > 0.1  # it went somewhere


@pytest.mark.parametrize(("ground", "walk"), NAMES)
def test_pytorch_takes_our_path(ground: str, walk: str) -> None:
    pytest.importorskip("torch")  # too large for `make test` to install
    np.testing.assert_allclose(ours(ground, walk), theirs(ground, walk), rtol=0, atol=TOLERANCE)


def test_the_store_holds_nothing_else(store: Any) -> None:
    assert store.keys() == {"made by", *(f"{walk} on {ground}" for ground, walk in NAMES)}
