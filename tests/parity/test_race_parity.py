"""A race in the page is NumPy's: the same paths, the same pulls, the same sentence."""

import base64
import json
import subprocess
from typing import Any

import numpy as np
import pytest

from lossviz import Race, brier, hinge, huber, logistic, mae, mse, squared_hinge
from lossviz.descent import OPTIMISERS
from lossviz.landscape import Landscape
from lossviz.losses import binary_cross_entropy
from tools import node

STEPS = 200
SMOOTH = {"MSE": mse, "cross-entropy": binary_cross_entropy.from_logits, "logistic": logistic}
KINKED = {"hinge": hinge, "MAE": mae, "Huber": huber, "squared hinge": squared_hinge}
SETTINGS = ("rate", "momentum", "noise")


def lines(seed: int, optimiser: str, losses: Any, **settings: Any) -> Race:
    """A race on examples and from a start that the seed makes."""
    random = np.random.default_rng(seed)
    x = random.normal(0, 1.5, int(random.integers(6, 13)))
    actual = np.where(x + random.normal(0, 1, len(x)) > 0, 1, -1)
    actual[:2] = -1, 1
    start = tuple(random.uniform(-3, 3, 2))
    rate = {"adam": 0.3, "rmsprop": 0.05}.get(optimiser, 0.1)
    made = {"optimiser": optimiser, "start": start, "rate": rate, "steps": STEPS, **settings}
    return Race.of_lines(x, actual, losses, name="race", **made)


def round_numbers(losses: Any, **settings: Any) -> Race:
    """Examples, a start and a rate so round that balls land on kinks exactly."""
    made = {"start": (-2, 2), "rate": 0.5, "steps": STEPS, **settings}
    return Race.of_lines([-2, -1, 1, 2], [-1, 1, -1, 1], losses, name="race", **made)


def valley(condition: float) -> Landscape:
    return Landscape.of(lambda x, y: (x**2 / condition + y**2) / 2, x=(-4, 4), y=(-2, 2), size=41)


VALLEYS = {condition: valley(condition) for condition in (1, 10, 100)}
HILL = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1))

RACES: dict[str, Race] = {
    **{f"smooth {seed} {each}": lines(seed, each, SMOOTH) for seed in range(3) for each in OPTIMISERS},
    **{f"kinked {seed} {each}": lines(seed, each, KINKED) for seed in range(3) for each in OPTIMISERS},
    "round smooth": round_numbers(SMOOTH),
    "round kinked": round_numbers(KINKED),
    "round momentum": round_numbers(KINKED, optimiser="momentum", momentum=0.5),
    "plateau": Race.of_lines(
        [1.5, -1.1, 0.8], [1, 0, 1],
        {"squared error": brier.from_logits, "cross-entropy": binary_cross_entropy.from_logits},
        name="plateau", weight=(-9, 9), bias=(-6, 6), start=(-8, 1), rate=1, rate_range=(0.1, 50), goal=0.1,
        steps=STEPS,
    ),
    "valley": Race(
        {"plain": VALLEYS, "momentum": VALLEYS}, name="valley", optimiser=("gradient descent", "momentum"),
        variant=100, start=(-3.4, 1.5), rate=0.3, momentum=0.8, goal=0.05, steps=STEPS,
    ),
    "over the edge": Race(
        {"bowl": Landscape.of(lambda x, y: x**2 + y**2, x=(-1, 1), y=(-1, 1)), "saddle": HILL},
        name="edge", start=(0.5, 0.25), rate=0.05, steps=STEPS,
    ),
    "at the start": lines(9, "momentum", SMOOTH, steps=0, goal=0.5),
    "after one step": lines(9, "adam", KINKED, steps=1),
}  # fmt: skip


def pack(value: Any) -> Any:
    """Make bytes fit for JSON."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: pack(each) for key, each in value.items()}
    return [pack(each) for each in value] if isinstance(value, list | tuple) else value


def asked(race: Race) -> dict[str, Any]:
    variants = race._variants.index(race.variant) if race._variants else 0
    return {
        "lands": pack(race._sent_lands),
        "lanes": [
            {
                "title": lane["title"],
                "land": lane["lands"][variants],
                "optimiser": [*race.each_optimiser, *[race.optimiser] * 4][place],
            }
            for place, lane in enumerate(race._sent_lanes)
        ],
        "texts": race._texts,
        "state": {key: getattr(race, key) for key in ("start", "steps", "optimiser", "goal")},
        "settings": {key: getattr(race, key) for key in SETTINGS},
    }


@pytest.fixture(scope="module")
def told() -> Any:
    """What the page's code says to all of it, in one run of Node."""
    done = subprocess.run(
        ["node", "parity-race.mjs"],
        cwd=node.JS,
        env=node.environment(),
        input=json.dumps([asked(race) for race in RACES.values()]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(RACES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", RACES)
def test_paths_are_numpys(told: Any, name: str) -> None:
    race = RACES[name]
    for lane, path in zip(told[name]["lanes"], race.paths, strict=True):
        places = np.frombuffer(base64.b64decode(lane["places"])).reshape(-1, 2)
        assert (lane["end"] or "steps") == path.end, lane["title"]
        assert len(places) == len(path.points), lane["title"]
        np.testing.assert_allclose(places, path.points, rtol=0, atol=1e-6, err_msg=lane["title"])
        np.testing.assert_allclose(lane["losses"], path.losses, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(lane["slopes"], path.gradient_norms, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", RACES)
def test_pulls_are_numpys_and_the_same_are_silent(told: Any, name: str) -> None:
    pulls = RACES[name].pulls
    for place, lane in enumerate(told[name]["lanes"]):
        if pulls is None:
            assert "pulls" not in lane
            continue
        np.testing.assert_allclose(lane["pulls"], pulls[place], rtol=0, atol=2e-6)
        np.testing.assert_array_equal(np.array(lane["pulls"]) == 0, pulls[place] == 0)


@pytest.mark.parametrize("name", RACES)
def test_the_page_says_what_python_says(told: Any, name: str) -> None:
    assert told[name]["said"] == RACES[name].describe()


@pytest.mark.parametrize("name", ["smooth 0 adam", "kinked 1 adam", "plateau"])
def test_maps_made_in_the_page_are_numpys(told: Any, name: str) -> None:
    for lane, land in zip(told[name]["lanes"], RACES[name]._lands, strict=True):
        for grid, wanted in zip(lane["grid"], (land.z, land.dx, land.dy), strict=True):
            made = np.frombuffer(base64.b64decode(grid)).reshape(wanted.shape)
            np.testing.assert_allclose(made, wanted, rtol=1e-6, atol=1e-6)
