"""Terrain from Python: its paths, its sentences, its picture, and what it refuses."""

from typing import Any

import numpy as np
import pytest
import traitlets

from lossviz import Terrain, pca_directions, slice_plane
from lossviz.basins import ELSEWHERE, LEFT, basins
from lossviz.contours import levels_of
from lossviz.critical import critical_points
from lossviz.descent import OPTIMISERS, descend
from lossviz.landscape import Landscape
from lossviz.look import ink, look
from lossviz.variables import Array
from lossviz.widgets._rolling import MOST, rates_around, shakes
from lossviz.widgets._shared import sent

BOWL = Landscape.of(lambda x, y: (x**2 + 3 * y**2) / 2, x=(-2, 2), y=(-1, 1), slope=lambda x, y: (x, 3 * y))
VALLEYS = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2 + x / 10, x=(-1.5, 1.5), y=(-1, 1), size=61)
SADDLE = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1), slope=lambda x, y: (2 * x, -2 * y))

HILL = Landscape.of(lambda x, y: -(x**2) - y**2, x=(-1, 1), y=(-1, 1))


def ball(landscape: Landscape = BOWL, **arguments: Any) -> Terrain:
    return Terrain(landscape, **{"name": "ball", "starts": [(-1.5, 0.5)], **arguments})


# What rolls


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_a_path_is_that_of_the_landscape(optimiser: str, noise: float) -> None:
    figure = ball(
        starts=[(-1.5, 0.5), (1, 0.2)], optimiser=optimiser, rate=0.05, noise=noise, steps=15, seed=3
    )
    for number, path in enumerate(figure.paths):
        expected = BOWL.descend(
            figure.starts[number], rate=0.05, optimiser=optimiser, noise=noise, steps=15, seed=3 + number
        )
        np.testing.assert_array_equal(path.points, expected.points)
        assert (path.end, path.steps) == ("steps", 15)
    np.testing.assert_array_equal(figure.balls, [path.points[-1] for path in figure.paths])


def test_a_path_is_a_pure_function_of_the_state() -> None:
    figure = ball(rate=0.1, steps=12)
    first = figure.paths[0].points
    figure.rate = 0.2
    np.testing.assert_array_equal(figure.paths[0].points, ball(rate=0.2, steps=12).paths[0].points)
    figure.rate = 0.1
    figure.steps = 5
    np.testing.assert_array_equal(figure.paths[0].points, first[:6])


def test_rolling_from_python_and_back() -> None:
    figure = ball()
    figure.roll(7)
    figure.roll(3)
    assert (figure.steps, figure.paths[0].steps) == (10, 10)
    figure.roll()
    assert figure.steps == MOST
    figure.reset()
    assert figure.steps == 0


def test_a_ball_ends_at_rest_at_the_edge_or_with_the_last_step() -> None:
    ends = [
        ball(VALLEYS, starts=[(-0.2, 0.5)], rate=0.05, steps=400),
        ball(SADDLE, starts=[(0.5, 0.1)], rate=0.05, steps=400),
        ball(SADDLE, starts=[(0.5, 0)], rate=0.05, steps=400),
        ball(noise=0.01, steps=MOST),
    ]
    assert [figure.paths[0].end for figure in ends] == ["rest", "edge", "rest", "steps"]
    assert [None if figure.reached[0] is None else figure.reached[0].kind for figure in ends] == [
        "minimum", None, None, "minimum"
    ]  # fmt: skip
    assert ends[1].balls[0][1] == 1
    assert ends[0].reached[0] == critical_points(VALLEYS)[0]
    ends[3].steps = MOST - 1
    assert ends[3].reached == [None]


def test_the_page_is_sent_the_noise_only_where_there_can_be_any() -> None:
    assert ball()._shakes == []
    figure = ball(starts=[(0, 0), (1, 0)], noise_most=1, seed=5)
    assert [np.frombuffer(each).tolist() for each in figure._shakes] == [
        shakes(5).ravel().tolist(), shakes(6).ravel().tolist()
    ]  # fmt: skip
    figure.seed = 9
    assert figure._shakes[1] == shakes(10).tobytes()
    figure = ball()
    figure.noise = 0.5
    assert len(figure._shakes) == 1


# What the page gets


