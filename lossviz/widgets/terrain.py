"""Terrain: balls that roll downhill on a loss landscape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.basins import HAIR, Basins
from lossviz.basins import basins as find_basins
from lossviz.critical import Critical, critical_points
from lossviz.descent import OPTIMISERS, Path
from lossviz.landscape import Landscape
from lossviz.variables import Array
from lossviz.widgets import _terrain
from lossviz.widgets._base import outside
from lossviz.widgets._rolling import MOST, REST, Rolling
from lossviz.widgets._shared import Ends, sent

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure

    from lossviz.directions import PathPlane

STARTS = 81  # along each axis: of the basins


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
    basins : bool, optional
        Whether each start is coloured by the valley it leads to. A button changes it; with None there is none.
    critical : bool, optional
        Whether minima, maxima and saddles are marked.
    surface : bool, optional
        Whether the landscape is also drawn as a surface, which turns.
    azimuth, elevation : float, optional
        From where that is seen, in degrees: 0 from where x is high, 90 from where y is high; and how far up.
    walk : PathPlane, optional
        A path through many parameters as :func:`lossviz.pca_directions` sees it in the plane of the
        landscape. It is drawn as it is, and a slider tells of each step how far it is from the plane, and
        its true loss. Then there may be no balls.

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
    _still = traitlets.Float(HAIR).tag(sync=True)
    _land = traitlets.Dict().tag(sync=True)
    _marks: traitlets.List[Any] = traitlets.List().tag(sync=True)

    landscape = traitlets.Any(read_only=True, help="Landscape: what the balls roll on.")
    starts = traitlets.Any((), help="tuple of (x, y): where each ball starts, on the map. No default.").tag(
        sync=True
    )
    basins = traitlets.Bool(
        None,
        allow_none=True,
        help="bool or None: whether starts are coloured by where they lead. Default: None, not offered.",
    ).tag(sync=True)
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

    _walk = traitlets.Dict().tag(sync=True)
    walk = traitlets.Any(
        None, read_only=True, help="PathPlane or None: a path that is seen in this plane. Default: None."
    )
    walk_step = traitlets.Int(0, help="int: the step of it that is pointed at. Default: the last.").tag(
        sync=True
    )

    _points: tuple[Critical, ...]  # where it is level
    _found: tuple[tuple[Any, ...], Basins] | None = None  # by the settings they were found with
    _ready = False

    def __init__(
        self,
        landscape: Landscape,
        *,
        name: str,
        starts: Sequence[tuple[float, float]] = (),
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
        basins: bool | None = None,
        critical: bool = True,
        surface: bool = True,
        azimuth: float = -120.0,
        elevation: float = 35.0,
        walk: PathPlane | None = None,
    ) -> None:
        super().__init__(name=name)
        with self.hold_sync():
            self.set_trait("landscape", _terrain.check_landscape(landscape))
            self._set_rolling(optimisers, rate, rate_range, noise_most)
            self.optimiser, self.rate, self.momentum, self.noise = optimiser, rate, momentum, noise
            self.seed, self.steps, self.speed = seed, steps, speed
            if walk is not None:
                self._walk = _terrain.check_walk(walk, landscape)
                self.set_trait("walk", walk)
                self.walk_step = len(walk.places) - 1
            self.starts, self.critical, self.basins = starts, critical, basins
            self.set_trait("surface", surface)
            self.azimuth, self.elevation = azimuth, elevation
            self._land = sent(landscape)
            self._points = critical_points(landscape)
            self._marks = _terrain.marks(self._points)
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

    @property
    def reached(self) -> list[Critical | None]:
        """For each ball the minimum it rests in, or is close to with the last step there is; or None."""
        found = []
        for path in self.paths:
            here = _terrain.mark_at(self.landscape, self._marks, path.points[-1])
            ended = path.end == REST or (path.end == "steps" and self.steps == MOST)
            point = self._points[self._marks.index(here)] if here and ended else None
            found.append(point if point and point.kind == "minimum" else None)
        return found

    @property
    def _basins(self) -> Basins:
        """Which valley each start leads to with the present settings, computed once for each."""
        momentum = self.momentum if self.optimiser == "momentum" else 0.0
        key = (self.optimiser, self.rate, momentum)
        if self._found is None or self._found[0] != key:
            self._found = (
                key,
                find_basins(
                    self.landscape,
                    optimiser=self.optimiser,
                    rate=self.rate,
                    momentum=momentum,
                    size=STARTS,
                    most=MOST,
                ),
            )
        return self._found[1]

    def figure(self) -> StillFigure:
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_terrain import terrain

        return terrain(
            self.landscape,
            self.paths,
            self._marks if self.critical else (),
            self._basins if self.basins else None,
            self.walk,
            self.walk_step,
            (self.azimuth, self.elevation) if self.surface else None,
        )

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
        least = 1 if self.walk is None else 0
        return _terrain.check_starts(proposal.value, self.landscape, count=count, least=least)

    @traitlets.validate("walk_step")
    def _check_walk_step(self, proposal: Any) -> int:
        last = 0 if self.walk is None else len(self.walk.places) - 1
        if not 0 <= proposal.value <= last:
            raise traitlets.TraitError(outside("walk_step", proposal.value, 0, last))
        return proposal.value

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
