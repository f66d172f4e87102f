"""What Terrain and Race share: balls that roll downhill, the settings they roll with, and a clock.

A roll is a pure function of its start, its settings and the number of steps. These are the whole state:
Python and the page compute the same path from them, and a setting that is changed later changes the whole
path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from lossviz.descent import OPTIMISERS, Path
from lossviz.landscape import Landscape
from lossviz.variables import Array
from lossviz.widgets._base import Figure, outside
from lossviz.widgets._shared import Ends, round_step

MOST = 1000  # steps
STILL = 1e-9  # the shortest step that is one, as a share of the map's diagonal
SPEEDS = (1.0, 200.0)  # steps a second, as on the slider
REST = "rest"  # why a path goes no further, beside those of `Path.end`


class Rolling(Figure):
    """What a figure of rolling balls is told and knows."""

    _most = traitlets.Int(MOST).tag(sync=True)
    _still = traitlets.Float(STILL).tag(sync=True)
    _optimisers: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _shakes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _texts = traitlets.Dict().tag(sync=True)

    optimisers = traitlets.Tuple(
        default_value=OPTIMISERS, read_only=True, help="tuple of str: the optimisers offered. Default: all."
    )
    optimiser = traitlets.Unicode(
        OPTIMISERS[0],
        help="str: what makes a step of each gradient, one of `optimisers`. Default: 'gradient descent'.",
    ).tag(sync=True)
    rate = traitlets.Float(0.1, help="float: the learning rate, above 0. Default: 0.1.").tag(sync=True)
    rate_range = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        default_value=(0.002, 1.0),
        read_only=True,
        help="(float, float): the ends of the slider of the rate. Default: around the rate.",
    ).tag(sync=True)
    momentum = traitlets.Float(
        0.9, help="float: for 'momentum', how much of the last step stays, 0 to below 1. Default: 0.9."
    ).tag(sync=True)
    noise = traitlets.Float(
        0.0, help="float: the standard deviation of noise added to the gradient. Default: 0."
    ).tag(sync=True)
    noise_most = traitlets.Float(
        None,
        allow_none=True,
        read_only=True,
        help="float or None: the end of the slider of the noise. Default: None, no slider.",
    ).tag(sync=True)
    seed = traitlets.Int(0, min=0, help="int: makes the noise; each ball has its own. Default: 0.").tag(
        sync=True
    )
    steps = traitlets.Int(0, help=f"int: how many steps are taken, 0 to {MOST}. Default: 0.").tag(sync=True)
    speed = traitlets.Float(10.0, help="float: steps a second, 1 to 200. Default: 10.").tag(sync=True)

    def _set_rolling(
        self, optimisers: Sequence[str], rate: float, rate_range: Ends | None, noise_most: float | None
    ) -> None:
        """Set what cannot be changed later, and so must be there before the rest is checked."""
        self.set_trait("optimisers", check_optimisers(optimisers))
        self._optimisers = [{"name": name, "text": name} for name in self.optimisers]
        self.set_trait("rate_range", rates_around(rate) if rate_range is None else check_rates(rate_range))
        if noise_most is not None and not (np.isfinite(noise_most) and noise_most > 0):
            raise traitlets.TraitError(
                f"noise_most must be a finite number above 0, or None; got {noise_most}"
            )
        self.set_trait("noise_most", noise_most)

    def _shake(self, balls: int) -> None:
        """Send the noise of each ball, if there can be any: the page has no generator like NumPy's."""
        offered = self.noise > 0 or self.noise_most is not None
        self._shakes = [shakes(self.seed + ball).tobytes() for ball in range(balls if offered else 0)]

    def _roll(
        self, landscape: Landscape, start: ArrayLike, ball: int = 0, optimiser: str | None = None
    ) -> Path:
        """Return the path of a ball, recomputed. Its `end` may also be ``"rest"``: the next step is none."""
        return rolled(
            landscape, start, self.steps, rate=self.rate, still=self._still,
            optimiser=optimiser or self.optimiser, momentum=self.momentum, noise=self.noise,
            seed=self.seed + ball,
        )  # fmt: skip

    def roll(self, steps: int = MOST) -> None:
        """Take steps from where the balls are; further than 1,000 from the start they do not roll.

        Parameters
        ----------
        steps : int
            How many.
        """
        self.steps = min(MOST, self.steps + steps)

    def reset(self) -> None:
        """Take the balls back to where they start."""
        self.steps = 0

    # --------------------------------------------------------------------------------------- what is refused

    @traitlets.validate("optimiser")
    def _check_optimiser(self, proposal: Any) -> str:
        if proposal.value not in self.optimisers:
            raise traitlets.TraitError(
                f"optimiser must be one of {', '.join(map(repr, self.optimisers))}; got {proposal.value!r}"
            )
        return proposal.value

    @traitlets.validate("rate")
    def _check_rate(self, proposal: Any) -> float:
        return _within("rate", proposal.value, *self.rate_range)

    @traitlets.validate("momentum")
    def _check_momentum(self, proposal: Any) -> float:
        if not 0 <= proposal.value < 1:
            raise traitlets.TraitError(f"momentum must be from 0 to below 1; got {proposal.value:g}")
        return proposal.value

    @traitlets.validate("noise")
    def _check_noise(self, proposal: Any) -> float:
        noise = proposal.value
        if not (np.isfinite(noise) and noise >= 0):
            raise traitlets.TraitError(f"noise must be a finite number, 0 or more; got {noise:g}")
        return noise if self.noise_most is None else _within("noise", noise, 0.0, self.noise_most)

    @traitlets.validate("steps")
    def _check_steps(self, proposal: Any) -> int:
        if not 0 <= proposal.value <= MOST:
            raise traitlets.TraitError(f"steps must be from 0 to {MOST}; got {proposal.value}")
        return proposal.value

    @traitlets.validate("speed")
    def _check_speed(self, proposal: Any) -> float:
        return _within("speed", proposal.value, *SPEEDS)


