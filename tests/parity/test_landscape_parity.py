"""The page reads and walks a landscape as NumPy does: heights, slopes, paths of each optimiser, basins."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lossviz.basins import basins
from lossviz.descent import OPTIMISERS
from lossviz.landscape import Landscape
from tools import node

Array = NDArray[np.float64]
STEPS = 200
RATES = {"gradient descent": 0.05, "momentum": 0.02, "rmsprop": 0.02, "adam": 0.05}
SIZE, MOST = 17, 300  # of the basins


def hills(seed: int, *, known: bool) -> Landscape:
    """A smooth random landscape that curves up towards its edge, slopes known or read from heights."""
    random = np.random.default_rng(seed)
    centres, depths = random.uniform(-2, 2, (6, 2)), random.uniform(-2, 2, 6)

    def height(x: float, y: float) -> float:
        pits = np.exp(-((centres - [x, y]) ** 2).sum(axis=1))
        return float(depths @ pits + (x**2 + y**2) / 10)

    def slope(x: float, y: float) -> tuple[float, float]:
        away = centres - [x, y]
        dx, dy = 2 * (depths * np.exp(-(away**2).sum(axis=1))) @ away + np.array([x, y]) / 5
        return float(dx), float(dy)

    columns = int(random.integers(20, 50))
    made = Landscape.of(height, x=(-3, 2.5), y=(-2, 3), size=columns, slope=slope if known else None)
    # more rows than columns, so that a mix-up shows
    return Landscape(made.x, made.y[:-3], made.z[:-3], made.dx[:-3], made.dy[:-3])


def slanting() -> Landscape:
    """Every walk leaves this one."""
    return Landscape.of(lambda x, y: -2 * x - y + 0.2 * np.sin(3 * y), x=(-1, 3), y=(-2, 2), size=15)


MAPS = [hills(0, known=True), hills(1, known=False), hills(2, known=True), hills(3, known=False), slanting()]
EACH = pytest.mark.parametrize("place", range(len(MAPS)))


def pack(array: Any) -> str:
    return base64.b64encode(np.asarray(array, dtype="<f8").tobytes()).decode()


def unpack(text: str) -> Array:
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def places(landscape: Landscape) -> Array:
    """Anywhere, on nodes and on lines between them, on the edge and beyond."""
    random = np.random.default_rng(0)
    low, high = np.array([landscape.x_range, landscape.y_range]).T
    anywhere = random.uniform(low - 0.2, high + 0.2, (500, 2))
    nodes = np.stack(np.meshgrid(landscape.x, landscape.y), axis=-1).reshape(-1, 2)
    lines = np.column_stack([random.choice(landscape.x, 50), random.uniform(low[1], high[1], 50)])
    return np.concatenate([anywhere, nodes, lines])


def rolls(landscape: Landscape) -> list[dict[str, Any]]:
    """Walks of every optimiser, three starts each."""
    random = np.random.default_rng(1)
    low, high = np.array([landscape.x_range, landscape.y_range]).T
    return [
        {
            "start": random.uniform(low, high).tolist(),
            "optimiser": optimiser,
            "rate": RATES[optimiser] * float(scale),
            "momentum": 0.8,
            "steps": STEPS,
        }
        for optimiser in OPTIMISERS
        for scale in (0.3, 1, 3)
    ]


@pytest.fixture(scope="module")
def told() -> Any:
    """What the page's code says to all of it, in one run of Node."""
    asked = []
    for made in MAPS:
        rows, columns = made.z.shape
        grid: dict[str, Any] = {"x": made.x_range, "y": made.y_range, "columns": columns, "rows": rows}
        minima = [minimum[:2] for minimum in basins(made, rate=1, size=3, most=0).minima]
        asked.append(
            {
                "grid": grid | {"z": pack(made.z), "dx": pack(made.dx), "dy": pack(made.dy)},
                "at": pack(places(made)),
                "rolls": rolls(made),
                "starts": [
                    {
                        "settings": {"optimiser": optimiser, "rate": RATES[optimiser], "momentum": 0.8},
                        "minima": minima,
                        "most": MOST,
                        "size": SIZE,
                    }
                    for optimiser in OPTIMISERS
                ],
            }
        )
    done = subprocess.run(
        ["node", "parity.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps({"maps": asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["maps"]


@EACH
def test_same_heights_and_slopes(told: Any, place: int) -> None:
    made, at = MAPS[place], places(MAPS[place])
    for mine, theirs in (
        (made.value_at(at), unpack(told[place]["values"])),
        (made.slope_at(at), unpack(told[place]["slopes"]).reshape(-1, 2)),
    ):
        np.testing.assert_allclose(theirs, mine, rtol=1e-12, atol=1e-12 * np.abs(mine).max())
        assert np.ptp(mine) > 0.1


@EACH
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_same_paths(told: Any, place: int, optimiser: str) -> None:
    for asked, walked in zip(rolls(MAPS[place]), told[place]["rolls"], strict=True):
        if asked["optimiser"] != optimiser:
            continue
        path = MAPS[place].descend(**asked)
        assert walked["end"] == ("" if path.end == "steps" else path.end)
        np.testing.assert_allclose(unpack(walked["places"]).reshape(-1, 2), path.points, rtol=0, atol=1e-9)
        if path.end == "edge":  # both on it to the last bit
            edges = {*MAPS[place].x_range, *MAPS[place].y_range}
            assert edges & set(path.points[-1])
            assert edges & set(unpack(walked["places"])[-2:])


def test_some_paths_end_at_the_edge_and_some_do_not(told: Any) -> None:
    ends = [walked["end"] for one in told for walked in one["rolls"]]
    assert ends.count("edge") >= 12
    assert ends.count("") >= 24


@EACH
def test_same_basins(told: Any, place: int) -> None:
    for optimiser, theirs in zip(OPTIMISERS, told[place]["reached"], strict=True):
        mine = basins(
            MAPS[place], rate=RATES[optimiser], optimiser=optimiser, momentum=0.8, size=SIZE, most=MOST
        )
        assert (mine.reached.ravel() == theirs).all()
