"""How the time of a slice grows with its size and with the network: `make bench-growth`.

Both should grow no faster than the work: a slice with its places, one place with the parameters. Wider layers
have more weights to each unit, so that the tanh, one for each unit, weigh less and less: with the parameters
the time grows more slowly at first, and in proportion only where the products outweigh the tanh. Measured is
the processor time of one thread, the median of three; a power is fitted to each curve, and both are drawn
into ``_build/bench``.
"""

from __future__ import annotations

import os

# Before NumPy starts: the threads of a matrix product would change its speed in the middle of a curve.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path
from statistics import median
from time import process_time

import matplotlib.pyplot as plt
import numpy as np

from lossviz import MLP, mse, random_directions, slice_plane

SIDES = (25, 50, 100, 200, 400)
HIDDEN = (8, 17, 30, 54, 98, 175, 314)  # units in each of two layers: about 1e2 to 1e5 parameters
EXAMPLES = 512
REPEATS = 3
FOLDER = Path(__file__).parents[1] / "_build" / "bench"


def seconds(network: MLP, side: int) -> float:
    """Return how much processor time a slice takes."""
    random = np.random.default_rng(0)
    x, actual = random.normal(size=(EXAMPLES, network.widths[0])), random.normal(size=EXAMPLES)
    scores, centre = network.scores(mse, x, actual), network.initial()
    directions = random_directions(centre, shapes=network.shapes)
    times = []
    for _ in range(REPEATS):
        start = process_time()
        slice_plane(scores, centre, directions, size=side, batched=True, progress=False)
        times.append(process_time() - start)
    return median(times)


def report(title: str, label: str, counts: list[int], times: list[float], name: str) -> None:
    """Print a curve and the power that fits it, and draw both."""
    power, scale = np.polyfit(np.log(counts), np.log(times), 1)
    print(title)
    for count, time in zip(counts, times, strict=True):
        print(f"{count:>9,} {label:<11}{time:>9.3f} s{time / count * 1e6:>10.2f} µs for each")
    print(f"The time grows as {label} to the power {power:.2f}\n")
    figure, axes = plt.subplots(figsize=(5, 4), layout="constrained")
    axes.loglog(counts, times, "o", label="measured")
    axes.loglog(counts, np.exp(scale) * np.array(counts) ** power, label=f"power {power:.2f}")
    axes.loglog(counts, times[-1] / counts[-1] * np.array(counts), ":", label="in proportion")
    axes.set(title=title, xlabel=label, ylabel="seconds of one processor")
    axes.legend()
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / name, dpi=150)
    plt.close(figure)


def main() -> None:
    """Measure both curves."""
    network = MLP((2, 16, 16, 1))
    report(
        f"A slice of a network with {network.count} parameters",
        "places",
        [side**2 for side in SIDES],
        [seconds(network, side) for side in SIDES],
        "growth-places.png",
    )
    networks = [MLP((2, units, units, 1)) for units in HIDDEN]
    report(
        "A slice of 11 × 11 places",
        "parameters",
        [network.count for network in networks],
        [seconds(network, 11) for network in networks],
        "growth-parameters.png",
    )
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        print(f"Load {load:.1f} on {os.cpu_count()} processors: other work distorts these numbers.")


if __name__ == "__main__":
    main()
