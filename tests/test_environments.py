"""The package and its chapters work with the dependencies pyproject.toml names: the oldest, and today's."""

import pytest

from tools import environments


@pytest.mark.everywhere
@pytest.mark.parametrize("age", environments.AGES)
@pytest.mark.parametrize("version", environments.pythons())
def test_it_works_there(version: str, age: str) -> None:
    assert environments.test(version, age) == 0
