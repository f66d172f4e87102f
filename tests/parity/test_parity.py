"""What JavaScript computes is what NumPy computes, on the same inputs."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lossviz import LossCurve
from lossviz.loss import Loss
from lossviz.losses import ALL, binary_cross_entropy, brier, cross_entropy, hinge, huber, logistic
from lossviz.sampling import Samples, interpolate, sample
from lossviz.text import probability, short, three_digits
from lossviz.widgets._loss_curve import sampled
from tools import node

POINTS = 1000

own = Loss(
    "softened",
    "error",
    curve=lambda e: np.sqrt(1 + e**2) - 1,
    curve_slope=lambda e: e / np.sqrt(1 + e**2),
)
LOSSES = [
    *ALL,
    huber.with_delta(2),
    cross_entropy.from_logits,
    binary_cross_entropy.from_logits,
    brier.from_logits,
    own,
]
WINDOWS = {"error": (-60, 60), "probability": (0, 1), "class probability": (0, 1), "binary margin": (-12, 12)}
# What LossCurve shows in the book, whose three digits must be right to the last.
SHOWN = [brier.from_logits, binary_cross_entropy.from_logits, logistic, hinge, cross_entropy, brier]


def points(loss: Loss) -> NDArray[np.float64]:
    """Random points over the whole window and, near a break or an end, at every scale."""
    random = np.random.default_rng(0)
    low, high = sample(loss, *window(loss)).resolved
    anywhere = random.uniform(low, high, POINTS)
    close = 10.0 ** random.uniform(-12, 0, POINTS)
    near = np.concatenate([b + side * close for b in (*loss.breaks, low, high) for side in (-1, 1)])
    return np.concatenate([anywhere, near[(near >= low) & (near <= high)], loss.breaks, [low, high]])


def window(loss: Loss) -> tuple[float, float]:
    return WINDOWS.get(loss.variable.name, (-10, 10))


def pack(array: Any) -> str:
    return base64.b64encode(np.asarray(array, dtype="<f8").tobytes()).decode()


def unpack(text: str) -> NDArray[np.float64]:
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def packed(samples: Samples, at: NDArray[np.float64]) -> dict[str, str]:
    arrays = {"u": samples.u, "value": samples.value, "slope": samples.slope, "at": at}
    return {name: pack(array) for name, array in arrays.items()}


def shown_points(loss: Loss) -> NDArray[np.float64]:
    """Random points, and those where a reader's slider stops."""
    low, high = window(loss)
    step = LossCurve(loss, name="twin", range=(low, high))._step
    stops = [round(k * step, 9) for k in range(round(low / step), round(high / step) + 1)]
    return np.concatenate([np.random.default_rng(4).uniform(low, high, POINTS), stops])


@pytest.fixture(scope="module")
def numbers() -> NDArray[np.float64]:
    """Numbers of every size, both signs, and the ones where rounding is a tie."""
    random = np.random.default_rng(1)
    spread = 10.0 ** random.uniform(-20, 20, 2000) * random.choice([-1, 1], 2000)
    ties = np.array(
        [0.125, 1.125, 2.5, 0.5, 100.5, 101.5, 99.95, 999.5, 9.995, 999999.5, 1e6, 1e-3, 0.00099995]
    )
    return np.concatenate([spread, ties, -ties, [0.0, -0.0, np.inf, -np.inf]])


@pytest.fixture(scope="module")
def answer(numbers: NDArray[np.float64]) -> Any:
    """What the page's code says to all of it, in one run of Node."""
    curves = [packed(sample(loss, *window(loss)), points(loss)) for loss in LOSSES]
    curves += [packed(sampled(loss, *window(loss)), shown_points(loss)) for loss in SHOWN]
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"curves": curves, "numbers": pack(numbers)}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("place", range(len(LOSSES)), ids=[str(loss) for loss in LOSSES])
def test_curve_in_the_page_is_the_loss(answer: Any, place: int) -> None:
    loss = LOSSES[place]
    at = points(loss)
    drawn = unpack(answer["curves"][place]["value"])
    true = loss.curve(at)
    assert len(drawn) >= POINTS
    assert np.all(np.abs(drawn - true) <= 1e-6 * np.maximum(1, np.abs(true)))
    exact = np.isin(at, loss.breaks)
    assert exact.sum() >= len(loss.breaks)
    np.testing.assert_array_equal(drawn[exact], true[exact])


@pytest.mark.parametrize("place", range(len(LOSSES)), ids=[str(loss) for loss in LOSSES])
def test_page_and_numpy_interpolate_alike(answer: Any, place: int) -> None:
    loss = LOSSES[place]
    value, slope = interpolate(sample(loss, *window(loss)), points(loss))
    got = answer["curves"][place]
    np.testing.assert_allclose(unpack(got["value"]), value, rtol=1e-12, atol=1e-11)
    np.testing.assert_allclose(unpack(got["slope"]), slope, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(unpack(got["fastValue"]), value, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(unpack(got["fastSlope"]), slope, rtol=1e-9, atol=1e-8)


def nearly_tied(x: float) -> bool:
    """Whether the promised precision leaves the third digit open: no interpolation can be sure of it."""
    return three_digits(x * (1 - 1e-6)) != three_digits(x * (1 + 1e-6))


@pytest.mark.parametrize("place", range(len(SHOWN)), ids=[str(loss) for loss in SHOWN])
def test_every_digit_in_the_page_is_right(answer: Any, place: int) -> None:
    loss = SHOWN[place]
    at = shown_points(loss)
    in_page = answer["curves"][len(LOSSES) + place]["texts"]
    exempt = 0  # numbers half-way between two texts
    for where, (u, texts) in enumerate(zip(at, in_page, strict=True)):
        for text, x in zip(texts, (float(loss.curve(u)), float(loss.curve_slope(u))), strict=True):
            if where < POINTS and nearly_tied(x):  # never where the slider stops: there a tie is right, too
                exempt += 1
            else:
                assert text == three_digits(x), u
    assert exempt <= 0.01 * POINTS


def test_numbers_are_written_alike(answer: Any, numbers: NDArray[np.float64]) -> None:
    assert answer["texts"] == [
        [three_digits(x), short(x), three_digits(x, 2), short(x, 3), probability(min(max(x, -1), 1))]
        for x in numbers
    ]
