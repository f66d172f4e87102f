"""One figure of each kind, small, for tests of what all of them do."""

from dataclasses import replace

from lossviz import (
    Choice,
    Chooser,
    ClassProbabilities,
    Landscape,
    LineFit,
    LossCurve,
    Question,
    Race,
    Result,
    Separator,
    Terrain,
    hinge,
    mae,
    mse,
)
from lossviz.widgets._base import Figure


def every_figure(word: str = "word") -> list[Figure]:
    """Return the figures; `word` stands wherever a text is given to one."""
    own = replace(mse, name="own", title=f"loss {word}", label=f"label {word}")
    land = Landscape.of(lambda x, y: x**2 + 2 * y**2, x=(-2, 2), y=(-2, 2), names=(f"x {word}", f"y {word}"))
    question = Question(
        f"Question {word}?",
        [Choice(f"yes {word}", f"Yes {word}.", right=True), Choice(f"no {word}", f"No {word}.")],
        name="question",
    )
    return [
        LossCurve(own, mae, name="curve", loss_label=f"axis {word}", marks=[1, 2], marks_label=f"go {word}"),
        ClassProbabilities((f"cat {word}", "dog", "bird"), (2, 1, 0), name="classes"),
        LineFit([0, 1, 2, 3], [1, 3, 5, 8], own, mae, name="line", x_label=word, y_label=f"up {word}"),
        Separator(
            [[-2.0, 0.0], [-0.5, 1.0], [0.5, -1.0], [2.0, 0.0]],
            [-1, -1, 1, 1],
            name="separator",
            x_labels=(f"across {word}", f"up {word}"),
            class_names=(f"minus {word}", f"plus {word}"),
        ),
        Terrain(land, name="terrain", starts=[(-1.5, 1), (1, 1)]),
        Race.of_lines(
            [-2, -1, 0.4, 2],
            [-1, 1, -1, 1],
            {f"one {word}": mse, f"two {word}": hinge},
            name="race",
            class_names=(f"minus {word}", f"plus {word}"),
        ),
        Chooser(name="chooser"),
        question,
        Result({question: f"chapter {word}"}, name="result"),
    ]
