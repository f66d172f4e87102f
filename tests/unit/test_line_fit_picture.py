"""The still face of LineFit: what is in its picture."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.contour import QuadContourSet
from matplotlib.quiver import Quiver

from lossviz import LineFit, Loss, mae, mse
from lossviz.contours import levels
from lossviz.fitting import best_line
from lossviz.look import ink
from lossviz.plots_line import PULL, scores
from tests.unit.four_points import X, Y, four


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
    assert not [each for each in recwarn if not issubclass(each.category, DeprecationWarning)]


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
