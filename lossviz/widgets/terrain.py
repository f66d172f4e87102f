"""Terrain: balls that roll downhill on a loss landscape."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.descent import OPTIMISERS, Path
from lossviz.landscape import Landscape
from lossviz.variables import Array
from lossviz.widgets import _terrain
from lossviz.widgets._base import outside
from lossviz.widgets._rolling import Rolling
from lossviz.widgets._shared import Ends, sent

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class Terrain(Rolling):
    """Balls on a loss landscape: choose where they start and with what settings, and let them roll.

    What is drawn is a pure function of the starts, the settings and the number of steps. So a setting that is
    changed after a roll changes the whole path.

    Parameters
    ----------
    landscape : Landscape
        What they roll on.
    name : str
        The figure's name, unique on its page.
    starts : sequence of (x, y)
        Where each ball starts: one to four places on the map.
    optimiser : str, optional
        What makes a step of each gradient.
    optimisers : sequence of str, optional
        Which a reader can choose from.
    rate, rate_range : float and (float, float), optional
        The learning rate, and the ends of its slider.
    momentum : float, optional
        How much of the last step stays in the next, for the optimiser of that name.
    noise, noise_most : float, optional
        The standard deviation of noise in the gradient, and the end of its slider; without it there is none.
    seed : int, optional
        Makes the noise.
    steps : int, optional
        How many steps are taken at first.
    speed : float, optional
        How many steps a second takes.
    critical : bool, optional
        Whether minima, maxima and saddles are marked.
    surface : bool, optional
        Whether the landscape is also drawn as a surface, which turns.
    azimuth, elevation : float, optional
        From where that is seen, in degrees: 0 from where x is high, 90 from where y is high; and how far up.

    Raises
    ------
    TypeError
        If an argument is unknown, or the landscape is none.
    traitlets.TraitError
        If a value cannot be shown; the message says why.

    Examples
    --------
    >>> from lossviz import Terrain
    >>> bowl = Landscape.of(lambda x, y: x**2 + 2 * y**2, x=(-2, 2), y=(-2, 2))
    >>> ball = Terrain(bowl, name="bowl", starts=[(-1.5, 1)], rate=0.1)
    >>> ball.roll(3)
    >>> print(ball.describe())
    After 3 steps of gradient descent, learning rate 0.1. The ball is at x −0.768, y 0.216: loss 0.683, slope 1.76, still rolling.
    >>> ball.balls.round(3)
    array([[-0.768,  0.216]])
    """  # noqa: E501 (what describe says is one line)

    _view = traitlets.Unicode("terrain").tag(sync=True)
    _land = traitlets.Dict().tag(sync=True)
    _marks: traitlets.List[Any] = traitlets.List().tag(sync=True)

    landscape = traitlets.Any(read_only=True, help="Landscape: what the balls roll on.")
    starts = traitlets.Any((), help="tuple of (x, y): where each ball starts, on the map. No default.").tag(
        sync=True
    )
    critical = traitlets.Bool(
        True, help="bool: whether minima, maxima and saddles are marked. Default: True."
    ).tag(sync=True)

    surface = traitlets.Bool(
        True, read_only=True, help="bool: whether there is a surface, too. Default: True."
    ).tag(sync=True)
    azimuth = traitlets.Float(
        -120.0,
        help="float: degrees: 0 is seen from where x is high, 90 from where y is high. Default: −120.",
    ).tag(sync=True)
    elevation = traitlets.Float(
        35.0, help="float: degrees above the ground from which it is seen, 10 to 80. Default: 35."
    ).tag(sync=True)

    _ready = False

    def __init__(
        self,
        landscape: Landscape,
        *,
        name: str,
        starts: Sequence[tuple[float, float]],
        optimiser: str = OPTIMISERS[0],
        optimisers: Sequence[str] = OPTIMISERS,
        rate: float = 0.1,
        rate_range: Ends | None = None,
        momentum: float = 0.9,
        noise: float = 0.0,
        noise_most: float | None = None,
        seed: int = 0,
        steps: int = 0,
        speed: float = 10.0,
        critical: bool = True,
        surface: bool = True,
        azimuth: float = -120.0,
        elevation: float = 35.0,
    ) -> None:
        super().__init__(name=name)
        with self.hold_sync():
            self.set_trait("landscape", _terrain.check_landscape(landscape))
            self._set_rolling(optimisers, rate, rate_range, noise_most)
            self.optimiser, self.rate, self.momentum, self.noise = optimiser, rate, momentum, noise
            self.seed, self.steps, self.speed = seed, steps, speed
            self.starts, self.critical = starts, critical
            self.set_trait("surface", surface)
            self.azimuth, self.elevation = azimuth, elevation
            self._land = sent(landscape)
            self._marks = _terrain.marks(landscape)
            self._ready = True
            self._reshake(None)
            self._texts = _terrain.write_texts(self)

    # ------------------------------------------------------------------------------------ what Python reads

    @property
    def paths(self) -> list[Path]:
        """The path of each ball, recomputed; the `end` of one may also be ``"rest"``."""
        return [self._roll(self.landscape, start, ball) for ball, start in enumerate(self.starts)]

    @property
    def balls(self) -> Array:
        """Where the balls are, shape (k, 2)."""
        return np.array([path.points[-1] for path in self.paths])

    def figure(self) -> "StillFigure":
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_terrain import terrain

        return terrain(self.landscape, self.paths, self._marks if self.critical else ())

    def describe(self) -> str:
        """Return the settings, and where each ball is and why it ended, in a sentence each."""
        return _terrain.describe(self)

    def __repr__(self) -> str:
        return (
            f"Terrain({self.landscape!r}, name={self.name!r}, {len(self.starts)} "
            f"{'ball' if len(self.starts) == 1 else 'balls'}, steps={self.steps})"
        )

    # ----------------------------------------------------------------------------------- what follows what

    @traitlets.validate("starts")
    def _check_starts(self, proposal: Any) -> tuple[tuple[float, float], ...]:
        count = len(self.starts) if self._ready else None
        return _terrain.check_starts(proposal.value, self.landscape, count)

    @traitlets.validate("azimuth", "elevation")
    def _check_view(self, proposal: Any) -> float:
        name, degrees = proposal.trait.name, proposal.value
        low, high = {"azimuth": (-180.0, 180.0), "elevation": (10.0, 80.0)}[name]
        if not low <= degrees <= high:
            raise traitlets.TraitError(outside(name, degrees, low, high))
        return degrees

    @traitlets.observe("seed", "noise")
    def _reshake(self, _: Any) -> None:
        if self._ready:
            self._shake(len(self.starts))
