"""Paths as PyTorch takes them: `python -m tools.path_references` stores every tenth point of each.

The tests compare `lossviz.descent` with PyTorch where it is installed, and with the stored paths everywhere.
PyTorch is too large for requirements.txt, so `pip install torch` first.
"""

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lossviz.descent import descend
from lossviz.variables import Array

STORE = Path(__file__).parents[1] / "tests" / "unit" / "path_references.json"
STEPS = 100
EVERY = 10
TOLERANCE = 1e-10


class Ground(NamedTuple):
    """A loss to walk on: `value` takes the two numbers, of NumPy or of PyTorch."""

    value: Callable[[Any, Any], Any]
    slope: Callable[[float, float], tuple[float, float]]
    start: tuple[float, float]


GROUNDS = {
    "quadratic": Ground(
        lambda x, y: x**2 / 2 + x * y + 5 * y**2, lambda x, y: (x + y, x + 10 * y), start=(-4.0, 3.0)
    ),
    "rosenbrock": Ground(
        lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
        start=(-1.2, 1.0),
    ),
}
# optimiser, its options, PyTorch's name for it, PyTorch's options
WALKS: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "gradient descent": ("gradient descent", {"rate": 1e-3}, "SGD", {"lr": 1e-3}),
    "momentum": ("momentum", {"rate": 1e-3, "momentum": 0.8}, "SGD", {"lr": 1e-3, "momentum": 0.8}),
    "rmsprop": ("rmsprop", {"rate": 0.01}, "RMSprop", {"lr": 0.01}),
    "rmsprop with options": (
        "rmsprop",
        {"rate": 0.01, "smoothing": 0.9, "eps": 0.1},
        "RMSprop",
        {"lr": 0.01, "alpha": 0.9, "eps": 0.1},
    ),
    "adam": ("adam", {"rate": 0.05}, "Adam", {"lr": 0.05}),
    "adam with options": (
        "adam",
        {"rate": 0.05, "betas": (0.8, 0.95), "eps": 0.1},
        "Adam",
        {"lr": 0.05, "betas": (0.8, 0.95), "eps": 0.1},
    ),
}
NAMES = [(ground, walk) for ground in GROUNDS for walk in WALKS]


def ours(ground: str, walk: str) -> Array:
    """Return the points of the path as lossviz takes it, shape (STEPS + 1, 2)."""
    value, slope, start = GROUNDS[ground]
    optimiser, options, *_ = WALKS[walk]
    path = descend(
        lambda p: value(*p), lambda p: slope(*p), start, optimiser=optimiser, steps=STEPS, **options
    )
    return path.points


def theirs(ground: str, walk: str) -> Array:
    """Return the points as PyTorch takes it, its gradients from automatic differentiation."""
    import torch

    at = torch.tensor(GROUNDS[ground].start, dtype=torch.float64, requires_grad=True)
    *_, name, options = WALKS[walk]
    optimiser = getattr(torch.optim, name)([at], **options)
    points = [at.detach().numpy().copy()]
    for _ in range(STEPS):
        optimiser.zero_grad()
        GROUNDS[ground].value(*at).backward()
        optimiser.step()
        points.append(at.detach().numpy().copy())
    return np.array(points)


def main() -> None:
    """Write the store."""
    store: dict[str, Any] = {"made by": {"torch": version("torch")}}
    store |= {f"{walk} on {ground}": theirs(ground, walk)[::EVERY].tolist() for ground, walk in NAMES}
    # A line for each, so that a change of one shows as such; repr keeps every bit of a float.
    lines = (f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in store.items())
    STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
