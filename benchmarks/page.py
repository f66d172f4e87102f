"""What a reader's page costs, beside the stock embedding of widgets: `make bench-page`.

Each chapter is built twice from the same notebooks: as the book is, and with what Jupyter Book does by
itself, that is require.js, the widget manager and the drawing module once more for each figure. Both are
served from this machine, compressed, and opened five times by a browser that has nothing in store yet.
Counted are the bytes sent, by what they are for, and the time until every figure has its live face. There is
no network between: on a slow line the bytes decide.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from statistics import median
from threading import Thread

import anywidget
import yaml
from playwright.sync_api import Browser, sync_playwright

from tools import node
from tools.chromium import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "_build" / "bench"
STOCK = BENCH / "stock"
PACKAGES = BENCH / "packages"  # what the stock page loads from a content network
NEEDED = ("requirejs@2.3.8", "@jupyter-widgets/html-manager@1.0.6")
LOADS = 5
KINDS = ("runtime", "state", "pictures", "page", "theme")
STATE = re.compile(rb'<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>', re.DOTALL)

# Notes the moment at which so many figures are alive.
CLOCK = """figures => {
  const look = () => {
    const alive = [...document.querySelectorAll(".lossviz-spoken")].filter(each => each.textContent);
    if (alive.length >= figures) window.allAlive = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""


def build_stock() -> Path:
    """Build the chapters with the stock embedding; return the folder of their pages."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["extra_extensions"].remove("lossviz.sphinxext")
    del config["sphinx"]["config"]["anywidget_static_depends"]
    STOCK.mkdir(parents=True, exist_ok=True)
    (STOCK / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    ran = ROOT / "_build" / ".jupyter_cache"  # the chapters need not run again
    shutil.copytree(ran, STOCK / "_build" / ran.name, dirs_exist_ok=True)
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    subprocess.run(
        [jupyter_book, "build", ROOT, "--config", STOCK / "config.yml", "--path-output", STOCK],
        env=os.environ | {"PYTHONPATH": str(ROOT)},  # our extensions lie elsewhere than this config
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return STOCK / "_build" / "html"


def fetch_packages() -> None:
    """Fetch what a content network would send to a stock page, and make it as small as it would be there."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    told = node.run("npm", "install", "--no-audit", "--no-fund", "--prefix", str(PACKAGES), *NEEDED)
    if told.returncode:
        raise RuntimeError(told.stdout)
    module = PACKAGES / "node_modules" / "requirejs" / "require.js"
    small = f"--outfile={PACKAGES / 'require.min.js'}"
    told = node.run("npx", "esbuild", str(module), "--minify", small)
    if told.returncode:
        raise RuntimeError(told.stdout)


def file_of(path: str, pages: Path) -> Path:
    """Return the file that an address stands for."""
    if not path.startswith("/network/"):
        return pages / path.lstrip("/")
    if "require.min.js" in path:
        return PACKAGES / "require.min.js"
    if "html-manager" in path:
        return PACKAGES / "node_modules/@jupyter-widgets/html-manager/dist" / Path(path).name
    return Path(anywidget.__file__).parent / "nbextension" / "index.js"


def without_network(html: bytes) -> bytes:
    """Let a stock page load from this machine what it loads from content networks."""
    html = re.sub(rb' (integrity|crossorigin)="[^"]*"', b"", html)
    html = re.sub(rb'src="https://[^"]*?([^/"]+\.js)"', rb'src="/network/\1"', html)
    html = html.replace(b'src="/network/embed-amd.js"', b'src="/network/html-manager/embed-amd.js"')
    return re.sub(rb'data-jupyter-widgets-cdn="[^"]*"', b'data-jupyter-widgets-cdn="/network/"', html)


def parts_of(path: str, content: bytes) -> dict[str, int]:
    """Tell what bytes are for, compressed as they are sent."""
    if path.endswith(".html"):
        state = len(gzip.compress(b"".join(STATE.findall(content))))
        return {"state": state, "page": max(len(gzip.compress(content)) - state, 0)}
    size = len(compressed(path, content))
    if "/anywidget/" in path or path.startswith("/network/"):
        return {"runtime": size}
    return {"pictures" if "/_images/" in path else "theme": size}


def compressed(path: str, content: bytes) -> bytes:
    """Compress what is text; pictures and fonts are compressed already."""
    return content if path.endswith((".png", ".woff2", ".woff", ".jpg")) else gzip.compress(content)


@contextmanager
def served(pages: Path) -> Iterator[tuple[str, Counter[str]]]:
    """Serve pages, compressed; give their address, and what was sent so far."""
    sent: Counter[str] = Counter()

    @cache
    def answer(path: str) -> tuple[bytes, dict[str, int]] | None:
        file = file_of(path, pages)
        if not file.is_file():
            return None
        content = file.read_bytes()
        if file.suffix == ".html":
            content = without_network(content)
        return compressed(path, content), parts_of(path, content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            found = answer(path)
            if not found:
                self.send_error(404)
                return
            body, parts = found
            sent.update(parts)
            self.send_response(200)
            name = "index.js" if path.startswith("/network/") else path
            self.send_header("Content-Type", guess_type(name)[0] or "application/octet-stream")
            if not path.endswith((".png", ".woff2", ".woff", ".jpg")):
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def load(browser: Browser, address: str, figures: int) -> float:
    """Open a page with nothing in store; return the ms until every figure is alive."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => ({CLOCK})({figures}))")
    page.goto(address)
    page.wait_for_function("window.allAlive", timeout=60_000)
    spent = float(page.evaluate("window.allAlive"))
    page.close()
    return spent


def measure(
    browser: Browser, pages: Path, count: Callable[[str], int]
) -> dict[str, tuple[Counter[str], float]]:
    """Return the bytes of each chapter by kind, and the median time of its loads."""
    measured = {}
    with served(pages) as (address, sent):
        for chapter in sorted(pages.glob("chapters/0*.html")):
            times = []
            for _ in range(LOADS):
                sent.clear()
                times.append(load(browser, f"{address}/chapters/{chapter.name}", count(chapter.name)))
            measured[chapter.stem] = sent.copy(), median(times)
    return measured


def main() -> None:
    """Build, measure, and print both beside each other."""
    ours = ROOT / "_build" / "html"
    fetch_packages()
    stock = build_stock()

    def figures(name: str) -> int:
        return (ours / "chapters" / name).read_text(encoding="utf-8").count('class="anywidget-host"')

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        lean = measure(browser, ours, figures)
        heavy = measure(browser, stock, figures)
        browser.close()
    print("KB sent for a chapter (gzip), and ms until all its figures are alive")
    print(f"{'chapter':<18}{'':<7}" + "".join(f"{kind:>10}" for kind in KINDS) + f"{'time':>9}")
    for chapter in lean:
        for name, (sent, time) in (("ours", lean[chapter]), ("stock", heavy[chapter])):
            row = "".join(f"{sent[kind] / 1000:>10.0f}" for kind in KINDS)
            print(f"{chapter if name == 'ours' else '':<18}{name:<7}{row}{time:>9.0f}")
        ratios = [heavy[chapter][0][kind] / max(lean[chapter][0][kind], 1) for kind in KINDS[:2]]
        shown = "".join(f"{f'{ratio:.1f} ×':>10}" for ratio in ratios)
        print(f"{'':<18}{'ratio':<7}{shown}{'':>30}{f'{heavy[chapter][1] / lean[chapter][1]:.1f} ×':>9}")
    least = min(heavy[each][0]["runtime"] / lean[each][0]["runtime"] for each in lean)
    print(f"The stock runtime is at least {least:.1f} × as large (goal: 10 ×).")
    print(
        "runtime: the scripts that make figures alive; state: what they show, with each figure's copy of the"
    )
    print(
        "drawing module in the stock page; theme: style, fonts and scripts that both have, mathematics too."
    )
    if hasattr(os, "getloadavg"):
        print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors: other work distorts the times.")


if __name__ == "__main__":
    main()
