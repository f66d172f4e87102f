"""LineFit from Python: its state, its sentences, its picture, and what it refuses."""

from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
import traitlets
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.contour import QuadContourSet
from matplotlib.quiver import Quiver

from lossviz import LineFit, Loss, hinge, huber, mae, mse
from lossviz.contours import levels
from lossviz.fitting import best_line
from lossviz.look import ink
from lossviz.plots_line import HANDLES, PULL, scores
from lossviz.text import short
from lossviz.widgets import _line_fit
from lossviz.widgets._shared import MOST_POINTS, curve, round_ends

X = [0.0, 1.0, 2.0, 3.0]
Y = [1.0, 3.0, 5.0, 8.0]


def four(*losses: Loss, **arguments: Any) -> LineFit:
    return LineFit(X, Y, *losses, **{"name": "four", "weight": 2, "bias": 1, **arguments})


def floats(data: bytes) -> list[float]:
    return np.frombuffer(data).tolist()


# Spoken


def test_sentence_has_line_score_and_points() -> None:
    assert four().describe() == "Weight 2, bias 1: score 0.25 (mean squared error of 4 points)."
    assert four(mae).describe() == "Weight 2, bias 1: score 0.25 (mean absolute error of 4 points)."


def test_sentence_tells_the_best_so_far() -> None:
    figure = four()
    assert figure.best_score is None
    figure.history = [0.5]
    assert figure.describe().endswith(" Best so far 0.5 after 1 move.")
    figure.history = [0.5, 0.3, 0.4]
    assert figure.best_score == 0.3
    assert figure.describe().endswith(" Best so far 0.3 after 3 moves.")


def test_sentence_tells_the_best_line_and_each_refit() -> None:
    figure = four(mse, mae, show_best=True, refit=True)
    assert figure.describe().endswith(
        " The best line has weight 2.3, bias 0.8 and score 0.075."
        " Best for the mean squared error: weight 2.3, bias 0.8."
        " Best for the mean absolute error: weight 2, bias 1."
    )


@pytest.mark.parametrize(
    ("history", "told"),
    [
        ([], "Moves left: 3."),
        ([0.5], "Moves left: 2."),
        ([0.5, 0.09, 0.3], "Done: below 0.1 with move 2."),
        ([0.5, 0.3, 0.1], "Not below 0.1 in 3 moves. Start again."),
        ([0.5, 0.3, 0.2, 0.08], "Not below 0.1 in 3 moves. Start again."),
    ],
)
def test_sentence_tells_how_the_challenge_stands(history: list[float], told: str) -> None:
    figure = four(goal=0.1, moves=3)
    figure.history = history
    assert figure.describe().endswith(f" Challenge: get the score below 0.1 in at most 3 moves. {told}")


def test_challenge_without_a_limit() -> None:
    figure = four(goal=0.1)
    assert figure.describe().endswith(" Challenge: get the score below 0.1.")
    figure.moves = 1
    assert "in at most 1 move. Moves left: 1." in figure.describe()


# Python


def test_the_line_is_flat_at_first() -> None:
    figure = LineFit(X, Y, name="flat")
    assert (figure.weight, figure.bias, figure.loss) == (0, 4.2, "mse")
    assert repr(figure) == "LineFit(4 points, mse, name='flat', weight=0, bias=4.2)"


def test_score_follows_line_and_loss() -> None:
    figure = four(mse, mae)
    figure.bias = 3
    assert figure.score == mse(Y, [3, 5, 7, 9])
    figure.history = [figure.score]
    figure.loss = "mae"
    assert figure.score == mae(Y, [3, 5, 7, 9])
    assert figure.history == []  # scores of another loss
    assert figure.best == best_line(mae, X, Y)


def test_the_page_gets_points_curves_and_round_axes() -> None:
    figure = four(mse, huber)
    assert {name: floats(data) for name, data in figure._points.items()} == {"x": X, "y": Y}
    assert [curve["name"] for curve in figure._curves] == ["mse", "huber"]
    assert [curve["title"] for curve in figure._curves] == ["mean squared error", "Huber loss"]
    assert figure._start == (2, 1)
    assert (figure._x_range, figure._y_range) == ((-0.4, 3.4), (0.5, 8.5))


