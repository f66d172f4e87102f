"""The penguins are all there, with their units, and nobody can spoil them for others."""

from importlib.resources import files

import numpy as np
import pytest

from lossviz.data import penguins


def test_every_penguin_is_there() -> None:
    birds = penguins()
    assert len(birds) == 344
    species, count = np.unique(birds.species, return_counts=True)
    assert dict(zip(species.tolist(), count.tolist(), strict=True)) == {
        "Adelie": 152,
        "Chinstrap": 68,
        "Gentoo": 124,
    }


def test_numbers_are_float64_and_in_the_unit_of_their_name() -> None:
    birds = penguins()
    for column in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"):
        assert getattr(birds, column).dtype == np.float64
        assert getattr(birds, column).shape == (344,)
    assert [np.nanmin(birds.body_mass_g), np.nanmax(birds.body_mass_g)] == [2700, 6300]
    assert [np.nanmin(birds.flipper_length_mm), np.nanmax(birds.flipper_length_mm)] == [172, 231]
    assert [np.nanmin(birds.bill_length_mm), np.nanmax(birds.bill_length_mm)] == [32.1, 59.6]


def test_the_first_bird_is_read_in_the_right_columns() -> None:
    birds = penguins()
    assert (birds.species[0], birds.island[0], birds.sex[0], birds.year[0]) == (
        "Adelie",
        "Torgersen",
        "male",
        2007,
    )
    assert (birds.bill_length_mm[0], birds.bill_depth_mm[0]) == (39.1, 18.7)


def test_missing_is_nan_or_an_empty_word() -> None:
    birds = penguins()
    assert np.isnan(birds.body_mass_g).sum() == 2
    assert (birds.sex == "").sum() == 11


def test_complete_keeps_the_birds_that_have_the_columns() -> None:
    birds = penguins()
    measured = birds.complete("flipper_length_mm", "body_mass_g")
    assert len(measured) == 342
    assert not np.isnan(measured.flipper_length_mm).any()
    assert len(birds.complete("sex")) == 333
    assert len(birds.complete()) == 333
    assert len(birds) == 344


def test_an_unknown_column_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match=r"no column 'weight'; the columns are species, .*body_mass_g"):
        penguins().complete("weight")


def test_the_data_are_shared_and_cannot_be_changed() -> None:
    assert penguins() is penguins()
    for birds in (penguins(), penguins().complete("sex")):
        for column in (birds.species, birds.body_mass_g):
            with pytest.raises(ValueError, match="read-only"):
                column[0] = column[1]


def test_repr_is_short_and_stable() -> None:
    assert repr(penguins()) == "Penguins(344 birds)"


def test_the_source_comes_with_the_data() -> None:
    text = files("lossviz").joinpath("data", "README.md").read_text(encoding="utf-8")
    assert "10.1371/journal.pone.0090081" in text
    assert "10.5281/zenodo.3960218" in text
