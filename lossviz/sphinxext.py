"""Any anywidget, alive in a page that Sphinx and myst-nb built: no kernel, no server, no other host.

Add ``lossviz.sphinxext`` to the extensions (in Jupyter Book: ``sphinx: extra_extensions``). Then

- an output with a widget view keeps its picture too: the page shows the picture until ``host.js`` has drawn
  the live view, on paper, and without JavaScript; its alternative text is the output's ``text/plain``;
- a page with widgets carries the state of those it shows; each distinct ``_esm`` and ``_css`` is a file of
  its own, once for the whole book, in a form that a page opened from a disk can load;
- chapters run again when what they import has changed (setting ``anywidget_static_depends``), though the
  notebook cache, which knows only the notebooks, finds nothing new;
- pages log no error of the theme, and load nothing from a content network.

Nothing here knows this book or its figures.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import platform
import re
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from jupyter_cache import get_cache
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
NOTE = "This comes alive when the notebook runs."
HOST_JS = Path(__file__).parent / "static" / "host.js"

# While it draws, the live view has its width but no height. On paper only the still one counts.
HOST_CSS = """\
.anywidget-live { width: 100%; }
.anywidget-host:not(.anywidget-alive) > .anywidget-live { height: 0; overflow: hidden; visibility: hidden; }
.anywidget-note { font-style: italic; }
@media screen { .anywidget-alive > .anywidget-still { display: none; } }
@media print { .anywidget-live, .anywidget-note { display: none; } }
"""

Models = dict[str, dict[str, Any]]


# -- an output with a widget: the still picture, in a place for the live view --


class WidgetHost(nodes.General, nodes.Element):
    """The place of one widget, around its still face. ``note``: say that it needs a running notebook."""


def visit_widget_host(translator: Any, node: WidgetHost) -> None:
    """Open the place."""
    translator.body.append(
        f'<div class="anywidget-host" data-model-id="{escape(node["model_id"])}">\n'
        '<div class="anywidget-still">\n'
    )


def depart_widget_host(translator: Any, node: WidgetHost) -> None:
    """Close the place."""
    if node["note"]:
        translator.body.append(f'<p class="anywidget-note">{NOTE}</p>\n')
    translator.body.append("</div>\n</div>\n")


class KeepPicture(SphinxPostTransform):
    """Keep both the widget and its picture, before myst-nb picks one kind of output for the builder."""

    default_priority = 3  # myst-nb picks at 4

    def run(self, **kwargs: Any) -> None:
        """Replace each output that has a widget view."""
        models = page_models(self.env, self.env.docname)
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            kinds = {child["mime_type"]: child for child in bundle}
            if VIEW not in kinds:
                continue
            sentence = spoken(kinds["text/plain"].astext()) if "text/plain" in kinds else ""
            for image in bundle.findall(nodes.image):
                image["alt"] = sentence
            if self.app.builder.format != "html":
                continue  # myst-nb picks the picture, else the text
            found = re.search(r'"model_id": "([^"]+)"', kinds[VIEW].astext())
            model_id = found[1] if found else ""
            still = kinds.get("image/png") or kinds.get("text/plain") or nodes.container()
            note = "image/png" not in kinds or not is_anywidget(models.get(model_id))
            bundle.replace_self(WidgetHost("", *still.children, model_id=model_id, note=note))


def spoken(text: str) -> str:
    """Return an output's text as one line, without the quotes that a string's ``repr`` has.

    >>> spoken("'Loss 3 at error −2.'")
    'Loss 3 at error −2.'
    """
    if text[:1] in {"'", '"'}:
        with suppress(SyntaxError, ValueError):  # a sentence that only begins with a quotation stays as it is
            text = str(ast.literal_eval(text))
    return " ".join(text.split())


# -- what a page with widgets loads --


def page_models(env: BuildEnvironment, docname: str) -> Models:
    """Return the widget models that the run of a notebook has left, as myst-nb keeps them."""
    _, script = NbMetadataCollector.get_js_files(env, docname).get("ipywidgets_state", (None, {}))
    return json.loads(script["body"])["state"] if script else {}


def is_anywidget(model: dict[str, Any] | None) -> bool:
    """Say whether ``host.js`` can make this model alive."""
    return model is not None and model["model_module"] == "anywidget"


def needed(models: Models, shown: set[str]) -> Models:
    """Return the models that the shown ones need: those they refer to, and the links that touch them."""
    reference = re.compile(r'"(?:IPY_MODEL_|anywidget:)([\w-]+)"')
    near = {name: set(reference.findall(json.dumps(model["state"]))) for name, model in models.items()}
    for name, model in models.items():
        if model["model_name"] in {"LinkModel", "DirectionalLinkModel"} and near[name] <= models.keys():
            for end in near[name]:
                near[end].add(name)
    found: set[str] = set()
    while shown := {name for name in shown if name in models} - found:
        found |= shown
        shown = set().union(*(near[name] for name in shown))
    return {name: model for name, model in models.items() if name in found}


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page that shows widgets its state, their texts and the script that makes them alive."""
    # myst-nb has just added the state of the whole notebook, with a copy of the texts for each widget.
    scripts = context["script_files"]
    scripts[:] = [script for script in scripts if getattr(script, "attributes", {}).get("type") != STATE]

    hosts = list(doctree.findall(WidgetHost)) if doctree else []
    if not hosts:
        return
    app.add_css_file("anywidget/host.css")
    models = page_models(app.env, pagename)
    shown = {host["model_id"] for host in hosts if is_anywidget(models.get(host["model_id"]))}
    if not shown:
        return
    models = needed(models, shown)
    for model in models.values():
        for key in ("_esm", "_css"):
            text = model["state"].get(key)
            if text and not text.startswith(("http://", "https://")):
                model["state"][key] = store_text(app, text)
    app.add_js_file("anywidget/host.js", loading_method="defer")
    state = {"version_major": 2, "version_minor": 0, "state": models}
    # Without any "<" the text cannot end its script, nor open a comment in it.
    script = json.dumps(state, separators=(",", ":"), allow_nan=False).replace("<", r"\u003c")
    context["body"] += f'<script type="{STATE}">{script}</script>\n'