@pytest.mark.parametrize("shift", [0, 200])
@pytest.mark.parametrize("movable", [False, True])
def test_axes_hold_the_best_lines_and_curves_every_error(movable: bool, shift: float) -> None:
    x = np.array(X) + shift
    figure = LineFit(x, Y, mse, mae, name="far", weight=-5, movable=movable)
    for line in (best_line(mse, x, Y), best_line(mae, x, Y), (-5, figure.bias)):
        assert figure._weight_range[0] < line[0] < figure._weight_range[1]
        assert figure._bias_range[0] < line[1] < figure._bias_range[1]
    u = floats(figure._curves[0]["u"])
    corners = [
        w * at + b - to
        for w in figure._weight_range
        for b in figure._bias_range
        for at in figure._x_range
        for to in figure._y_range
    ]
    assert u[0] <= min(corners)
    assert u[-1] >= max(corners)


def test_axes_hold_a_tilted_line_far_from_zero() -> None:
    figure = LineFit(np.array(X) + 200, Y, name="far")
    weight, bias = figure.best
    for tilt in (-1.5, 1.5):  # about the middle of the points
        figure.weight, figure.bias = weight + tilt, bias - 201.5 * tilt


def test_round_ends() -> None:
    assert round_ends(-0.13, 1.04) == (-0.2, 1.1)
    assert round_ends(165.2, 231) == (165, 235)


def test_dragged_points_move_x_and_y_but_no_axis() -> None:
    figure = four(mse, mae, movable=True)
    before = figure.get_state()
    heard: list[tuple[str, float]] = []
    figure.observe(lambda change: heard.append((change.name, figure.score)), ["x", "y"])
    figure.set_state({"_moved": [[3, 4.0, -2.0]]})  # as the page does
    assert (figure.x.tolist(), figure.y.tolist()) == ([0, 1, 2, 4], [1, 3, 5, -2])
    assert figure.score == mse([1, 3, 5, -2], [1, 3, 5, 9])
    assert set(heard) == {("x", figure.score), ("y", figure.score)}  # never one without the other
    after = figure.get_state()
    assert {name for name in after if after[name] != before[name]} == {"_moved"}
    figure.set_state({"_moved": []})
    assert figure.x.tolist() == X


def test_dragging_costs_no_new_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = four(mse, mae, movable=True)
    monkeypatch.setattr(_line_fit, "frame", None)
    figure._moved = [[3, 4.0, -2.0]]
    assert figure.x[3] == 4


def test_dragged_points_stay_where_they_are_when_other_things_change() -> None:
    figure = four(mse, mae, movable=True)
    figure._moved = [[3, 4.0, -2.0]]
    figure.history = [5.0]
    figure.losses = (mse, huber)
    assert figure._moved == [[3, 4.0, -2.0]]
    assert figure.y[3] == -2
    assert figure.history == [5.0]
    assert floats(figure._points["x"]) == X


def test_each_loss_is_sampled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sampled = Mock(wraps=curve)
    monkeypatch.setattr(_line_fit, "curve", sampled)
    four(mse, mae)
    assert [call.args[0] for call in sampled.call_args_list] == [mse, mae]


def test_axes_have_room_where_points_can_move() -> None:
    assert four(movable=True)._x_range == (-0.8, 3.8)
    assert four(movable=True)._y_range == (-1, 10)


@pytest.mark.parametrize("shift", [0, 200])
@pytest.mark.parametrize("movable", [False, True])
def test_rings_stand_beside_the_points(movable: bool, shift: float) -> None:
    low, high = LineFit(np.array(X) + shift, Y, name="beside", movable=movable)._x_range
    first, last = ((at + shift - low) / (high - low) for at in (X[0], X[-1]))
    apart = 14 / 268  # a ring's and a point's radius, on the narrowest page
    assert first - HANDLES[0] > apart
    assert HANDLES[1] - last > apart
    (rings,) = [each for each in four().figure().axes[0].lines if each.get_marker() == "o"]
    x, y = np.asarray(rings.get_xydata()).T
    np.testing.assert_allclose(x, -0.4 + 3.8 * np.array(HANDLES))
    np.testing.assert_allclose(y, 2 * x + 1)  # they stand on the line


