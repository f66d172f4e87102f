"""Race from Python: its paths, its pulls, its sentences, its picture, and what it refuses."""

from typing import Any

import numpy as np
import pytest
import traitlets
from matplotlib.axes import Axes

from lossviz import Race, brier, hinge, logistic, mse, squared_hinge
from lossviz.descent import descend
from lossviz.landscape import Landscape
from lossviz.losses import binary_cross_entropy
from lossviz.pulling import LineScore
from lossviz.text import short

X = [-2.2, -1.5, -0.8, -0.3, 0.4, 0.9, 1.4, 2.3]
LABELS = [-1, -1, -1, 1, -1, 1, 1, 1]


def bowl(condition: float = 1, **options: Any) -> Landscape:
    return Landscape.of(
        lambda x, y: (x**2 / condition + y**2) / 2, **{"x": (-4, 4), "y": (-2, 2), "size": 21, **options}
    )


def two(**arguments: Any) -> Race:
    return Race({"round": bowl(), "long": bowl(10)}, **{"name": "two", "start": (-3, 1.5), **arguments})


def of_lines(**arguments: Any) -> Race:
    made = {"name": "lines", "start": (-2, 2), "rate": 0.2, "losses": [mse, logistic, hinge], **arguments}
    return Race.of_lines(X, LABELS, **made)


VALLEYS = {condition: bowl(condition) for condition in (1, 10, 100)}


def valleys(**arguments: Any) -> Race:
    return Race({"plain": VALLEYS, "momentum": VALLEYS, "still": bowl()}, name="valleys", **arguments)


# Paths


def test_every_lane_starts_at_the_same_place_and_takes_the_same_steps() -> None:
    race = two(rate=0.3, steps=7)
    for path, land in zip(race.paths, (bowl(), bowl(10)), strict=True):
        np.testing.assert_array_equal(path.points, land.descend((-3, 1.5), rate=0.3, steps=7).points)
    race.start = (1, -1)
    race.optimiser = "adam"
    assert race.steps == 7  # a roll is a function of start, settings and steps: it stays as long as it was
    np.testing.assert_array_equal(
        race.paths[1].points, bowl(10).descend((1, -1), rate=0.3, steps=7, optimiser="adam").points
    )


def test_a_race_of_lines_walks_on_the_exact_slopes() -> None:
    race = of_lines(steps=50, size=5)  # whatever the grid
    for path, loss in zip(race.paths, (mse, logistic, hinge), strict=True):
        score = LineScore(loss, X, LABELS)
        exact = descend(score, score.gradient, [-2, 2], rate=0.2, steps=50)  # type: ignore[arg-type]
        steps = path.steps
        np.testing.assert_array_equal(path.points, exact.points[: steps + 1])
        assert path.losses[-1] == pytest.approx(loss(LABELS, race_line(path.points[-1])), rel=1e-12)


def race_line(line: Any) -> Any:
    return line[0] * np.array(X) + line[1]


def test_lanes_can_have_an_optimiser_each() -> None:
    race = two(optimiser=("gradient descent", "momentum"), momentum=0.5, rate=0.2, steps=9)
    assert race.each_optimiser == ("gradient descent", "momentum")
    assert race._optimisers == []  # nothing to choose
    momentum = bowl(10).descend((-3, 1.5), rate=0.2, steps=9, optimiser="momentum", momentum=0.5)
    np.testing.assert_array_equal(race.paths[1].points, momentum.points)


def test_a_lane_that_has_ended_waits() -> None:
    saddle = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1))
    race = Race(
        {"bowl": bowl(x=(-1, 1), y=(-1, 1)), "saddle": saddle},
        name="ends", start=(0.5, 0.25), rate=0.1, steps=30,
    )  # fmt: skip
    on, off = race.paths
    assert (on.end, on.steps) == ("steps", 30)
    assert (off.end, off.points[-1, 1]) == ("edge", 1)
    assert off.steps == 8
    race.roll()
    assert race.steps == 1000
    assert (race.paths[0].end, race.paths[1].steps) == ("rest", 8)
    assert race.paths[0].steps < 250


