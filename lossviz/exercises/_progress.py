"""What a learner has solved so far in this session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from lossviz.exercises._exercise import Exercise

SIGNS = {True: "✓", False: "✗", None: "○"}  # right, not yet, never tried


@dataclass(frozen=True)
class Progress:
    """The exercises of the chapters that were worked on, and how each stands.

    Attributes
    ----------
    exercises : tuple of Exercise
        In the order of the book.
    results : dict of str to bool
        For the id of each that was tried, whether it was solved.
    """

    exercises: tuple[Exercise, ...]
    results: Mapping[str, bool]

    @property
    def solved(self) -> int:
        """How many are solved."""
        return sum(self.results.get(exercise.id, False) for exercise in self.exercises)

    def __repr__(self) -> str:
        if not self.exercises:
            return "Nothing is checked yet in this session."
        rows = [f"{self._sign(exercise)} {exercise.id} {exercise.title}" for exercise in self.exercises]
        return "\n".join([f"{self.solved} of {len(self.exercises)} solved", *rows])

    def _repr_html_(self) -> str:
        if not self.exercises:
            return f"<p>{self!r}</p>"
        rows = "".join(
            f"<tr><td>{self._sign(exercise)}</td><td>{exercise.id}</td><td>{escape(exercise.title)}</td></tr>"
            for exercise in self.exercises
        )
        head = "<tr><th>✓</th><th>exercise</th><th>about</th></tr>"
        return (
            f"<table><caption>{self.solved} of {len(self.exercises)} solved</caption>"
            f"<thead>{head}</thead><tbody>{rows}</tbody></table>"
        )

    def _sign(self, exercise: Exercise) -> str:
        return SIGNS[self.results.get(exercise.id)]
