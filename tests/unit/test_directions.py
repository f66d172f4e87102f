"""Directions to look in: as long as the filters they change, at right angles; and the plane of a path."""

import numpy as np
import pytest

from lossviz import Path, descend, pca_directions, random_directions, slice_plane
from lossviz.variables import Array

SHAPES = [(16, 2), (16,), (16, 16), (16,), (1, 16), (1,)]
CENTRE = np.random.default_rng(0).normal(size=337) * np.exp(np.random.default_rng(1).normal(size=337))


def filters(vector: Array) -> list[Array]:
    """The rows of the three weight matrices of `SHAPES`."""
    found, begin = [], 0
    for shape in SHAPES:
        size = int(np.prod(shape))
        if len(shape) == 2:
            found += list(vector[begin : begin + size].reshape(shape))
        begin += size
    return found


# ----------------------------------------------------------------------------------------- random directions


@pytest.mark.parametrize("seed", range(20))
def test_each_filter_of_each_direction_is_as_long_as_the_centre_s(seed: int) -> None:
    for direction in random_directions(CENTRE, seed=seed, shapes=SHAPES):
        for row, own in zip(filters(direction), filters(CENTRE), strict=True):
            assert np.linalg.norm(row) == pytest.approx(np.linalg.norm(own), rel=1e-13)


@pytest.mark.parametrize("seed", range(20))
def test_directions_are_at_right_angles_filter_by_filter(seed: int) -> None:
    first, second = random_directions(CENTRE, seed=seed, shapes=SHAPES)
    for a, b, own in zip(filters(first), filters(second), filters(CENTRE), strict=True):
        assert abs(a @ b) < 1e-14 * (own @ own)
    assert abs(first @ second) < 1e-14 * (first @ first)


def test_biases_do_not_move() -> None:
    directions = random_directions(CENTRE, shapes=SHAPES)
    begin = 0
    for shape in SHAPES:
        end = begin + int(np.prod(shape))
        assert directions[:, begin:end].any() == (len(shape) == 2)
        begin = end


def test_a_seed_gives_the_same_bits_twice_and_another_seed_others() -> None:
    one, again, other = (random_directions(CENTRE, seed=seed, shapes=SHAPES) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one, again)
    assert abs(one[0] @ other[0]) < 0.5 * (one[0] @ one[0])


def test_directions_are_gaussian_within_a_filter() -> None:
    drawn = np.array([random_directions(np.ones(3), seed=seed)[0] for seed in range(3000)])
    assert np.abs(drawn.mean(axis=0)).max() < 0.06
    np.testing.assert_allclose(np.cov(drawn.T), np.eye(3), atol=0.06)  # no way is preferred


def test_without_shapes_the_whole_vector_is_one_filter() -> None:
    first, second = random_directions(CENTRE)
    assert np.linalg.norm(first) == pytest.approx(np.linalg.norm(CENTRE), rel=1e-13)
    assert np.linalg.norm(second) == pytest.approx(np.linalg.norm(CENTRE), rel=1e-13)
    assert abs(first @ second) < 1e-14 * (first @ first)


def test_a_matrix_of_one_column_is_one_filter() -> None:
    centre = np.array([1.0, -2, 3, 9, 9, 9])
    first, second = random_directions(centre, shapes=[(3, 1), (3,)])
    for direction in (first, second):
        assert np.linalg.norm(direction[:3]) == pytest.approx(np.sqrt(14))
        assert not direction[3:].any()
    assert abs(first @ second) < 1e-14


def test_a_single_weight_moves_in_the_first_direction_only() -> None:
    first, second = random_directions([3.0, 1, 2], shapes=[(1, 1), (1, 2)])
    assert abs(first[0]) == 3
    assert second[0] == 0
    assert abs(first @ second) < 1e-14


def test_a_filter_of_a_convolution_is_all_its_weights() -> None:
    centre = np.arange(1.0, 25)
    for direction in random_directions(centre, shapes=[(2, 3, 2, 2)]):
        lengths = np.linalg.norm(direction.reshape(2, 12), axis=1)
        np.testing.assert_allclose(lengths, np.linalg.norm(centre.reshape(2, 12), axis=1))


def test_a_filter_of_zeros_does_not_move() -> None:
    directions = random_directions([0.0, 0, 1, 2], shapes=[(2, 2)])
    assert not directions[:, :2].any()
    assert directions[:, 2:].all()


def test_the_centre_is_not_changed() -> None:
    centre = CENTRE.copy()
    random_directions(centre, shapes=SHAPES)
    random_directions(centre)
    np.testing.assert_array_equal(centre, CENTRE)


