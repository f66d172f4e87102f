"""The points of LineFit: dragged, set from Python, hidden, and very many."""

import numpy as np
import pytest
import traitlets

from lossviz import LineFit, huber, mae, mse
from lossviz.fitting import best_line
from lossviz.text import short
from lossviz.widgets import _line_fit
from lossviz.widgets._shared import MOST_POINTS
from tests.unit.four_points import X, Y, floats, four


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
    assert not [each for each in recwarn if not issubclass(each.category, DeprecationWarning)]
