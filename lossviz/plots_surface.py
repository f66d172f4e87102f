"""A landscape as a block of land seen from the side: the still face of the surface that turns in the page.

The block is two units wide and deep; `u` runs along x and `v` along y from -1 to 1, and `h` up from 0 to
`TALL`.
``js/src/surface.js`` is the same in the page, with the same numbers; a test compares the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation
from numpy.typing import ArrayLike

from lossviz.landscape import Landscape
from lossviz.look import ink, look
from lossviz.plots import terrain_colours
from lossviz.text import short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TALL, FLOOR, MIDDLE, EYE = 0.85, -0.07, 0.35, 7.0  # as in the page
MOST, FAR, LEAST, ROOM = 0.9, 4.0, 0.15, 0.5
LIGHT = np.array([-0.55, 0.35, 0.76])
DARKEST = 0.72  # of a colour, on a slope that turns from the light
CELLS = 67
CORNER = np.sqrt(2)
LINE_AHEAD, THING_AHEAD = 1, 2  # strips that a line and a ball stand out towards the eye
IN_FRONT = 1000  # the order of what nothing covers
HAIR = 0.5  # points
SIZE = look()["size"]["font"] - 4  # points, of letters
NEAR = 0.93  # a number nearer to the near corner lies on one of the other edge
APART = 0.16  # from number to number of the heights
STEEP = 0.45  # across for a unit up, as in the page
LONG = 20  # letters


class Ball(NamedTuple):
    """A ball on the land, with its colour and perhaps a label."""

    x: float
    y: float
    colour: str
    label: str = ""


class Trail(NamedTuple):
    """A way on the land: `points` has shape (n, 2)."""

    points: ArrayLike
    colour: str


class Mark(NamedTuple):
    """A mark on the land, as one of matplotlib's markers."""

    x: float
    y: float
    marker: str


@dataclass(frozen=True)
class Relief:
    """How heights are drawn: one corner far above all the rest is squeezed, or it would leave them flat.

    Examples
    --------
    >>> relief = Relief.of(np.array([3.0, 4.0, 5.0]), [4.0])
    >>> relief.raised(np.array([3.0, 4.0, 5.0])), relief.squeezed
    (array([0.   , 0.425, 0.85 ]), False)
    """

    low: float
    high: float
    knee: float
    levels: tuple[float, ...]

    @classmethod
    def of(cls, z: Array, levels: Sequence[float]) -> "Relief":
        """Choose how to draw the heights `z`, with contour lines at `levels`."""
        ordered = np.sort(z, axis=None)
        low, high = float(ordered[0]), float(ordered[-1])
        usual = max(ordered[int(MOST * (len(ordered) - 1))] - low, LEAST * (high - low))
        knee = low + usual if high - low > FAR * usual else high
        return cls(low, high, float(knee), tuple(levels))

    @property
    def squeezed(self) -> bool:
        """Whether there is anything above the knee."""
        return self.knee < self.high

    def raised(self, z: ArrayLike) -> Array:
        """Return `h` for heights `z`."""
        flat = self.knee - self.low <= 1e-9 * max(abs(self.low), abs(self.high))
        unit = np.inf if flat else self.knee - self.low
        top = _soft((self.high - self.low) / unit) or 1.0
        return TALL * _soft(np.maximum(FLOOR, (np.asarray(z) - self.low) / unit)) / top

    def share(self, z: ArrayLike) -> Array:
        """Return where heights stand among the colours: the map's own colour in the middle of each band."""
        bands = len(self.levels)
        if not bands:
            return np.zeros(np.shape(z))
        shares = [0.0, *((k + 0.5) / bands for k in range(bands)), 1.0]
        return np.interp(np.asarray(z, float), [self.low, *self.levels, self.high], shares)


def _soft(s: ArrayLike) -> Any:
    """Return `s` up to 1, and beyond ever less: never more than `ROOM` above."""
    beyond = np.maximum(s, 1.0) - 1
    return np.minimum(s, 1.0) + ROOM * (1 - 1 / (1 + beyond / ROOM))


