"""The score of a line under one loss, taken apart into the pull of each example."""

import numpy as np
import pytest

from lossviz import Loss, binary_cross_entropy, brier, cross_entropy, hinge, huber, logistic, mae, mse
from lossviz.pulling import LineScore

X = np.array([-2.0, -0.7, 0.4, 1.3, 2.1])
LABELS = np.array([-1.0, 1, -1, 1, 1])
LINE = np.array([0.6, -0.3])
LOSSES = [mse, mae, huber, hinge, logistic, brier.from_logits, binary_cross_entropy.from_logits]


def labels_for(loss: Loss) -> np.ndarray:
    return (LABELS + 1) / 2 if loss.variable.name == "binary margin" else LABELS


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_score_and_pulls_are_those_of_the_loss(loss: Loss) -> None:
    score, labels = LineScore(loss, X, LABELS), labels_for(loss)
    logit = LINE[0] * X + LINE[1]
    assert score(LINE) == pytest.approx(loss(labels, logit), rel=1e-14)
    np.testing.assert_allclose(score.pulls(LINE), np.abs(loss.slope(labels, logit)), rtol=1e-14)
    zeros_and_ones = LineScore(loss, X, (LABELS + 1) / 2)
    if loss.variable.name == "error":
        assert zeros_and_ones(LINE) != score(LINE)  # the targets are others
    else:
        assert zeros_and_ones(LINE) == score(LINE)  # the classes are the same


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_gradient_is_the_slope_of_the_score(loss: Loss) -> None:
    score = LineScore(loss, X, LABELS)
    for axis, step in enumerate(np.eye(2) * 1e-6):
        rise = (score(LINE + step) - score(LINE - step)) / 2e-6
        assert score.gradient(LINE)[axis] == pytest.approx(rise, abs=1e-7)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_landscape_holds_score_and_gradient_of_every_line(loss: Loss) -> None:
    score = LineScore(loss, X, LABELS)
    land = score.landscape((-1, 3), (-2, 1), size=9)
    np.testing.assert_array_equal(land.value_at([LINE, LINE + 1]), [score(LINE), score(LINE + 1)])
    np.testing.assert_array_equal(land.slope_at(LINE), score.gradient(LINE))  # exact between the nodes
    for i, bias in enumerate(land.y):
        for j, weight in enumerate(land.x):
            assert land.z[i, j] == pytest.approx(score((weight, bias)), abs=1e-12)
            assert [land.dx[i, j], land.dy[i, j]] == pytest.approx(score.gradient((weight, bias)), abs=1e-12)
    assert (land.names, land.label) == (("weight", "bias"), loss.title)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_no_line_of_the_map_goes_beyond_its_reach(loss: Loss) -> None:
    score = LineScore(loss, X, LABELS)
    lines = np.random.default_rng(0).uniform([-1, -2], [3, 1], (200, 2))
    largest = max(np.abs(score._measure(line)).max() for line in lines)
    assert largest <= score.reach((-1, 3), (-2, 1)) <= 1.3 * largest


def test_an_example_beyond_the_margin_is_silent() -> None:
    score = LineScore(hinge, [2.0, 0.5, -3.0], [1, 1, -1])
    assert score.pulls([1, 0]).tolist() == [0, 1, 0]
    assert LineScore(hinge, [1.0], [1]).pulls([1, 0]).tolist() == [0]  # exactly on the edge too


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(ValueError, match=r"brier is one of the probability: take brier\.from_logits"):
        LineScore(brier, X, LABELS)
    with pytest.raises(ValueError, match=r"cross_entropy is one of the class probability$"):
        LineScore(cross_entropy, X, LABELS)
    with pytest.raises(TypeError, match="losses must be Loss objects"):
        LineScore("mse", X, LABELS)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"actual must be -1 or \+1 \(or 0 and 1\) for hinge; got 1, 2"):
        LineScore(hinge, [1, 2], [1, 2])
    with pytest.raises(ValueError, match=r"x must have shape \(n,\)"):
        LineScore(mse, [[1], [2]], [1, 2])
    with pytest.raises(ValueError, match="actual must have one number an example"):
        LineScore(mse, [1, 2], [1])
    with pytest.raises(ValueError, match="x holds NaN"):
        LineScore(mse, [1, np.nan], [1, 1])
    half = Loss("half", "error", lambda e: e**2, lambda e: 2 * e, domain=(0, 9))
    with pytest.raises(ValueError, match="half has the domain from 0 to 9"):
        LineScore(half, X, LABELS)
