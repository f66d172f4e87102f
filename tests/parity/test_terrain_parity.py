"""What Terrain walks in the page is what it recomputes in Python, from what the page is sent."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lossviz import Terrain
from lossviz.descent import OPTIMISERS
from lossviz.landscape import Landscape
from tools import node

STEPS = 200
RANGE = Landscape.of(
    lambda x, y: np.cos(2 * x) * np.cos(3 * y) + 0.15 * (x**2 + y**2) + 0.2 * x,
    x=(-2.5, 2),
    y=(-2, 2),
    size=53,
)
SADDLE = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1))
BOWL = Landscape.of(lambda x, y: (x**2 + 4 * y**2) / 2, x=(-2, 2), y=(-1, 1))


def figures() -> list[Terrain]:
    random = np.random.default_rng(0)
    starts = [tuple(place) for place in random.uniform([-2.4, -1.9], [1.9, 1.9], (4, 2)).tolist()]
    made = [
        Terrain(
            RANGE,
            name="range",
            starts=starts,
            optimiser=optimiser,
            rate=0.04,
            noise=noise,
            steps=STEPS,
            seed=7,
        )
        for optimiser in OPTIMISERS
        for noise in (0.0, 0.4)
    ]
    made.append(Terrain(SADDLE, name="saddle", starts=[(0.5, 0), (0.5, 0.01), (0, 0)], rate=0.1, steps=STEPS))
    made.append(Terrain(BOWL, name="bowl", starts=[(1, 0.5)], rate=0.1, steps=7))
    made.append(Terrain(BOWL, name="bowl", starts=[(1, 0.5)], rate=0.49, steps=1000))
    made.append(Terrain(BOWL, name="bowl", starts=[(1, 0.5)], rate=0.51, rate_range=(0.1, 1), steps=1000))
    return made


FIGURES = figures()


def packed(land: dict[str, Any]) -> dict[str, Any]:
    """What is sent, with its bytes as text."""
    return {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for name, value in land.items()
    }


def unpack(text: str) -> NDArray[np.float64]:
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


@pytest.fixture(scope="module")
def told() -> Any:
    """What the page's code says to all of them, in one run of Node."""
    asked = [
        {
            "grid": packed(figure._land),
            "still": figure._still,
            "starts": figure.starts,
            "settings": {
                "optimiser": figure.optimiser,
                "rate": figure.rate,
                "momentum": figure.momentum,
                "noise": figure.noise,
            },
            "shakes": [base64.b64encode(each).decode() for each in figure._shakes],
            "steps": figure.steps,
        }
        for figure in FIGURES
    ]
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"terrains": asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["terrains"]


@pytest.mark.parametrize("number", range(len(FIGURES)))
def test_the_page_walks_as_numpy(told: Any, number: int) -> None:
    for path, walked in zip(FIGURES[number].paths, told[number], strict=True):
        assert walked["end"] == ("" if path.end == "steps" else path.end)
        places = unpack(walked["places"]).reshape(-1, 2)
        np.testing.assert_allclose(places, path.points, rtol=0, atol=1e-9)
        np.testing.assert_allclose(unpack(walked["losses"]), path.losses, rtol=0, atol=1e-9)
        np.testing.assert_allclose(unpack(walked["slopes"]), path.gradient_norms, rtol=0, atol=1e-8)


def test_every_end_is_among_them() -> None:
    ends = {path.end for figure in FIGURES for path in figure.paths}
    assert ends == {"steps", "rest", "edge"}
    assert {path.steps for figure in FIGURES for path in figure.paths} >= {0, 7, STEPS}