def test_a_ball_on_a_plateau_is_not_at_rest() -> None:
    race = Race.of_lines(
        [1, -1], [1, -1], {"squared": brier.from_logits, "cross": binary_cross_entropy.from_logits},
        name="flat", weight=(-12, 12), start=(-10, 0), rate=0.1, steps=100,
    )  # fmt: skip
    assert [path.end for path in race.paths] == ["steps", "steps"]
    assert 0 < np.hypot(*(race.paths[0].points[-1] - [-10, 0])) < 0.01


def test_hinge_falls_silent_one_by_one_and_takes_constant_steps() -> None:
    race = of_lines(steps=60)
    squares, _, kinks = race.paths
    spoke = [int(np.count_nonzero(LineScore(hinge, X, LABELS).pulls(point))) for point in kinks.points]
    assert (spoke[0], min(spoke)) == (7, 2)
    assert len(np.unique(kinks.gradient_norms.round(9))) < 15 < squares.steps
    assert race.pulls is not None
    assert set(race.pulls[2]) == {0, 1}
    assert np.count_nonzero(race.pulls[2]) == spoke[-1]
    assert (race.pulls[:2] > 0).all()  # under the others everyone pulls, always
    assert two().pulls is None


def test_steps_to_a_loss_looks_ahead() -> None:
    race = two(rate=0.5)
    path = bowl(10).descend((-3, 1.5), rate=0.5, steps=200)
    below = race.steps_to(0.1)
    long = below["long"]
    assert long is not None
    assert path.losses[long] < 0.1 <= path.losses[long - 1]
    assert below["round"] == 3
    assert race.steps_to(-1) == {"round": None, "long": None}
    assert race.steps_to(99) == {"round": 0, "long": 0}
    assert race.steps == 0


def test_a_variant_exchanges_the_landscapes() -> None:
    race = valleys(variant=10, start=(-3, 1), steps=5)
    assert race._lands == [VALLEYS[10], VALLEYS[10], race._lands[2]]
    race.variant = 100
    assert race._lands[0] is VALLEYS[100]
    assert valleys().variant == 1
    assert len(race._sent_lands) == 4  # each is sent once
    assert [lane["lands"] for lane in race._sent_lanes] == [[0, 1, 2], [0, 1, 2], [3]]


def test_roll_and_reset() -> None:
    race = two()
    race.roll(12)
    race.roll(3)
    assert (race.steps, race.paths[0].steps) == (15, 15)
    race.reset()
    assert race.steps == 0


def test_the_default_start_is_on_the_map() -> None:
    assert two(start=None).start == (-3.04, 1.4)


# Spoken


def test_sentence_tells_where_each_lane_stands() -> None:
    assert two(rate=0.5).describe() == (
        "At the start, x −3, y 1.5: round has loss 5.63, gradient 3.35; long has loss 1.58, gradient 1.53."
    )
    race = two(rate=0.5, steps=1)
    assert race.describe() == (
        "After 1 step of gradient descent from x −3, y 1.5: "
        "round has loss 1.41, gradient 1.68; long has loss 0.687, gradient 0.802."
    )
    race.steps = 400
    assert race.describe().startswith(
        "After 400 steps of gradient descent from x −3, y 1.5: round has loss 7.11 × 10⁻¹⁷, "
        "gradient 1.25 × 10⁻⁸, at rest after 28 steps; long has loss "
    )


def test_sentence_counts_who_pulls_and_names_the_goal() -> None:
    race = of_lines(losses={"squares": mse, "kinks": hinge}, steps=30, goal=0.5)
    squares, kinks = race.describe().split(": ", 1)[1].split("; ")
    assert squares.startswith("squares has loss 0.45, gradient ")
    assert squares.endswith(", 8 of 8 pull, below 0.5 after 5 steps")
    reached = race.steps_to(0.5)["kinks"]
    assert kinks.endswith(f", 3 of 8 pull, below 0.5 after {reached} steps.")
    race.steps = 0
    assert race.describe().endswith("not yet below 0.5.")
    assert "of 8 pull" in race.describe()


def test_each_optimiser_is_left_to_the_titles() -> None:
    race = two(optimiser=("adam", "momentum"), steps=3)
    assert race.describe().startswith("After 3 steps from x −3, y 1.5: ")


def test_a_lane_tells_why_it_ended() -> None:
    race = two(rate=0.9, rate_range=(0.1, 9), steps=3)
    race.rate = 6
    assert race.describe().count("left the map after 1 step") == 2
    assert race.paths[0].end == "edge"


