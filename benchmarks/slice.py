"""What a slice of a network's landscape costs, beside others and the machine: `make bench-slice`.

51 × 51 places of a 2-16-16-1 tanh network with 512 examples, mean squared error, float64. Every contestant
runs in fresh processes, in turn with the others, so that whatever else the machine does meets all of them; a
run is timed without imports and after a first small one. What it computed is compared with the loss at its
own places, one by one: only a contestant whose values are right can be the fastest. PyTorch gets one thread,
with which it is fastest here: the network is too small for two.

The floor is what the machine needs for the same multiplications, at the speed of one large matrix product,
and for as many tanh, on contiguous memory, on two cores. The ratio to it says what is lost on the way.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from inspect import getclosurevars
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

from lossviz import MLP, mse, random_directions, slice_plane
from lossviz.network import _tanh
from lossviz.variables import Array

ROUNDS = 5
SIZE = 51
EXAMPLES = 512
NETWORK = MLP((2, 16, 16, 1))
STEPS = np.linspace(-1, 1, SIZE)

RANDOM = np.random.default_rng(0)
X, ACTUAL = RANDOM.normal(size=(EXAMPLES, 2)), RANDOM.normal(size=EXAMPLES)
CENTRE = RANDOM.normal(size=NETWORK.count) / 2
DIRECTIONS = random_directions(CENTRE, seed=0, shapes=NETWORK.shapes)

# A contestant gets the number of places along a side and returns the losses, shape (size, size), and the
# directions whose places they are: row i, column j at CENTRE + STEPS[j] · first + STEPS[i] · second.
Slice = tuple[Array, Array]


# ----------------------------------------------------------------------------------------------- contestants


def lossviz_one(size: int) -> Slice:
    """Slice with the package, as it is."""
    scores = NETWORK.scores(mse, X, ACTUAL)
    return slice_plane(scores, CENTRE, DIRECTIONS, size=size, batched=True, progress=False).z, DIRECTIONS


def lossviz_two(size: int) -> Slice:
    """Slice with the package on two threads."""
    scores = NETWORK.scores(mse, X, ACTUAL)
    with ThreadPoolExecutor(2) as threads:
        plane = slice_plane(
            scores, CENTRE, DIRECTIONS, size=size, batched=True, executor=threads, progress=False
        )
    return plane.z, DIRECTIONS


def plain_loop(size: int) -> Slice:
    """Compute one place after the other."""
    return losses_at(DIRECTIONS, np.linspace(-1, 1, size)), DIRECTIONS


def gradfield(size: int) -> Slice:
    """Slice with gradfield, which draws its own directions."""
    import gradfield
    from torch.nn.functional import mse_loss

    x, actual = torch_examples()
    loss_at = gradfield.model_loss_fn(torch_network(CENTRE), mse_loss, x, actual)
    grid = gradfield.sample_grid(loss_at, (-1, 1), (-1, 1), resolution=size)
    drawn = getclosurevars(loss_at).nonlocals
    return grid["Z"], np.stack([flat(drawn["direction1"]), flat(drawn["direction2"])])


def loss_landscape_3d(size: int) -> Slice:
    """Slice with loss-landscape-3d."""
    from loss_landscape_3d.calculator import LossLandscapeCalculator
    from torch.nn.functional import mse_loss

    states = [torch_network(vector).state_dict() for vector in (*DIRECTIONS, CENTRE)]
    # One batch that is ready, which is faster than a DataLoader that collects it.
    calculator = LossLandscapeCalculator(torch_network(CENTRE), [torch_examples()], mse_loss)
    steps = np.linspace(-1, 1, size)
    return calculator.calculate(steps, steps, *states).T, DIRECTIONS


def loss_landscapes(size: int) -> Slice:
    """Slice with loss-landscapes: size steps from a corner, along each of two sides."""
    from loss_landscapes import planar_interpolation
    from loss_landscapes.metrics import Loss
    from torch.nn.functional import mse_loss

    corner = CENTRE - DIRECTIONS.sum(axis=0)
    side = 2 * size / (size - 1) * DIRECTIONS
    networks = [torch_network(vector) for vector in (corner, corner + side[0], corner + side[1])]
    z = planar_interpolation(*networks, Loss(mse_loss, *torch_examples()), steps=size)
    return z.T, DIRECTIONS


def torch_network(vector: Array) -> Any:
    """Return our network as PyTorch has it."""
    import torch

    layers: list[torch.nn.Module] = []
    for inputs, units in pairwise(NETWORK.widths):
        layers += [torch.nn.Linear(inputs, units, dtype=torch.float64), torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers[:-1])
    torch.nn.utils.vector_to_parameters(torch.tensor(vector), network.parameters())
    return network


def torch_examples() -> tuple[Any, Any]:
    """Return our examples as PyTorch has them."""
    import torch

    return torch.tensor(X), torch.tensor(ACTUAL[:, np.newaxis])


def flat(tensors: list[Any]) -> Array:
    """Return tensors as one row."""
    return np.concatenate([tensor.numpy().ravel() for tensor in tensors])


OTHERS: dict[str, Callable[[int], Slice]] = {
    "gradfield": gradfield,
    "loss-landscape-3d": loss_landscape_3d,
    "loss-landscapes": loss_landscapes,
}
CONTESTANTS = {
    "lossviz, 1 thread": lossviz_one,
    "lossviz, 2 threads": lossviz_two,
    "plain loop": plain_loop,
    **OTHERS,
}
OURS = "lossviz, 2 threads"
FLOOR = "floor, 2 threads"


# ------------------------------------------------------------------------------------------------- the floor


def floor() -> Array:
    """Return the seconds for the multiplications, and for the tanh, of one slice."""
    units = sum(NETWORK.widths[1:-1])
    products = sum(inputs * outputs for inputs, outputs in pairwise(NETWORK.widths))
    large = RANDOM.normal(size=(1200, 1200))
    out = np.empty_like(large)
    np.matmul(large, large, out=out)
    product = np.min([timed(lambda: np.matmul(large, large, out=out)) for _ in range(5)], axis=0)

    length = 2**13  # numbers, which stay in the nearest caches
    repeats = units * EXAMPLES * SIZE**2 // length // 2
    rows = RANDOM.normal(size=(2, length))

    def numpys(row: Array) -> None:
        room = np.empty_like(row)
        for _ in range(repeats):
            np.tanh(row, out=room)

    def ours(row: Array) -> None:
        for _ in range(repeats):
            _tanh(row)

    with ThreadPoolExecutor(2) as threads:
        squashing = [timed(partial(list, threads.map(way, rows))) for way in (numpys, ours)]
    return product * products * EXAMPLES * SIZE**2 / 1200**3 + np.min(squashing, axis=0)


def timed(work: Callable[[], Any]) -> Array:
    """Return how many seconds something takes: of the clock, and of all processors."""
    clock, processors = perf_counter(), process_time()
    work()
    return np.array([perf_counter() - clock, process_time() - processors])


# ---------------------------------------------------------------------------------------------- the contest


def losses_at(directions: Array, steps: Array) -> Array:
    """Return the losses on a plane, one by one."""
    first, second = directions
    return np.array(
        [[mse(ACTUAL, NETWORK.logit(CENTRE + a * first + b * second, X)) for a in steps] for b in steps]
    )


def run(name: str, folder: Path) -> None:
    """Be one contestant: print the seconds, and leave behind what was computed."""
    if name == FLOOR:
        print(json.dumps(floor().tolist()))
        return
    compute = CONTESTANTS[name]
    compute(3)
    done: list[Slice] = []
    print(json.dumps(timed(lambda: done.append(compute(SIZE))).tolist()))
    z, directions = done[0]
    np.savez(folder / f"{name}.npz", z=z, directions=directions)


def verdict(folder: Path, name: str) -> str:
    """Say whether a contestant's values are right at its own places, and if not, what is wrong."""
    with np.load(folder / f"{name}.npz") as stored:
        z, directions = stored["z"], stored["directions"]
    expected = losses_at(directions, STEPS)
    right = np.isclose(z, expected, rtol=1e-9, atol=0)
    if right.all():
        return "right"
    # loss-landscapes goes to and fro, and on its way there it steps before it looks.
    ahead = np.isclose(z[:-1], expected[1:], rtol=1e-6, atol=0)
    if ahead[:, ::2].all() and not right[:, ::2].any():
        return f"WRONG in {1 - right.mean():.0%}: every other column is that of one step further"
    return f"WRONG in {1 - right.mean():.0%} of the places"


