"""The colours, dashes and sizes of every figure, from ``look.json``; the page's CSS is made from it too."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def look() -> dict[str, Any]:
    """Read the look once."""
    return json.loads(files("lossviz").joinpath("look.json").read_text(encoding="utf-8"))


def ink(name: str) -> str:
    """Return one of the common colours (`text`, `muted`, `line`, `grid`, `accent`, ...) as it is on paper.

    Examples
    --------
    >>> ink("surface")
    '#ffffff'
    """
    return look()["ink"][name]["light"]


def stroke(loss_name: str, place: int = 0) -> tuple[str, list[int]]:
    """Return a loss's colour on paper and its dash; a loss the book does not know is drawn by its place.

    A loss computed from logits is the same loss, and looks the same.

    Examples
    --------
    >>> stroke("mae")
    ('#d55e00', [9, 4])
    """
    others = look()["others"]
    known = look()["losses"].get(loss_name.removesuffix(".from_logits"), others[place % len(others)])
    return known["light"], known["dash"]
