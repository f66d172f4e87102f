"""What LossCurve works out beside its state: samples, ends of its axes, its words, and what it refuses."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, log10
from typing import Any

import numpy as np
import traitlets

from lossviz.interpolation import Samples, interpolate, jumps
from lossviz.loss import Loss
from lossviz.sampling import sample
from lossviz.text import power_of_ten
from lossviz.variables import Array
from lossviz.widgets._base import outside

MOST_DECADES = 6
STOPS = 100  # of the slider, about
Ends = tuple[float, float]


@lru_cache(maxsize=64)
def sampled(loss: Loss, low: float, high: float) -> Samples:
    """Sample a loss finely enough for the three digits of every read-out, even of tiny losses and slopes.

    Wherever the slider stops there is a row, so that the page is exact there: no interpolation can be sure of
    a number half-way between two texts, such as 3.125. Between the stops, a curve whose own rounding is too
    coarse for that is as good as every sampled curve: well enough for a picture.
    """
    try:
        table = sample(loss, low, high, floor=1e-12, slope_tolerance=1e-6)
    except ValueError:
        table = sample(loss, low, high)
    step = tick_step(low, high, STOPS)
    stops = np.array([float(f"{n * step:.12g}") for n in range(ceil(low / step), floor(high / step) + 1)])
    start, end = table.resolved
    more = stops[(stops > start) & (stops < end) & ~np.isin(stops, table.u)]
    rows = np.column_stack([more, loss.curve(more), loss.curve_slope(more)])
    rows = np.concatenate([np.column_stack([table.u, table.value, table.slope]), rows])
    return Samples(*rows[np.argsort(rows[:, 0], kind="stable")].T.copy())


def tick_step(low: float, high: float, count: int) -> float:
    """Return a round distance that divides an axis into about so many parts, by the rule of D3."""
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    factor = next(n for n, limit in [(10, 50), (5, 10), (2, 2), (1, 0)] if rough / power >= limit**0.5)
    return float(power * factor)


def decimals(step: float) -> int:
    """Return how many decimals a round distance has.

    Examples
    --------
    >>> [decimals(step) for step in (0.02, 0.5, 1, 20)]
    [2, 1, 0, 0]
    """
    return max(0, -floor(log10(step) + 1e-9))


def fit(samples: Sequence[Samples]) -> Ends:
    """Return round ends for the loss axis; an infinite curve is followed to 1 % before its end."""
    heights = np.concatenate([_seen(each, "value") for each in samples])
    low, high = min(0.0, heights.min()), max(0.0, heights.max())
    if low > -1e-9 * high:  # rounding, not a negative loss
        low = 0.0
    step = tick_step(low, high if high > low else low + 1.0, 5)
    ends = float(np.floor(low / step) * step), float(np.ceil((high or 1.0) / step) * step)
    if not any(jumps(each) for each in samples):
        return ends
    spare = round((ends[1] - ends[0]) / 10, 12)  # so that no step runs along the edge
    return ends[0] - spare, ends[1] + spare


def slope_axis(samples: Sequence[Samples]) -> dict[str, Any]:
    """Return the ends of a logarithmic axis for the sizes of slopes, whole powers of ten, and its ticks.

    It holds the largest slope, and as many of the smaller ones as 6 decades can; a slope of 0 never.
    """
    sizes = np.abs(np.concatenate([_seen(each, "slope") for each in samples]))
    sizes = sizes[sizes > 0]
    largest, smallest = (sizes.max(), sizes.min()) if sizes.size else (1.0, 1.0)
    top = int(np.ceil(np.log10(largest) - 1e-9))
    bottom = int(np.clip(np.floor(np.log10(smallest)), top - MOST_DECADES, top - 2))
    return {
        "label": "size of the slope",
        "low": 10.0**bottom,
        "high": 10.0**top,
        "ticks": [{"at": 10.0**n, "text": power_of_ten(n)} for n in range(bottom, top + 1)],
    }


def _seen(samples: Samples, column: str) -> Array:
    """Return the values, or the slopes, that an axis should hold."""
    rows = getattr(samples, column)
    if np.isfinite(rows).all():
        return rows
    margin = 0.01 * (samples.u[-1] - samples.u[0])
    value, slope = interpolate(samples, np.linspace(samples.u[0] + margin, samples.u[-1] - margin, 401))
    return value if column == "value" else slope


def texts(
    losses: Sequence[Loss], *, loss_label: str, marks_label: str, show_slope: bool, show_bits: bool
) -> dict[str, str]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    variable = losses[0].variable.label
    short_name = variable.split(" (")[0]
    each = "{label} {value} nats ({bits})" if show_bits else "{label} {value}"
    words = {
        "label": f"{', '.join(loss.label for loss in losses)} against the {short_name}",
        "variable": short_name,
        "axis": variable,
        "loss": loss_label,
        "slope": "slope",
        "corner": "{left} to {right}",
        "marks": marks_label,
        "sentence": short_name[0].upper() + short_name[1:] + " {u}: {each}.",
        "each": each + ", slope {slope}" if show_slope else each,
    }
    if show_bits:
        words |= {"nats": "nats", "bits": "{bits} bits", "bit": "1 bit"}
    return words


# ------------------------------------------------------------------------------------------- what is refused


def same_variable(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Refuse what cannot share one axis."""
    if not losses:
        raise TypeError("losses is empty; give at least one, such as LossCurve(mse, name='bowl')")
    for loss in losses:
        if not isinstance(loss, Loss):
            raise TypeError(f"losses must be Loss objects, such as mse; got {loss!r}")
    if len(set(losses)) < len(losses):
        raise ValueError(f"losses must all be different; got {', '.join(loss.name for loss in losses)}")
    if len({loss.variable.symbol for loss in losses}) > 1:
        told = ", ".join(f"{loss.name} has {loss.variable.name}" for loss in losses)
        raise ValueError(f"losses must share one natural variable, but {told}; draw one figure for each")
    return tuple(losses)


def check_drawable(losses: Sequence[Loss], ends: Ends) -> None:
    """Refuse a curve that cannot be drawn, before anything has changed."""
    for loss in losses:
        if ends[0] < loss.domain[0] or ends[1] > loss.domain[1]:
            raise traitlets.TraitError(
                f"range ({ends[0]:g}, {ends[1]:g}) leaves the domain of {loss.name}, "
                f"from {loss.domain[0]:g} to {loss.domain[1]:g}"
            )
        sampled(loss, *ends)


def check_within(trait: str, value: float, losses: Sequence[Loss], ends: Ends) -> float:
    """Refuse a value outside the axis, or so near an infinite end that the page could not read the curve."""
    low, high = ends
    if not low <= value <= high:
        raise traitlets.TraitError(outside(trait, value, low, high))
    for loss in losses:
        start, end = sampled(loss, low, high).resolved
        if low < value < start or end < value < high:
            raise traitlets.TraitError(
                f"{trait} = {value:g} is too close to where {loss.name} is infinite; "
                f"stay within {start:g} to {end:g}, or take the end itself"
            )
    return value