def test_repr_is_stable() -> None:
    assert repr(two()) == "Race(round, long, name='two', start=(-3, 1.5))"


# Drawn


def parts(race: Race) -> list[Axes]:
    return list(race.figure().axes)


def test_picture_has_a_map_and_pulls_for_each_lane_and_two_curves() -> None:
    race = of_lines(steps=12)
    axes = parts(race)
    assert len(axes) == 3 + 3 + 2
    maps, bars, (losses, gradients) = axes[0:6:2], axes[1:6:2], axes[6:]
    for here, path in zip(maps, race.paths, strict=True):
        assert any(np.array_equal(line.get_xydata(), path.points) for line in here.lines)
    assert race.pulls is not None
    for here, pulls in zip(bars, race.pulls, strict=True):
        heights = [bar.get_height() for bar in here.patches]  # type: ignore[attr-defined]
        np.testing.assert_allclose(heights, pulls)
        hollow = [line for line in here.lines if line.get_markerfacecolor() == "#ffffff"]
        assert len(hollow) == np.count_nonzero(pulls == 0)
    drawn = [line for line in losses.lines if line.get_label() in ("hinge loss", "mean squared error")]
    np.testing.assert_array_equal(drawn[0].get_ydata(), race.paths[0].losses)
    assert gradients.get_yscale() == "log"
    assert losses.get_yscale() == "linear"


@pytest.mark.parametrize(("steps", "shown"), [(0, 20), (12, 20), (40, 50), (1000, 1000)])
def test_picture_has_room_for_steps_to_come(steps: int, shown: int) -> None:
    for axes in parts(two(steps=steps))[-2:]:
        assert axes.get_xlim() == (0, shown)


def test_picture_explains_its_marks_and_keeps_its_panels_apart() -> None:
    figure = of_lines(steps=12, class_names=("Adelie", "Gentoo")).figure()
    told = [text.get_text() for text in figure.legends[0].get_texts()]
    assert told == ["mean squared error", "logistic loss", "hinge loss", "Adelie", "Gentoo", "hollow: silent"]
    assert len(two().figure().legends[0].get_texts()) == 2  # no marks to explain
    figure.draw_without_rendering()
    boxes = [axes.get_tightbbox() for axes in figure.axes]
    assert all(not one.overlaps(two) for i, one in enumerate(boxes) for two in boxes[:i] if one and two)


def test_picture_of_four_lanes_in_the_colours_of_their_losses() -> None:
    race = of_lines(losses=[mse, logistic, hinge, squared_hinge])
    assert len(parts(race)) == 4 + 4 + 2
    race = Race({"a": bowl(), "b": bowl()}, name="colours", strokes=("mse", "hinge"))
    left = parts(race)[2]
    assert [line.get_color() for line in left.lines[::2]] == ["#0072b2", "#a86f00"]


def test_four_lanes_without_losses_look_different() -> None:
    race = Race({name: bowl() for name in "abcd"}, name="four")
    curves = [line for line in parts(race)[4].lines if line.get_label() in tuple("abcd")]
    assert len({line.get_color() for line in curves}) == 4


def test_picture_marks_the_goal_and_takes_a_loss_of_zero_on_a_logarithmic_axis() -> None:
    flat = Landscape.of(lambda x, y: max(0.0, x), x=(-1, 1), y=(-1, 1), size=21)
    race = Race(
        {"flat": flat, "bowl": bowl(x=(-1, 1), y=(-1, 1))},
        name="log",
        start=(-0.5, 0),
        goal=0.1,
        log_loss=True,
        steps=5,
    )
    losses = parts(race)[2]
    assert losses.get_yscale() == "log"
    assert losses.get_ylim()[0] > 0
    assert any(np.allclose(line.get_ydata(), 0.1) for line in losses.lines)


# Refused


