"""A landscape against closed forms: how it is made, read and walked, and what is refused."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz import binary_cross_entropy, mse
from lossviz.descent import OPTIMISERS, descend
from lossviz.landscape import SIZE, Landscape, axis, differences
from lossviz.variables import Array

Function = Callable[[float, float], float]
numbers = st.floats(-5, 5)
shares = st.floats(0, 1)


def waves(x: float, y: float) -> float:
    return float(np.sin(2 * x) * np.cos(y) + x * y / 3)


def waves_slope(x: float, y: float) -> tuple[float, float]:
    return (
        float(2 * np.cos(2 * x) * np.cos(y) + y / 3),
        float(-np.sin(2 * x) * np.sin(y) + x / 3),
    )


X, Y = (-2.0, 1.0), (0.0, 4.0)
WAVES = Landscape.of(waves, x=X, y=Y, size=31, slope=waves_slope)


def rough(seed: int = 0) -> Landscape:
    """Anything on a grid: it need not be smooth to be continuous."""
    random = np.random.default_rng(seed)
    return Landscape(np.linspace(-1, 2, 7), np.linspace(3, 4, 5), *random.normal(size=(3, 5, 7)))


# -------------------------------------------------------------------------------------------- how one is made


def test_rows_are_y_and_columns_are_x() -> None:
    made = Landscape.of(lambda x, y: 10 * x + y, x=(0, 2), y=(5, 9), size=3, names=("a", "b"), label="cost")
    assert made.z.tolist() == [[5, 15, 25], [7, 17, 27], [9, 19, 29]]
    assert (made.x_range, made.y_range) == ((0, 2), (5, 9))
    assert repr(made) == "Landscape(cost over a 0 to 2 and b 5 to 9)"
    np.testing.assert_allclose(made.dx, 10)
    np.testing.assert_allclose(made.dy, 1)


def test_the_size_has_a_node_in_the_middle() -> None:
    assert SIZE % 2 == 1
    assert Landscape.of(waves, x=X, y=Y).z.shape == (SIZE, SIZE)
    assert Landscape.of(waves, x=(-1, 1), y=(-1, 1)).x[SIZE // 2] == 0


def test_a_function_gets_plain_numbers() -> None:
    kinds: set[type] = set()

    def look(x: float, y: float) -> float:
        kinds.update((type(x), type(y)))
        return x + y

    def slope(x: float, y: float) -> tuple[float, float]:
        look(x, y)
        return 1, 1

    Landscape.of(look, x=X, y=Y, size=3, slope=slope)
    assert kinds == {float}


def test_slopes_that_are_known_are_kept() -> None:
    exact = np.array([[waves_slope(x, y) for x in WAVES.x] for y in WAVES.y])
    np.testing.assert_array_equal(WAVES.dx, exact[..., 0])
    np.testing.assert_array_equal(WAVES.dy, exact[..., 1])


def test_differences_come_close_to_the_slopes_and_closer_on_a_finer_grid() -> None:
    errors = []
    for size in (21, 41, 81):
        x, y = axis("x", X, size), axis("y", Y, size)
        z = np.array([[waves(a, b) for a in x] for b in y])
        exact = np.array([[waves_slope(a, b) for a in x] for b in y])
        dx, dy = differences(z, x, y)
        errors.append(max(np.abs(dx - exact[..., 0]).max(), np.abs(dy - exact[..., 1]).max()))
    assert errors[0] < 0.2
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.2)
    assert errors[1] / errors[2] == pytest.approx(4, rel=0.2)


def test_a_landscape_keeps_read_only_copies() -> None:
    given_arrays = [np.linspace(0, 1, 4), np.linspace(0, 1, 3), *np.ones((3, 3, 4))]
    made = Landscape(*given_arrays)
    for name, array in zip(("x", "y", "z", "dx", "dy"), given_arrays, strict=True):
        mine = getattr(made, name)
        before = mine.copy()
        array += 1
        np.testing.assert_array_equal(mine, before)
        with pytest.raises(ValueError, match="read-only"):
            mine[0] = 0


def test_of_model_is_the_score_for_each_pair() -> None:
    x, actual = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 4.0])

    def parabola(x: Array, weight: float, bias: float, bend: float) -> Array:
        return bend * x**2 + weight * x + bias

    made = Landscape.of_model(parabola, mse, x, actual, size=5, weight=(0, 4), bend=-0.5, bias=(-1, 3))
    assert (made.names, made.label) == (("weight", "bias"), mse.label)
    for i, bias in enumerate(made.y):
        for j, weight in enumerate(made.x):
            assert made.z[i, j] == pytest.approx(mse(actual, parabola(x, weight, bias, -0.5)))
    turned = Landscape.of_model(parabola, mse, x, actual, size=5, bias=(-1, 3), bend=-0.5, weight=(0, 4))
    assert turned.names == ("bias", "weight")
    np.testing.assert_array_equal(turned.z, made.z.T)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"a": (0, 1), "b": 2}, r"two parameters must be given by their ends.*got ends for a$"),
        ({"a": 1, "b": 2}, "got ends for none"),
        ({"a": (0, 1), "b": (0, 1), "c": (0, 1)}, "got ends for a, b, c"),
        ({"a": (0, 1, 2), "b": (0, 1)}, r"a must be two ends, such as \(-1, 1\); got \(0, 1, 2\)"),
        ({"a": (0, 1), "b": (1, 0)}, r"b must run from a low to a higher finite end; got \(1, 0\)"),
    ],
)
def test_of_model_refuses(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Landscape.of_model(lambda x, **_: x, mse, [1, 2], [1, 2], **parameters)


def test_what_a_function_raises_comes_through() -> None:
    calls = []

    def gives_up(x: float, y: float) -> float:
        calls.append((x, y))
        if len(calls) == 5:
            raise RuntimeError("no more")
        return 0

    with pytest.raises(RuntimeError, match="no more"):
        Landscape.of(gives_up, x=X, y=Y)
    assert len(calls) == 5
    with pytest.raises(ValueError, match="from 0 to 1"):  # the loss's own words
        Landscape.of_model(
            lambda x, a, b: a * np.asarray(x) + b, binary_cross_entropy, [0, 1], [0, 1], a=(0, 9), b=(0, 1)
        )


GOOD: dict[str, Any] = {"x": [0, 1, 2], "y": [0, 1, 2], "z": np.zeros((3, 3))}


def zeros_but(value: float, *, where: tuple[int, int] = (2, 1)) -> Array:
    z = np.zeros((3, 3))
    z[where] = value
    return z


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": [0, 1]}, r"x must be one row of 3 or more nodes; got shape \(2,\)"),
        ({"y": [[0, 1, 2]]}, r"y must be one row of 3 or more nodes; got shape \(1, 3\)"),
        ({"x": [0, 1, 3]}, "x must rise in even steps"),
        ({"x": [2, 1, 0]}, "x must rise in even steps"),
        ({"y": [1, 1, 1]}, "y must rise in even steps"),
        ({"y": [0, np.nan, 2]}, "y holds NaN at index 1"),
        ({"z": np.zeros((3, 4))}, r"z must have shape \(3, 3\), a row for each y .*got \(3, 4\)"),
        ({"z": zeros_but(np.nan)}, "z must be finite everywhere; got nan at x = 1, y = 2: choose ends"),
        ({"z": zeros_but(-np.inf, where=(0, 2))}, "got -inf at x = 2, y = 0: choose"),
        ({"z": np.full((3, 3), np.inf)}, "got inf at x = 0, y = 0 and 8 more: choose"),
        ({"dx": np.zeros((3, 3))}, "dx and dy must be given together, or neither"),
        ({"dy": np.zeros((3, 3))}, "dx and dy must be given together, or neither"),
        ({"dx": np.zeros((3, 3)), "dy": zeros_but(np.nan)}, "dy must be finite everywhere; got nan at x = 1"),
        ({"dx": np.zeros((2, 3)), "dy": np.zeros((3, 3))}, r"dx must have shape \(3, 3\)"),
    ],
)
def test_refuses_what_is_no_grid(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Landscape(**{**GOOD, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": (1, -1)}, r"x must run from a low to a higher finite end; got \(1, -1\)"),
        ({"y": (1, 1)}, r"y must run from a low to a higher finite end; got \(1, 1\)"),
        ({"y": (0, np.inf)}, "y must run from a low to a higher finite end"),
        ({"x": 3}, r"x must be two ends, such as \(-1, 1\); got 3"),
        ({"x": ("a", "b")}, "x must be two ends"),
        ({"size": 2}, "size must be a whole number of nodes, 3 or more; got 2"),
        ({"size": 9.5}, "size must be a whole number of nodes, 3 or more; got 9.5"),
        ({"function": lambda x, y: 1 / 0 if x is None else np.nan}, "z must be finite everywhere"),
        ({"slope": lambda x, y: (np.inf, 0)}, "dx must be finite everywhere; got inf"),
    ],
)
def test_of_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Landscape.of(**{"function": waves, "x": X, "y": Y, **changes})


# -------------------------------------------------------------------------------------------- how one is read


@given(c=st.tuples(*[numbers] * 6), s=shares, t=shares, columns=st.integers(3, 12), rows=st.integers(3, 12))
def test_a_quadratic_is_read_exactly(
    c: tuple[float, ...], s: float, t: float, columns: int, rows: int
) -> None:
    def z(x: Any, y: Any) -> Any:
        return c[0] + c[1] * x + c[2] * y + c[3] * x**2 + c[4] * x * y + c[5] * y**2

    x, y = np.linspace(-1, 3, columns), np.linspace(2, 3, rows)
    made = Landscape(x, y, z(*np.meshgrid(x, y)))
    at = np.array([-1 + 4 * s, 2 + t])
    slope = c[1] + 2 * c[3] * at[0] + c[4] * at[1], c[2] + c[4] * at[0] + 2 * c[5] * at[1]
    assert made.value_at(at) == pytest.approx(z(*at), abs=1e-9)
    assert made.slope_at(at) == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize("made", [WAVES, rough()], ids=["waves", "rough"])
def test_nodes_are_read_as_they_are(made: Landscape) -> None:
    nodes = np.stack(np.meshgrid(made.x, made.y), axis=-1).reshape(-1, 2)
    np.testing.assert_allclose(made.value_at(nodes), made.z.ravel(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        made.slope_at(nodes), np.stack([made.dx, made.dy], axis=-1).reshape(-1, 2), rtol=0, atol=1e-12
    )


@given(seed=st.integers(0, 50), along=shares, line=st.integers(1, 3), across=st.booleans())
def test_no_step_where_cells_meet(seed: int, along: float, line: int, across: bool) -> None:
    made = rough(seed)
    place = np.array([-1 + 3 * along, made.y[line]]) if across else np.array([made.x[line], 3 + along])
    gap = np.array([0, 1e-9]) if across else np.array([1e-9, 0])
    np.testing.assert_allclose(made.value_at(place - gap), made.value_at(place + gap), atol=1e-6)
    np.testing.assert_allclose(made.slope_at(place - gap), made.slope_at(place + gap), atol=1e-6)


def test_between_nodes_it_is_close_to_the_function() -> None:
    places = np.random.default_rng(0).uniform((-2, 0), (1, 4), (500, 2))
    np.testing.assert_allclose(WAVES.value_at(places), [waves(*p) for p in places], atol=1e-3)
    np.testing.assert_allclose(WAVES.slope_at(places), [waves_slope(*p) for p in places], atol=0.02)


def test_one_place_or_many() -> None:
    places = np.array([[-1, 1], [0.3, 3.9]])
    assert WAVES.value_at(places).shape == (2,)
    assert WAVES.slope_at(places).shape == (2, 2)
    assert WAVES.value_at(places[1]) == WAVES.value_at(places)[1]
    assert (WAVES.slope_at(places[1]) == WAVES.slope_at(places)[1]).all()
    assert WAVES.value_at(places[0]).shape == ()
    assert WAVES.value_at(np.empty((0, 2))).shape == (0,)


def test_beyond_the_edge_it_is_the_edge() -> None:
    beyond, edge = np.array([[-9, 2], [0.5, 99]]), np.array([[-2, 2], [0.5, 4]])
    np.testing.assert_array_equal(WAVES.value_at(beyond), WAVES.value_at(edge))
    np.testing.assert_array_equal(WAVES.slope_at(beyond), WAVES.slope_at(edge))


def test_holds() -> None:
    assert all(WAVES.holds(corner) for corner in [(-2, 0), (1, 4), (-2, 4), (0, 2)])
    assert not any(WAVES.holds(place) for place in [(-2.001, 0), (1.001, 1), (0, 4.001), (0, -0.001)])


@pytest.mark.parametrize("read", [WAVES.value_at, WAVES.slope_at])
def test_reading_refuses(read: Callable[[Any], Any]) -> None:
    with pytest.raises(ValueError, match=r"places must have shape \(2,\) or \(k, 2\).*got \(3,\)"):
        read([1, 2, 3])
    with pytest.raises(ValueError, match="places must be numbers; got NaN"):
        read([1, np.nan])
    with pytest.raises(ValueError, match=r"place must be an x and a y, shape \(2,\); got shape \(3,\)"):
        WAVES.holds([1, 2, 3])


# ------------------------------------------------------------------------------------------ how one is walked


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_on_a_bowl_the_walk_is_that_on_the_function(optimiser: str) -> None:
    made = Landscape.of(lambda x, y: (x**2 + 10 * y**2) / 2, x=(-5, 5), y=(-3, 3), size=11)
    options: dict[str, Any] = {"rate": 0.05, "steps": 60, "optimiser": optimiser, "momentum": 0.7}
    mine = made.descend((-4, 1), noise=0.1, seed=1, **options)
    direct = descend(
        lambda p: (p[0] ** 2 + 10 * p[1] ** 2) / 2,
        lambda p: [p[0], 10 * p[1]],
        (-4, 1),
        noise=0.1,
        seed=1,
        **options,
    )
    assert mine.end == direct.end == "steps"
    np.testing.assert_allclose(mine.points, direct.points, atol=1e-9)
    np.testing.assert_allclose(mine.losses, direct.losses, atol=1e-9)


def test_a_walk_ends_at_the_edge() -> None:
    made = Landscape.of(lambda x, y: -x - 2 * y, x=(0, 4), y=(0, 2))
    path = made.descend([0, 0.5], rate=0.5, steps=99)
    assert path.end == "edge"
    np.testing.assert_allclose(path.points, [[0, 0.5], [0.5, 1.5], [0.75, 2]], atol=1e-12)
    assert path.points[-1, 1] == 2
    assert made.descend([0, 0.5], rate=0.5, steps=1).end == "steps"


def test_a_rate_that_is_too_high_leaves_the_map_without_a_warning() -> None:
    made = Landscape.of(lambda x, y: x**2 + y**2, x=(-1, 1), y=(-1, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = made.descend([0.1, -0.2], rate=1.1)
    assert path.end == "edge"
    assert np.abs(path.points[-1]).max() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"start": (2, 2)},
            r"start must lie within the bounds, from \[-2.  0.\] to \[1. 4.\]; got \[2. 2.\]",
        ),
        ({"start": (0, 0, 0)}, r"start must be an x and a y, shape \(2,\); got shape \(3,\)"),
        ({"rate": -1}, "rate must be a finite number above 0"),
        ({"optimiser": "Adam"}, "optimiser must be one of .*'adam'; got 'Adam'"),
    ],
)
def test_walking_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        WAVES.descend(**{"start": (0, 1), "rate": 0.1, **changes})