@dataclass(frozen=True)
class Camera:
    """An eye that looks at the block from `azimuth` and `elevation`, in degrees, as in matplotlib.

    Examples
    --------
    >>> x, y = Camera(-90, 30).project(np.array([-1.0, 0.0, 1.0]), 0.0, 0.0)
    >>> x.round(2)
    array([-0.98,  0.  ,  0.98])
    """

    azimuth: float
    elevation: float

    @property
    def _turns(self) -> tuple[float, float, float, float]:
        a, e = np.radians([self.azimuth, self.elevation])
        return float(np.cos(a)), float(np.sin(a)), float(np.cos(e)), float(np.sin(e))

    @property
    def eye(self) -> tuple[float, float]:
        """Where the eye stands on the map, `u` and `v`."""
        ca, sa, ce, _ = self._turns
        return EYE * ce * ca, EYE * ce * sa

    def project(self, u: ArrayLike, v: ArrayLike, h: ArrayLike) -> tuple[Array, Array]:
        """Return how far right and up of the middle places lie in the picture, in units of the block."""
        ca, sa, ce, se = self._turns
        u, v, up = np.asarray(u, float), np.asarray(v, float), np.asarray(h, float) - MIDDLE
        near = u * ca + v * sa
        size = EYE / (EYE - near * ce - up * se)
        return size * (v * ca - u * sa), size * (up * ce - near * se)

    def points(self, u: ArrayLike, v: ArrayLike, h: ArrayLike) -> Array:
        """Return the same as one array, shape (..., 2)."""
        return np.stack(np.broadcast_arrays(*self.project(u, v, h)), axis=-1)


def surface(
    axes: "Axes",
    landscape: Landscape,
    levels: Sequence[float],
    *,
    azimuth: float = -120,
    elevation: float = 35,
    balls: Sequence[Ball] = (),
    trails: Sequence[Trail] = (),
    marks: Sequence[Mark] = (),
    walk: ArrayLike | None = None,
    squeezed: str = "{label}, squeezed above {height}",
) -> None:
    """Draw a landscape as the page does while it stands still.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Empty; best about as high as 0.8 of its width.
    landscape : Landscape
        What to draw.
    levels : sequence of float
        The heights of the contour lines, the same as on the map.
    azimuth, elevation : float
        Where the eye stands, in degrees.
    balls, trails, marks : sequence
        What lies and stands on the land.
    walk : array, shape (n, 3), optional
        Points off the land: x, y and the true height.
    squeezed : str
        What is said of a height that is squeezed.

    Examples
    --------
    >>> from lossviz.plots import panels
    >>> figure, (axes,) = panels(4.0)
    >>> bowl = Landscape.of(lambda x, y: x**2 + y**2, x=(-1, 1), y=(-1, 1), names=("weight", "bias"))
    >>> surface(axes, bowl, [0.5, 1.0], balls=[Ball(0, 0, "red")])
    >>> {"weight", "bias", "loss"} <= {text.get_text() for text in axes.texts}
    True
    """
    relief, camera = Relief.of(landscape.z, levels), Camera(azimuth, elevation)
    strips = Strips(camera)
    axes.set_axis_off()
    _frame(axes, camera)
    heights = _heights(landscape, relief)
    _land(axes, camera, strips, relief, *heights)

    def place(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Array]:
        across, up = np.asarray(x, float), np.asarray(y, float)
        (left, right), (low, high) = landscape.x_range, landscape.y_range
        u, v = 2 * (across - left) / (right - left) - 1, 2 * (up - low) / (high - low) - 1
        return u, v, relief.raised(landscape.value_at(np.stack([across, up], axis=-1)))

    for trail in trails:
        _trail(axes, camera, strips, place, np.asarray(trail.points, float), trail.colour)
    for mark in marks:
        u, v, h = place(mark.x, mark.y)
        _dot(axes, camera.points(u, v, h), strips.rank(u, v), mark.marker, "none", "white", 6, 1.2)
    for x, y, z in [] if walk is None else np.asarray(walk, float):
        u, v, h = place(x, y)
        foot, point = camera.points(u, v, h), camera.points(u, v, relief.raised(z))
        order = IN_FRONT if relief.raised(z) < h else strips.rank(u, v)
        axes.plot(*np.array([foot, point]).T, color="white", linewidth=0.8, zorder=order + 0.4)
        _dot(axes, point, order, "o", ink("accent"), "white", 4, 0.7)
    for ball in balls:
        u, v, h = place(ball.x, ball.y)
        size = 12 if ball.label else 10
        lift = 0.35 * size  # it touches the land where it stands
        _dot(axes, camera.points(u, v, h), strips.rank(u, v), "o", ball.colour, "white", size, 1.6, lift)
        if ball.label:
            _write(axes, ball.label, camera.points(u, v, h), np.array([0.0, lift]), "white", "center")
            axes.texts[-1].set(weight="bold", size=7, zorder=strips.rank(u, v) + 0.6)
    _sides(axes, camera, heights[0])
    name = landscape.label
    if relief.squeezed:
        name = squeezed.format(label=name, height=short(relief.knee))
    _axes(axes, camera, relief, landscape, name)