@pytest.mark.parametrize(
    ("error", "match", "arguments"),
    [
        (TypeError, "unexpected keyword argument 'speeed'", {"speeed": 3}),
        (traitlets.TraitError, r"from \(-4, -2\) to \(4, 2\); got \(5", {"start": (5, 0)}),
        (traitlets.TraitError, "optimiser must be one of", {"optimiser": "newton"}),
        (ValueError, "or a tuple of 2, one for each lane", {"optimiser": ("adam",)}),
        (ValueError, "or a tuple of 2, one for each lane", {"optimiser": ("adam", "newton")}),
        (traitlets.TraitError, "variant must be one of None: there are no variants; got 3", {"variant": 3}),
        (traitlets.TraitError, "goal must be a finite number, or None; got inf", {"goal": np.inf}),
        (ValueError, "strokes must be the name of one loss a lane", {"strokes": ("mse",)}),
        (traitlets.TraitError, "name must be lower-case", {"name": "My Race"}),
        (traitlets.TraitError, "steps must be from 0 to 1000; got 1001", {"steps": 1001}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(error: type[Exception], match: str, arguments: Any) -> None:
    with pytest.raises(error, match=match):
        two(**arguments)


def test_landscapes_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="landscapes must be two to four, by their titles"):
        Race({"one": bowl()}, name="one")
    with pytest.raises(ValueError, match="landscapes must be two to four"):
        Race([bowl(), bowl()], name="list")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="landscapes must have the same two axes"):
        Race({"one": bowl(), "two": bowl(x=(-1, 1))}, name="axes")
    with pytest.raises(TypeError, match=r"landscapes\['two'\] must be a Landscape"):
        Race({"one": bowl(), "two": 3}, name="three")  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="landscapes must have the same variants in each lane"):
        Race({"one": VALLEYS, "two": {1: bowl()}}, name="variants")
    with pytest.raises(traitlets.TraitError, match="variant must be one of 1, 10, 100; got 2"):
        valleys(variant=2)


def test_more_examples_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 16; got 17"):
        Race.of_lines(range(17), range(17), [mse, mse], name="many")
    with pytest.raises(ValueError, match=r"actual must be -1 or \+1"):
        Race.of_lines([1, 2, 3], [1, 2, 3], [mse, hinge], name="labels")
    with pytest.raises(ValueError, match="landscapes must be two to four"):
        Race.of_lines([1, 2], [1, -1], [mse], name="one")


# What the page gets


def test_the_page_gets_no_grid_of_lines_but_what_makes_it() -> None:
    race = of_lines()
    assert race._classes == LABELS
    for land, loss in zip(race._sent_lands, (mse, logistic, hinge), strict=True):
        assert "z" not in land
        u, value = (np.frombuffer(land["curve"][name]) for name in ("u", "value"))
        np.testing.assert_array_equal(value[np.isfinite(u)], loss.curve(u))
        score = LineScore(loss, X, LABELS)
        assert u[0] <= -score.reach((-4, 4), (-4, 4))
        assert score.reach((-4, 4), (-4, 4)) <= u[-1]
    assert of_lines(losses={"a": mse, "b": mse})._classes == LABELS
    numbers = Race.of_lines([1, 2, 3], [1.5, 2, 4], {"a": mse, "b": mse}, name="numbers")
    assert numbers._classes == [0, 0, 0]


def test_words_follow_their_traits() -> None:
    race = valleys(variants_label="condition number")
    assert race._texts["variant"] == "condition number"
    race.variants_label = "narrowness"
    assert race._texts["variant"] == "narrowness"
    named = of_lines(class_names=("Adelie", "Gentoo"))
    assert (named._texts["minus"], named._texts["plus"]) == ("Adelie", "Gentoo")
    assert short(named.start[0]) in named.describe()


def test_noise_is_the_same_in_every_lane() -> None:
    race = Race({"a": bowl(), "b": bowl()}, name="noise", noise=0.3, seed=4, steps=20)
    one, two = race.paths
    np.testing.assert_array_equal(one.points, two.points)
    np.testing.assert_array_equal(
        one.points, bowl().descend(race.start, rate=0.1, steps=20, noise=0.3, seed=4).points
    )
    assert len(race._shakes) == 1
    before = race._shakes
    race.seed = 5
    assert race._shakes != before


def test_the_legend_tells_of_silence_only_where_there_is_some() -> None:
    from lossviz import brier, hinge

    for losses, told in [([mse, hinge], True), ([mse, brier.from_logits], False)]:
        race = Race.of_lines([-2, -1, 0.4, 2], [0, 1, 0, 1], losses, name="two")
        assert bool(race._texts["silent"]) is told
        legend = [text.get_text() for text in race.figure().legends[0].get_texts()]
        assert ("hollow: silent" in legend) is told
