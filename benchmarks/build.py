"""How long the book takes to build, and how much of it is running notebooks: `make bench-build`.

Three builds, each a process of its own and each three times over, in turns: with nothing in store; with the
notebooks' outputs in store but no page; and once more with nothing changed. What the first takes longer than
the second is running the notebooks.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
REPEATS = 3


def build(folder: Path) -> float:
    """Build the book there; return the seconds it took."""
    start = perf_counter()
    subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "--path-output", folder],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - start


def main() -> None:
    """Measure, and print each build, its spread, and the notebooks' share."""
    times: dict[str, list[float]] = {"nothing in store": [], "notebooks in store": [], "nothing changed": []}
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / "_build"
            times["nothing in store"].append(build(Path(folder)))
            for pages in ("html", ".doctrees"):
                shutil.rmtree(built / pages)
            times["notebooks in store"].append(build(Path(folder)))
            times["nothing changed"].append(build(Path(folder)))
    print(f"{'build':<20}{'seconds':>8}{'spread':>16}{'of the first':>14}")
    cold, stored, _ = (median(each) for each in times.values())
    for name, each in times.items():
        spread = f"{min(each):.1f} to {max(each):.1f}"
        print(f"{name:<20}{median(each):>8.1f}{spread:>16}{median(each) / cold:>14.0%}")
    print(f"Running the notebooks is {1 - stored / cold:.0%} of a first build.")
    if hasattr(os, "getloadavg"):
        print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors: other work distorts the times.")


if __name__ == "__main__":
    main()