def best_squares(figure: LineFit) -> np.ndarray:
    """Corners of the squares of the best line, in units of the axes; shape (n, 5, 2)."""
    figure.weight, figure.bias = figure.best
    (squares,) = [c for c in figure.figure().axes[0].collections if type(c) is PolyCollection]
    return np.array([path.vertices for path in squares.get_paths()])


@pytest.mark.parametrize("y", [[2, 2.5, 6, 3.5, 4], [6, 3.5, 4, 2, 2.5], [1, 8, 2, 7, 1]])
def test_squares_of_the_best_line_are_whole(y: list[float]) -> None:
    figure = LineFit([1, 2, 3, 4, 5], y, name="squares", errors="squares", landscape=False)
    across = best_squares(figure)[..., 0]
    assert figure._x_range[0] <= across.min()
    assert across.max() <= figure._x_range[1]


def test_the_axis_widens_only_while_squares_are_drawn() -> None:
    figure = LineFit([1, 2, 3], [0, 0, 9], name="squares")
    narrow = figure._x_range
    figure.errors = "squares"
    wide = figure._x_range
    assert wide[0] < narrow[0]
    assert wide[1] - wide[0] <= 2 * (narrow[1] - narrow[0]) + 1
    figure.errors = "none"
    assert figure._x_range == narrow


def test_hidden_points_count() -> None:
    figure = four(show_points=False, errors="bars", show_pulls=True, bias=2)
    assert figure.describe() == (
        "Weight 2, bias 2: score 0.75 (mean squared error of 4 points). The points are hidden."
    )
    assert not figure.figure().axes[0].collections
    figure.show_points = True
    assert figure.describe().endswith("points).")
    assert len(figure.figure().axes[0].collections) == 3
    assert not four(show_points=False, errors="squares").figure().axes[0].collections


def test_the_trail_is_drawn_and_forgotten_with_the_history() -> None:
    figure = four(mse, mae)
    walk = [[0.5, 2.0], [1.0, 1.5], [2.0, 1.0]]
    figure.set_state({"history": [3.0, 0.25], "_trail": walk})  # as the page does
    *steps, dot = figure.figure().axes[1].lines
    assert [np.asarray(step.get_xydata()).tolist() for step in steps] == [walk[:2], walk[1:]]
    assert steps[0].get_alpha() < steps[1].get_alpha()  # type: ignore[operator]
    assert np.asarray(dot.get_xydata()).tolist() == [[2, 1]]
    figure.loss = "mae"
    assert figure._trail == []


def test_moves_are_told_only_where_they_are_counted() -> None:
    for arguments, told in (
        ({}, True),
        ({"landscape": False}, False),
        ({"landscape": False, "goal": 1}, True),
    ):
        figure = four(**arguments)
        figure.history = [0.5]
        assert ("Best so far" in figure.describe()) == told


def test_points_at_one_height() -> None:
    figure = LineFit([0, 1], [700, 700], name="level")
    assert figure.bias == 700
    assert figure._y_range == (350, 1050)
    assert LineFit([0, 1], [0.2, 0.2], name="low")._y_range == (-0.3, 0.7)
    assert figure._repr_mimebundle_()[0]["image/png"]


def test_labels_can_be_changed() -> None:
    figure = four()
    figure.x_label, figure.y_label = "flipper", "mass"
    assert (figure._texts["x"], figure._texts["y"]) == ("flipper", "mass")


def test_points_set_from_python_replace_the_dragged_ones() -> None:
    figure = four(movable=True)
    figure._moved = [[0, 1.5, 2.0]]
    figure.history = [1.0]
    figure.y = [0, 0, 0, 9]
    assert (figure._moved, figure.history) == ([], [])
    assert floats(figure._points["x"]) == [1.5, 1, 2, 3]
    assert floats(figure._points["y"]) == [0, 0, 0, 9]
    assert figure._y_range[1] >= 9


def test_points_of_another_number_can_be_set_together() -> None:
    figure = four()
    with pytest.raises(traitlets.TraitError, match="hold_trait_notifications"):
        figure.x = [0, 1]
    with figure.hold_trait_notifications():
        figure.x, figure.y = [0, 1], [5, 6]
    assert figure.describe() == "Weight 2, bias 1: score 12.5 (mean squared error of 2 points)."
    assert floats(figure._points["y"]) == [5, 6]


