"""The book as one PDF: its contents tell the truth, nothing of it is missing, and nothing is unfinished."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader

from tools.handout import pages
from tools.paper import chapters, one_page, print_book

pytestmark = pytest.mark.everywhere  # it takes a minute to print a hundred pages, twice


@pytest.fixture(scope="module")
def printed(browser: Browser, book: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    pdf = tmp_path_factory.mktemp("paper") / "book.pdf"
    count = print_book(browser, book, pdf)
    reader = PdfReader(pdf)
    assert len(reader.pages) == count
    assert [file.name for file in pdf.parent.iterdir()] == ["book.pdf"]
    return reader


@pytest.fixture(scope="module")
def texts(printed: PdfReader) -> list[str]:
    """What each page says, on one line, with its ligatures taken apart."""
    lines = (" ".join(page.extract_text().split()) for page in printed.pages)
    return [line.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff") for line in lines]


@pytest.fixture(scope="module")
def articles(book: Path) -> list[BeautifulSoup]:
    """The pages it is made of."""
    files = [book / "chapters" / f"{path.stem}.html" for path in pages()]
    return [BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in files]


def words(element: Any) -> str:
    return " ".join(element.get_text().replace("#", "").split())


def test_the_contents_and_the_bookmarks_say_where_each_part_stands(
    printed: PdfReader, texts: list[str], articles: list[BeautifulSoup]
) -> None:
    headings = [words(heading) for soup in articles for heading in soup.select("article :is(h1, h2)")]
    flat: list[Any] = []
    for mark in printed.outline:
        flat += mark if isinstance(mark, list) else [mark]
    assert [mark.title for mark in flat] == headings
    places = [printed.get_destination_page_number(mark) or 0 for mark in flat]
    assert places == sorted(places)
    contents = " ".join(
        text.removeprefix(f"{number} ") for number, text in list(enumerate(texts, 1))[1 : places[0]]
    )
    expected = " ".join(f"{heading} {place + 1}" for heading, place in zip(headings, places, strict=True))
    assert contents == f"Contents {expected}"
    for heading, place in zip(headings, places, strict=True):
        assert heading in texts[place]


def objects(page: Any) -> dict[str, Any]:
    """The pictures of a page, and the like."""
    return page["/Resources"].get_object().get("/XObject", {})


def test_pages_are_numbered_and_none_is_empty(printed: PdfReader, texts: list[str]) -> None:
    for number, (page, text) in enumerate(zip(printed.pages, texts, strict=True), start=1):
        if number > 1:
            assert text.startswith(str(number)), (number, text[:40])  # the foot comes first
        assert len(text) > 80 or objects(page), number
        assert [round(float(length)) for length in page.mediabox[2:]] == [595, 842]


def test_each_picture_is_in_with_what_it_shows(printed: PdfReader, articles: list[BeautifulSoup]) -> None:
    shown = [" ".join(str(image["alt"]).split()) for soup in articles for image in soup.select("article img")]
    root: Any = printed.trailer["/Root"]
    told = alternatives(root["/StructTreeRoot"])
    assert len(shown) > 60
    assert [text for text in shown if text not in told] == []
    drawn = {
        reference.idnum
        for page in printed.pages
        for reference in objects(page).values()
        if reference.get_object()["/Subtype"] == "/Image"
    }
    assert len(drawn) >= len(set(shown))


def alternatives(node: Any) -> set[str]:
    """The alternative texts below a node of the tags."""
    found, todo = set(), [node]
    while todo:
        item = todo.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            todo += item
        elif isinstance(item, dict):
            if "/Alt" in item:
                found.add(" ".join(str(item["/Alt"]).split()))
            todo += [item["/K"]] if "/K" in item else []
    return found


def test_mathematics_is_set_and_solutions_are_left_out(texts: list[str]) -> None:
    everything = " ".join(texts)
    for unfinished in (
        r"\frac",
        r"\sum",
        r"\begin",
        "Show a solution",
        "Hint 1",
        "Show the code",
        "Not attempted",
    ):
        assert unfinished not in everything
    assert "MSE" in everything


def test_every_link_on_the_one_page_leads_somewhere(book: Path) -> None:
    soup = BeautifulSoup(one_page(book, chapters(book)), "html.parser")
    ids = [str(element["id"]) for element in soup.select("[id]")]
    assert len(set(ids)) == len(ids)
    targets = {str(link["href"])[1:] for link in soup.select('a[href^="#"]')}
    assert targets - set(ids) == set()


def test_links_between_chapters_stay_in_the_book(printed: PdfReader) -> None:
    sheets: list[Any] = list(printed.pages)
    links = [note.get_object() for page in sheets for note in page.get("/Annots", [])]
    addresses = [str(link["/A"]["/URI"]) for link in links if "/URI" in link.get("/A", {})]
    assert len(links) - len(addresses) > 100  # the contents, and what points to another chapter
    assert [address for address in addresses if not address.startswith("https://")] == []
