"""A book of widgets that are not ours: alive in its pages, from a server and from the disk."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page
from sphinx.errors import ConfigError

from lossviz import sphinxext

GAUGES = '''
import base64, io, struct
import anywidget, ipywidgets, traitlets
from PIL import Image

picture = io.BytesIO()
Image.new("RGB", (300, 150), "teal").save(picture, "png")
PNG = base64.b64encode(picture.getvalue()).decode()

class Pictured(anywidget.AnyWidget):
    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | {"image/png": PNG, "text/plain": repr(self)}, metadata

class Gauge(Pictured):
    _esm = """
    globalThis.gaugeImports = (globalThis.gaugeImports ?? 0) + 1;
    export default async () => ({
      initialize({ model, signal }) {
        model.set("starts", model.get("starts") + 1);
        return { read: () => model.get("value"), lives: signal instanceof AbortSignal };
      },
      async render({ model, el, signal, experimental }) {
        const view = model.get("data"); // must be a DataView
        const sum = [0, 8, 16].reduce((sum, at) => sum + view.getFloat64(at, true), 0);
        el.classList.add("gauge");
        el.innerHTML = "<button>more</button> <output></output> <span class=sum></span> <p class=text></p>";
        el.querySelector(".sum").textContent = sum;
        el.querySelector(".text").textContent = model.get("text");
        el.dataset.width = el.clientWidth;
        const draw = () => { el.querySelector("output").textContent = model.get("value"); };
        model.on("change:value", draw);
        el.querySelector("button").onclick = () => {
          model.set("value", model.get("value") + 1);
          model.save_changes();
        };
        draw();
        await experimental.invoke("anything").catch((error) => { el.dataset.refusal = error.message; });
      },
    });
    """
    _css = ".gauge { border-top: 3px solid teal }"
    value = traitlets.Int(2).tag(sync=True)
    starts = traitlets.Int(0).tag(sync=True)
    data = traitlets.Bytes(struct.pack("<3d", 1, 2, 3.5)).tag(sync=True)
    text = traitlets.Unicode("</script><!-- <b>bold</b> é").tag(sync=True)

    def __repr__(self):
        return f'The gauge shows <b>{self.value}</b> & "more".'

class Holder(Pictured):
    """Shows another widget inside itself, and reads it in three ways."""
    _esm = """
    export default {
      async render({ model, el, host }) {
        const inner = await host.getWidget(model.get("child"));
        const other = await model.widget_manager.get_model(model.get("old").slice("IPY_MODEL_".length));
        const same = await host.getModel(model.get("child"));
        await inner.render({ el: el.appendChild(document.createElement("div")) });
        el.dataset.read = [inner.exports.read(), same.get("value"), other.get("value")];
      },
    };
    """
    child = anywidget.WidgetTrait()
    old = traitlets.Instance(ipywidgets.Widget)

    def __init__(self, child):
        self.add_traits(child=anywidget.WidgetTrait().tag(sync=True),
                        old=traitlets.Any().tag(sync=True, **ipywidgets.widget_serialization))
        super().__init__(child=child, old=child)

    def __repr__(self):
        return "'A gauge in a frame.'"

class Bare(anywidget.AnyWidget):
    """Has no picture."""
    _esm = "export default { render({ el }) { el.textContent = 'bare and alive'; } };"
    def __repr__(self):
        return "A bare widget."

class Broken(Pictured):
    """Fails as it is told to."""
    _esm = """
    export default {
      initialize({ model }) {
        if (model.get("where") === "initialize") throw new Error("broken initialize");
      },
      render({ model, el }) { el.textContent = "half"; throw new Error("broken render"); },
    };
    """
    where = traitlets.Unicode("render").tag(sync=True)
    def __repr__(self):
        return f"Broken in {self.where}."

class Unreadable(Pictured):
    _esm = "export default {"
    def __repr__(self):
        return "Broken from the start."
'''

CONFIG = """
title: Gauges
author: Nobody
execute:
  execute_notebooks: cache
