"""Race: the same start on several landscapes at once, with loss and gradient step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from lossviz.descent import OPTIMISERS, Path
from lossviz.landscape import SIZE, Landscape
from lossviz.loss import Loss
from lossviz.pulling import LineLandscape, LineScore
from lossviz.variables import Array
from lossviz.widgets import _race
from lossviz.widgets._rolling import MOST, Rolling, rolled
from lossviz.widgets._shared import Ends

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class Race(Rolling):
    """Two to four balls that start at the same place, each on a landscape of its own, under one clock.

    A lane that has ended, because its ball left the map, diverged or came to rest, waits for the others.
    :meth:`Race.of_lines` makes a race of losses on the same few examples, and shows who pulls.

    Parameters
    ----------
    landscapes : mapping from str to Landscape
        Each lane's title and its landscape; all have the same two axes. Instead of a landscape a lane can
        have several *variants*, a mapping from numbers to landscapes: the reader chooses one with a slider,
        the same in all lanes.
    name : str
        The figure's name, unique on its page.
    start : (float, float), optional
        Where all balls start. The default is up on the left.
    optimiser : str or tuple of str, optional
        What makes a step of each gradient; a tuple holds one for each lane, and then the reader cannot
        choose another.
    optimisers : tuple of str, optional
        What the reader can choose among; all by default.
    rate, momentum, noise, seed : float, float, float and int, optional
        The settings of the descent, the same in all lanes, as for :func:`lossviz.descent.descend`.
    rate_range : (float, float), optional
        The ends of the slider of the rate. The default is around the rate.
    noise_most : float, optional
        The end of the slider of the noise. Without it there is none.
    steps : int, optional
        How many steps are taken at first, up to 1,000.
    speed : float, optional
        Steps a second.
    variant : float, optional
        The variant at first; the lowest by default.
    variants_label : str, optional
        What the variants are.
    goal : float, optional
        A loss to get below: it is marked, and each lane tells when it was.
    log_loss : bool, optional
        Whether the loss is drawn over an axis in powers of ten, as the gradient always is.
    strokes : tuple of str, optional
        The name of a loss for each lane, whose colour and dash it gets.

    Raises
    ------
    TypeError
        If an argument is unknown, or a landscape is none.
    ValueError
        If the landscapes do not go together; the message says why.
    traitlets.TraitError
        If another value cannot be shown; the message says why.

    Examples
    --------
    >>> from lossviz import Race
    >>> from lossviz.landscape import Landscape
    >>> bowl = Landscape.of(lambda x, y: (x**2 + 20 * y**2) / 2, x=(-4, 4), y=(-1, 1))
    >>> race = Race(
    ...     {"plain": bowl, "momentum": bowl}, name="valley",
    ...     optimiser=("gradient descent", "momentum"), start=(-3, 0.5), rate=0.02, momentum=0.8,
    ... )
    >>> race.roll(100)
    >>> print(race.describe())
    After 100 steps from x −3, y 0.5: plain has loss 0.0791, gradient 0.398; momentum has loss 1.75 × 10⁻⁹, gradient 6.4 × 10⁻⁵.
    >>> race.steps_to(0.1)
    {'plain': 95, 'momentum': 17}
    """  # noqa: E501 (what describe says is one line)

    _view = traitlets.Unicode("race").tag(sync=True)
    _sent_lanes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _sent_lands: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _variants: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _classes: traitlets.List[Any] = traitlets.List().tag(sync=True)

    start = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        default_value=(0.0, 0.0),
        help="(float, float): where all balls start, on the map. Default: up on the left.",
    ).tag(sync=True)
    each_optimiser = traitlets.Tuple(
        read_only=True, help="tuple of str: the optimiser of each lane, if they differ. Default: empty."
    ).tag(sync=True)
    variant = traitlets.Float(
        None, allow_none=True, help="float or None: which of the variants is shown. Default: the lowest."
    ).tag(sync=True)
    variants_label = traitlets.Unicode("variant", help="str: what the variants are. Default: 'variant'.")
    goal = traitlets.Float(
        None, allow_none=True, help="float or None: a loss to get below. Default: None."
    ).tag(sync=True)
    log_loss = traitlets.Bool(
        False, help="bool: whether the loss is drawn in powers of ten. Default: False."
    ).tag(sync=True)
    class_names = traitlets.Tuple(
        traitlets.Unicode(),
        traitlets.Unicode(),
        default_value=("−1", "+1"),
        help="(str, str): of the examples, the lower class first. Default: ('−1', '+1').",
    )

    _lanes: tuple[_race.Lane, ...] = ()
    _kept: tuple[Any, list[Path]] = (None, [])

    def __init__(
        self,
        landscapes: Mapping[str, Landscape | Mapping[Any, Landscape]],
        *,
        name: str,
        start: tuple[float, float] | None = None,
        optimiser: str | Sequence[str] = OPTIMISERS[0],
        optimisers: Sequence[str] = OPTIMISERS,
        rate: float = 0.1,
        rate_range: Ends | None = None,
        momentum: float = 0.9,
        noise: float = 0.0,
        noise_most: float | None = None,
        seed: int = 0,
        steps: int = 0,
        speed: float = 10.0,
        variant: float | None = None,
        variants_label: str = "variant",
        goal: float | None = None,
        log_loss: bool = False,
        strokes: Sequence[str] | None = None,
        class_names: tuple[str, str] = ("−1", "+1"),
    ) -> None:
        lanes = _race.lanes_of(landscapes, strokes)
        super().__init__(name=name, variants_label=variants_label, class_names=class_names, log_loss=log_loss)
        self._lanes = lanes
        own = () if isinstance(optimiser, str) else _race.check_each(optimiser, lanes)
        self._set_rolling(own or optimisers, rate, rate_range, noise_most)
        with self.hold_sync():
            if own:
                self.set_trait("each_optimiser", own)
                self._optimisers = []  # nothing to choose
            self._variants = list(_race.variants_of(landscapes))
            self._sent_lanes, self._sent_lands = _race.sent_lanes(lanes)
            first = lanes[0].landscapes[0]
            if isinstance(first, LineLandscape):
                self._classes = _race.classes_of(first.score.actual)
            self.variant = self._variants[0] if variant is None and self._variants else variant
            self.start = _race.start_on(first) if start is None else start
            self.optimiser = own[0] if own else str(optimiser)
            self.rate, self.momentum, self.noise, self.seed = rate, momentum, noise, seed
            self.steps, self.speed, self.goal = steps, speed, goal
            self._shake(1)
            self._texts = _race.write_texts(self)

    @classmethod
    def of_lines(
        cls,
        x: ArrayLike,
        actual: ArrayLike,
        losses: Mapping[str, Loss] | Sequence[Loss],
        *,
        name: str,
        weight: Ends = (-4.0, 4.0),
        bias: Ends = (-4.0, 4.0),
        size: int = SIZE,
        **settings: Any,
    ) -> Race:
        """Race on the scores of one line, ``weight · x + bias``, under two to four losses.

        Under each map stands who pulls: how fast each example's loss changes with its logit.

        Parameters
        ----------
        x : array, shape (n,)
            A few examples, 2 to 16.
        actual : array, shape (n,)
            What the line should say of each: numbers, or two classes, −1 and +1 or 0 and 1.
        losses : sequence of Loss, or mapping from str to Loss
            Losses of the error or of a margin, with their titles if they should not have their own.
        name : str
            The figure's name, unique on its page.
        weight, bias : (float, float)
            The ends of the map.
        size : int
            How many nodes the map has along each axis; the balls roll on the exact slopes.
        **settings
            As for `Race`, and `class_names`, what the lower and the upper class are called.

        Examples
        --------
        >>> from lossviz import Race, hinge, mse
        >>> race = Race.of_lines([-2, -1, 0.4, 2], [-1, 1, -1, 1], [mse, hinge], name="two", start=(-1, 2))
        >>> race.roll(30)
        >>> race.pulls.round(2)
        array([[0.94, 2.48, 2.32, 0.76],
               [1.  , 1.  , 1.  , 0.  ]])
        """
        named = losses if isinstance(losses, Mapping) else {loss.title: loss for loss in losses}
        scores = {title: LineScore(loss, x, actual) for title, loss in named.items()}
        _race.check_count(x)
        return cls(
            {title: score.landscape(weight, bias, size=size) for title, score in scores.items()},
            name=name,
            strokes=[loss.name for loss in named.values()],
            **settings,
        )

    # ------------------------------------------------------------------------------------ what Python reads

    @property
    def paths(self) -> list[Path]:
        """The path of each lane so far; it may also end in ``"rest"``."""
        return self._paths(self.steps)

    @property
    def pulls(self) -> Array | None:
        """How hard each example pulls now, shape (lanes, n); None for a race that is not of lines."""
        lands = [land for land in self._lands if isinstance(land, LineLandscape)]
        if len(lands) < len(self._lands):
            return None
        return np.stack(
            [land.score.pulls(path.points[-1]) for land, path in zip(lands, self.paths, strict=True)]
        )

    def steps_to(self, loss: float) -> dict[str, int | None]:
        """Return after how many steps each lane is below a loss for the first time.

        Parameters
        ----------
        loss : float
            What to get below.

        Returns
        -------
        dict
            From each title to a number of steps, or to None if the lane is not there within 1,000 steps.
        """
        paths = zip(self._lanes, self._paths(MOST), strict=True)
        return {lane.title: _race.steps_below(path, loss) for lane, path in paths}

    def figure(self) -> StillFigure:
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_race import Lane, race

        pulls = self.pulls
        paths = self.paths
        return race(
            [
                Lane(
                    lane.title,
                    lane.stroke,
                    land,
                    path,
                    None if pulls is None else pulls[place],
                    ", ".join(_race.notes(self._texts, path, self.goal)),
                )
                for place, (lane, land, path) in enumerate(zip(self._lanes, self._lands, paths, strict=True))
            ],
            classes=self._classes,
            class_names=self.class_names,
            silent_label=self._texts["silent"],
            goal=self.goal,
            log_loss=self.log_loss,
        )

    def describe(self) -> str:
        """Return where the race stands: the steps, and each lane's loss, gradient and end."""
        return _race.describe(self)

    def __repr__(self) -> str:
        titles = ", ".join(lane.title for lane in self._lanes)
        return f"Race({titles}, name={self.name!r}, start=({self.start[0]:g}, {self.start[1]:g}))"

    @property
    def _lands(self) -> list[Landscape]:
        """The landscape that each lane shows."""
        which = 0 if self.variant is None else self._variants.index(self.variant)
        return [lane.landscapes[which if len(lane.landscapes) > 1 else 0] for lane in self._lanes]

    def _paths(self, steps: int) -> list[Path]:
        """Return the paths of so many steps; those last asked for are kept."""
        own = self.each_optimiser or (self.optimiser,) * len(self._lanes)
        asked = (steps, own, self.start, self.variant, self.rate, self.momentum, self.noise, self.seed)
        if asked != self._kept[0]:
            self._kept = asked, self._walk(steps, own)
        return list(self._kept[1])

    def _walk(self, steps: int, own: Sequence[str]) -> list[Path]:
        return [
            rolled(
                land, self.start, steps, rate=self.rate, optimiser=optimiser,
                momentum=self.momentum, noise=self.noise, seed=self.seed,
            )
            for land, optimiser in zip(self._lands, own, strict=True)
        ]  # fmt: skip

    # --------------------------------------------------------------------------------------- what is refused

    @traitlets.validate("start")
    def _check_start(self, proposal: Any) -> tuple[float, float]:
        if self._lanes and not self._lanes[0].landscapes[0].holds(proposal.value):
            x, y = self._lanes[0].landscapes[0].x_range, self._lanes[0].landscapes[0].y_range
            raise traitlets.TraitError(
                f"start must lie on the map, from ({x[0]:g}, {y[0]:g}) to ({x[1]:g}, {y[1]:g}); "
                f"got {proposal.value}"
            )
        return proposal.value

    @traitlets.validate("variant")
    def _check_variant(self, proposal: Any) -> float | None:
        if self._lanes and proposal.value not in (self._variants or [None]):
            given = ", ".join(f"{variant:g}" for variant in self._variants) or "None: there are no variants"
            raise traitlets.TraitError(f"variant must be one of {given}; got {proposal.value}")
        return proposal.value

    @traitlets.validate("goal")
    def _check_goal(self, proposal: Any) -> float | None:
        if proposal.value is not None and not np.isfinite(proposal.value):
            raise traitlets.TraitError(f"goal must be a finite number, or None; got {proposal.value}")
        return proposal.value

    # ----------------------------------------------------------------------------------- what follows what

    @traitlets.observe("variants_label", "class_names")
    def _rewrite(self, _: Any) -> None:
        if self._lanes:
            self._texts = _race.write_texts(self)

    @traitlets.observe("seed", "noise")
    def _shake_anew(self, _: Any) -> None:
        if self._lanes:
            self._shake(1)
