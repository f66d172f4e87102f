"""Print the built book as one PDF: `python -m tools.paper` after `jupyter-book build .`.

The chapters of the built book become one page, which the browser of the tests prints. So the PDF looks like
the book: the same style sheets, mathematics and pictures, with tags and alternative texts. LaTeX would need
some gigabytes of programs, and would set the book a second time in a style of its own.

A browser cannot say on which sheet something stands. So it prints twice: the first time tells it. It could
make the bookmarks too, but writes a heading twice where it has moved it to the next sheet.
"""

import html
import io
import logging
import re
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from matplotlib.figure import Figure
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader, PdfWriter

from lossviz.examples import mountain_range
from lossviz.landscape import Landscape
from lossviz.plots_terrain import contour_map
from tools.chromium import CHROMIUM_FLAGS, find_chromium
from tools.handout import ROOT, pages

BOOK = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "loss-function-landscapes.pdf"

STYLE = """
.title-page { break-after: page; display: grid; height: 250mm; place-content: center; text-align: center; }
.title-page h1 { font-size: 3.2rem; margin: 0 0 1rem; }
.title-page p { font-size: 1.3rem; margin: 0.4rem 0; }
.title-page svg { height: auto; margin: 3rem auto; width: 12cm; }
.book-contents { break-after: page; }
.book-contents ol { list-style: none; margin: 0; padding: 0; }
.book-contents li { break-inside: avoid; }
.book-contents a { color: inherit; display: flex; gap: 0.6em; text-decoration: none; }
.book-contents a::after { content: attr(data-page); min-width: 2em; order: 2; text-align: right; }
.book-contents .dots { border-bottom: 1px dotted #8c959f; flex: 1; margin-bottom: 0.35em; }
.book-contents .chapter { font-weight: 600; margin-top: 0.55em; }
.book-contents .section { padding-left: 1.5em; }
.bd-article { break-before: page; }
@page :first { @bottom-center { content: none; } }
"""

# Each chapter is named at the foot of its pages, and the number stands at the outer edge.
FOOT = """
.{name} {{ page: {name}; }}
@page {name} {{
  @bottom-left {{ color: #59636e; content: "{title}"; font: 9pt sans-serif; }}
  @bottom-center {{ content: none; }}
  @bottom-right {{ color: #59636e; content: counter(page); font: 9pt sans-serif; }}
}}
"""


class Entry(NamedTuple):
    """A line of the contents: where it leads, what stands there, and whether it is a chapter or a section."""

    to: str
    text: str
    kind: str


class Chapter(NamedTuple):
    """A chapter of the one page: its name there, its text, and its lines of the contents."""

    name: str
    article: Tag
    entries: list[Entry]


def chapters(book: Path) -> list[Chapter]:
    """Cut the articles out of the built pages, in the order of the book, each with links for the one page."""
    files = {book / "chapters" / f"{path.stem}.html": f"page-{path.stem}" for path in pages()}
    found = []
    for file, name in files.items():
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        article = soup.select_one("article.bd-article")
        assert article is not None, file
        for link in article.select(".headerlink"):
            link.decompose()
        for link in article.select(".image-reference"):  # to the picture's file
            link.unwrap()
        move(article, file, files)
        entries = [Entry(name, text_of(article.select_one("h1")), "chapter")]
        for heading in article.select("h2"):
            place = heading.find_parent(id=True)
            assert place is not None, heading
            entries.append(Entry(str(place["id"]), text_of(heading), "section"))
        article["id"] = name
        article["class"] = f"bd-article {name}"
        found.append(Chapter(name, article, entries))
    lead_somewhere(found)
    return found


def lead_somewhere(bound: list[Chapter]) -> None:
    """Let a link that sets a figure, of which paper knows nothing, lead to the figure's chapter."""
    places = {str(element["id"]) for chapter in bound for element in chapter.article.select("[id]")}
    places |= {chapter.name for chapter in bound}
    for chapter in bound:
        for link in chapter.article.select('a[href^="#"]'):
            place = str(link["href"])[1:]
            if place not in places:
                link["href"] = f"#{next(name for name, _, _ in bound if place.startswith(f'{name}-'))}"


def text_of(element: Tag | None) -> str:
    """Return the words of an element."""
    return " ".join(element.get_text().split()) if element else ""


def move(article: Tag, file: Path, files: dict[Path, str]) -> None:
    """Make names unique in the book, and let links lead to them; what lies beside the page is named whole."""
    for element in article.select("[id]"):
        element["id"] = f"{files[file]}-{element['id']}"
    for attribute in ("href", "src"):
        for element in article.select(f"[{attribute}]"):
            path, _, place = str(element[attribute]).partition("#")
            if re.match(r"\w+:", path):
                continue
            target = (file.parent / path).resolve() if path else file
            if target in files:
                element[attribute] = f"#{files[target]}" + (f"-{place}" if place else "")
            else:
                element[attribute] = target.as_uri()


