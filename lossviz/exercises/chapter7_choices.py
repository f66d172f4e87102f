"""Exercises of chapter 7 about the choice of a loss, and one that the book has not."""

from __future__ import annotations

import numpy as np

from lossviz.exercises._exercise import Exercise, Inputs, Mistake


def _deliveries(rng: np.random.Generator) -> Inputs:
    """Two to five numbers and their predictions, none of them exact, and a share that is not one half."""
    n = rng.integers(2, 6)
    actual = rng.integers(-50, 50, n) / 10
    return {
        "actual": actual,
        "predicted": actual + rng.choice([-1, 1], n) * rng.integers(1, 40, n) / 10,
        "share": rng.choice([1, 2, 3, 7, 8, 9]) / 10,
    }


def _tilted(actual, predicted, share):  # type: ignore[no-untyped-def]
    short = actual - predicted  # how much the prediction falls short
    return np.where(short > 0, share * short, (share - 1) * short)


MISMATCH = Exercise(
    id="7.5",
    level=2,
    title="The loss that stands still",
    reference="C",
    draw=None,
    hints=(
        "Two things can make a slope small. Which two?",
        "How large is the squared error of a dog if the network is sure that it sees a cat?",
        "It is 1, and always saying ½ would score 0.25. What does a sigmoid do where it is so sure?",
    ),
    mistakes=(
        Mistake(
            "A",
            "A valley is level, and so is a plateau. In a valley the pulls cancel; here each one is tiny.",
        ),
        Mistake("B", "Before one blames the pictures: the network is sure about every dog, and wrong."),
        Mistake(
            "D",
            "The steps are tiny already, because the slopes are. A tenth of that is smaller still.",
        ),
    ),
)

TILTED = Exercise(
    id="7.6",
    level=3,
    title="Nine times out of ten",
    reference=_tilted,
    draw=_deliveries,
    hints=(
        "Two cases: the prediction is too low, or it is too high. Each has a price of its own.",
        "With `short = actual - predicted`, a positive number means too low. It costs `share * short`.",
        "Too high costs `(1 - share) * -short`. Put both together with `np.where(short > 0, …, …)`.",
    ),
    mistakes=(
        Mistake(
            lambda actual, predicted, share: _tilted(actual, predicted, 1 - share),
            "The prices are the wrong way round: too low costs the share, too high the rest.",
        ),
        Mistake(
            lambda actual, predicted, share: share * (actual - predicted),
            "Too high must cost something too; here it earns money.",
        ),
        Mistake(
            lambda actual, predicted, share: share * np.abs(actual - predicted),
            "Here both sides cost the same; too high costs 1 − share.",
        ),
        Mistake(
            lambda actual, predicted, share: np.maximum(0, share * (actual - predicted)),
            "Too high costs nothing here; then the best prediction has no upper end.",
        ),
        Mistake(
            lambda actual, predicted, share: np.where(
                actual > predicted, share * (actual - predicted), (1 - share) * (actual - predicted)
            ),
            "Where the prediction is too high the loss is below 0; turn that sign.",
        ),
        Mistake(
            lambda actual, predicted, share: _tilted(actual, predicted, share).mean(),
            "This is the score; the loss of each example is asked for.",
        ),
        Mistake(
            lambda actual, predicted, share: np.where(
                actual > predicted, share * (actual - predicted) ** 2, (1 - share) * (actual - predicted) ** 2
            ),
            "You squared the errors; a tilted square aims at something else.",
        ),
        Mistake(
            lambda actual, predicted, share: np.where(actual > predicted, share, 1 - share),
            "These are the prices for one unit; multiply them by the size of the error.",
        ),
    ),
)

TAGS = Exercise(
    id="7.7",
    level=2,
    title="A cat and a dog",
    reference="B",
    draw=None,
    hints=(
        "What do the probabilities that come out of a softmax add up to?",
        "If the cat gets 90 %, how much is left for the dog? What should it be on this photo?",
        "Each tag is a yes or no of its own. Which loss asks one such question?",
    ),
    mistakes=(
        Mistake(
            "A",
            "More photos do not help: softmax cannot give both tags 90 %, because all of them add up to 1.",
        ),
        Mistake(
            "C",
            "Where no probability is asked for that might do. But the owners of the photos want percentages.",
        ),
        Mistake(
            "D", "The numbers 0 and 1 are names here. Squaring their difference does not undo the softmax."
        ),
    ),
)