def test_points_cannot_change_unseen() -> None:
    figure = four()
    with pytest.raises(ValueError, match="read-only"):
        figure.x[0] = 7
    given = np.array(X)
    figure = LineFit(given, Y, name="own")
    given[0] = 7
    assert figure.x.tolist() == X


def test_losses_can_be_replaced() -> None:
    figure = four(mse, mae, loss="mae")
    figure.losses = (huber, mse)
    assert figure.loss == "huber"
    assert [curve["name"] for curve in figure._curves] == ["huber", "mse"]


def test_a_loss_of_ones_own_is_a_citizen() -> None:
    own = Loss("own", "error", lambda e: np.sqrt(1 + e**2) - 1, lambda e: e / np.sqrt(1 + e**2))
    figure = four(own, mse, show_best=True, refit=True)
    assert figure.describe().startswith("Weight 2, bias 1: score 0.104 (own of 4 points).")
    assert figure._repr_mimebundle_()[0]["image/png"]


def test_many_points_are_thinned_and_said_to_be() -> None:
    x = np.arange(100_000.0)
    with pytest.warns(UserWarning, match=r"x and y have 100,000 points; 5,000 of them"):
        figure = LineFit(x, np.where(x % 2, x, -x), name="many")
    assert len(figure.x) == 100_000
    shown = np.frombuffer(figure._points["x"])
    assert len(shown) == MOST_POINTS
    assert (shown[0], shown[-1]) == (0, 99_999)
    assert np.ptp(np.diff(shown)) <= 1
    assert figure.describe().endswith("(mean squared error of 5,000 of the 100,000 points).")
    y = np.frombuffer(figure._points["y"])
    assert figure.score == mse(y, figure.weight * shown + figure.bias)
    drawn = figure.figure().axes[0].collections[1]
    assert np.shape(drawn.get_offsets()) == (MOST_POINTS, 2)
    figure.refit = True
    line = best_line(mse, shown, y)
    assert figure.describe().endswith(f" weight {short(line.weight)}, bias {short(line.bias)}.")
    figure._moved = [[4999, 7.0, 8.0]]
    assert (figure.x[-1], figure.y[-1]) == (7, 8)


def test_few_points_are_not_warned_about(recwarn: pytest.WarningsRecorder) -> None:
    four()._repr_mimebundle_()
    assert not recwarn.list


# Picture


def test_output_holds_the_widget_the_picture_and_the_sentence() -> None:
    figure = four()
    bundle, _ = figure._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == figure.describe()
    assert four()._repr_mimebundle_()[0]["image/png"] == bundle["image/png"]


def test_picture_has_points_line_and_its_dot_on_the_landscape() -> None:
    left, right = four().figure().axes
    (line,) = [each for each in left.lines if each.get_label() == "this line"]
    x, y = np.asarray(line.get_xydata()).T
    np.testing.assert_allclose(y, 2 * x + 1)
    assert np.array([X, Y]).T.tolist() in [
        np.asarray(each.get_offsets()).tolist() for each in left.collections
    ]
    (dot,) = right.lines
    assert np.asarray(dot.get_xydata()).tolist() == [[2, 1]]
    assert right.texts  # the contour lines are labelled
    assert (left.get_xlabel(), right.get_xlabel()) == ("x", "weight")
    assert (left.get_xlim(), left.get_ylim()) == (four()._x_range, four()._y_range)
    assert (right.get_xlim(), right.get_ylim()) == (four()._weight_range, four()._bias_range)


def test_picture_can_leave_the_landscape_out() -> None:
    assert len(four(landscape=False).figure().axes) == 1


def test_errors_as_bars_squares_or_not_at_all() -> None:
    (bars,) = [c for c in four().figure().axes[0].collections if isinstance(c, LineCollection)]
    assert [segment.tolist() for segment in bars.get_segments()][3] == [[3, 8], [3, 7]]
    none = four(errors="none").figure().axes[0].collections
    assert not [c for c in none if isinstance(c, LineCollection)]

    figure = four(errors="squares", bias=0.5).figure()
    axes = figure.axes[0]
    (squares,) = [c for c in axes.collections if type(c) is PolyCollection]
    figure.draw_without_rendering()
    assert len(squares.get_paths()) == 4
    for path in squares.get_paths():
        corners = axes.transData.transform(path.vertices)
        width, height = np.ptp(corners, axis=0)
        assert width == pytest.approx(height, rel=1e-6)
        assert height > 1