class Strips:
    """The rows or columns of cells from far to near: what is near is painted over what it hides."""

    def __init__(self, camera: Camera) -> None:
        self.by_row = abs(camera.eye[1]) >= abs(camera.eye[0])
        along = camera.eye[1] if self.by_row else camera.eye[0]
        rising = int(np.clip(np.floor((along + 1) / 2 * CELLS), 0, CELLS))
        self.order = [*range(rising), *range(CELLS - 1, rising - 1, -1)]
        self.place = np.argsort(self.order)
        across = camera.eye[0] if self.by_row else camera.eye[1]
        rising = int(np.clip(np.floor((across + 1) / 2 * CELLS), 0, CELLS))
        self.inner = [*range(rising), *range(CELLS - 1, rising - 1, -1)]

    def of(self, u: ArrayLike, v: ArrayLike) -> Array:
        """Return when the strip of each place is painted, counted from 0."""
        at = np.asarray(v if self.by_row else u, float)
        return self.place[np.clip(np.floor((at + 1) / 2 * CELLS), 0, CELLS - 1).astype(int)]

    def rank(self, u: ArrayLike, v: ArrayLike) -> float:
        """Return the order in which something that stands there is painted."""
        return float(self.of(u, v)) + THING_AHEAD


def _frame(axes: "Axes", camera: Camera) -> None:
    """Leave room for the block, whichever way it is turned, and its numbers."""
    ca, sa, *_ = camera._turns
    toward = CORNER * np.array([-1, -1, 1, 1])
    rims = camera.project(toward * ca, toward * sa, np.array([FLOOR, TALL, FLOOR, TALL]))[1]
    wide = CORNER * EYE / np.sqrt(EYE**2 - 2)
    axes.set(xlim=(-wide - 0.45, wide + 0.45), ylim=(rims.min() - 0.4, rims.max() + 0.15), aspect="equal")


def _heights(landscape: Landscape, relief: Relief) -> tuple[Array, Array]:
    """Return `h` and the height at the nodes of the block's cells."""
    x, y = (np.linspace(*ends, CELLS + 1) for ends in (landscape.x_range, landscape.y_range))
    nodes = np.stack(np.meshgrid(x, y), axis=-1)
    z = landscape.value_at(nodes.reshape(-1, 2)).reshape(CELLS + 1, CELLS + 1)
    return relief.raised(z), z


