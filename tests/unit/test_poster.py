"""The poster: every loss of the book, each with its name, in letters that can be read, on one page."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from lossviz import losses
from lossviz.look import stroke
from lossviz.plots_poster import PANELS, Poster, formulas, poster

CHAPTERS = Path(__file__).parents[2] / "chapters"
CARDS = [card for panel in PANELS for card in panel.cards]


@pytest.fixture(scope="module")
def drawn() -> Poster:
    figure = poster()
    FigureCanvasAgg(figure).draw()
    return figure


def words(figure: Poster) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def test_every_loss_of_the_book_is_on_it() -> None:
    shown = {card.loss.name for card in CARDS}
    # The binary cross-entropy is the same curve as the other.
    assert {loss.name for loss in losses.ALL} - shown == {"binary_cross_entropy"}
    assert len(CARDS) == len(shown)


def test_losses_of_a_panel_share_their_natural_variable() -> None:
    for panel in PANELS:
        assert len({card.loss.variable.name.split()[-1] for card in panel.cards}) == 1


def test_each_curve_is_the_loss_in_its_own_look(drawn: Poster) -> None:
    for axes, panel in zip(drawn.axes, PANELS, strict=True):
        for card in panel.cards:
            colour, _ = stroke(card.loss.name)
            lines = [line for line in axes.lines if line.get_label() == card.loss.label]
            assert lines
            for line in lines:
                assert line.get_color() == colour
                u = np.asarray(line.get_xdata())[
                    1:-1
                ]  # at its ends it may come close to a jump or to infinity
                assert np.asarray(line.get_ydata())[1:-1] == pytest.approx(card.loss.curve(u))


def test_each_name_and_formula_is_written(drawn: Poster) -> None:
    written = " ".join(text.get_text() for text in words(drawn))
    for card in CARDS:
        assert written.count(card.name.split("\n")[0]) >= 2  # at its curve, and on its card
        for formula in formulas(card.loss):
            assert formula in written


def test_letters_can_be_read_in_print(drawn: Poster) -> None:
    assert min(text.get_fontsize() for text in words(drawn)) >= 7
    assert tuple(drawn.get_size_inches()) == (11.69, 8.27)


def test_no_word_lies_on_another_or_leaves_the_page(drawn: Poster) -> None:
    boxes = {text: text.get_window_extent() for text in words(drawn)}
    width, height = drawn.get_size_inches() * drawn.dpi
    for text, box in boxes.items():
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text
    for (one, box), (other, its) in itertools.combinations(boxes.items(), 2):
        across = min(box.x1, its.x1) - max(box.x0, its.x0)
        up = min(box.y1, its.y1) - max(box.y0, its.y0)
        assert min(across, up) < 4, (one.get_text(), other.get_text())  # letters touch before they hide


def test_no_curve_crosses_a_name(drawn: Poster) -> None:
    for axes in drawn.axes:
        for line in axes.lines:
            points = line.get_transform().transform(line.get_xydata())
            for text in axes.texts:
                box = text.get_window_extent().padded(-3)  # letters do not fill their box
                assert not any(box.contains(x, y) for x, y in points), (text.get_text(), line.get_label())


def test_a_notebook_shows_it_without_pyplot(drawn: Poster) -> None:
    assert drawn._repr_png_().startswith(b"\x89PNG")


def test_who_cannot_see_it_is_told_every_loss_and_what_it_is_for() -> None:
    chapter = json.loads((CHAPTERS / "07-choosing.ipynb").read_text(encoding="utf-8"))
    (cell,) = [cell for cell in chapter["cells"] if "".join(cell["source"]) == "poster()"]
    alt = cell["metadata"]["mystnb"]["image"]["alt"]
    for card in CARDS:
        assert f"{card.name}: {card.when}".replace("\n", " ").lower() in alt.lower()
