"""ClassProbabilities: what a classifier says of one picture, with a logit to move for each class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.losses import cross_entropy
from lossviz.models import softmax
from lossviz.text import short
from lossviz.variables import Array
from lossviz.widgets._base import Figure, check_ends, outside

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure

MOST_CLASSES = 8


class _Numbers(traitlets.List):  # type: ignore[type-arg]  # Colab’s traitlets takes no types here
    """A list of numbers that can also be set from a NumPy array."""

    def validate(self, obj: Any, value: Any) -> Any:
        return super().validate(obj, value.tolist() if isinstance(value, np.ndarray) else value)


class ClassProbabilities(Figure):
    """What a classifier says of one picture: move its logits and watch probabilities, loss and pulls.

    Parameters
    ----------
    classes : sequence of str
        The names of the 2 to 8 classes the picture can belong to, all different.
    logits : sequence of float, optional
        A logit for each class; all 0 at first.
    name : str
        The figure's name, unique on its page.
    actual : str, optional
        The name of the correct class. The default is the first.
    range : tuple of float, optional
        The ends of the sliders; they must hold the logits.

    Raises
    ------
    TypeError
        If an argument is unknown or a class is not a name.
    ValueError
        If there are too few or too many classes, or two of them share a name.
    traitlets.TraitError
        If the logits, the correct class or the range cannot be; the message says why.

    Examples
    --------
    >>> from lossviz import ClassProbabilities
    >>> picture = ClassProbabilities(("cat", "dog", "bird"), (2, 1, 0), name="picture")
    >>> print(picture.describe())
    The picture shows a cat. Probabilities: cat 0.665, dog 0.245, bird 0.09. Loss 0.408 nats (0.588 bits).
    >>> picture.actual = "bird"
    >>> picture.pulls.round(3)
    array([ 0.665,  0.245, -0.91 ])
    """

    _view = traitlets.Unicode("class-probabilities").tag(sync=True)
    _start = traitlets.Dict().tag(sync=True)
    _texts = traitlets.Dict().tag(sync=True)

    classes = traitlets.Tuple(
        read_only=True,
        help="tuple of str: the names of the classes, set when the figure is made. No default.",
    ).tag(sync=True)
    logits = _Numbers(
        traitlets.Float(),
        help="list of float: a logit for each class, within `range`; set the whole list. Default: all 0.",
    ).tag(sync=True)
    actual = traitlets.Unicode(
        help="str: the name of the correct class, one of `classes`. Default: the first."
    ).tag(sync=True)
    range = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        help="(float, float): the ends of the sliders. Default: (-6, 6).",
    ).tag(sync=True)

    def __init__(
        self,
        classes: Sequence[str],
        logits: Sequence[float] | Array | None = None,
        *,
        name: str,
        actual: str | None = None,
        range: tuple[float, float] = (-6, 6),
    ) -> None:
        classes = _check_classes(classes)
        self.set_trait("classes", classes)
        super().__init__(
            name=name,
            logits=[0.0] * len(classes) if logits is None else logits,
            actual=classes[0] if actual is None else actual,
            range=range,
            _texts=_write_texts(classes),
        )
        self._start = {"logits": self.logits, "actual": self.actual}

    # ------------------------------------------------------------------------------------ what Python reads

    @property
    def probabilities(self) -> Array:
        """The probability of each class, shape (K,): the softmax of the logits."""
        return softmax(self.logits)

    @property
    def loss(self) -> float:
        """The cross-entropy of the picture, in nats."""
        return cross_entropy.from_logits(self._correct, self.logits)

    @property
    def pulls(self) -> Array:
        """How fast the loss changes with each logit, shape (K,): p − y. Training goes the other way."""
        return cross_entropy.from_logits.slope(self._correct, self.logits)

    @property
    def _correct(self) -> int:
        return self.classes.index(self.actual)

    def reset(self) -> None:
        """Go back to the logits and the correct class the figure was made with."""
        with self.hold_trait_notifications():
            self.logits, self.actual = self._start["logits"], self._start["actual"]

    def figure(self) -> StillFigure:
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_probabilities import class_probabilities

        return class_probabilities(self.classes, self.logits, self._correct, value_range=self.range)

    def describe(self) -> str:
        """Return the correct class, the probabilities and the loss in a few sentences."""
        each = [
            self._texts["each"].format(name=name, p=short(p))
            for name, p in zip(self.classes, self.probabilities, strict=True)
        ]
        return self._texts["sentence"].format(
            kind=self._texts["kinds"][self._correct],
            each=", ".join(each),
            nats=short(self.loss),
            bits=short(self.loss / math.log(2)),
        )

    def __repr__(self) -> str:
        logits = ", ".join(f"{z:g}" for z in self.logits)
        return f"ClassProbabilities({self.classes!r}, [{logits}], name={self.name!r}, actual={self.actual!r})"

    # --------------------------------------------------------------------------------------- what is refused

    @traitlets.validate("logits")
    def _check_logits(self, proposal: Any) -> list[float]:
        logits = proposal.value
        if len(logits) != len(self.classes):
            raise traitlets.TraitError(
                f"logits must be {len(self.classes)}, one for each of the classes; got {len(logits)}"
            )
        self._check_within("logits", logits, self.range)
        return logits

    @traitlets.validate("actual")
    def _check_actual(self, proposal: Any) -> str:
        if proposal.value not in self.classes:
            raise traitlets.TraitError(
                f"actual must be one of {', '.join(self.classes)}; got {proposal.value!r}"
            )
        return proposal.value

    @traitlets.validate("range")
    def _check_range(self, proposal: Any) -> tuple[float, float]:
        ends = proposal.value
        self._check_within("logits", self.logits, ends)
        first = self._start.get("logits", [])  # "Start again" goes back to them
        self._check_within("the first logits", first, ends)
        return ends

    def _check_within(self, what: str, logits: Sequence[float], ends: tuple[float, float]) -> None:
        low, high = check_ends("range", ends)
        for z in logits:
            if not low <= z <= high:
                raise traitlets.TraitError(
                    f"{outside(what, z, low, high)} "
                    f"(to change both, do it inside `with figure.hold_trait_notifications():`)"
                )


def _check_classes(classes: Sequence[str]) -> tuple[str, ...]:
    if isinstance(classes, str):
        raise TypeError(f"classes must be several names, such as ('cat', 'dog'); got {classes!r}")
    for name in classes:
        if not isinstance(name, str):
            raise TypeError(f"classes must be names; got {name!r}")
        if not name.strip():
            raise ValueError(f"classes must not hold an empty name; got {tuple(classes)!r}")
    if not 2 <= len(classes) <= MOST_CLASSES:
        raise ValueError(f"classes must be 2 to {MOST_CLASSES} names; got {len(classes)}")
    if len(set(classes)) < len(classes):
        raise ValueError(f"classes must all be different; got {', '.join(classes)}")
    return tuple(classes)


def _write_texts(classes: Sequence[str]) -> dict[str, Any]:
    """Return every word the page shows, so that Python and the page cannot disagree."""
    return {
        "label": f"A picture to classify: {', '.join(classes)}",
        "kinds": [_with_article(name) for name in classes],
        "class": "class",
        "logit": "logit",
        "probability": "probability",
        "p": "p",
        "gap": "p − y",
        "key": "The arrow runs from p to y, which is 1 for the correct class (✓) and 0 for the others. "
        "To the right: training raises this logit. To the left: it lowers it.",
        "correct": "{name}, the correct class",
        "logit_of": "logit of {name}",
        "lower": "lower the logit of {name}",
        "raise": "raise the logit of {name}",
        "picture": "The picture shows",
        "shift": "shift all",
        "scale": "scale all",
        "again": "Start again",
        "loss": "loss",
        "nats": "nats",
        "bits": "in bits",
        "chance": "p of the correct class",
        "sentence": "The picture shows {kind}. Probabilities: {each}. Loss {nats} nats ({bits} bits).",
        "each": "{name} {p}",
    }


def _with_article(name: str) -> str:
    """Put "a" or "an" before a name, by its first letter.

    Examples
    --------
    >>> _with_article("cat"), _with_article("owl")
    ('a cat', 'an owl')
    """
    return f"{'an' if name[0].lower() in 'aeiou8' else 'a'} {name}"
