"""What LineFit computes beside its state: the ends of its axes, its curves, and its words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lossviz.fitting import Line, best_line, check_error_loss
from lossviz.loss import Loss
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._shared import MOST_POINTS, Ends, around, curve, distinct, kept, round_ends, round_step

if TYPE_CHECKING:
    from lossviz.widgets.line_fit import LineFit

# Around the points, as a share of their range: beside them, room for the rings; where they can move, more.
BESIDE = {False: 0.12, True: 0.25}
ABOVE = {False: 0.05, True: 0.25}
TALLEST = 0.9  # the picture's height, as a share of its width: a square reaches as far sideways as up


class Frame(NamedTuple):
    """The ends of the four axes, and the curves of the losses over every error these allow."""

    x_range: Ends
    y_range: Ends
    weight_range: Ends
    bias_range: Ends
    curves: list[dict[str, Any]]


def frame(x: Array, y: Array, losses: Sequence[Loss], line: Line, movable: bool, errors: str) -> Frame:
    """Choose axes that hold the points, the best line of each loss with its squares, and the present line."""
    kept_points = kept(len(x))
    bests = [best_line(loss, x[kept_points], y[kept_points]) for loss in losses]
    x_range, y_range = around(x, BESIDE[movable]), around(y, ABOVE[movable])
    if errors == "squares":
        x_range = around_squares(x, y, bests, x_range, y_range)
    height = y_range[1] - y_range[0]
    # From the best lines to as far as a line can tilt, or be lifted, and still cross most of the picture.
    lean = 0.7 * height / float(np.ptp(x))
    lift = height / 2 + lean * abs(x_range[0] + x_range[1]) / 2
    weights, biases = np.array([*bests, line]).T
    weight_range = round_ends(weights.min() - lean, weights.max() + lean)
    bias_range = round_ends(biases.min() - lift, biases.max() + lift)
    largest = max(
        abs(weight * at + bias - to)
        for weight in weight_range
        for bias in bias_range
        for at in x_range
        for to in y_range
    )
    return Frame(x_range, y_range, weight_range, bias_range, [curve(loss, largest) for loss in losses])


def around_squares(x: Array, y: Array, lines: Sequence[Line], x_range: Ends, y_range: Ends) -> Ends:
    """Widen an axis until it shows the squares of these lines whole, but to no more than twice its width.

    Examples
    --------
    >>> around_squares(np.array([0.0, 2.0]), np.array([1.0, 0.0]), [Line(0.0, 0.0)], (-0.4, 2.4), (-1, 3))
    (-0.8, 2.4)
    """
    low, high = x_range
    spare = (high - low) / 2
    ends = [low, high]
    for line in lines:
        # As shares of the width: to the side on which a square does not cross the line.
        sides = (line(x) - y) * (1 if line.weight >= 0 else -1) * TALLEST / (y_range[1] - y_range[0])
        for _ in range(20):  # the wider the picture, the further a square reaches
            reach = x + sides * (ends[1] - ends[0])
            ends = [max(low - spare, min(ends[0], reach.min())), min(high + spare, max(ends[1], reach.max()))]
    return round_ends(*ends)


def rounded_mean(y: Array) -> float:
    """Return the mean, rounded as a reader would on the axis."""
    step = round_step(np.ptp(y) / 20 or max(1.0, abs(y[0])) / 20)
    return float(f"{np.round(y.mean() / step) * step:.12g}")


def check_losses(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Refuse losses that cannot score a line, or that a reader could not tell apart."""
    return distinct(losses, check_error_loss, "(mse,)")


def write_texts(figure: "LineFit") -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    count = len(figure.x)
    points = f"{count:,} points"
    if count > MOST_POINTS:
        points = f"{MOST_POINTS:,} of the {points}"
    texts = {
        "label": f"A line through {points}: {figure.y_label} against {figure.x_label}",
        "points_label": f"{figure.y_label} against {figure.x_label}",
        "x": figure.x_label,
        "y": figure.y_label,
        "weight": "weight",
        "bias": "bias",
        "left_handle": "left end of the line",
        "right_handle": "right end of the line",
        "handle_value": "height {y} at {x}",
        "point": "point {number} of {count}",
        "point_keys": "Arrow keys move the point.",
        "point_page": "Page Up, Page Down: another point.",
        "point_place": "({x}, {y})",
        "point_value": "{x_label} {x}, {y_label} {y}, error {error}",
        "dot": "the line on its landscape",
        "dot_keys": "Left and right change the weight, up and down the bias. Page Up and Page Down: ten "
        "steps of the bias. Home and End: the lowest and the highest weight.",
        "dot_value": "weight {weight}, bias {bias}, score {score}",
        "landscape": "score of every line",
        "landscape_label": "The score over weight and bias: a contour map with the line as a dot",
        "loss": "loss",
        "score": "score ({title})",
        "best_so_far": "best so far",
        "moves": "moves",
        "history": "score at the start and after each move",
        "show_best": "best line",
        "best_key": "best line",
        "best_of": "best for {label}",
        "again": "Start again",
        "put_back": "Put the points back",
        "sentence": f"Weight {{weight}}, bias {{bias}}: score {{score}} ({{title}} of {points}).",
        "hidden": " The points are hidden.",
        "so_far": " Best so far {best} after {moves} moves.",
        "so_far_one": " Best so far {best} after 1 move.",
        "best": " The best line has weight {weight}, bias {bias} and score {score}.",
        "refit": " Best for the {title}: weight {weight}, bias {bias}.",
        "goal": "",
        "left": "Moves left: {left}.",
        "won": "Done: below {goal} with move {used}.",
        "lost": "Not below {goal} in {moves} moves. Start again.",
    }
    if figure.goal is not None:
        limit = "" if figure.moves is None else f" in at most {figure.moves} move{'s'[: figure.moves != 1]}"
        texts["goal"] = f"Challenge: get the score below {short(figure.goal)}{limit}."
    return texts


def describe(figure: "LineFit") -> str:
    """Return the present state in sentences; the page puts the same texts together."""
    texts = figure._texts
    scorer = figure._scorer
    said = texts["sentence"].format(
        weight=short(figure.weight), bias=short(figure.bias), score=short(figure.score), title=scorer.title
    )
    if not figure.show_points:
        said += texts["hidden"]
    if figure.history and (figure.landscape or figure.goal is not None):
        count = len(figure.history)
        said += texts["so_far" if count > 1 else "so_far_one"].format(
            best=short(min(figure.history)), moves=count
        )
    if figure.show_best:
        best = figure.best
        said += texts["best"].format(
            weight=short(best.weight), bias=short(best.bias), score=short(figure._score(best))
        )
    if figure.refit:
        for loss in figure.losses:
            line = best_line(loss, *figure._shown)
            said += texts["refit"].format(title=loss.title, weight=short(line.weight), bias=short(line.bias))
    return said + challenge(figure)


def challenge(figure: "LineFit") -> str:
    """Say what the challenge is and how it stands."""
    if figure.goal is None:
        return ""
    texts, goal, used = figure._texts, short(figure.goal), len(figure.history)
    allowed = figure.history[: figure.moves]
    won = next((move for move, score in enumerate(allowed, start=1) if score < figure.goal), None)
    if won is not None:
        state = texts["won"].format(goal=goal, used=won)
    elif figure.moves is None:
        return f" {texts['goal']}"
    elif used >= figure.moves:
        state = texts["lost"].format(goal=goal, moves=figure.moves)
    else:
        state = texts["left"].format(left=figure.moves - used)
    return f" {texts['goal']} {state}"