def store_text(app: Sphinx, text: str) -> str:
    """Store a text once for the book, let this page load it, and return the hash that stands for it."""
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    register = f'(globalThis.anywidgetHost ??= {{ texts: {{}} }}).texts["{name}"] = '
    write_asset(app, f"{name}.js", f"{register}{json.dumps(text)};\n")
    app.add_js_file(f"anywidget/{name}.js", loading_method="defer")
    return name


def write_asset(app: Sphinx, name: str, text: str) -> None:
    """Write a file of the built book."""
    file = Path(app.outdir, "_static", "anywidget", name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_host(app: Sphinx) -> None:
    """Write the two files that every page with widgets shares; Sphinx adds their checksum to the address."""
    if app.builder.format == "html":
        write_asset(app, "host.js", HOST_JS.read_text(encoding="utf-8"))
        write_asset(app, "host.css", HOST_CSS)


# -- chapters run again when what they import has changed --


def digest_of_dependencies(app: Sphinx) -> str:
    """Return a hash of Python's version and of the files that notebooks depend on, by name and content."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name in app.config.anywidget_static_depends:
        root = Path(app.srcdir, name)
        if not root.exists():
            spec = importlib.util.find_spec(name) if name.isidentifier() else None
            if spec is None or spec.origin is None:
                raise ConfigError(
                    f"anywidget_static_depends: {name!r} is neither a path in {app.srcdir} nor a package"
                )
            root = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            parts = file.relative_to(root.parent).parts
            if file.is_file() and not {"__pycache__", "tests"} & set(parts):
                digest.update("/".join(parts).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def run_stale_notebooks(
    app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Forget the runs of all notebooks, and read them anew, if their dependencies have changed."""
    present = digest_of_dependencies(app)
    # The cache and the environment may be deleted or kept one without the other: each has its own mark.
    folder = Path(env.mystnb_config.execution_cache_path)
    stamp = folder / "anywidget_static_depends"
    if not stamp.exists() or stamp.read_text() != present:
        cache = get_cache(folder)
        for record in cache.list_cache_records():
            cache.remove_cache(record.pk)
        stamp.write_text(present)
    if getattr(env, "anywidget_static_depends", None) == present:
        return []
    env.anywidget_static_depends = present
    return [docname for docname, data in NbMetadataCollector.get_doc_data(env).items() if "exec_data" in data]


# -- what other extensions leave to mend --

# On a reader's first visit the theme knows no mode: it logs an error and flashes without colours. Its own way
# to name a default would take the colours from readers without JavaScript.
FIRST_MODE = """<script>
  localStorage.mode ||= "auto";
  localStorage.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
</script>
"""

# The theme tells its scroll spy to mark the links of a list whose class its list of contents lacks. The spy
# then takes every link of the page, and stumbles over one that sets a figure: no heading has such a name.
CONTENTS = """<script>
  addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("#pst-page-toc-nav")) document.body.dataset.bsTarget = "#pst-page-toc-nav";
  });
</script>
"""


def mend_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep the console clean: a first mode, the contents to mark, and an icon, if only an empty one.

    And let a fold be called by what stands on it, not by the same name all over the page.
    """
    context["metatags"] = CONTENTS + context.get("metatags", "")
    if not context.get("default_mode"):
        context["metatags"] = FIRST_MODE + context.get("metatags", "")
    if "body" in context:
        context["body"] = context["body"].replace('<summary aria-label="Toggle hidden content">', "<summary>")
    context["favicon_url"] = context.get("favicon_url") or "data:,"


def silence_thebe(app: Sphinx) -> None:
    """Keep Thebe off the pages if no button starts it: it names a CDN, and declares its constants twice."""
    if (app.config.html_theme_options.get("launch_buttons") or {}).get("thebe"):
        return
    for event in ("env-before-read-docs", "doctree-resolved"):
        for listener in list(app.events.listeners.get(event, [])):
            if listener.handler.__module__ == "sphinx_thebe":
                app.disconnect(listener.id)


def keep_one_mathjax(app: Sphinx, exception: Exception | None) -> None:
    """Of the combinations that an offline MathJax brings, keep the one the pages load: 1 MB of 16."""
    for file in Path(app.outdir, "_static", "mathjax").glob("*.js"):
        if file.name != Path(app.config.mathjax_path).name:
            file.unlink()


def no_widget_scripts(app: Sphinx, config: Config) -> None:
    """Keep myst-nb from adding its own, which come from a CDN."""
    config.nb_ipywidgets_js = {}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.setup_extension("myst_nb")
    app.add_config_value("anywidget_static_depends", [], "", [list])
    app.add_node(WidgetHost, html=(visit_widget_host, depart_widget_host))
    app.add_post_transform(KeepPicture)
    app.connect("config-inited", no_widget_scripts)
    app.connect("builder-inited", silence_thebe)
    app.connect("builder-inited", write_host)
    app.connect("env-get-outdated", run_stale_notebooks)
    app.connect("html-page-context", mend_page)
    app.connect("html-page-context", add_page_assets, priority=600)  # after myst-nb, which comes at 500
    app.connect("build-finished", keep_one_mathjax, priority=900)  # after they are copied
    return {"parallel_read_safe": True, "parallel_write_safe": True}
