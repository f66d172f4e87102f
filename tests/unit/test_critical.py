"""Critical points against closed forms: how many, where, of which kind, how curved."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.optimize import fsolve

from lossviz.critical import KINDS, Critical, critical_points
from lossviz.landscape import SIZE, Landscape
from lossviz.variables import Array

SIZES = [21, 40, 67]
Function = Callable[[float, float], float]


def points_of(function: Function, x: float = 2, y: float = 2, size: int = SIZE) -> tuple[Critical, ...]:
    return critical_points(Landscape.of(function, x=(-x, x), y=(-y, y), size=size))


def quadratic(points: Array, curvature: Array, bottom: Array) -> Array:
    away = points - bottom
    return np.einsum("...i,ij,...j->...", away, curvature, away) / 2


@pytest.mark.parametrize("size", SIZES)
def test_a_bowl_has_a_minimum(size: int) -> None:
    (bottom,) = points_of(lambda x, y: 3 + (x - 0.5) ** 2 + 5 * (y + 1) ** 2, size=size)
    assert bottom.kind == "minimum"
    assert bottom[:3] == pytest.approx((0.5, -1, 3), abs=1e-9)
    assert bottom.curvatures == pytest.approx((2, 10), abs=1e-9)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("flip", [lambda x, y: x**2 - y**2, lambda x, y: 2 * x * y], ids=["x2-y2", "2xy"])
def test_a_saddle_is_found_once_on_a_node_and_between(size: int, flip: Function) -> None:
    (saddle,) = points_of(flip, size=size)
    assert saddle.kind == "saddle"
    assert saddle[:3] == pytest.approx((0, 0, 0), abs=1e-9)
    assert saddle.curvatures == pytest.approx((-2, 2), abs=1e-9)


@pytest.mark.parametrize("place", [(0.2, 0.3), (0.25, 0.3), (0.2, 0.5), (0.25, 0.5)])
def test_a_saddle_on_an_edge_or_corner_of_a_cell_is_found_once(place: tuple[float, float]) -> None:
    a, b = place  # cells are a quarter wide
    (saddle,) = points_of(lambda x, y: (x - a) * (y - b) + (x - a) ** 2 / 2, size=17)
    assert saddle.kind == "saddle"
    assert saddle[:2] == pytest.approx(place, abs=1e-9)


angles = st.floats(0, np.pi)
sizes = st.integers(5, 24)


@given(
    columns=sizes,
    rows=sizes,
    angle=angles,
    signs=st.tuples(st.sampled_from([-1, 1]), st.sampled_from([-1, 1])),
    powers=st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
    across=st.floats(-0.9, 0.9),
    up=st.floats(-0.9, 0.9),
    offset=st.floats(-1e3, 1e3),
)
@example(11, 11, 0, (1, -1), (0, 0), 0, 0, 0)
def test_any_quadratic_is_read_exactly(
    columns: int,
    rows: int,
    angle: float,
    signs: tuple[int, int],
    powers: tuple[float, float],
    across: float,
    up: float,
    offset: float,
) -> None:
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    curvatures = np.array(signs) * 10.0 ** np.array(powers)
    x, y = np.linspace(-1, 1, columns), np.linspace(-1, 1, rows)
    nodes = np.stack(np.meshgrid(x, y), axis=-1)
    z = quadratic(nodes, axes @ np.diag(curvatures) @ axes.T, np.array([across, up])) + offset
    (found,) = critical_points(Landscape(x, y, z))
    assert found.kind == {2: "minimum", 0: "saddle", -2: "maximum"}[sum(signs)]
    assert found[:2] == pytest.approx((across, up), abs=1e-6)
    assert found.loss == pytest.approx(offset, abs=1e-6)
    assert found.curvatures == pytest.approx(sorted(curvatures), abs=1e-6)


@pytest.mark.parametrize("size", SIZES)
def test_a_monkey_saddle_is_one_saddle(size: int) -> None:
    (saddle,) = points_of(lambda x, y: x**3 - 3 * x * y**2, size=size)
    assert saddle.kind == "saddle"
    assert saddle[:2] == pytest.approx((0, 0), abs=1e-9)
    assert saddle.curvatures == pytest.approx((0, 0), abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_a_bottom_without_curvature_is_a_minimum(size: int) -> None:
    (bottom,) = points_of(lambda x, y: x**4 + y**4, size=size)
    assert bottom.kind == "minimum"
    assert bottom[:2] == pytest.approx((0, 0), abs=1e-9)


# ----------------------------------------------------------------------------------------------- many at once


def himmelblau(x: float, y: float) -> float:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def himmelblau_slope(x: float, y: float) -> tuple[float, float]:
    first, second = x**2 + y - 11, x + y**2 - 7
    return 4 * x * first + 2 * second, 2 * first + 4 * y * second


NEAR = {  # to three digits; the test makes them exact
    "minimum": [(3, 2), (-2.805, 3.131), (-3.779, -3.283), (3.584, -1.848)],
    "maximum": [(-0.271, -0.923)],
    "saddle": [(3.385, 0.074), (0.087, 2.884), (-3.073, -0.081), (-0.128, -1.954)],
}


@pytest.mark.parametrize(("size", "error"), [(34, 0.15), (67, 0.025), (68, 0.025), (201, 0.003)])
def test_all_nine_of_himmelblau(size: int, error: float) -> None:
    landscape = Landscape.of(himmelblau, x=(-5, 5), y=(-5, 5), size=size)
    exact = Landscape.of(himmelblau, x=(-5, 5), y=(-5, 5), size=size, slope=himmelblau_slope)
    for map_, close in ((landscape, error), (exact, error / 2)):
        found = critical_points(map_)
        assert Counter(point.kind for point in found) == {"minimum": 4, "saddle": 4, "maximum": 1}
        for kind, places in NEAR.items():
            mine = np.array([point[:2] for point in found if point.kind == kind])
            for place in places:
                true = fsolve(lambda p: himmelblau_slope(*p), place)
                np.testing.assert_allclose(true, place, atol=2e-3)
                assert np.linalg.norm(mine - true, axis=1).min() < close
    assert [point.kind for point in found][:4] == ["minimum"] * 4  # the lowest come first


def test_curvatures_of_himmelblau() -> None:
    found = critical_points(Landscape.of(himmelblau, x=(-5, 5), y=(-5, 5), slope=himmelblau_slope))
    (bottom,) = (point for point in found if np.hypot(point.x - 3, point.y - 2) < 0.1)
    assert bottom.curvatures == pytest.approx(np.linalg.eigvalsh([[74, 20], [20, 34]]), rel=0.01)


@pytest.mark.parametrize("size", [67, 68, 101])
def test_a_mountain_range(size: int) -> None:
    (right, left), up = (np.pi / 2, -np.pi / 2), np.pi / 2
    found = points_of(lambda x, y: float(np.sin(x) * np.sin(y)), 3, 3, size=size)
    assert {(point.kind, *np.round(point[:2], 2)) for point in found} == {
        ("minimum", *np.round((left, up), 2)),
        ("minimum", *np.round((right, -up), 2)),
        ("maximum", *np.round((right, up), 2)),
        ("maximum", *np.round((left, -up), 2)),
        ("saddle", 0, 0),
    }


@pytest.mark.parametrize("seed", range(5))
def test_pits_of_gaussians_and_what_lies_between(seed: int) -> None:
    random = np.random.default_rng(seed)
    pits = np.array([(a, b) for a in (-2, 0, 2) for b in (-2, 0, 2)]) + random.uniform(-0.2, 0.2, (9, 2))
    depths = random.uniform(0.7, 1, 9)

    def range_(x: float, y: float) -> float:
        return -float(depths @ np.exp(-((pits - [x, y]) ** 2).sum(axis=1) / 0.8))

    found = points_of(range_, 3, 3, size=101)
    by_kind = Counter(point.kind for point in found)
    assert by_kind["minimum"] == 9
    assert by_kind["flat"] == 0
    # the slope leads outward all around: minima and maxima are one more than saddles (Poincaré and Hopf)
    assert by_kind["minimum"] + by_kind["maximum"] - by_kind["saddle"] == 1
    for pit in pits:
        assert min(np.hypot(*(pit - point[:2])) for point in found if point.kind == "minimum") < 0.1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "function", [lambda x, y: np.exp(x), lambda x, y: 2 * x - y, lambda x, y: np.exp(x) + y**2 / 9]
)
def test_a_slope_has_none(function: Function, size: int) -> None:
    assert points_of(function, size=size) == ()


def test_the_edge_does_not_count() -> None:
    assert critical_points(Landscape.of(lambda x, y: x**2 + y**2, x=(0, 1), y=(-1, 1))) == ()
    assert critical_points(Landscape.of(lambda x, y: x**2 + y**2, x=(0, 1), y=(0, 1))) == ()
    assert len(critical_points(Landscape.of(lambda x, y: x**2 + y**2, x=(-0.01, 1), y=(-0.01, 1)))) == 1


# ------------------------------------------------------------------------------------------------ flat places


def test_a_plain_is_one_flat_place_in_its_middle() -> None:
    (plain,) = points_of(lambda x, y: 7)
    assert plain[:4] == (0, 0, 7, "flat")
    assert plain.curvatures == (0, 0)
    (half,) = points_of(lambda x, y: max(0, x))
    assert half.kind == "flat"
    assert half[:3] == pytest.approx((-1, 0, 0), abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_the_plain_of_the_hinge(size: int) -> None:
    def hinge(x: float, y: float) -> float:
        return sum(max(0, 1 - a * (x * u + y)) for a, u in ((1, 2), (-1, -1.5), (1, 1), (-1, -0.6)))

    (plain,) = points_of(hinge, 3, 3, size=size)
    assert (plain.kind, plain.loss) == ("flat", 0)
    assert hinge(plain.x, plain.y) == 0


def test_two_plains_are_two() -> None:
    found = points_of(lambda x, y: float(np.clip(x, -1, 1)), size=41)
    assert [(point.kind, point.loss) for point in found] == [("flat", -1), ("flat", 1)]
    assert [point.x for point in found] == pytest.approx([-1.5, 1.5], abs=0.1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    "valley",
    [
        lambda x, y: x**2,
        lambda x, y: (y - 0.013) ** 2,
        lambda x, y: (x - y) ** 2,
        lambda x, y: (x - 0.7 * y + 0.21) ** 2,
    ],
    ids=["on nodes", "between nodes", "diagonal", "slanting"],
)
def test_a_valley_floor_or_a_ridge_is_one_flat_place(valley: Function, sign: int, size: int) -> None:
    (floor,) = points_of(lambda x, y: sign * valley(x, y), size=size)
    assert floor.kind == "flat"
    assert valley(floor.x, floor.y) == pytest.approx(0, abs=1e-9)
    assert np.hypot(floor.x, floor.y) < 0.5  # near its middle


@pytest.mark.parametrize("size", SIZES)
def test_a_round_valley_is_one_flat_place(size: int) -> None:
    floor, top = points_of(lambda x, y: (x**2 + y**2 - 1) ** 2, size=size)
    assert (floor.kind, top.kind) == ("flat", "maximum")
    assert np.hypot(floor.x, floor.y) == pytest.approx(1, abs=0.05)
    assert top[:3] == pytest.approx((0, 0, 1), abs=1e-3)


@pytest.mark.parametrize("condition", [1e2, 1e4])
@pytest.mark.parametrize("size", SIZES)
def test_a_narrow_valley_with_a_bottom_has_a_minimum(size: int, condition: float) -> None:
    (bottom,) = points_of(lambda x, y: condition * (x - y - 0.1) ** 2 + (x + y - 0.3) ** 2, size=size)
    assert bottom.kind == "minimum"
    assert bottom[:2] == pytest.approx((0.2, 0.1), abs=1e-6)


@pytest.mark.parametrize(("size", "error"), [(41, 0.2), (67, 0.1), (121, 0.03)])
def test_rosenbrock_has_one_minimum(size: int, error: float) -> None:
    (bottom,) = critical_points(
        Landscape.of(
            lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
            x=(-2, 2),
            y=(-1, 3),
            size=size,
            slope=lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
        )
    )
    assert bottom.kind == "minimum"
    assert bottom[:2] == pytest.approx((1, 1), abs=error)


def test_kinds_are_those_documented() -> None:
    assert Critical.__doc__ is not None
    for kind in KINDS:
        assert f'"{kind}"' in Critical.__doc__


@given(columns=st.integers(3, 9), rows=st.integers(3, 9), seed=st.integers(0, 10**6), few=st.booleans())
def test_any_grid_is_read(columns: int, rows: int, seed: int, few: bool) -> None:
    random = np.random.default_rng(seed)
    z = random.normal(size=(rows, columns))
    if few:
        z = np.round(z)  # with plains
    assume(np.ptp(z) > 0)
    x, y = np.arange(columns, dtype=float), np.arange(rows, dtype=float)
    landscape = Landscape(x, y, z)
    for point in critical_points(landscape):
        assert point.kind in KINDS
        assert 0 < point.x < columns - 1
        assert 0 < point.y < rows - 1
        assert np.isfinite([*point[:3], *point.curvatures]).all()
        assert point.curvatures[0] <= point.curvatures[1]