def test_the_landscape_is_sent_as_it_is() -> None:
    packed = ball(VALLEYS)._land
    assert packed == sent(VALLEYS)
    assert (
        np.frombuffer(packed["dy"]).reshape(packed["rows"], packed["columns"]).tolist() == VALLEYS.dy.tolist()
    )
    assert (packed["x"], packed["y"], packed["grain"]) == ([-1.5, 1.5], [-1, 1], [0.001, 0.001])


def test_minima_have_letters_if_there_are_several() -> None:
    assert [(mark["kind"], mark["letter"]) for mark in ball(VALLEYS)._marks] == [
        ("minimum", "A"), ("minimum", "B"), ("saddle", "")
    ]  # fmt: skip
    assert [(mark["kind"], mark["letter"]) for mark in ball()._marks] == [("minimum", "")]


def test_contour_lines_lie_where_the_map_is() -> None:
    for landscape in (BOWL, VALLEYS, SADDLE):
        lines = levels_of(landscape.z)
        assert len(lines) == 8
        shares = [(landscape.z < line).mean() for line in lines]
        assert max(np.diff([0, *shares, 1])) < 0.4
    assert levels_of(np.zeros((3, 3))) == []


def test_basins_are_those_of_the_settings_and_found_once() -> None:
    figure = ball(VALLEYS, basins=True, rate=0.05)
    expected = basins(VALLEYS, rate=0.05, size=81)
    np.testing.assert_array_equal(figure._basins.reached, expected.reached)
    assert figure._basins is figure._basins
    before = figure._basins
    figure.momentum = 0.5  # of another optimiser
    assert figure._basins is before
    figure.rate = 0.5
    assert (figure._basins.reached == LEFT).mean() > (before.reached == LEFT).mean()


# Spoken


def test_sentence_tells_settings_place_and_why() -> None:
    figure = ball(VALLEYS, starts=[(-0.2, 0.5)], rate=0.05)
    assert figure.describe() == (
        "At the start of gradient descent, learning rate 0.05."
        " The ball is at x −0.2, y 0.5: loss 1.15, slope 1.32, not yet rolling."
    )
    figure.steps = 1
    assert figure.describe() == (
        "After 1 step of gradient descent, learning rate 0.05."
        " The ball is at x −0.243, y 0.45: loss 1.06, slope 1.35, still rolling."
    )
    figure.steps = 400
    assert figure.describe().startswith("After 400 steps of gradient descent, learning rate 0.05.")
    assert figure.describe().endswith(", at rest in minimum A.")


def test_sentence_tells_momentum_and_noise_where_they_matter() -> None:
    figure = ball(optimiser="momentum", momentum=0.8, noise=0.25, steps=2)
    assert figure.describe().startswith(
        "After 2 steps of momentum, learning rate 0.1, momentum 0.8, noise 0.25. The ball is at x "
    )


@pytest.mark.parametrize(
    ("landscape", "arguments", "end"),
    [
        (BOWL, {}, "at rest in the minimum"),
        (SADDLE, {"starts": [(0.5, 0)]}, "at rest on a saddle"),
        (SADDLE, {"starts": [(0.5, 0.1)]}, "stopped at the edge of the map"),
        (HILL, {"starts": [(0, 0)]}, "at rest on a maximum"),
        (BOWL, {"noise": 0.01}, "close to the minimum, but not at rest"),
        (VALLEYS, {"noise": 0.01}, "close to minimum A, but not at rest"),
        (BOWL, {"rate": 1e-4}, "not at rest after 1,000 steps"),
        (Landscape.of(lambda x, y: max(x, 0), (-1, 1), (-1, 1)), {"starts": [(-0.9, 0.9)]}, "at rest"),
    ],
)  # fmt: skip
def test_sentence_says_why_a_ball_ended(landscape: Landscape, arguments: Any, end: str) -> None:
    assert ball(landscape, **arguments, steps=MOST).describe().endswith(f", {end}.")


def test_sentence_for_several_balls_and_other_names() -> None:
    line = Landscape(BOWL.x, BOWL.y, BOWL.z, names=("weight", "bias"), label="score")
    figure = ball(line, starts=[(-1.5, 0.5), (1, 0)])
    assert figure.describe() == (
        "At the start of gradient descent, learning rate 0.1."
        " Ball 1 is at weight −1.5, bias 0.5: score 1.5, slope 2.12, not yet rolling."
        " Ball 2 is at weight 1, bias 0: score 0.5, slope 1, not yet rolling."
    )


