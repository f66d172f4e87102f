"""What Separator computes beside its state: the ends of its axes, its curves, its points, and its words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lossviz.loss import Loss
from lossviz.separating import check_classes, check_margin_loss
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._shared import MOST_POINTS, Ends, counted, curve, distinct, kept, padded

if TYPE_CHECKING:
    from lossviz.widgets.separator import Separator

SPARE = 0.1  # around the points, as a share of their range
MARGINS = 200.0  # the least that the curves reach: a band a hundredth of the picture wide
SLOPES = 1e-7  # so exact that 200 steps in the page end within 1e-6 of NumPy's


class Frame(NamedTuple):
    """The ends of both axes, the largest margin a line may give in between, and the curves of the losses."""

    x_range: Ends
    y_range: Ends
    limit: float
    curves: list[dict[str, Any]]


def frame(points: Array, losses: Sequence[Loss], line: Array, outlier: Any) -> Frame:
    """Choose axes that hold the points and the outlier, and curves that hold every margin."""
    held = points if outlier is None else np.vstack([points, outlier])
    x_range, y_range = padded(held[:, 0], SPARE), padded(held[:, 1], SPARE)
    limit = max(MARGINS, 2 * largest_margin(line, x_range, y_range))
    # Twice as far: the page may show more of one axis, so that a unit is as long up as across.
    return Frame(x_range, y_range, limit, [curve(loss, 2 * limit, SLOPES) for loss in losses])


def largest_margin(line: Array, x_range: Ends, y_range: Ends) -> float:
    """Return the largest margin that a line gives within the axes: that of a corner."""
    return max(abs(line[0] * x1 + line[1] * x2 + line[2]) for x1 in x_range for x2 in y_range)


def check_points(x: Any, actual: Any) -> tuple[Array, int]:
    """Return a row of x1, x2 and class for each point that is shown, and how many there are in all."""
    x, actual = check_classes(x, actual)
    if len(np.unique(actual)) < 2:
        raise ValueError(f"actual must hold both classes, −1 and +1; all {len(x)} points are {actual[0]:+g}")
    order = np.argsort(actual, kind="stable")  # evenly chosen within each class: none is lost
    shown = np.sort(order[kept(len(x))])
    return np.column_stack([x, actual])[shown], len(x)


def check_losses(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Refuse losses that cannot score a separating line, or that a reader could not tell apart."""
    return distinct(losses, check_margin_loss, "(hinge,)")


def check_outlier(outlier: Any) -> tuple[float, float, float] | None:
    """Return the outlier as three numbers, or say what is wrong with it."""
    if outlier is None:
        return None
    try:
        x1, x2, label = (float(number) for number in outlier)
    except (TypeError, ValueError):
        raise ValueError(f"outlier must be (x1, x2, label), such as (3, -1, +1); got {outlier!r}") from None
    if not np.isfinite([x1, x2]).all() or abs(label) != 1:
        raise ValueError(f"outlier must have a finite place and the label -1 or +1; got {outlier!r}")
    return x1, x2, label


def edited(
    points: Array, moved: Sequence[Any], added: Sequence[Any], removed: Sequence[Any]
) -> tuple[Array, Array]:
    """Return places and classes after the reader's changes.

    An index counts the points as they were given, and after them the added ones.

    Examples
    --------
    >>> x, actual = edited(np.array([[0.0, 0, -1], [1, 0, 1]]), [[2, 5, 6]], [[9, 9, 1]], [0])
    >>> x.tolist(), actual.tolist()
    ([[1.0, 0.0], [5.0, 6.0]], [1.0, 1.0])
    """
    table = np.vstack([points, np.reshape(np.array(added, dtype=float), (-1, 3))])
    for index, x1, x2 in moved:
        table[index, :2] = x1, x2
    stays = np.full(len(table), True)
    stays[np.array(removed, dtype=int)] = False
    return check_classes(table[stays, :2], table[stays, 2])


# ------------------------------------------------------------------------------------------------------ words


def write_texts(figure: "Separator") -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    (x1, x2), (minus, plus) = figure.x_labels, figure.class_names
    total = f"the {figure._total:,} points"
    return {
        "label": f"A line between {minus} and {plus}: {x2} against {x1}",
        "points_label": f"{x2} against {x1}",
        "x1": x1,
        "x2": x2,
        "minus": minus,
        "plus": plus,
        # What the labels have in brackets is a unit, which has no place in an equation.
        "x1_short": re.sub(r"\s*\(.*\)$", "", x1),
        "x2_short": re.sub(r"\s*\(.*\)$", "", x2),
        "turn": "turn",
        "move": "move",
        "band": "band",
        "turn_value": "{angle}°",
        "move_handle": "move the line",
        "turn_handle": "turn the line",
        "band_handle": "width of the band",
        "move_value": "{distance}",
        "band_value": "{width}",
        "point": "point {number} of {count}",
        "point_value": "{x1_label} {x1}, {x2_label} {x2}, {class}, margin {margin}",
        "point_keys": "Arrow keys move the point.",
        "point_page": "Page Up, Page Down: another point.",
        "loss": "loss",
        "score": "score ({title})",
        "matter_name": "points that still matter",
        "matter_value": "{matter} of {count}",
        "wrong_name": "wrong side",
        "objective": "objective",
        "steps": "steps",
        "line": "line",
        "train": "Train",
        "pause": "Pause",
        "step": "Step",
        "again": "Line back to start",
        "add": "Add an outlier",
        "remove": "Remove the silent points",
        "put_back": "Original points",
        "silent_key": "hollow: silent",
        "loss_key": "ring: loss",
        "wrong_key": "wrong side",
        "band_key": "band: margin −1 to +1",
        "sentence": "Line {line}: score {score} (mean {title} of {points}).",
        "no_line": "No line, for both weights are 0: score {score} (mean {title} of {points}).",
        "points": f"{{count}} of {total}" if figure._total > MOST_POINTS else "{count} points",
        "points_one": f"1 of {total}" if figure._total > MOST_POINTS else "1 point",
        "matter": " {matter} points still matter",
        "matter_one": " 1 point still matters",
        "wrong": ", {wrong} are on the wrong side.",
        "wrong_one": ", 1 is on the wrong side.",
        "trained": " Trained for {steps} steps.",
        "trained_one": " Trained for 1 step.",
        "too_long": "The steps are too long: the line runs away. Take it back to start, and a smaller rate.",
    }


def describe(figure: "Separator") -> str:
    """Return the present state in sentences; the page puts the same texts together."""
    texts, count = figure._texts, len(figure.x)
    said = texts["sentence" if any(figure.weights) else "no_line"].format(
        line=equation(figure),
        score=short(figure.score),
        title=figure._scorer.title,
        points=counted(texts, "points", count, count=short(count)),
    )
    said += counted(texts, "matter", figure.matter, matter=short(figure.matter))
    said += counted(texts, "wrong", figure.wrong, wrong=short(figure.wrong))
    if figure.steps:
        said += counted(texts, "trained", figure.steps, steps=short(figure.steps))
    return said


def equation(figure: "Separator") -> str:
    """Write the line as an equation, such as ``1.2·x1 − 0.4·x2 + 0.1 = 0``."""
    texts, (one, two) = figure._texts, figure.weights
    terms = [(one, f"·{texts['x1_short']}"), (two, f"·{texts['x2_short']}"), (figure.bias, "")]
    first, *others = [(number < 0, f"{short(abs(number))}{unit}") for number, unit in terms]
    said = f"{'−' if first[0] else ''}{first[1]}"
    return said + "".join(f" {'−' if below else '+'} {text}" for below, text in others) + " = 0"
