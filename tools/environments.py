"""Run the unit tests and the chapters with the oldest and the newest dependencies, on each Python there is.

`python -m tools.environments` does so for all, `… 3.12 oldest` for one. The oldest are the floors that
pyproject.toml names, the newest what is published today; both are installed into environments of their own
under _build/environments.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "environments"
AGES = {"oldest": "lowest-direct", "newest": "highest"}
# What the unit tests and the chapters need: neither a browser nor the book's own tools.
TEST_PACKAGES = ("pytest", "nbval", "hypothesis", "scipy", "scikit-learn", "distributed", "ipykernel")