def _land(axes: "Axes", camera: Camera, strips: Strips, relief: Relief, h: Array, z: Array) -> None:
    nodes = np.linspace(-1, 1, CELLS + 1)
    at = camera.points(*np.meshgrid(nodes, nodes), h)
    cells = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)
    middle = (z[:-1, :-1] + z[:-1, 1:] + z[1:, 1:] + z[1:, :-1]) / 4
    colours = terrain_colours()(relief.share(middle))
    east = (h[:-1, 1:] - h[:-1, :-1] + h[1:, 1:] - h[1:, :-1]) * CELLS / 4
    north = (h[1:, :-1] - h[:-1, :-1] + h[1:, 1:] - h[:-1, 1:]) * CELLS / 4
    light = (LIGHT[2] - LIGHT[0] * east - LIGHT[1] * north) / np.sqrt(east**2 + north**2 + 1)
    light = np.maximum(0, light / np.linalg.norm(LIGHT))
    colours[..., :3] *= (DARKEST + (1 - DARKEST) * light)[..., np.newaxis]
    if not strips.by_row:
        cells, colours = cells.swapaxes(0, 1), colours.swapaxes(0, 1)
    for order, k in enumerate(strips.order):
        paint = colours[k][strips.inner]
        axes.add_collection(
            PolyCollection(
                list(cells[k][strips.inner]), facecolors=paint, edgecolors=paint, linewidths=0.3, zorder=order
            ),
            autolim=False,
        )
    generator = contour_generator(nodes, nodes, h)
    for level in relief.levels:
        height = float(relief.raised(level))
        for line in generator.lines(height):
            u, v = np.asarray(line).T
            middles = (u[:-1] + u[1:]) / 2, (v[:-1] + v[1:]) / 2
            _pieces(axes, camera.points(u, v, height), strips.of(*middles) + 0.1, "white", HAIR, 0.55)


def _pieces(axes: "Axes", at: Array, orders: Array, colour: str, width: float, alpha: float = 1) -> None:
    """Draw a line through points, each piece of it in its own order."""
    pieces = np.stack([at[:-1], at[1:]], axis=1)
    for order in np.unique(orders):
        axes.add_collection(
            LineCollection(
                list(pieces[orders == order]), colors=colour, linewidths=width, alpha=alpha, zorder=order,
                capstyle="round",
            ),
            autolim=False,
        )  # fmt: skip


def _trail(axes: "Axes", camera: Camera, strips: Strips, place: Any, points: Array, colour: str) -> None:
    """Draw a way on the land, in pieces short enough to follow it."""
    ways = [points[:1]]
    for start, end in pairwise(points):
        du, dv = np.subtract(place(*end)[:2], place(*start)[:2])
        count = int(np.ceil(max(abs(du), abs(dv)) * CELLS)) + 1
        ways.append(start + (end - start) * np.linspace(0, 1, count + 1)[1:, np.newaxis])
    u, v, h = place(*np.concatenate(ways).T)
    orders = strips.of((u[:-1] + u[1:]) / 2, (v[:-1] + v[1:]) / 2) + LINE_AHEAD
    _pieces(axes, camera.points(u, v, h), orders + 0.2, "white", 3.0)
    _pieces(axes, camera.points(u, v, h), orders + 1.3, colour, 1.4)
    u, v, h = place(*points[1:].T)
    for order in np.unique(strips.of(u, v)):
        there = strips.of(u, v) == order
        at = camera.points(u, v, h)[there]
        axes.plot(*at.T, ".", color=colour, markersize=4, markeredgewidth=0, zorder=order + LINE_AHEAD + 1.3)


def _dot(
    axes: "Axes", at: Array, order: float, marker: str, colour: str, edge: str, size: float, width: float,
    lift: float = 0,
) -> None:  # fmt: skip
    figure = axes.figure
    up = ScaledTranslation(0, lift / 72, figure.dpi_scale_trans)
    axes.plot(
        *at, marker, color=colour, markeredgecolor=edge, markersize=size, markeredgewidth=width,
        zorder=order + 0.5, clip_on=False, transform=axes.transData + up,
    )  # fmt: skip


def _sides(axes: "Axes", camera: Camera, h: Array) -> None:
    """Draw the sides of the block that face the eye."""
    along = np.linspace(-1, 1, CELLS + 1)
    (u, v), last = np.sign(camera.eye), CELLS
    ends = along[[-1, 0]]
    west_east = camera.points(u, along, h[:, last if u > 0 else 0]), camera.points(u, ends, FLOOR)
    south_north = camera.points(along, v, h[last if v > 0 else 0]), camera.points(ends, v, FLOOR)
    for eye, rim in zip(camera.eye, (west_east, south_north), strict=True):
        if abs(eye) <= 1:
            continue
        corners = np.concatenate(rim)
        axes.add_patch(
            Polygon(corners, facecolor=ink("grid"), edgecolor=ink("line"), linewidth=0.7, zorder=IN_FRONT - 1)
        )


