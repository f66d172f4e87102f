"""Where the book lives on GitHub: told by `_config.yml` and, on GitHub Actions, by the run itself.

No other file names it. The launch buttons (`tools.launch`) and the first cell of each chapter
(`tools.colab`) ask here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONFIG = Path(__file__).parents[1] / "_config.yml"


@dataclass(frozen=True)
class Address:
    """A repository, such as ``https://github.com/OWNER/NAME``, and the branch that readers get."""

    url: str
    branch: str

    def __str__(self) -> str:
        """Return it as pip and git take it."""
        return f"{self.url}@{self.branch}"


def of_config(text: str | None = None) -> Address | None:
    """Return the address that `_config.yml` gives, or None if it gives none.

    >>> print(of_config('repository: {url: "https://github.com/ada/book", branch: main}'))
    https://github.com/ada/book@main
    >>> of_config('repository: {url: "", branch: main}') is None
    True
    """
    config: dict[str, Any] = yaml.safe_load(CONFIG.read_text(encoding="utf-8") if text is None else text)
    repository = config["repository"]
    url = repository["url"].rstrip("/").removesuffix(".git")
    return Address(url, repository["branch"]) if url else None


def of_actions(environment: Mapping[str, str]) -> Address | None:
    """Return the address of the repository whose GitHub Actions run this is, or None elsewhere.

    >>> run = {"GITHUB_REPOSITORY": "ada/book", "GITHUB_REF_NAME": "7/merge", "GITHUB_BASE_REF": "main"}
    >>> print(of_actions(run))  # of a pull request, which has no branch of its own here
    https://github.com/ada/book@main
    """
    if "GITHUB_REPOSITORY" not in environment:
        return None
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    branch = environment.get("GITHUB_BASE_REF") or environment.get("GITHUB_REF_NAME", "main")
    return Address(f"{server}/{environment['GITHUB_REPOSITORY']}", branch)