sphinx:
  extra_extensions: [lossviz.sphinxext, sphinx-mathjax-offline]
  config:
    anywidget_static_depends: [chapters/gauges.py]
"""

CHAPTERS = {
    "live": [
        "from gauges import *\nfirst = Gauge()\nfirst",
        "first",
        "second = Gauge(value=7)\nlink = ipywidgets.jslink((first, 'value'), (second, 'value'))\nsecond",
        "third = Gauge(value=8)\nlink2 = ipywidgets.jsdlink((second, 'value'), (third, 'value'))\nthird",
        "Holder(first)",
        "Bare()",
        "ipywidgets.IntSlider(5, description='plain')",
        "unseen = Gauge(text='never shown')",
        "from IPython.display import Image\nImage(data=base64.b64decode(PNG))",
    ],
    "broken": ["from gauges import *\nBroken()", "Broken(where='initialize')", "Unreadable()", "Gauge()"],
    "still": ["open('runs.txt', 'a').write('ran ')", "from gauges import PNG"],
}

FIRST = 'The gauge shows <b>2</b> & "more".'


def write_book(root: Path, chapters: dict[str, list[str]]) -> None:
    (root / "chapters").mkdir(parents=True)
    (root / "chapters" / "gauges.py").write_text(GAUGES)
    (root / "_config.yml").write_text(CONFIG)
    files = "".join(f"  - file: chapters/{name}\n" for name in chapters)
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{files}")
    (root / "index.md").write_text("# Gauges\n\nMathematics: $e^x$.\n")
    for name, sources in chapters.items():
        cells = [new_markdown_cell(f"# {name}\n\nWith $x^2$."), *map(new_code_cell, sources)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(new_notebook(cells=cells, metadata=kernel), root / "chapters" / f"{name}.ipynb")


def build(root: Path, *options: str) -> Path:
    """Build the book as the command line does; a warning is a failure."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(root)]
    done = subprocess.run([*command, "-W", "-n", "--keep-going", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "_build" / "html"


@pytest.fixture(scope="module")
def gauge_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gauges")
    write_book(root, CHAPTERS)
    return build(root)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module", params=["http", "file"])
def gauge_address(gauge_book: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the book stands: behind a server on this machine, or on its disk."""
    if request.param == "file":
        yield gauge_book.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(gauge_book))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def errors() -> list[str]:
    """What the visited pages complain of."""
    return []


@pytest.fixture
def visit(browser: Browser, gauge_address: str, errors: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page and wait for its widgets; afterwards no other host may have been asked for anything."""
    requests: list[str] = []
    contexts = []

    def open_page(name: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("response", lambda answer: errors.append(answer.url) if answer.status >= 400 else None)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{gauge_address}/{name}")
        if options.get("java_script_enabled", True):
            page.evaluate("globalThis.anywidgetHost?.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    foreign = [url for url in requests if not url.startswith((gauge_address, "blob:", "data:"))]
    assert requests
    assert not foreign


def gauges(page: Page) -> list[str]:
    return page.locator(".gauge output").all_inner_texts()


def test_every_widget_is_alive_and_its_picture_hidden(visit: Callable[..., Page], errors: list[str]) -> None:
    page = visit("chapters/live.html")
    assert page.locator(".anywidget-alive").count() == 6
    assert page.locator(".anywidget-live:visible").count() == 6
    assert page.locator(".anywidget-alive .anywidget-still:visible").count() == 0
    assert page.locator(".anywidget-alive .anywidget-note:visible").count() == 0
    assert page.locator("text=bare and alive").is_visible()
    assert errors == []


def test_a_widget_gets_what_anywidget_promises(visit: Callable[..., Page]) -> None:
    page = visit("chapters/live.html")
    gauge = page.locator(".gauge").first
    assert gauge.locator(".sum").inner_text() == "6.5", "bytes arrive as a DataView"
    assert gauge.locator(".text").inner_text() == "</script><!-- <b>bold</b> é"
    assert "no kernel" in str(gauge.get_attribute("data-refusal"))
    assert float(str(gauge.get_attribute("data-width"))) > 300, "it has its width when it draws itself"
    assert page.locator("[data-read]").get_attribute("data-read") == "2,2,2", "widgets read one another"
    assert page.evaluate("gaugeImports") == 1
    starts = page.evaluate("[...anywidgetHost.models.values()].map((model) => model.get('starts'))")
    assert [count for count in starts if count is not None] == [1, 1, 1], (
        "initialize runs once a model, not once a view"
    )
    styles = page.locator("style").evaluate_all(
        "all => all.filter((one) => one.textContent.includes('.gauge')).length"
    )
    assert styles == 1
    assert gauge.evaluate("el => getComputedStyle(el).borderTopWidth") == "3px"


def test_views_share_their_model_and_links_hold(visit: Callable[..., Page], errors: list[str]) -> None:
    page = visit("chapters/live.html")
    assert gauges(page) == ["2", "2", "2", "2", "2"], (
        "two views, linked both ways, linked one way, held by another"
    )
    page.locator(".gauge button").nth(1).click()
    assert gauges(page) == ["3", "3", "3", "3", "3"]
    page.locator(".gauge button").nth(2).click()
    assert gauges(page) == ["4", "4", "4", "4", "4"], "jslink works backwards"
    page.locator(".gauge button").nth(3).click()
    assert gauges(page) == ["4", "4", "4", "5", "4"], "jsdlink does not"
    assert errors == []


EVENTS = """() => {
  const model = [...anywidgetHost.models.values()].find((model) => model.module === "anywidget");
  const [mine, other] = [model.seenBy({}), model.seenBy({})];
  const heard = [];
  const hear = (name) => (source, value) => heard.push([name, value]);
  const did = (act) => { heard.length = 0; act(); return [...heard]; };
  mine.on("change:a change:b", hear("a or b"));
  other.on("change:a", hear("a"));
  mine.on("change", hear("any"));
  const results = {};
  results.two = did(() => mine.set({ a: 1, b: [1, { c: 2 }] }));
  results.equal = did(() => mine.set({ a: 1, b: [1, { c: 2 }] }));
  results.bytes = did(() => {
    mine.set("c", new DataView(new Uint8Array([1, 2]).buffer));
    mine.set("c", new DataView(new Uint8Array([1, 2]).buffer));
    mine.set("c", new DataView(new Uint8Array([1, 3]).buffer));
  });
  mine.on("change:d", (source) => { source.set("a", 5); source.save_changes(); });
  other.on("change:d", hear("d"));
  results.nested = did(() => mine.set("d", 1));
  mine.on("change:e", () => { throw new Error("a faulty listener"); });
  other.on("change:e", hear("e"));
  results.faulty = did(() => mine.set("e", 1));
  mine.off();
  results.off = did(() => mine.set("a", 9));
  other.off("change:a");
  results.silent = did(() => mine.set("a", 10));
  return results;
}"""


def test_events_are_those_of_backbone(visit: Callable[..., Page]) -> None:
    heard = visit("chapters/live.html").evaluate(EVENTS)
    assert heard["two"] == [["a or b", 1], ["a", 1], ["a or b", [1, {"c": 2}]], ["any", None]]
    assert heard["equal"] == []
    assert heard["bytes"] == [["any", None]] * 2
    assert heard["nested"] == [["a or b", 5], ["a", 5], ["d", 1], ["any", None]], "change comes last"
    assert heard["faulty"] == [["e", 1], ["any", None]]
    assert heard["off"] == [["a", 9]], "off() takes away one's own listeners only"
    assert heard["silent"] == []


def test_a_plain_ipywidget_keeps_its_text_and_says_when_it_lives(visit: Callable[..., Page]) -> None:
    host = visit("chapters/live.html").locator(".anywidget-host:not(.anywidget-alive)")
    assert host.count() == 1
    assert "IntSlider(value=5, description='plain')" in host.inner_text()
    assert "comes alive when the notebook runs" in host.inner_text()


def test_a_broken_widget_keeps_its_picture_and_the_page_goes_on(
    visit: Callable[..., Page], errors: list[str]
) -> None:
    page = visit("chapters/broken.html")
    alts = page.locator(".anywidget-host:not(.anywidget-alive) img:visible").evaluate_all(
        "all => all.map((i) => i.alt)"
    )
    assert alts == ["Broken in render.", "Broken in initialize.", "Broken from the start."]
    assert gauges(page) == ["2"]
    assert page.locator(".anywidget-live").count() == 1
    assert len(errors) == 3
    for message in ("broken render", "broken initialize", "SyntaxError"):
        assert any(message in error for error in errors)


def test_without_javascript_the_picture_is_there(visit: Callable[..., Page]) -> None:
    page = visit("chapters/live.html", java_script_enabled=False)
    pictures = page.locator(".anywidget-still img:visible")
    sentence = 'The gauge shows <b>{}</b> & "more".'
    assert pictures.evaluate_all("all => all.map((img) => img.alt)") == [
        *map(sentence.format, (2, 2, 7, 8)),
        "A gauge in a frame.",
    ]
    assert pictures.first.evaluate("img => img.naturalWidth") == 300
    assert page.locator("text=A bare widget.").is_visible()
    assert page.locator("html").get_attribute("data-theme") is None, "else the theme has no colours"


def test_a_first_visit_has_the_readers_theme(visit: Callable[..., Page], errors: list[str]) -> None:
    page = visit("index.html", color_scheme="dark")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert errors == []


def test_on_paper_the_picture_is_there(visit: Callable[..., Page]) -> None:
    page = visit("chapters/live.html")
    page.emulate_media(media="print")
    assert page.locator(".anywidget-still img:visible").count() == 5
    assert page.locator(".anywidget-live:visible").count() == 0
    assert page.locator(".anywidget-note:visible").count() == 0


@pytest.mark.parametrize("name", ["index", "chapters/still", "search", "genindex"])
def test_pages_without_widgets_load_nothing_and_log_no_error(
    name: str, visit: Callable[..., Page], errors: list[str]
) -> None:
    page = visit(f"{name}.html")
    if name == "index":
        page.locator("mjx-container").wait_for()  # mathematics is drawn
    assert page.evaluate("typeof anywidgetHost") == "undefined"
    assert "anywidget" not in page.content()
    assert errors == []


def test_each_text_is_stored_once_a_book_and_only_if_a_page_needs_it(gauge_book: Path) -> None:
    files = {file.name: file.read_text() for file in (gauge_book / "_static" / "anywidget").iterdir()}
    assert sum("gaugeImports" in text for text in files.values()) == 1
    assert len(files) == 2 + 6, "the host's two, five modules, one style"
    for chapter in ("live", "broken"):
        html = (gauge_book / "chapters" / f"{chapter}.html").read_text()
        assert html.count("gaugeImports") == 0
        soup = BeautifulSoup(html, "html.parser")
        (script,) = soup.find_all("script", type=sphinxext.STATE)
        assert "<" not in script.text
        texts = {model["state"].get("text") for model in json.loads(script.text)["state"].values()}
        assert "</script><!-- <b>bold</b> é" in texts
        assert "never shown" not in texts
        assert "require" not in html


def test_pages_name_no_other_host(gauge_book: Path) -> None:
    for file in gauge_book.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(), "html.parser")
        loaded = [tag.get("src") or tag.get("href") for tag in soup.select("[src], link[href]")]
        assert loaded
        assert not [url for url in loaded if str(url).startswith(("http:", "https:", "//"))], file
        assert "thebe-config" not in file.read_text()
        assert "unpkg" not in file.read_text()


def test_one_mathjax_is_enough(gauge_book: Path) -> None:
    assert [file.name for file in (gauge_book / "_static" / "mathjax").glob("*.js")] == ["tex-chtml.js"]


def test_a_plain_picture_is_left_alone(gauge_book: Path) -> None:
    soup = BeautifulSoup((gauge_book / "chapters" / "live.html").read_text(), "html.parser")
    (plain,) = [
        img for img in soup.select(".cell_output img") if not img.find_parent(class_="anywidget-host")
    ]
    assert plain["src"]


def test_a_sentence_stands_in_the_page_once(gauge_book: Path) -> None:
    html = (gauge_book / "chapters" / "broken.html").read_text()
    assert html.count("Broken from the start.") == 1


def test_latex_gets_the_picture_alone(gauge_book: Path) -> None:
    build(gauge_book.parent.parent, "--builder", "latex")
    tex = "".join(file.read_text() for file in (gauge_book.parent / "latex").glob("*.tex"))
    assert tex.count(r"\sphinxincludegraphics") == 10
    assert "The gauge shows" not in tex
    assert "A bare widget." in tex
    assert "model_id" not in tex


# -- stale figures --


def test_chapters_run_again_when_what_they_import_changes(tmp_path: Path) -> None:
    write_book(tmp_path, {"still": CHAPTERS["still"], "live": ["from gauges import *\nGauge()"]})
    ran, html = tmp_path / "chapters" / "runs.txt", tmp_path / "_build" / "html" / "chapters" / "live.html"
    build(tmp_path)
    assert ran.read_text() == "ran "
    build(tmp_path)
    assert ran.read_text() == "ran ", "nothing changed, nothing runs"
    (tmp_path / "chapters" / "gauges.py").write_text(GAUGES.replace("The gauge shows", "The dial shows"))
    build(tmp_path)
    assert ran.read_text() == "ran ran "
    assert "The dial shows" in html.read_text()
    shutil.rmtree(tmp_path / "_build" / ".doctrees")
    build(tmp_path)
    assert ran.read_text() == "ran ran ", "a lost environment does not cost the cache"


def digest(root: Path, *names: str) -> str:
    app: Any = SimpleNamespace(srcdir=root, config=SimpleNamespace(anywidget_static_depends=names))
    return sphinxext.digest_of_dependencies(app)


def test_what_counts_as_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package_of_this_test"
    for name in ("__init__.py", "part.py", "tests/test_part.py", "__pycache__/part.pyc"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("")
    before = digest(tmp_path, package.name)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert digest(tmp_path / "elsewhere", package.name) == before, "found by import too"

    (package / "tests" / "test_part.py").write_text("# changed")
    (package / "__pycache__" / "part.pyc").write_text("changed")
    assert digest(tmp_path, package.name) == before
    (package / "part.py").write_text("# changed")
    assert digest(tmp_path, package.name) != before
    (package / "part.py").rename(package / "whole.py")
    (package / "whole.py").write_text("")
    assert digest(tmp_path, package.name) != before, "a new name"
    (package / "whole.py").rename(package / "part.py")
    assert digest(tmp_path, package.name) == before
    monkeypatch.setattr("platform.python_version", lambda: "2.7.18")
    assert digest(tmp_path, package.name) != before


def test_a_dependency_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="anywidget_static_depends: 'no_such_package' is neither"):
        digest(tmp_path, "no_such_package")


# -- small things --


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Loss 3.", "Loss 3."),
        ("'Loss 3.'", "Loss 3."),
        ('"Bob\'s loss"', "Bob's loss"),
        ("'Loss' is a word,\n  and 'score' too", "'Loss' is a word, and 'score' too"),
    ],
)
def test_alternative_text(text: str, sentence: str) -> None:
    assert sphinxext.spoken(text) == sentence


def test_the_host_is_small() -> None:
    assert len(gzip.compress(sphinxext.HOST_JS.read_bytes(), 9)) <= 4096