def test_squares_do_not_cross_the_line() -> None:
    for weight in (2, -2):
        figure = four(errors="squares", weight=weight, bias=4)
        axes = figure.figure().axes[0]
        (squares,) = [c for c in axes.collections if type(c) is PolyCollection]
        for x, y, path in zip(X, Y, squares.get_paths(), strict=True):
            corners = np.asarray(path.vertices)
            above = corners[:, 1] - (weight * corners[:, 0] + 4)
            assert np.all(above * (y - weight * x - 4) >= -1e-9)


def test_pulls_are_minus_the_slope() -> None:
    figure = LineFit([0, 1, 2], [0, 3, 1], mae, mse, name="pull", weight=0, bias=1, show_pulls=True)

    def pulls() -> np.ndarray:
        (arrows,) = [c for c in figure.figure().axes[0].collections if isinstance(c, Quiver)]
        assert arrows.scale_units == "inches"
        assert np.asarray(arrows.XY).tolist() == [[0, 1], [1, 1]]  # the third point does not pull
        return np.asarray(arrows.V)

    low, high = figure._y_range
    assert pulls().tolist() == [-PULL, PULL]
    figure.loss = "mse"
    # Longer than that where an error is more than a quarter of the picture.
    np.testing.assert_allclose(pulls(), PULL * np.array([-1, 2]) / ((high - low) / 4))


def test_no_arrow_is_cut_off_where_the_line_leaves_the_picture() -> None:
    figure = four(mae, show_pulls=True, weight=4, bias=0)
    (arrows,) = [c for c in figure.figure().axes[0].collections if isinstance(c, Quiver)]
    assert np.asarray(arrows.XY).tolist() == [[1, 4], [2, 8]]  # not those at height 0 and 12


def test_a_loss_without_slope_pulls_nowhere(recwarn: pytest.WarningsRecorder) -> None:
    flat = Loss("flat", "error", np.zeros_like, np.zeros_like)
    assert four(flat, show_pulls=True)._repr_mimebundle_()[0]["image/png"]
    assert not recwarn.list


def test_best_lines_are_drawn_in_their_own_colours() -> None:
    figure = four(mse, mae, show_best=True, refit=True).figure()
    drawn = {line.get_label(): line for line in figure.axes[0].lines}
    assert drawn["best line"].get_color() == ink("best")
    assert drawn["best line"].is_dashed()
    x, y = np.asarray(drawn["best for absolute error"].get_xydata()).T
    np.testing.assert_allclose(y, best_line(mae, X, Y)(x))
    assert {text.get_text() for text in figure.legends[0].get_texts()} == {
        "this line", "best line", "best for squared error", "best for absolute error"
    }  # fmt: skip
    places = {str(line.get_marker()): np.asarray(line.get_xydata())[0] for line in figure.axes[1].lines}
    np.testing.assert_allclose(places["*"], best_line(mse, X, Y))
    np.testing.assert_allclose(places["D"], best_line(mae, X, Y))  # the second of two
    np.testing.assert_allclose(places["o"], (2, 1))
    assert len(figure.axes[1].lines) == 4


def test_many_points_are_drawn_small() -> None:
    x = np.arange(101.0)
    sizes = [
        LineFit(x[:n], np.sin(x[:n]), name="dots").figure().axes[0].collections[1].get_sizes()[0]  # type: ignore[attr-defined]
        for n in (100, 101)
    ]
    assert sizes[0] > 2 * sizes[1]


def test_every_height_between_two_contours_is_filled() -> None:
    (filled, *_) = [c for c in four().figure().axes[1].collections if isinstance(c, QuadContourSet)]
    low, *between, high = np.asarray(filled.levels)
    assert between == levels(low, high)


def test_landscape_is_the_score() -> None:
    table = scores(np.array(X), np.array(Y), mae, np.array([0.0, 2.0, 3.0]), np.array([1.0, -1.0]))
    assert table.shape == (2, 3)
    assert table[1, 2] == mae(Y, 3 * np.array(X) - 1)


