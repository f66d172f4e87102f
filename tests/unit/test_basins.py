"""Basins: every start ends where a walk of its own ends."""

from typing import Any

import numpy as np
import pytest

from lossviz.basins import ELSEWHERE, HAIR, LEFT, MOVING, NEAR, Basins, basins
from lossviz.descent import OPTIMISERS
from lossviz.landscape import Landscape


def himmelblau(x: float, y: float) -> float:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


HIMMELBLAU = Landscape.of(himmelblau, x=(-5, 5), y=(-5, 5))
TWO = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2, x=(-1.5, 1.5), y=(-1, 1))
RATES = {"gradient descent": [0.005, 0.02], "momentum": [0.002, 0.006], "rmsprop": [0.05, 0.4], "adam": [0.1]}


def alone(landscape: Landscape, found: Basins, start: tuple[float, float], **settings: Any) -> int:
    """Where a walk from one start leads, by the rules."""
    path = landscape.descend(start, **settings)
    size = np.ptp([landscape.x_range, landscape.y_range], axis=1)
    steps = np.diff(path.points, axis=0)
    next_ones = settings["rate"] * landscape.slope_at(path.points[1:])
    still = ((np.abs(steps) < HAIR * size) & (np.abs(next_ones) < HAIR * size)).all(axis=1)
    if path.end == "edge" and not still.any():
        return LEFT
    end = path.points[1 + np.argmax(still) if still.any() else -1]
    far = [np.linalg.norm((end - minimum[:2]) / size) for minimum in found.minima]
    if min(far) < NEAR:
        return int(np.argmin(far))
    return ELSEWHERE if still.any() else MOVING


@pytest.mark.parametrize(("optimiser", "rate"), [(name, rate) for name in OPTIMISERS for rate in RATES[name]])
def test_each_start_ends_where_its_own_walk_ends(optimiser: str, rate: float) -> None:
    settings = {"optimiser": optimiser, "rate": rate, "momentum": 0.85}
    found = basins(HIMMELBLAU, size=15, most=300, **settings)  # type: ignore[arg-type]
    assert found.reached.shape == (15, 15)
    for i, j in np.random.default_rng(0).integers(0, 15, (40, 2)):
        start = found.x[j], found.y[i]
        told = found.reached[i, j]
        assert told == alone(HIMMELBLAU, found, start, steps=300, **settings)
    assert (found.reached == ELSEWHERE).mean() < 0.01
    assert len(np.unique(found.reached)) >= 4


def test_momentum_counts() -> None:
    one, other = (basins(HIMMELBLAU, rate=0.004, optimiser="momentum", momentum=m) for m in (0.5, 0.9))
    assert (one.reached != other.reached).any()


def test_a_small_rate_leads_down_its_own_side() -> None:
    found = basins(TWO, rate=0.01, size=21)
    assert [minimum.x for minimum in found.minima] == pytest.approx([-1, 1], abs=0.01)
    assert found.minima == tuple(sorted(found.minima))
    expected = np.where(np.abs(found.x) < 1e-9, ELSEWHERE, np.where(found.x < 0, 0, 1))
    assert (found.reached == expected).all()


def test_a_ball_on_the_ridge_rests_at_the_saddle_also_with_momentum() -> None:
    found = basins(TWO, rate=0.02, optimiser="momentum", size=5)
    assert (found.reached[:, 2] == ELSEWHERE).all()


def test_beyond_the_edge() -> None:
    assert (basins(Landscape.of(lambda x, y: x, x=(0, 1), y=(0, 1)), rate=0.1).reached == LEFT).all()
    saddle = basins(Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1)), rate=0.1, size=5)
    assert saddle.reached.tolist() == [[LEFT] * 5] * 2 + [[ELSEWHERE] * 5] + [[LEFT] * 5] * 2
    assert saddle.minima == ()


def test_too_few_steps() -> None:
    assert (basins(TWO, rate=1e-5, size=4, most=10).reached == MOVING).all()
    none = basins(TWO, rate=0.1, size=7, most=0)
    assert none.reached[3].tolist() == [MOVING, 0, MOVING, MOVING, MOVING, 1, MOVING]  # two start at a bottom


def test_a_ball_stays_on_a_plain_but_one_that_rolls_goes_on() -> None:
    plain = Landscape.of(lambda x, y: max(0, x) + y**2, x=(-2, 1), y=(-1, 1))
    resting = basins(plain, rate=0.1, size=13)
    assert (resting.reached[:, 1:8] == ELSEWHERE).all()
    rolling = basins(plain, rate=0.1, optimiser="momentum", momentum=0.97, size=13)
    assert (rolling.reached[:, 1:8] == ELSEWHERE).all()
    assert (rolling.reached[:, 9:] == LEFT).all()  # across the plain and out


def test_a_ball_that_turns_round_is_not_at_rest() -> None:
    # On a parabola momentum is a recurrence; this rate and start make its third step nothing, on the slope.
    bowl = Landscape.of(lambda x, y: (x**2 + y**2) / 2, x=(-2, 2), y=(-2, 2), size=5)
    momentum = 0.9
    # steps: r, r(m + 1 - r), r(m² + (1 - r)(m + 1 - r) - r·m): the second is nothing where r = m + 1
    path = bowl.descend([1, 0], rate=1 + momentum, optimiser="momentum", momentum=momentum, steps=2)
    assert path.points[1] == pytest.approx(path.points[2])
    found = basins(bowl, rate=1 + momentum, optimiser="momentum", momentum=momentum, size=5, most=2)
    assert found.reached[2, 3] == MOVING


def test_rmsprop_trembles_around_a_minimum_and_has_reached_it() -> None:
    found = basins(TWO, rate=0.02, optimiser="rmsprop", size=6)
    assert set(np.unique(found.reached)) == {0, 1}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rate": 0}, "rate must be a finite number above 0; got 0"),
        ({"size": 2}, "size must be a whole number of nodes, 3 or more; got 2"),
        ({"most": -1}, "most must be a whole number of steps, 0 or more; got -1"),
        ({"most": 1.5}, "most must be a whole number of steps"),
        ({"optimiser": "newton"}, "optimiser must be one of 'gradient descent'.*got 'newton'"),
        ({"momentum": 1}, "momentum must be from 0 to below 1; got 1"),
    ],
)
def test_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        basins(TWO, **{"rate": 0.1, **changes})
