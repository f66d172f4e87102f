"""The book's buttons that open a chapter in Binder and in Colab: a Sphinx extension.

The theme draws them, from `launch_buttons` in `_config.yml`. This sees to it that they lead to the
repository whose book is built: on GitHub Actions the one that runs, so that the book of a fork opens the
fork; elsewhere the one that `_config.yml` names. Where neither is known there is no button.
"""

import os
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from tools.address import Address, of_actions, of_config


def theme_options(address: Address | None, buttons: dict[str, Any]) -> dict[str, Any]:
    """Return what the theme must be told, given an address and the buttons that one would like.

    >>> theme_options(None, {"colab_url": "https://colab.research.google.com"})
    {'launch_buttons': {}}
    """
    if address is None:
        return {"launch_buttons": {}}
    if not address.url.startswith("https://github.com/"):  # Colab opens notebooks of no other host
        buttons = {name: value for name, value in buttons.items() if name != "colab_url"}
    return {
        "repository_url": address.url,
        "repository_branch": address.branch,
        "launch_buttons": buttons,
    }


def aim(app: Sphinx, config: Config) -> None:
    """Let the buttons lead to the repository of this book."""
    address = of_actions(os.environ) or of_config()
    config.html_theme_options.update(
        theme_options(address, config.html_theme_options.get("launch_buttons", {}))
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", aim, priority=400)  # before the theme reads its options
    return {"parallel_read_safe": True, "parallel_write_safe": True}