@pytest.mark.parametrize(
    ("centre", "shapes", "message"),
    [
        (np.zeros(4), None, "centre leaves fewer than two directions to move in"),
        ([1.0], None, "centre leaves fewer than two directions to move in"),
        ([1.0, 2, 3], [(3,)], "centre leaves fewer than two directions to move in"),
        ([1.0, 2], [(1, 1), (1,)], "centre leaves fewer than two directions to move in"),
        ([1.0, 2, 3], [(2, 2)], r"shapes must make up the 3 parameters of centre; \[\(2, 2\)\] make up 4"),
        ([1.0, 2, 3], [(-1, -3)], "shapes must make up the 3 parameters of centre"),
        ([1.0, 2, 3], [3], r"shapes must be tuples, such as \[\(16, 2\), \(16,\)\]; got \[3\]"),
        ([[1.0, 2]], None, "centre must be one row of parameters"),
        ([1.0, np.inf], None, "centre holds inf at index 1"),
    ],
)
def test_what_has_no_directions_is_refused(
    centre: list[float], shapes: list[tuple[int, ...]] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        random_directions(centre, shapes=shapes)


# ---------------------------------------------------------------------------------------- the plane of a path


def loss_of(parameters: Array) -> float:
    return float(parameters @ (np.arange(1, 8) * parameters) / 2)


def descent() -> Path:
    start = np.array([3.0, -2, 2, 1, -1, 2, -3])
    return descend(loss_of, lambda p: np.arange(1, 8) * p, start, rate=0.2, steps=25)


def test_places_and_distances_make_up_each_point() -> None:
    path = descent()
    plane = pca_directions(path)
    offsets = path.points - path.points[-1]
    for offset, place, distance in zip(offsets, plane.places, plane.distances, strict=True):
        foot = place @ plane.directions
        assert np.linalg.norm(offset - foot) == pytest.approx(distance, abs=1e-12)
        assert np.linalg.norm(offset) ** 2 == pytest.approx(place @ place + distance**2)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-14)
    np.testing.assert_array_equal(plane.places[-1], 0)
    assert plane.distances[-1] == 0
    np.testing.assert_array_equal(plane.centre, path.points[-1])


def test_shares_are_those_of_the_spread_around_the_last_point() -> None:
    plane = pca_directions(descent())
    spread = np.sum(plane.places**2) + np.sum(plane.distances**2)
    np.testing.assert_allclose(plane.shares, (plane.places**2).sum(axis=0) / spread)
    assert plane.shares[0] > plane.shares[1] > 0
    assert plane.shares.sum() < 1


def test_no_plane_through_the_last_point_is_closer_to_the_path() -> None:
    path = descent()
    plane = pca_directions(path)
    offsets = path.points - path.points[-1]
    shaken = np.random.default_rng(0)
    for size in (1e-3, 0.1, 1.0):
        for _ in range(50):
            others, _ = np.linalg.qr((plane.directions + size * shaken.normal(size=(2, 7))).T)
            missed = np.sum((offsets - offsets @ others @ others.T) ** 2)
            assert missed >= np.sum(plane.distances**2)


def test_the_path_comes_from_the_positive_side() -> None:
    points = descent().points
    plane, again, mirrored = pca_directions(points), pca_directions(points.copy()), pca_directions(-points)
    assert (plane.places.sum(axis=0) > 0).all()
    np.testing.assert_array_equal(plane.directions, again.directions)
    np.testing.assert_allclose(mirrored.places, plane.places, atol=1e-12)


def test_a_path_in_the_plane_has_no_distance_and_one_with_two_parameters_neither() -> None:
    two = np.array([[3.0, 0], [1, 2], [0, 0], [0, 1]])
    for points in (two, np.column_stack([two, np.ones(4)])):
        assert pca_directions(points).distances.max() < 1e-14


def test_losses_are_the_path_s_true_ones_where_it_has_them() -> None:
    path = descent()
    plane = pca_directions(path)
    assert plane.losses is not None
    np.testing.assert_array_equal(plane.losses, path.losses)
    assert pca_directions(path.points).losses is None


def test_the_slice_of_a_path_holds_it_and_shows_its_last_loss() -> None:
    path = descent()
    plane = pca_directions(path)
    landscape = slice_plane(loss_of, plane.centre, plane.directions, span=plane.span(), size=21)
    assert all(landscape.holds(place) for place in plane.places)
    assert landscape.value_at([0, 0]) == pytest.approx(path.losses[-1], abs=1e-9)
    feet = plane.centre + plane.places @ plane.directions
    np.testing.assert_allclose(landscape.value_at(plane.places), [loss_of(foot) for foot in feet], rtol=1e-6)


def test_the_path_is_not_changed() -> None:
    points = descent().points
    kept = points.copy()
    plane = pca_directions(points)
    plane.centre[:] = 99  # a copy, not a view
    np.testing.assert_array_equal(points, kept)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([[1.0, 2], [3, 4]], r"path must have 3 or more points, .*; got shape \(2, 2\)"),
        ([1.0, 2, 3], r"path must have 3 or more points, shape \(steps \+ 1, d\); got shape \(3,\)"),
        ([[1.0], [3], [2]], "path never left a line, so it spans no plane; see it with slice_line"),
        (np.outer([1, 4, 2, 1 / 3], [0.1, 0.7, 1 / 9]), "path never left a line"),
        (np.ones((4, 3)), "path never left one point"),
        ([[1.0, 2], [3, np.nan], [0, 0]], r"path holds NaN at index \(1, 1\)"),
    ],
)
def test_what_spans_no_plane_is_refused(points: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pca_directions(points)
