"""Pin every dependency of pyproject.toml: `python -m tools.lock [--upgrade]`.

Writes requirements.txt (everything that builds and tests the book) and binder/requirements.txt (what a
reader's session needs; Binder brings JupyterLab itself). Pins that still agree with pyproject.toml stay
as they are, unless `--upgrade` is given. One lock serves Python 3.11 and later, on every platform.
"""

import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).parents[1]
EXTRAS = ("book", "live", "test", "dev")  # not bench, whose PyTorch is larger than all of them together
HEADER = "# Made by `make lock` from pyproject.toml, which gives the reason for each: edit that, not this.\n"


def pin(lock: Path, *options: str) -> str:
    """Pin the dependencies, near to what `lock` says now, and return the pins."""
    command = [find_uv_bin(), "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
    command += ["--quiet", "--no-header", "--no-annotate", "--output-file", str(lock), *options]
    subprocess.run(command, cwd=ROOT, check=True)
    return lock.read_text()


def main(*options: str) -> None:
    """Write both locks; the second holds the same versions as the first."""
    everything = ROOT / "requirements.txt"
    reading = ROOT / "binder" / "requirements.txt"
    everything_pins = pin(everything, *(f"--extra={extra}" for extra in EXTRAS), *options)
    reading_pins = pin(reading, "--constraint", str(everything), *options)
    # The package itself stands last, or the chapters could not import it.
    everything.write_text(f"{HEADER}{everything_pins}-e .\n")
    reading.write_text(f"{HEADER}{reading_pins}.\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