def rolled(
    landscape: Landscape, start: ArrayLike, steps: int, *, rate: float, still: float = STILL, **options: Any
) -> Path:
    """Walk on a landscape, and say whether the walk has come to rest.

    Parameters
    ----------
    landscape : Landscape
        What to walk on.
    start : (float, float)
        A place on it.
    steps : int
        How many.
    rate : float
        The learning rate.
    still : float
        The shortest step that is one, as a share of the map's diagonal.
    **options
        As for :meth:`Landscape.descend`.

    Returns
    -------
    Path
        It ends, with ``"rest"``, where without noise the next step would be none, and it is level there too:
        a ball that turns round on a slope stands still for a moment, but is not at rest.

    Examples
    --------
    >>> bowl = Landscape.of(lambda x, y: x**2 + y**2, x=(-1, 1), y=(-1, 1))
    >>> [rolled(bowl, (0.8, 0), steps, rate=0.25) for steps in (3, 60)]
    [Path(steps=3, loss=0.01, end='steps'), Path(steps=28, loss=8.88e-18, end='rest')]
    """
    path = landscape.descend(start, rate=rate, steps=steps + 1, **options)
    hair = still * np.hypot(np.ptp(landscape.x), np.ptp(landscape.y))
    lengths = np.maximum(np.linalg.norm(np.diff(path.points, axis=0), axis=1), rate * path.gradient_norms[1:])
    if path.end == "edge":
        lengths = lengths[:-1]  # that one was cut
    short = np.flatnonzero((lengths < hair) & (not options.get("noise")))
    if path.steps <= steps and not len(short):
        return path
    last = int(short[0]) if len(short) else steps
    cut = slice(last + 1)
    return replace(
        path,
        points=path.points[cut],
        losses=path.losses[cut],
        gradient_norms=path.gradient_norms[cut],
        end=REST if len(short) else "steps",
    )


def shakes(seed: int) -> Array:
    """Return the noise that `descend` adds to the gradient with this seed, a row for each step.

    There is one more, as what comes to rest is told by the step after the last.

    Examples
    --------
    >>> shakes(0).shape
    (1001, 2)
    """
    return np.random.default_rng(seed).standard_normal((MOST + 1, 2))


def rates_around(rate: float) -> Ends:
    """Return round ends for a slider of the learning rate.

    Examples
    --------
    >>> rates_around(0.1)
    (0.002, 1.0)
    """
    if not (np.isfinite(rate) and rate > 0):
        raise traitlets.TraitError(f"rate must be a finite number above 0; got {rate:g}")
    return round_step(rate / 30), round_step(rate * 10)


def check_rates(ends: Ends) -> Ends:
    """Refuse the ends of a slider of the rate that are none."""
    low, high = ends
    if not (np.isfinite([low, high]).all() and 0 < low < high):
        raise traitlets.TraitError(f"rate_range must be two numbers above 0, the lower first; got {ends}")
    return low, high


def check_optimisers(names: Sequence[str]) -> tuple[str, ...]:
    """Refuse optimisers that there are not, or none."""
    if isinstance(names, str) or not names or not set(names) <= set(OPTIMISERS):
        raise traitlets.TraitError(
            f"optimisers must be some of {', '.join(map(repr, OPTIMISERS))}, in a tuple; got {names!r}"
        )
    return tuple(dict.fromkeys(names))


def _within(trait: str, number: float, low: float, high: float) -> float:
    if not low <= number <= high:
        raise traitlets.TraitError(outside(trait, number, low, high))
    return number


def rolling_texts() -> dict[str, str]:
    """Return the words of the controls that all figures of rolling balls have."""
    return {
        "rate": "learning rate",
        "momentum": "momentum",
        "noise": "noise",
        "speed": "speed",
        "speed_value": "{speed} a second",
        "optimiser": "optimiser",
        "roll": "Roll",
        "pause": "Pause",
        "step": "Step",
        "back": "Back to start",
        "map_label": "A contour map; low is dark",
        "start": "start",
        "start_of": "start of ball {ball}",
        "start_value": "x {x}, y {y}, loss {loss}",
    }
