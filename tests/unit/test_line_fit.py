"""LineFit from Python: its sentences and its state."""

from unittest.mock import Mock

import numpy as np
import pytest

from lossviz import LineFit, Loss, huber, mae, mse
from lossviz.fitting import best_line
from lossviz.widgets import _line_fit
from lossviz.widgets._shared import curve
from tests.unit.four_points import X, Y, four


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


def test_moves_are_told_only_where_they_are_counted() -> None:
    for arguments, told in (
        ({}, True),
        ({"landscape": False}, False),
        ({"landscape": False, "goal": 1}, True),
    ):
        figure = four(**arguments)
        figure.history = [0.5]
        assert ("Best so far" in figure.describe()) == told


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


def test_each_loss_is_sampled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sampled = Mock(wraps=curve)
    monkeypatch.setattr(_line_fit, "curve", sampled)
    four(mse, mae)
    assert [call.args[0] for call in sampled.call_args_list] == [mse, mae]


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


def test_scores_that_come_with_another_loss_are_kept() -> None:
    figure = four(mse, mae)
    figure.set_state({"history": [3.0, 0.25]})
    # A busy kernel hears of several moves at once.
    figure.set_state({"loss": "mae", "history": [1.5, 1.0], "_trail": [[0.5, 2.0], [1.0, 1.5]]})
    assert figure.history == [1.5, 1.0]
    assert len(figure._trail) == 2
    figure.set_state({"loss": "mse"})
    assert (figure.history, figure._trail) == ([], [])
    figure.observe(lambda _: setattr(figure, "loss", "mae"), "history")
    figure.set_state(
        {"history": [3.0], "_trail": [[0.5, 2.0]]}
    )  # not scores of the loss that is set meanwhile
    assert (figure.loss, figure.history, figure._trail) == ("mae", [], [])


def test_labels_can_be_changed() -> None:
    figure = four()
    figure.x_label, figure.y_label = "flipper", "mass"
    assert (figure._texts["x"], figure._texts["y"]) == ("flipper", "mass")


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
