"""Separator from Python: its state, its sentences, its picture, and what it refuses."""

from typing import Any

import numpy as np
import pytest
import traitlets
from matplotlib.collections import EllipseCollection

from lossviz import Loss, Separator, hinge, logistic, mse, squared_hinge, zero_one
from lossviz.look import ink
from lossviz.separating import safe_rate, train

X = [[-2.0, 0.0], [-0.5, 1.0], [0.5, -1.0], [2.0, 0.0]]
ACTUAL = [-1, -1, 1, 1]


def four(*losses: Loss, **arguments: Any) -> Separator:
    return Separator(X, ACTUAL, *losses, **{"name": "four", **arguments})


# Spoken


def test_sentence_has_line_score_and_counts() -> None:
    assert four(weights=(-1.5, 0.25), bias=-0.1).describe() == (
        "Line −1.5·x1 + 0.25·x2 − 0.1 = 0: score 3 (mean hinge loss of 4 points)."
        " 4 points still matter, 4 are on the wrong side."
    )
    assert four(logistic).describe() == (
        "Line 1·x1 + 0·x2 + 0 = 0: score 0.301 (mean logistic loss of 4 points)."
        " 4 points still matter, 0 are on the wrong side."
    )


def test_sentence_counts_one_as_one() -> None:
    figure = four(weights=(1, 0), bias=0.5)
    assert figure.describe().endswith(" 1 point still matters, 1 is on the wrong side.")
    figure.train(1)
    assert figure.describe().endswith(" Trained for 1 step.")
    figure.train(2)
    assert figure.describe().endswith(" Trained for 3 steps.")


def test_sentence_without_a_line() -> None:
    assert four(weights=(0, 0)).describe() == (
        "No line, for both weights are 0: score 1 (mean hinge loss of 4 points)."
        " 4 points still matter, 4 are on the wrong side."
    )


def test_a_unit_stays_out_of_the_equation() -> None:
    figure = four(x_labels=("bill length (mm)", "depth"))
    assert figure.describe().startswith("Line 1·bill length + 0·depth + 0 = 0:")
    assert figure._texts["x1"] == "bill length (mm)"


def test_texts_name_the_classes() -> None:
    texts = four(class_names=("Adelie", "Gentoo"))._texts
    assert (texts["minus"], texts["plus"]) == ("Adelie", "Gentoo")


# State


def test_score_objective_matter_and_wrong_follow_line_loss_and_penalty() -> None:
    figure = four(hinge, logistic, zero_one)
    assert (figure.score, figure.matter, figure.wrong) == (0.25, 2, 0)
    assert figure.objective == 0.5 + 1
    figure.penalty = 4
    assert figure.objective == 2 + 1
    figure.bias = 0.5  # exactly on the line is wrong
    assert (figure.margins.tolist(), figure.wrong) == ([1.5, 0, 1, 2.5], 1)
    figure.loss = "logistic"
    assert figure.matter == 4
    figure.loss = "zero_one"
    assert (figure.score, figure.matter) == (0.25, 0)


def test_default_losses_and_rate() -> None:
    figure = four()
    assert [loss.name for loss in figure.losses] == ["hinge", "logistic"]
    assert figure.loss == "hinge"
    assert figure.rate == safe_rate(X, 1)
    assert four(rate=0.5).rate == 0.5


def test_training_is_numpys_descent_from_the_present_line() -> None:
    figure = four(squared_hinge, hinge, weights=(0.2, 0.3), bias=0.1, penalty=0.5, rate=0.02)
    figure.train(7)
    lines = train(squared_hinge, X, ACTUAL, (0.2, 0.3), 0.1, penalty=0.5, rate=0.02, steps=7)
    assert [*figure.weights, figure.bias] == lines[-1].tolist()
    figure.loss = "hinge"
    figure.train(2)
    lines = train(hinge, X, ACTUAL, lines[-1][:2], lines[-1][2], penalty=0.5, rate=0.02, steps=2)
    assert [*figure.weights, figure.bias] == lines[-1].tolist()


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("weights", (1, 2)), ("bias", 1.0), ("loss", "logistic"), ("penalty", 2.0), ("rate", 0.3),
        ("_moved", [[0, 1.0, 1.0]]), ("_added", [[3.0, 3.0, -1.0]]), ("_removed", [1]),
    ],
)  # fmt: skip
def test_steps_are_counted_from_the_last_change_by_hand(trait: str, value: Any) -> None:
    figure = four()
    figure.train(5)
    figure.train(10)
    assert figure.steps == 15
    setattr(figure, trait, value)
    assert figure.steps == 0


def test_the_page_counts_its_own_steps() -> None:
    figure = four()
    figure.set_state({"weights": [1.5, 0.5], "bias": 0.25, "steps": 12})
    assert (figure.weights, figure.bias, figure.steps) == ((1.5, 0.5), 0.25, 12)
    figure.bias = 0
    assert figure.steps == 0