def test_contours_are_round_and_inside() -> None:
    for low in (0, 1e-300, 1e-12, 0.155, 1000, -5):
        for span in (1e-9, 0.5, *np.arange(1, 10, 0.1), 3e9, 1e300):
            heights = [low, *levels(low, low + span), low + span]
            assert len(heights) == 10, (low, span)
            assert (np.diff(heights) > 0).all(), (low, span)
    assert levels(0, 1.9) == [0.023, 0.094, 0.21, 0.38, 0.59, 0.84, 1.1, 1.5]
    assert levels(1, 1) == []
    assert 1 < len(levels(1, 1 + 1e-15)) < 8  # no more numbers lie between them


# What is refused: nothing half-done, and a message that names the argument.


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1], [1], "x must hold at least two points"),
        ([2, 2], [1, 3], "x is 2 for every point"),
        ([1, 2], [1, np.nan], r"y must be finite, but y\[1\] is nan"),
        ([1, 2], [1, 2, 3], "x and y must have one value per point each"),
        (["one", "two"], [1, 2], "x must be a row of numbers"),
    ],
)
def test_refuses_points_without_a_line(x: Any, y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LineFit(x, y, name="none")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weight": float("nan")}, "weight must be a finite number; got nan"),
        ({"bias": float("inf")}, "bias must be a finite number; got inf"),
        ({"weight": "x"}, "'weight' trait .* expected a float"),
        ({"loss": "huber"}, "loss must be one of mse, mae; got 'huber'"),
        ({"errors": "circles"}, "errors"),
        ({"show_best": "yes"}, "show_best"),
        ({"show_points": "no"}, "show_points"),
        ({"goal": 0.07}, "goal must be above 0.075, the best line's score; got 0.07"),
        ({"goal": float("nan")}, "goal must be above 0.075"),
        ({"goal": 1, "moves": 0}, "moves must be 1 or more, or None; got 0"),
        ({"moves": 3}, "moves needs a goal"),
        ({"name": "Two Words"}, "name must be lower-case letters"),
        ({"x_label": 3}, "x_label"),
    ],
)
def test_refuses_a_state_it_cannot_show(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(traitlets.TraitError, match=message):
        four(mse, mae, **arguments)


def test_refuses_an_unknown_keyword() -> None:
    with pytest.raises(TypeError, match="wieght"):
        four(wieght=1)


@pytest.mark.parametrize(
    ("losses", "error", "message"),
    [
        (["mse"], TypeError, "losses must be Loss objects, such as mse; got 'mse'"),
        ([mse, hinge], ValueError, "hinge is one of the margin"),
        ([huber, huber.with_delta(2)], ValueError, "losses must have different names; got huber, huber"),
    ],
)
def test_refuses_losses_that_score_no_line(losses: list[Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        four(*losses)


def test_a_refused_change_leaves_everything_as_it_was() -> None:
    figure = four(mse, mae, goal=0.2, moves=3)
    before, x, y = figure.get_state(), figure.x, figure.y
    wrong = Loss("wrong", "error", curve=lambda e: e**2, curve_slope=lambda e: -2 * e)
    changes: dict[str, Any] = {
        "x": [1, 1, 1, 1],
        "y": [1e200, 0, 0, 0],
        "weight": 1e6,
        "bias": -1e6,
        "loss": "huber",
        "losses": (mse, wrong),
        "goal": figure._score(figure.best),
        "moves": -1,
        "errors": "rings",
        "_moved": [[9, 1.0, 1.0]],
    }
    for trait, value in changes.items():
        with pytest.raises((traitlets.TraitError, ValueError)):
            setattr(figure, trait, value)
        assert figure.get_state() == before, trait
        assert figure.x is x, trait
        assert figure.y is y, trait
        assert figure.losses == (mse, mae)


def test_a_line_out_of_reach_is_told_the_reach() -> None:
    figure = four()
    with pytest.raises(traitlets.TraitError, match=r"weight must lie in the range from .* got 1000"):
        figure.weight = 1000
    assert LineFit(X, Y, name="steep", weight=1000).weight == 1000