def one_page(book: Path, bound: list[Chapter]) -> str:
    """Return the whole book as one page of HTML: title, contents, chapters."""
    first = book / "chapters" / f"{pages()[0].stem}.html"
    soup = BeautifulSoup(first.read_text(encoding="utf-8"), "html.parser")
    assert soup.html is not None
    assert soup.head is not None
    title, author = title_and_author()
    links = [
        f'<link rel="stylesheet" href="{(first.parent / href).resolve().as_uri()}">'
        for href in (str(link["href"]).partition("?")[0] for link in soup.select('link[rel="stylesheet"]'))
    ]
    mathjax = next(book.glob("_static/mathjax/*.js"))
    settings = next(script for script in soup.select("script") if "window.MathJax" in script.get_text())
    feet = "".join(
        FOOT.format(name=name, title=entries[0].text.replace('"', r"\"")) for name, _, entries in bound
    )
    lines = "".join(
        f'<li class="{kind}"><a href="#{to}">{html.escape(text)}<span class="dots"></span></a></li>'
        for _, _, entries in bound
        for to, text, kind in entries
    )
    return f"""<!doctype html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
{"".join(links)}<style>{STYLE}{feet}</style>{settings}
<script defer src="{mathjax.as_uri()}"></script></head>
<body><main class="bd-main"><div class="bd-content"><div class="bd-article-container">
<div class="title-page"><h1>{html.escape(title)}</h1>
<p>how a model is told how wrong it is, and what follows</p>{cover()}
<p>{html.escape(author)}</p><p>The figures are alive in the book’s pages. Here are their pictures.</p></div>
<nav class="book-contents"><h1>Contents</h1><ol>{lines}</ol></nav>
{"".join(str(article) for _, article, _ in bound)}
</div></div></main></body></html>"""


def title_and_author() -> tuple[str, str]:
    """Return what _config.yml says of them."""
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    title, author = (re.findall(rf"^{key}: (.*)$", config, re.M)[0] for key in ("title", "author"))
    return title, author


def cover() -> str:
    """Draw a landscape for the title page, as SVG."""
    figure = Figure(figsize=(5, 5))
    axes = figure.add_axes((0, 0, 1, 1))
    contour_map(axes, Landscape.of(mountain_range, x=(-3, 3), y=(-3, 3)))
    axes.set_axis_off()
    for number in axes.texts:
        number.remove()
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :].replace("<svg", '<svg role="img" aria-label="A map of four valleys"', 1)


def print_book(browser: Browser, book: Path, pdf: Path) -> int:
    """Print the built book, and return the number of its pages."""
    bound = chapters(book)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    source = pdf.with_suffix(".html")
    source.write_text(one_page(book, bound), encoding="utf-8")
    page = browser.new_page()
    page.goto(source.as_uri())
    page.evaluate("MathJax.startup.promise")
    page.evaluate("document.fonts.ready")
    numbers: dict[str, int] = {}
    while (seen := pages_of_links(paper := to_paper(page))) != numbers:
        numbers = seen  # once more, and again if the numbers themselves have moved something
        page.evaluate(
            """numbers => document.querySelectorAll(".book-contents a").forEach((link) =>
                 link.dataset.page = numbers[decodeURIComponent(link.hash.slice(1))])""",
            numbers,
        )
    page.close()
    source.unlink()
    return bind(paper, [entry for chapter in bound for entry in chapter.entries], numbers, pdf)


def to_paper(page: Page) -> bytes:
    """Print a page, with the tags that screen readers need."""
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)


def bind(paper: bytes, entries: list[Entry], numbers: dict[str, int], pdf: Path) -> int:
    """Write the PDF with the contents as bookmarks, and return the number of its pages."""
    writer = PdfWriter(clone_from=io.BytesIO(paper))
    chapter = None
    for to, text, kind in entries:
        above = chapter if kind == "section" else None
        mark = writer.add_outline_item(title=text, page_number=numbers[to] - 1, parent=above)
        chapter = mark if kind == "chapter" else chapter
    title, author = title_and_author()
    writer.add_metadata({"/Title": title, "/Author": author})
    writer.write(pdf)
    return len(writer.pages)


def pages_of_links(paper: bytes) -> dict[str, int]:
    """Return the page, from 1, of each place that a link of the document leads to."""
    reader = PdfReader(io.BytesIO(paper))
    places = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            places[name.removeprefix("/")] = number + 1
    return places


def main() -> None:
    """Print the book and say where it is."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it wonders at how Chromium counts, and reads on
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        count = print_book(browser, BOOK, PDF)
        browser.close()
    print(f"The book on paper: {PDF}, {count} pages, {PDF.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
