"""What every live figure shares: one drawing module, a name, and its four faces."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure

_STATIC = Path(__file__).parent.parent / "static"


class Figure(anywidget.AnyWidget):
    """A figure: alive in a page, a picture on paper, a sentence for a screen reader, an object in Python.

    A subclass names its drawing in `_view` and says what it shows in :meth:`figure` and :meth:`describe`.
    """

    _esm = _STATIC / "lossviz.js"
    _css = _STATIC / "lossviz.css"
    _view = traitlets.Unicode().tag(sync=True)
    _words = traitlets.Dict(  # of the button that every figure has in the book's pages
        {
            "link": "Copy link to this state",
            "copied": "Copied.",
            "in_bar": "The link is in the address bar.",
        }
    ).tag(sync=True)

    name = traitlets.Unicode(
        help="str: the figure's name, unique on its page: lower-case letters, digits, hyphens. No default."
    ).tag(sync=True)

    @traitlets.validate("name")
    def _check_name(self, proposal: Any) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", proposal.value):
            raise traitlets.TraitError(
                f"name must be lower-case letters, digits and hyphens, like mse-curve; got {proposal.value!r}"
            )
        return proposal.value

    def figure(self) -> "StillFigure":
        """Return the figure's present state as a matplotlib figure."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the figure's present state in a sentence or two, with its numbers."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # Matplotlib is slow to load, so only a figure that is shown pays for it.
        from lossviz.plots import png

        live = super()._repr_mimebundle_(**kwargs)
        bundle, metadata = live if live is not None else ({}, {})
        still = self.figure()
        bundle["text/plain"] = self.describe()
        bundle["image/png"] = png(still)
        width = round(still.get_figwidth() * 100)
        metadata = {**metadata, "image/png": {"width": width}}
        return bundle, metadata


def check_ends(trait: str, ends: tuple[float, float]) -> tuple[float, float]:
    """Refuse the ends of an axis or a slider that span nothing."""
    low, high = ends
    if not (np.isfinite([low, high, high - low]).all() and low < high):
        raise traitlets.TraitError(
            f"{trait} must be two finite numbers, the lower first; got ({low:g}, {high:g})"
        )
    return ends


def outside(trait: str, number: float, low: float, high: float) -> str:
    """Say that a number lies outside the ends it must keep to."""
    return f"{trait} must lie in the range from {low:g} to {high:g}; got {number:g}"
