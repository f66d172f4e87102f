"""The cheat sheet: one page of paper, with every loss in words and as a line that needs no colour."""

from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from pypdf import PdfReader

from lossviz import losses
from lossviz.choosing import QUESTIONS, TABLE
from lossviz.plots_poster import PANELS
from lossviz.plots_sheet import USES, Sheet, cheat_sheet
from tools.sheet import write_sheet

CARDS = [card for panel in PANELS for card in panel.cards]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "cheat-sheet.pdf"
    write_sheet(path)
    return path


@pytest.fixture(scope="module")
def drawn() -> Sheet:
    sheet = cheat_sheet()
    FigureCanvasAgg(sheet).draw()
    return sheet


def words(sheet: Sheet) -> list[Text]:
    return [text for text in sheet.findobj(Text) if text.get_text().strip() and text.get_visible()]


def test_it_is_one_page_of_lines_and_letters(printed: Path) -> None:
    (page,) = PdfReader(printed).pages
    assert [round(float(length) / 72, 2) for length in page.mediabox[2:]] == [8.27, 11.69]
    assert not page.images


def test_it_can_be_searched_for_each_loss_and_its_advice(printed: Path) -> None:
    text = " ".join(PdfReader(printed).pages[0].extract_text().split())
    for card in CARDS:
        assert card.name.replace("\n", " ") in text
        for sentence in USES[card.loss.name]:
            assert sentence in text
    for sought in [ask.text for ask in QUESTIONS] + [advice.why for advice in TABLE]:
        assert sought in text


def test_every_loss_of_the_book_has_its_row() -> None:
    assert set(USES) == {card.loss.name for card in CARDS}
    # The binary cross-entropy is the same curve as the other.
    assert {loss.name for loss in losses.ALL} - set(USES) == {"binary_cross_entropy"}


def test_letters_can_be_read(drawn: Sheet) -> None:
    assert min(float(text.get_fontsize()) for text in words(drawn)) >= 7


def test_words_keep_clear_of_each_other_and_of_the_edges(drawn: Sheet) -> None:
    boxes = {text: text.get_window_extent() for text in words(drawn)}
    inch = drawn.dpi
    for text, box in boxes.items():
        assert box.x0 >= 0.4 * inch, text  # no printer reaches the edge
        assert box.x1 <= (8.27 - 0.4) * inch, text
        assert box.y0 >= 0.55 * inch, text  # Letter is lower: printed on it, 0.35 inches go at either end
        assert box.y1 <= (11.69 - 0.55) * inch, text
    for (one, box), (other, its) in combinations(boxes.items(), 2):
        across = min(box.x1, its.x1) - max(box.x0, its.x0)
        up = min(box.y1, its.y1) - max(box.y0, its.y0)
        # Boxes reach beyond the ink, and by a dot more with older versions of matplotlib.
        assert min(across, up) < 5, (one.get_text(), other.get_text())


def test_it_is_the_same_on_every_day(printed: Path, tmp_path: Path) -> None:
    write_sheet(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == printed.read_bytes()
