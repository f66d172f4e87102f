"""A page that holds nothing but figures: quicker to open than a chapter, for tests and measurements."""

import json
from pathlib import Path

from ipywidgets import embed

import lossviz
from lossviz.widgets._base import Figure

HOST = Path(lossviz.__file__).with_name("static") / "host.js"


def write_page(folder: Path, *figures: Figure, shown: bool = True) -> str:
    """Write a page with these figures, alive, or with their models alone; return its address."""
    (folder / "host.js").write_text(HOST.read_text(encoding="utf-8"), encoding="utf-8")
    held = embed.dependency_state(figures, drop_defaults=False)
    data = embed.embed_data(views=figures, state=held)["manager_state"]
    state = json.dumps(data).replace("</", "<\\/")
    places = "".join(
        f'<div class="anywidget-host" data-model-id="{figure.model_id}"></div>' for figure in figures if shown
    )
    page = folder / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Figures</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body { max-width: 720px; margin: 1rem auto; padding: 0 1rem; font-family: sans-serif }"
        f"</style></head><body>{places}"
        f'<script type="application/vnd.jupyter.widget-state+json">{state}</script>'
        '<script src="host.js"></script></body></html>',
        encoding="utf-8",
    )
    return page.as_uri()