def test_reset_brings_line_and_points_back() -> None:
    figure = four(weights=(0.5, 0.1), bias=0.2, movable=True)
    figure._removed = [0]
    figure.train(20)
    figure.reset()
    assert (figure.weights, figure.bias, figure.steps) == ((0.5, 0.1), 0.2, 0)
    assert figure.x.tolist() == X


def test_points_follow_the_page() -> None:
    figure = four(movable=True, outlier=(-3, 1, 1), removable=True)
    heard: list[str] = []
    figure.observe(lambda change: heard.append(change.name), ["x", "actual"])
    # dragged, added, the added one dragged, one removed: all at once
    figure.set_state({"_moved": [[1, -1, 2], [4, -2, 2]], "_added": [[-3, 1, 1]], "_removed": [0]})
    assert figure.x.tolist() == [[-1, 2], [0.5, -1], [2, 0], [-2, 2]]
    assert figure.actual.tolist() == [-1, 1, 1, 1]
    assert set(heard) == {"x", "actual"}
    assert figure.wrong == 1
    figure.set_state({"_moved": [], "_added": [], "_removed": []})
    assert figure.x.tolist() == X


def test_points_cannot_change_unseen() -> None:
    figure = four()
    with pytest.raises(ValueError, match="read-only"):
        figure.x[0, 0] = 7
    with pytest.raises(traitlets.TraitError, match="read-only"):
        figure.x = X
    given = np.array(X)
    figure = Separator(given, ACTUAL, name="own")
    given[0] = 7
    assert figure.x.tolist() == X


def test_the_page_gets_points_and_exact_curves() -> None:
    figure = four(hinge, logistic)
    assert np.frombuffer(figure._points["x2"]).tolist() == [0, 1, -1, 0]
    assert np.frombuffer(figure._points["actual"]).tolist() == ACTUAL
    assert [curve["title"] for curve in figure._curves] == ["hinge loss", "logistic loss"]
    u, slope = (np.frombuffer(figure._curves[1][name]) for name in ("u", "slope"))
    assert u[0] <= -2 * figure._limit
    np.testing.assert_allclose(slope, logistic.curve_slope(u), atol=1e-12)
    assert figure._start == [1, 0, 0]


def test_axes_hold_the_outlier_and_curves_the_first_line() -> None:
    figure = four(outlier=(9, -7, -1), weights=(300, 0))
    assert figure._x_range[1] >= 9
    assert figure._y_range[0] <= -7
    assert figure._limit >= 300 * 9


def test_many_points_are_thinned_within_each_class() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(300_000, 2))
    actual = np.full(300_000, 1)
    actual[1234] = -1
    with pytest.warns(UserWarning, match=r"x and actual have 300,000 points; 5,000 of them"):
        figure = Separator(x, actual, name="many")
    assert (len(figure.x), (figure.actual == -1).sum()) == (5000, 1)
    assert "(mean hinge loss of 5,000 of the 300,000 points)" in figure.describe()


def test_few_points_are_not_warned_about(recwarn: pytest.WarningsRecorder) -> None:
    four()._repr_mimebundle_()
    assert not [each for each in recwarn if not issubclass(each.category, DeprecationWarning)]


def test_a_loss_of_ones_own_is_a_citizen() -> None:
    ramp = Loss(
        "ramp", "margin", lambda m: np.clip(1 - m, 0, 2), lambda m: np.where(np.abs(m) < 1, -1.0, 0.0),
        breaks=(-1, 1),
    )  # fmt: skip
    figure = four(ramp, weights=(-1, 0))
    assert figure.describe().endswith(" 2 points still matter, 4 are on the wrong side.")
    assert figure._repr_mimebundle_()[0]["image/png"]


# Picture


def test_output_holds_the_widget_the_picture_and_the_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    figure = four()
    bundle, _ = figure._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == figure.describe()
    assert four()._repr_mimebundle_()[0]["image/png"] == bundle["image/png"]
    assert capfd.readouterr().err == ""  # a notebook would store it


def test_a_unit_is_as_long_up_as_across_on_paper() -> None:
    axes = four().figure().axes[0]
    origin, right, up = axes.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert right[0] - origin[0] == pytest.approx(up[1] - origin[1])
    (left, right_end), (low, high) = axes.get_xlim(), axes.get_ylim()
    for x1, x2 in X:
        assert left < x1 < right_end
        assert low < x2 < high


def test_picture_has_line_band_rings_and_marks() -> None:
    figure = four(weights=(2, 0), bias=1).figure()  # margins 3, 0, 2, 5
    axes = figure.axes[0]
    places = sorted(float(np.asarray(line.get_xdata())[0]) for line in axes.lines)
    assert places == pytest.approx([-1, -0.5, 0])
    (rings,) = [each for each in axes.collections if isinstance(each, EllipseCollection)]
    assert (rings._widths > 0).tolist() == [False, True, False, False]  # type: ignore[attr-defined]
    shown = {
        tuple(np.asarray(each.get_offsets())[0]): each
        for each in axes.collections
        if each is not rings and len(np.asarray(each.get_offsets())) == 1
    }
    filled = np.asarray(shown[-2.0, 0.0].get_facecolor())[0]
    assert filled.tolist() == [1, 1, 1, 1]  # silent: hollow
    crosses = axes.collections[-1]
    assert np.asarray(crosses.get_offsets()).tolist() == [[-0.5, 1]]
    words = {text.get_text() for text in figure.legends[0].get_texts()}
    assert {"−1", "+1", "hollow: silent", "wrong side"} <= words
    assert figure.get_suptitle() == "score 0.25 (hinge loss) · 1 of 4 points still matter"