def test_sentence_counts_where_starts_lead() -> None:
    figure = ball(VALLEYS, basins=True, rate=0.05)
    reached = figure._basins.reached
    a, b, ridge = (np.floor(100 * (reached == code).mean() + 0.5) for code in (0, 1, ELSEWHERE))
    assert figure.describe().endswith(f" Of all starts {a:g} % reach minimum A, {b:g} % reach minimum B.")
    assert ridge == 0
    figure = ball(SADDLE, starts=[(0, 0)], basins=True, rate=0.05)
    assert figure.describe().endswith(" Of all starts 99 % leave the map, 1 % rest elsewhere.")
    figure = ball(basins=True, rate=0.1)
    assert figure.describe().endswith(" Of all starts 100 % reach the minimum.")


def test_repr_is_stable() -> None:
    assert repr(ball(steps=3)) == (
        "Terrain(Landscape(loss over x -2 to 2 and y -1 to 1), name='ball', 1 ball, steps=3)"
    )


# A path through many parameters


def plane() -> tuple[Landscape, Any]:
    def loss(p: Array) -> float:
        return float(p @ np.diag([1, 3, 6]) @ p / 2)

    path = descend(loss, lambda p: np.diag([1, 3, 6]) @ p, [2, -1.5, 1], rate=0.1, steps=20)
    seen = pca_directions(path)
    return slice_plane(loss, seen.centre, seen.directions, span=seen.span(), progress=False), seen


def test_a_path_is_told_with_its_distance_and_its_true_loss() -> None:
    landscape, seen = plane()
    figure = Terrain(landscape, name="plane", walk=seen)
    assert (figure.walk_step, figure.starts, figure.balls.shape) == (20, (), (0,))
    figure.walk_step = 2
    foot = landscape.value_at(seen.places[2])
    assert figure.describe() == (
        f"The path after 2 of 20 steps, seen at first direction {seen.places[2][0]:.3g}, second direction "
        f"{seen.places[2][1]:.3g}: true loss {seen.losses[2]:.3g}, on the plane {foot:.3g}, "
        f"{seen.distances[2]:.3g} away from the plane.".replace("-", "−")
    )
    sent = {name: np.frombuffer(figure._walk[name]) for name in ("places", "distances", "losses")}
    np.testing.assert_array_equal(sent["places"].reshape(-1, 2), seen.places)
    np.testing.assert_array_equal(sent["distances"], seen.distances)
    np.testing.assert_array_equal(sent["losses"], seen.losses)
    (ring,) = figure.figure().axes[0].patches
    outline = ring.get_path().transformed(ring.get_patch_transform()).vertices
    assert np.ptp(np.asarray(outline)[:, 0]) == pytest.approx(2 * seen.distances[2])
    beside = Terrain(landscape, name="plane", walk=seen, starts=[seen.places[0]])
    assert "The ball is at" in beside.describe()
    assert "The path after" in beside.describe()