def start(name: str, folder: Path) -> list[float]:
    """Run a contestant in a process of its own; return its seconds, of the clock and of all processors."""
    threads = "2" if name == FLOOR else "1"  # of one matrix product
    environment = os.environ | {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
    command = [sys.executable, "-m", "benchmarks.slice", name, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Let everyone run, several times in turn, and print a table."""
    names = [FLOOR, *CONTESTANTS]
    runs: dict[str, list[list[float]]] = {name: [] for name in names}
    with TemporaryDirectory() as temporary:
        for _ in range(ROUNDS):
            for name in names:
                runs[name].append(start(name, Path(temporary)))
        values = {name: verdict(Path(temporary), name) for name in CONTESTANTS}
    clock, processors = ({name: median(run[i] for run in runs[name]) for name in names} for i in (0, 1))
    print(
        f"{SIZE} × {SIZE} places of a {'-'.join(map(str, NETWORK.widths))} tanh network, {EXAMPLES} examples"
    )
    print(f"Median of {ROUNDS} processes, in seconds of the clock and of all processors together")
    print(f"{'':<20}{'clock':>8}{'from … to':>16}{'processors':>12}{'× floor':>9}{'× ours':>8}  values")
    for name in names:
        low, *_, high = sorted(run[0] for run in runs[name])
        print(
            f"{name:<20}{clock[name]:>8.3f}{f'{low:.3f} … {high:.3f}':>16}{processors[name]:>12.3f}"
            f"{clock[name] / clock[FLOOR]:>9.2f}{clock[name] / clock[OURS]:>8.2f}  {values.get(name, '')}"
        )
    fastest = min((name for name in OTHERS if values[name] == "right"), key=clock.__getitem__)
    print(f"The fastest other with right values, {fastest}, takes {clock[fastest] / clock[OURS]:.1f} × ours.")
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        print(f"Load {load:.1f} on {os.cpu_count()} processors: other work distorts these numbers.")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
