"""The real data of the book: 344 penguins."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "data" / "penguins.csv"
MISSING = "NA"


@dataclass(frozen=True, eq=False, repr=False)
class Penguins:
    """Penguins, one entry per bird in every array; what was not measured is NaN, or "" for a word.

    Attributes
    ----------
    species, island, sex : array of str, shape (n,)
    bill_length_mm, bill_depth_mm, flipper_length_mm : array, shape (n,), millimetres
    body_mass_g : array, shape (n,), grams
    year : array, shape (n,)
        When the bird was measured: 2007, 2008 or 2009.
    """

    species: NDArray[np.str_]
    island: NDArray[np.str_]
    bill_length_mm: NDArray[np.float64]
    bill_depth_mm: NDArray[np.float64]
    flipper_length_mm: NDArray[np.float64]
    body_mass_g: NDArray[np.float64]
    sex: NDArray[np.str_]
    year: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.species)

    def __repr__(self) -> str:
        return f"Penguins({len(self)} birds)"

    def complete(self, *columns: str) -> Penguins:
        """Return the penguins that have a value in each of these columns (in every column, if none is named).

        Raises
        ------
        ValueError
            If there is no such column; the message lists those there are.

        Examples
        --------
        >>> penguins().complete("flipper_length_mm", "body_mass_g")
        Penguins(342 birds)
        """
        names = [field.name for field in fields(self)]
        for column in columns:
            if column not in names:
                raise ValueError(f"no column {column!r}; the columns are {', '.join(names)}")
        keep = np.full(len(self), True)
        for column in columns or names:
            values = getattr(self, column)
            keep &= (values != "") if values.dtype.kind == "U" else ~np.isnan(values)
        return Penguins(*[_read_only(getattr(self, name)[keep]) for name in names])


@cache
def penguins() -> Penguins:
    """Return the Palmer penguins, 344 of them, as read-only arrays.

    References
    ----------
    K. B. Gorman, T. D. Williams, W. R. Fraser (2014). Ecological sexual dimorphism and environmental
    variability within a community of Antarctic penguins (genus Pygoscelis). PLoS ONE 9(3): e90081.
    https://doi.org/10.1371/journal.pone.0090081

    A. M. Horst, A. P. Hill, K. B. Gorman (2020). palmerpenguins: Palmer Archipelago (Antarctica) penguin
    data. R package, CC0. https://doi.org/10.5281/zenodo.3960218

    Examples
    --------
    >>> birds = penguins()
    >>> len(birds)
    344
    >>> birds.flipper_length_mm[:4]
    array([181., 186., 195.,  nan])
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))

    def words(name: str) -> NDArray[np.str_]:
        return _read_only(np.array(["" if word == MISSING else word for word in columns[name]]))

    def numbers(name: str) -> NDArray[np.float64]:
        return _read_only(np.array([np.nan if word == MISSING else float(word) for word in columns[name]]))

    return Penguins(
        species=words("species"),
        island=words("island"),
        bill_length_mm=numbers("bill_length_mm"),
        bill_depth_mm=numbers("bill_depth_mm"),
        flipper_length_mm=numbers("flipper_length_mm"),
        body_mass_g=numbers("body_mass_g"),
        sex=words("sex"),
        year=numbers("year"),
    )


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Lock an array: it is shared by everyone who asks, so nobody may change it for the others."""
    array.flags.writeable = False
    return array