def test_a_path_that_is_none_is_refused() -> None:
    landscape, seen = plane()
    with pytest.raises(TypeError, match="walk must be a path seen in a plane"):
        Terrain(landscape, name="plane", walk=[1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"walk leaves the map at .* span\(\)"):
        Terrain(SADDLE, name="plane", walk=seen)
    figure = Terrain(landscape, name="plane", walk=seen)
    with pytest.raises(traitlets.TraitError, match="walk_step must lie in the range from 0 to 20; got 21"):
        figure.walk_step = 21


# The picture


def test_the_picture_shows_the_way_of_each_ball() -> None:
    figure = ball(starts=[(-1.5, 0.5), (1, 0.2)], steps=6)
    axes, _ = figure.figure().axes  # the map, and the surface
    assert (axes.get_xlim(), axes.get_ylim(), axes.get_xlabel()) == ((-2, 2), (-1, 1), "x")
    for number, colour in enumerate(("accent", "best")):
        ways: list[Array] = [
            np.asarray(line.get_path().vertices) for line in axes.lines if line.get_color() == ink(colour)
        ]
        np.testing.assert_array_equal(max(ways, key=len), figure.paths[number].points)
    assert {"1", "2"} <= {text.get_text() for text in axes.texts}


def test_the_picture_shows_the_surface_from_where_it_is_seen() -> None:
    def corners(**arguments: Any) -> list[Any]:
        return [text.get_position() for text in ball(VALLEYS, **arguments).figure().axes[1].texts]

    assert corners() == corners(azimuth=-120, elevation=35) != corners(azimuth=30)
    assert len(ball(VALLEYS, surface=False).figure().axes) == 1


def test_the_picture_marks_what_is_level_unless_told_not_to() -> None:
    def shapes(figure: Terrain) -> list[Any]:
        return [
            line.get_marker() for line in figure.figure().axes[0].lines if line.get_marker() in list("v^X")
        ]

    assert shapes(ball(VALLEYS)) == ["v", "v", "X"]
    assert shapes(ball(VALLEYS, critical=False)) == []


def test_the_picture_colours_the_basins() -> None:
    axes = ball(VALLEYS, basins=True, rate=0.05).figure().axes[0]
    assert [image.get_cmap()(0)[:3] for image in axes.images] == [
        pytest.approx([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        for colour in look()["basins"][:2]
    ]
    assert len(ball(VALLEYS).figure().axes[0].images) == 0


def test_it_is_a_picture_a_sentence_and_a_widget_at_once() -> None:
    bundle, _ = ball()._repr_mimebundle_()
    assert {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"} <= set(bundle)
    assert bundle["text/plain"] == ball().describe()


# What is refused


def test_an_unknown_keyword_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        ball(colour="red")
    with pytest.raises(TypeError, match="landscape must be a Landscape"):
        Terrain([[1, 2]], name="ball", starts=[(0, 0)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"starts": [(3, 0)]},
            r"starts must lie on the map, x from -2 to 2 and y from -1 to 1; got \(3, 0\)",
        ),
        ({"starts": [(np.nan, 0)]}, "starts must lie on the map"),
        ({"starts": []}, "starts must be 1 to 4 places"),
        ({"starts": (1, 2)}, "starts must be 1 to 4 places"),
        ({"starts": [(0, 0)] * 5}, "starts must be 1 to 4 places"),
        ({"optimiser": "newton"}, "optimiser must be one of 'gradient descent', 'momentum'"),
        ({"optimisers": ("adam",)}, "optimiser must be one of 'adam'; got 'gradient descent'"),
        ({"optimisers": "adam"}, "optimisers must be some of"),
        ({"optimisers": ()}, "optimisers must be some of"),
        ({"rate": 0}, "rate must be a finite number above 0"),
        ({"rate": 0.5, "rate_range": (0.01, 0.2)}, "rate must lie in the range from 0.01 to 0.2; got 0.5"),
        ({"rate_range": (0.2, 0.1)}, "rate_range must be two numbers above 0, the lower first"),
        ({"momentum": 1}, "momentum must be from 0 to below 1; got 1"),
        ({"noise": -1}, "noise must be a finite number, 0 or more"),
        ({"noise": 3, "noise_most": 2}, "noise must lie in the range from 0 to 2; got 3"),
        ({"noise_most": 0}, "noise_most must be a finite number above 0, or None"),
        ({"steps": MOST + 1}, "steps must be from 0 to 1000; got 1001"),
        ({"speed": 0}, "speed must lie in the range from 1 to 200; got 0"),
        ({"azimuth": 200}, "azimuth must lie in the range from -180 to 180; got 200"),
        ({"elevation": 5}, "elevation must lie in the range from 10 to 80; got 5"),
        ({"name": "No"}, "name must be lower-case"),
    ],
)
def test_what_cannot_be_is_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(traitlets.TraitError, match=message):
        ball(**arguments)


def test_a_later_change_is_refused_as_well_and_changes_nothing() -> None:
    figure = ball()
    for name, value in (("starts", [(0, 0), (1, 0)]), ("starts", [(9, 9)]), ("rate", 50), ("steps", -1)):
        before = getattr(figure, name)
        with pytest.raises(traitlets.TraitError, match=f"{name} must"):
            setattr(figure, name, value)
        assert getattr(figure, name) == before


def test_what_the_page_sends_is_checked_too() -> None:
    figure = ball()
    figure.set_state({"starts": [[0.5, 0.5]], "steps": 4, "rate": 0.2})
    assert (figure.starts, figure.steps, figure.rate) == (((0.5, 0.5),), 4, 0.2)
    with pytest.raises(traitlets.TraitError, match="starts must lie on the map"):
        figure.set_state({"starts": [[5, 5]]})


def test_the_slider_of_the_rate_is_around_it() -> None:
    assert ball(rate=0.03).rate_range == rates_around(0.03) == (0.001, 0.2)
    assert ball(rate_range=(0.01, 1)).rate_range == (0.01, 1)
