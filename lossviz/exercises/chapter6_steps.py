"""Exercises of chapter 6 in which a step of descent is written."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake


def _place_and_slope(rng: np.random.Generator) -> Inputs:
    """Two or three numbers, none of whose slopes is 0."""
    d = rng.integers(2, 4)
    return {
        "place": rng.integers(-20, 21, d) / 10,
        "memory": rng.integers(1, 31, d) / 10,
        "gradient": rng.choice([-1, 1], d) * rng.integers(2, 30, d) / 10,
        "rate": rng.integers(1, 10) / 20,
        "share": rng.integers(12, 19) / 20,
    }


def _few_numbers(rng: np.random.Generator, memory: str, share: str) -> Inputs:
    names = {"memory": memory, "share": share}
    return {names.get(name, name): value for name, value in _place_and_slope(rng).items()}


def _roll(  # type: ignore[no-untyped-def]
    *, sign=-1.0, added=lambda beta: 1.0, moved_by="new", returned="new", kept=lambda beta: beta
):
    """Return a step of momentum, or one with something wrong in it."""

    def step(place, velocity, gradient, rate, beta):  # type: ignore[no-untyped-def]
        new = kept(beta) * velocity + added(beta) * gradient
        by = {"new": new, "old": velocity, "gradient": gradient}[moved_by]
        return np.array([place + sign * rate * by, new if returned == "new" else velocity])

    return step


MOMENTUM = Exercise(
    id="6.2",
    level=2,
    title="A step of momentum",
    reference=_roll(),
    draw=lambda rng: _few_numbers(rng, "velocity", "beta"),
    hints=(
        "Two lines: renew the velocity, then move the ball. Which of the two comes first?",
        "The new velocity is `beta * velocity + gradient`. The ball moves against it, rate times as far.",
        "Return `np.array([place - rate * new, new])`, where `new` is the new velocity.",
    ),
    mistakes=(
        Mistake(_roll(sign=1.0), "You walked uphill: the ball moves against the velocity."),
        Mistake(
            _roll(added=lambda beta: 1 - beta),
            "This is the other convention, with 1 − beta before the gradient; here all of it is added.",
        ),
        Mistake(
            _roll(added=lambda beta: -1.0),
            "You took the gradient off the velocity, and the velocity off the place: "
            "the ball goes the wrong way.",
        ),
        Mistake(
            lambda place, velocity, gradient, rate, beta: np.array(
                [
                    place + beta * velocity - rate * gradient,
                    beta * velocity - rate * gradient,
                ]
            ),
            "Here the velocity is the step itself, with the rate in it. That is a third way to write it; "
            "here the rate stays outside.",
        ),
        Mistake(
            lambda place, velocity, gradient, rate, beta: np.array(
                [
                    place - beta * velocity - rate * gradient,
                    beta * velocity + rate * gradient,
                ]
            ),
            "You put the rate into the velocity; here it multiplies the velocity when the ball moves.",
        ),
        Mistake(
            _roll(returned="old"),
            "The place is right, but the velocity you return is the old one; the next step needs it new.",
        ),
        Mistake(
            _roll(moved_by="old"),
            "You moved with the old velocity; renew it first, then move.",
        ),
        Mistake(
            _roll(moved_by="gradient"),
            "The velocity is renewed, but the ball moved by the gradient alone.",
        ),
        Mistake(
            _roll(kept=lambda beta: 1.0),
            "All of the old velocity stayed; only the share beta of it does.",
        ),
        Mistake(
            _roll(kept=lambda beta: 1 - beta, added=lambda beta: beta),
            "The shares are exchanged: beta belongs to the old velocity.",
        ),
        Mistake(
            _roll(added=lambda beta: beta),
            "You multiplied the gradient by beta as well; only the old velocity is.",
        ),
        Mistake(
            lambda place, velocity, gradient, rate, beta: place - rate * (beta * velocity + gradient),
            "This is the new place; return the new velocity, too, in a second row.",
        ),
        Mistake(
            lambda place, velocity, gradient, rate, beta: _roll()(place, velocity, gradient, rate, beta)[
                ::-1
            ],
            "The rows are exchanged: first the place, then the velocity.",
        ),
        Mistake(
            lambda place, velocity, gradient, rate, beta: _roll()(
                place, velocity, gradient, rate, beta
            ).ravel(),
            "The numbers are right but stand in one row; return a row for each.",
        ),
    ),
)


def _walk(  # type: ignore[no-untyped-def]
    *, first=0, more=0, sign=-1.0, rate_at=lambda rate, decay, t: rate / (1 + decay * t)
):
    """Return a walk on ``|x|`` with a rate that decreases, or one with something wrong in it."""

    def walk(start, rate, decay, steps):  # type: ignore[no-untyped-def]
        x = start
        for t in range(steps + more):
            x = x + sign * rate_at(rate, decay, t + first) * np.sign(x)
        return x

    return walk


def _rate_eaten_away(start, rate, decay, steps):  # type: ignore[no-untyped-def]
    x = start
    for t in range(steps):
        rate = rate / (1 + decay * t)
        x = x - rate * np.sign(x)
    return x


def _slope_of_the_start(start, rate, decay, steps):  # type: ignore[no-untyped-def]
    return start - np.sign(start) * sum(rate / (1 + decay * t) for t in range(steps))


DECREASING = Exercise(
    id="6.3",
    level=2,
    title="A rate that decreases",
    reference=_walk(),
    draw=lambda rng: {
        "start": (rng.integers(4, 16) + 0.37) / 10 * rng.choice([-1, 1]),
        "rate": rng.integers(4, 10) / 10,
        "decay": rng.integers(1, 6) / 10,
        "steps": int(rng.integers(4, 12)),
    },
    hints=(
        "A loop over the steps; in each one the rate is another.",
        "A loop `for t in range(steps)` counts from 0. In step t the rate is `rate / (1 + decay * t)`.",
        "In the loop: `x = x - rate / (1 + decay * t) * np.sign(x)`. Return x after the loop.",
    ),
    mistakes=(
        Mistake(
            _walk(rate_at=lambda rate, decay, t: rate), "The rate stays the same; decay must make it smaller."
        ),
        Mistake(_walk(first=1), "You count the steps from 1; the first step is taken with the whole rate."),
        Mistake(
            _rate_eaten_away,
            "You divide the rate that was divided before; divide the first rate each time.",
        ),
        Mistake(
            _walk(rate_at=lambda rate, decay, t: rate / (1 + decay) ** t),
            "Here each step is a fixed share of the one before. Divide by 1 + decay times t instead.",
        ),
        Mistake(
            _walk(rate_at=lambda rate, decay, t: rate / 1 + decay * t),
            "Brackets are missing: without them decay times t is added to the rate, which grows.",
        ),
        Mistake(_walk(sign=1.0), "You walked uphill: the step goes against the slope."),
        Mistake(_walk(more=1), "This is one step too many."),
        Mistake(_walk(more=-1), "One step is missing."),
        Mistake(
            _slope_of_the_start,
            "You kept the slope of the start; beyond 0 it has the other sign, so work it out in each step.",
        ),
        Mistake(
            lambda start, rate, decay, steps: abs(_walk()(start, rate, decay, steps)),
            "This is the loss there, the size of x; return x itself, with its sign.",
        ),
    ),
)


def _scaled(  # type: ignore[no-untyped-def]
    *, sign=-1.0, root=np.sqrt, square=np.square, keep=lambda alpha: alpha, divide_by="new", returned="new"
):
    """Return a step of RMSProp, or one with something wrong in it."""

    def step(place, squares, gradient, rate, alpha):  # type: ignore[no-untyped-def]
        new = keep(alpha) * squares + (1 - keep(alpha)) * square(gradient)
        scale = root(new if divide_by == "new" else squares)
        return np.array([place + sign * rate * gradient / scale, new if returned == "new" else squares])

    return step


RMSPROP = Exercise(
    id="6.4",
    level=3,
    title="A step of RMSProp",
    reference=_scaled(),
    draw=lambda rng: _few_numbers(rng, "squares", "alpha"),
    hints=(
        "Two lines again: renew the mean of squares, then take a step that is scaled by it.",
        "The new squares are `alpha * squares + (1 - alpha) * gradient**2`, for each number by itself.",
        "The new place is `place - rate * gradient / np.sqrt(new)`, where `new` are the new squares.",
    ),
    mistakes=(
        Mistake(_scaled(sign=1.0), "You walked uphill: the step goes against the slope."),
        Mistake(
            _scaled(root=lambda new: new),
            "You divided by the mean of squares; divide by its root, so that the units agree.",
        ),
        Mistake(_scaled(divide_by="old"), "You divided by the root of the old squares; renew them first."),
        Mistake(
            _scaled(returned="old"),
            "The place is right, but the squares you return are the old ones; the next step needs them new.",
        ),
        Mistake(
            _scaled(keep=lambda alpha: 1 - alpha),
            "The shares are exchanged: alpha belongs to the old squares.",
        ),
        Mistake(
            _scaled(square=lambda gradient: gradient, root=lambda new: np.sqrt(np.abs(new))),
            "The running mean is one of squares; you took the slopes as they are.",
        ),
        Mistake(
            _scaled(square=np.abs),
            "The running mean is one of squares; you took the sizes of the slopes.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: np.array(
                [
                    place - rate * gradient / np.sqrt(alpha * squares + (1 - alpha) * np.mean(gradient**2)),
                    alpha * squares + (1 - alpha) * np.mean(gradient**2),
                ]
            ),
            "You took the mean over the numbers; each number has its own, over the steps.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: np.array(
                [
                    place - rate * gradient / np.linalg.norm(gradient),
                    alpha * squares + (1 - alpha) * gradient**2,
                ]
            ),
            "You divided by the length of the whole gradient; each number is divided by its own root.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: np.array(
                [
                    place - rate * gradient / np.sqrt(alpha * squares + gradient**2),
                    alpha * squares + gradient**2,
                ]
            ),
            "The share 1 − alpha before the new square is missing; without it this is no mean.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: np.array(
                [place - rate * gradient, alpha * squares + (1 - alpha) * gradient**2]
            ),
            "The squares are renewed, but the step is not divided by their root.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: _scaled()(place, squares, gradient, rate, alpha)[0],
            "This is the new place; return the new squares, too, in a second row.",
        ),
        Mistake(
            lambda place, squares, gradient, rate, alpha: _scaled()(place, squares, gradient, rate, alpha)[
                ::-1
            ],
            "The rows are exchanged: first the place, then the squares.",
        ),
    ),
)
