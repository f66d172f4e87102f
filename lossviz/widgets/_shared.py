"""What several figures need: round ends for axes, curves for the page, and not too many points."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from lossviz.contours import levels_of
from lossviz.landscape import Landscape
from lossviz.loss import Loss
from lossviz.sampling import SLOPE_TOLERANCE, sample
from lossviz.variables import Array

MOST_POINTS = 5000
Ends = tuple[float, float]


def around(numbers: Array, margin: float) -> Ends:
    """Return round ends for an axis that shows these numbers with a margin.

    Examples
    --------
    >>> around(np.array([0.3, 9.6]), 0.05)
    (-1.0, 11.0)
    """
    return round_ends(*padded(numbers, margin))


def padded(numbers: Array, margin: float) -> Ends:
    """Return the ends of these numbers with a margin, a share of their range.

    Examples
    --------
    >>> padded(np.array([0, 10]), 0.05)
    (-0.5, 10.5)
    """
    low, high = float(numbers.min()), float(numbers.max())
    spare = margin * (high - low) or max(1.0, abs(high)) / 2  # all at one height: some room above and below
    return low - spare, high + spare


def round_ends(low: float, high: float) -> Ends:
    """Widen two ends to round numbers.

    Examples
    --------
    >>> round_ends(-0.13, 1.04)
    (-0.2, 1.1)
    """
    step = round_step((high - low) / 10)
    # Rounding to 12 digits turns 0.6000000000000001 into 0.6.
    ends = np.floor(low / step) * step, np.ceil(high / step) * step
    return float(f"{ends[0]:.12g}"), float(f"{ends[1]:.12g}")


def round_step(rough: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50, ... that is not above a number.

    Examples
    --------
    >>> [round_step(rough) for rough in (0.07, 1, 4.9)]
    [0.05, 1.0, 2.0]
    """
    power = 10.0 ** np.floor(np.log10(rough))
    return float(f"{power * max(n for n in (1, 2, 5) if n <= rough / power * (1 + 1e-12)):.12g}")


def curve(loss: Loss, largest: float, slope_tolerance: float = SLOPE_TOLERANCE) -> dict[str, Any]:
    """Sample a loss from minus to plus `largest`, for the page."""
    table = sample(loss, *round_ends(-largest, largest), slope_tolerance=slope_tolerance)
    return {
        "name": loss.name,
        "label": loss.label,
        "title": loss.title,
        "u": table.u.tobytes(),
        "value": table.value.tobytes(),
        "slope": table.slope.tobytes(),
    }


def sent(landscape: Landscape) -> dict[str, Any]:
    """Pack a landscape for the page: its grid as bytes, and the heights of its contour lines."""
    rows, columns = landscape.z.shape
    return {
        "x": list(landscape.x_range),
        "y": list(landscape.y_range),
        "columns": columns,
        "rows": rows,
        "z": landscape.z.tobytes(),
        "dx": landscape.dx.tobytes(),
        "dy": landscape.dy.tobytes(),
        "levels": levels_of(landscape.z),
        "grain": grain(landscape),
        "names": list(landscape.names),
        "label": landscape.label,
    }


def grain(landscape: Landscape) -> list[float]:
    """Return the finest difference between two places that is worth telling, along each axis.

    Examples
    --------
    >>> grain(Landscape.of(lambda x, y: x * y, x=(-2, 2), y=(0, 50)))
    [0.001, 0.01]
    """
    return [float(10.0 ** np.floor(np.log10(np.ptp(nodes)) - 3)) for nodes in (landscape.x, landscape.y)]


def kept(count: int) -> Array:
    """Return the indices of the points shown: all, or 5,000 of them at even distances.

    Examples
    --------
    >>> len(kept(342)), len(kept(400_000))
    (342, 5000)
    """
    return np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int)


def warn_if_thinned(names: str, count: int) -> None:
    """Warn that not every point is shown."""
    if count > MOST_POINTS:
        warnings.warn(
            f"{names} have {count:,} points; {MOST_POINTS:,} of them, evenly chosen, are drawn and scored. "
            f"Choose some yourself, such as x[::{-(-count // MOST_POINTS)}], to decide which",
            UserWarning,
            stacklevel=3,
        )


def distinct(losses: Sequence[Loss], check: Callable[[Loss], None], such_as: str) -> tuple[Loss, ...]:
    """Refuse losses that `check` refuses, or that a reader could not tell apart."""
    if not losses:
        raise ValueError(f"losses is empty; give at least one, such as {such_as}")
    for loss in losses:
        check(loss)
    names = [loss.name for loss in losses]
    if len(set(names)) < len(names):
        raise ValueError(f"losses must have different names; got {', '.join(names)}")
    return tuple(losses)


def check_choice(name: str, losses: Sequence[Loss]) -> str:
    """Refuse the name of a loss that the figure does not have."""
    names = [loss.name for loss in losses]
    if name not in names:
        raise traitlets.TraitError(f"loss must be one of {', '.join(names)}; got {name!r}")
    return name


def counted(texts: dict[str, str], name: str, number: int, /, **values: str) -> str:
    """Fill a text that reads differently when there is one of something."""
    return texts[f"{name}_one" if number == 1 else name].format(**values)