def _axes(axes: "Axes", camera: Camera, relief: Relief, landscape: Landscape, name: str) -> None:
    """Write numbers and names along the near edges and the upright, with hair lines on the walls behind."""
    u, v = (int(side) for side in np.where(np.array(camera.eye) > 0, 1, -1))
    inside = camera.points(-u, -v, FLOOR)
    for ends, label, corner, edge in (
        (landscape.x_range, landscape.names[0], None, lambda t: camera.points(t, v, FLOOR)),
        (landscape.y_range, landscape.names[1], v, lambda t: camera.points(u, t, FLOOR)),
    ):
        start, end = edge(-1.0), edge(1.0)
        out = np.array([end[1] - start[1], start[0] - end[0]])
        out *= np.sign(out @ (start - inside)) / np.linalg.norm(out)
        room = 0.0
        for value in _ticks(ends, int(np.clip(np.linalg.norm(end - start) / 0.45, 2, 5))):
            share = 2 * (value - ends[0]) / (ends[1] - ends[0]) - 1
            if corner is None or share * corner < NEAR:  # the other edge has a number there
                away = 4 + _reach(short(value), out) / 2
                room = max(room, 4 + _reach(short(value), out))
                _write(axes, short(value), edge(share), away * out, ink("muted"), "center")
        _write(axes, label, edge(0.0), (room + 4 + _reach(label, out) / 2) * out, ink("text"), "center")
    _upright(axes, camera, relief, (u, v), name)


def _upright(axes: "Axes", camera: Camera, relief: Relief, near: tuple[int, int], name: str) -> None:
    """Write heights at the left end of the near edges, or at the right if that edge goes straight back."""
    u, v = near
    levels = _ticks((relief.low, relief.knee), 4)
    if relief.squeezed:
        levels = [*levels, relief.high]
    for h in relief.raised(levels):
        wall = camera.points(np.array([u, -u, -u]), np.array([-v, -v, v]), h)
        axes.plot(*wall.T, color=ink("grid"), linewidth=0.7, zorder=-1)
    corner = camera.points(u, v, 0)
    left, right = sorted(((-u, v), (u, -v)), key=lambda end: float(camera.points(end[0], end[1], 0)[0]))
    across, up = np.abs(camera.points(left[0], left[1], 0) - corner)
    side, (u, v) = (1, right) if across < STEEP * up else (-1, left)
    post = camera.points(u, v, [FLOOR, TALL])
    axes.plot(*post.T, color=ink("line"), linewidth=0.7, zorder=IN_FRONT)
    last = np.inf
    for value in reversed(levels):
        at = camera.points(u, v, relief.raised(value))
        if last - at[1] >= APART:
            out = np.array([side * 4.0, 0.0])
            _write(axes, short(value), at, out, ink("muted"), "right" if side < 0 else "left")
            last = at[1]
    if len(name) > LONG:  # it would lie on the land
        axes.annotate(
            name, (0, 1), xycoords="axes fraction", color=ink("text"), size=SIZE, va="top", parse_math=False
        )
    else:
        _write(axes, name, post[1], np.array([0.0, 10.0]), ink("text"), "center")


def _ticks(ends: tuple[float, float], count: int) -> list[float]:
    """Return round numbers from one end to the other."""
    low, high = ends
    if low == high:
        return [low]
    spare = 1e-9 * (high - low)
    values = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(value) for value in values if low - spare <= value <= high + spare]


def _reach(text: str, out: Array) -> float:
    """Return how many points a text reaches that way, about."""
    return float(abs(out[0]) * 0.56 * SIZE * len(text) + abs(out[1]) * SIZE)


def _write(axes: "Axes", text: str, at: Array, away: Array, colour: str, side: str) -> None:
    axes.annotate(
        text, (at[0], at[1]), (away[0], away[1]), textcoords="offset points", color=colour, size=SIZE,
        ha=side, va="center", parse_math=False, zorder=IN_FRONT, annotation_clip=False,
    )  # fmt: skip