def test_area_of_a_ring_beyond_the_mark_is_the_loss() -> None:
    axes = four(squared_hinge, weights=(-1, 0)).figure().axes[0]
    (rings,) = [each for each in axes.collections if isinstance(each, EllipseCollection)]
    radii = rings._widths  # type: ignore[attr-defined]
    beyond = radii**2 - 36 / 2  # a diamond of 36 square points reaches √(36 / 2) points
    np.testing.assert_allclose(beyond / beyond[1], np.array([9, 2.25, 2.25, 9]) / 2.25)


def test_picture_without_a_line() -> None:
    assert len(four(weights=(0, 0)).figure().axes[0].lines) == 0


def test_classes_have_a_colour_each() -> None:
    assert ink("minus") != ink("plus")


# What is refused


@pytest.mark.parametrize(
    ("x", "actual", "message"),
    [
        (X, [0, 0, 1, 1], r"actual must be -1 or \+1; for 0/1 labels use 2\*y - 1"),
        (X, [1, 1, 1, 1], r"actual must hold both classes, −1 and \+1; all 4 points are \+1"),
        (X, [1, -1], "actual must have one class a point"),
        ([1, 2, 3, 4], ACTUAL, r"x must have shape \(n, 2\)"),
        ([[1, np.inf]] * 4, ACTUAL, "x holds inf"),
        ([["a", "b"]] * 4, ACTUAL, "x must hold numbers"),
    ],
)
def test_refuses_points_it_cannot_separate(x: Any, actual: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Separator(x, actual, name="none")


@pytest.mark.parametrize(
    ("losses", "error", "message"),
    [
        (["hinge"], TypeError, "losses must be Loss objects"),
        ([hinge, mse], ValueError, "mse is one of the error"),
        ([hinge, hinge], ValueError, "losses must have different names; got hinge, hinge"),
    ],
)
def test_refuses_losses_that_score_no_margin(losses: list[Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        four(*losses)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"weights": (np.nan, 0)}, traitlets.TraitError, "weights must be finite"),
        ({"weights": (1, 2, 3)}, traitlets.TraitError, "weights"),
        ({"bias": np.inf}, traitlets.TraitError, "bias must be finite"),
        ({"loss": "mse"}, traitlets.TraitError, "loss must be one of hinge, logistic; got 'mse'"),
        ({"penalty": -1.0}, ValueError, "penalty must be a finite number, 0 or more; got -1"),
        ({"rate": 0.0}, traitlets.TraitError, "rate must be a finite number above 0; got 0"),
        ({"outlier": (1, 2)}, ValueError, r"outlier must be \(x1, x2, label\)"),
        ({"outlier": (1, 2, 0)}, ValueError, r"the label -1 or \+1; got \(1, 2, 0\)"),
        ({"outlier": (1, np.nan, 1)}, ValueError, "outlier must have a finite place"),
        ({"movable": "yes"}, traitlets.TraitError, "movable"),
        ({"class_names": ("one",)}, traitlets.TraitError, "class_names"),
        ({"name": "Two Words"}, traitlets.TraitError, "name must be lower-case letters"),
        ({"wieghts": 1}, TypeError, "wieghts"),
    ],
)
def test_refuses_a_state_it_cannot_show(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        four(**arguments)


def test_a_refused_change_leaves_everything_as_it_was() -> None:
    figure = four(hinge, squared_hinge, movable=True)
    figure.train(3)
    before = figure.get_state()
    changes: dict[str, Any] = {
        "weights": (1e6, 0),
        "bias": -1e6,
        "loss": "logistic",
        "penalty": np.inf,
        "rate": -1,
        "steps": -1,
        "_moved": [[9, 1.0, 1.0]],
        "_added": [[1.0, 2.0, 0.0]],
        "_removed": [0, 1, 2, 3],
    }
    for trait, value in changes.items():
        with pytest.raises(traitlets.TraitError):
            setattr(figure, trait, value)
        assert figure.get_state() == before, trait


def test_a_line_that_runs_away_is_refused_and_the_old_one_kept() -> None:
    figure = four(squared_hinge, rate=3.0)
    with pytest.raises(ValueError, match="rate 3 lets the line run away"):
        figure.train(10)
    with pytest.raises(ValueError, match="rate 3 is too large: after"):
        figure.train(2000)
    assert (figure.weights, figure.steps) == ((1, 0), 0)
