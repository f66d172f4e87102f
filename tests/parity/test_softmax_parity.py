"""What the page makes of logits is what NumPy makes of them: probabilities, loss, pulls, and their text."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lossviz.losses import cross_entropy
from lossviz.models import softmax
from lossviz.text import short
from tools import node

Array = NDArray[np.float64]
PICTURES = 600


def picture(seed: int) -> tuple[Array, int]:
    """Logits of 2 to 8 classes, small and huge; every third picture has one that is far ahead."""
    random = np.random.default_rng(seed)
    size = random.choice([0.1, 1, 6, 30, 300, 1000])
    logits = random.uniform(-size, size, random.integers(2, 9))
    correct = int(random.integers(len(logits)))
    if seed % 3 == 0:
        logits = logits / size + 1
        logits[correct] = random.uniform(1, 500)  # further ahead, the loss would be too small for a float
    if seed % 5 == 0:
        logits = np.round(logits)  # ties
    return logits, correct


ALL = [picture(seed) for seed in range(PICTURES)]
ENDS = [(np.array([-1000.0, 1000.0]), correct) for correct in (0, 1)]
ALL += [*ENDS, (np.array([1000.0, 1000.0, -1000.0]), 2), (np.zeros(8), 3)]


def unpack(text: str) -> Array:
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


@pytest.fixture(scope="module")
def answers() -> Any:
    """What the page's code says to all of it, in one run of Node."""
    pictures = [
        {"logits": base64.b64encode(logits.astype("<f8").tobytes()).decode(), "correct": correct}
        for logits, correct in ALL
    ]
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"pictures": pictures}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["pictures"]


def test_page_and_numpy_compute_the_same(answers: Any) -> None:
    for (logits, correct), answer in zip(ALL, answers, strict=True):
        loss = cross_entropy.from_logits(correct, logits)
        assert np.isfinite(loss)
        for got, wanted in {
            "p": softmax(logits),
            "loss": np.array([loss]),
            "pulls": cross_entropy.from_logits.slope(correct, logits),
        }.items():
            # Below 1e-307 floats lose digits one by one, in Python as in the page.
            np.testing.assert_allclose(unpack(answer[got]), wanted, rtol=1e-9, atol=1e-307)


def test_page_and_numpy_read_the_same(answers: Any) -> None:
    for (logits, correct), answer in zip(ALL, answers, strict=True):
        loss = cross_entropy.from_logits(correct, logits)
        told = [short(number) for number in (*softmax(logits), loss, loss / np.log(2))]
        tiny = [abs(number) < 1e-307 for number in (*softmax(logits), loss, loss)]
        assert all(
            skip or mine == page for skip, mine, page in zip(tiny, told, answer["told"], strict=True)
        ), (told, answer["told"])


def test_tiny_losses_are_among_them() -> None:
    losses = [cross_entropy.from_logits(correct, logits) for logits, correct in ALL]
    assert sum(0 < loss < 1e-16 for loss in losses) > 100
    assert max(losses) > 2000
