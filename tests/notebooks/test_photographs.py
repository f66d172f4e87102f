"""What is photographed is there: `make look` takes minutes, and would stop in the middle."""

import json

import pytest

from tools.look import BUILD, STATES


@pytest.mark.parametrize(("page", "figure"), sorted({(state.page, state.figure) for state in STATES}))
def test_a_state_belongs_to_a_figure_of_its_chapter(page: str, figure: str) -> None:
    cells = json.loads((BUILD.parent / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any(f'name="{figure}"' in "".join(cell["source"]) for cell in cells)
