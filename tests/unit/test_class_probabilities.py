"""ClassProbabilities from Python: its state, its sentence, its picture, and what it refuses."""

import math
from typing import Any

import numpy as np
import pytest
import traitlets
from matplotlib.text import Annotation

from lossviz import ClassProbabilities, cross_entropy
from lossviz.look import ink
from lossviz.models import softmax

ANIMALS = ("cat", "dog", "bird")


def three(**arguments: Any) -> ClassProbabilities:
    return ClassProbabilities(ANIMALS, **{"logits": (2, 1, 0), "name": "three", **arguments})


# Spoken


def test_sentence_has_the_probabilities_and_the_loss_in_both_units() -> None:
    assert three().describe() == (
        "The picture shows a cat. Probabilities: cat 0.665, dog 0.245, bird 0.09. "
        "Loss 0.408 nats (0.588 bits)."
    )


def test_sentence_follows_the_correct_class_and_the_logits() -> None:
    figure = three(actual="bird")
    assert figure.describe().endswith("Loss 2.41 nats (3.47 bits).")
    figure.logits = [0, 0, 0]
    assert figure.describe() == (
        "The picture shows a bird. Probabilities: cat 0.333, dog 0.333, bird 0.333. "
        "Loss 1.1 nats (1.58 bits)."
    )


def test_names_are_only_names() -> None:
    figure = ClassProbabilities(["{p}", "$x$", "owl"], name="odd", actual="owl")
    assert figure.describe().startswith("The picture shows an owl. Probabilities: {p} 0.333, $x$ 0.333,")
    assert figure._repr_mimebundle_()[0]["image/png"]


# Python


def test_at_first_all_logits_are_0_and_the_first_class_is_correct() -> None:
    figure = ClassProbabilities(ANIMALS, name="even")
    assert (figure.classes, figure.logits, figure.actual, figure.range) == (
        ANIMALS,
        [0, 0, 0],
        "cat",
        (-6, 6),
    )
    assert figure.loss == pytest.approx(math.log(3))


def test_numbers_are_those_of_the_package() -> None:
    figure = three(actual="dog")
    np.testing.assert_array_equal(figure.probabilities, softmax([2, 1, 0]))
    assert figure.loss == cross_entropy.from_logits(1, [2, 1, 0])
    np.testing.assert_allclose(figure.pulls, figure.probabilities - [0, 1, 0], rtol=1e-12)


def test_the_loss_of_a_hopeless_picture_is_finite() -> None:
    figure = ClassProbabilities(("cat", "dog"), (-1000, 1000), name="far", range=(-1000, 1000))
    assert figure.probabilities.tolist() == [0, 1]
    assert figure.loss == 2000
    assert figure.pulls.tolist() == [-1, 1]
    assert figure.describe().endswith("cat 0, dog 1. Loss 2,000 nats (2,885 bits).")


def test_logits_can_be_an_array() -> None:
    figure = three(logits=np.array([1, 2, 3]))
    figure.logits = np.log([0.5, 0.25, 0.25])  # type: ignore[assignment]
    assert all(type(z) is float for z in figure.logits)
    assert figure.loss == pytest.approx(math.log(2))


def test_it_can_start_again() -> None:
    figure = three(actual="dog")
    assert figure._start == {"logits": [2, 1, 0], "actual": "dog"}
    figure.logits, figure.actual = [1, 1, 1], "bird"
    figure.reset()
    assert (figure.logits, figure.actual) == ([2, 1, 0], "dog")


def test_repr_is_stable() -> None:
    assert repr(three(logits=(2, 1.5, -0.25))) == (
        "ClassProbabilities(('cat', 'dog', 'bird'), [2, 1.5, -0.25], name='three', actual='cat')"
    )


def test_range_and_logits_can_change_together() -> None:
    figure = three()
    with figure.hold_trait_notifications():
        figure.range = (-20, 20)
        figure.logits = [15, 0, -15]
    assert (figure.range, figure.logits) == ((-20, 20), [15, 0, -15])


# Still


def test_picture_shows_the_present_state() -> None:
    figure = three(actual="dog")
    left, right = figure.figure().axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["cat", "✓ dog", "bird"]
    assert np.asarray(left.collections[-1].get_offsets())[:, 0].tolist() == [2, 1, 0]
    bars = right.containers[1]
    np.testing.assert_allclose([bar.get_width() for bar in bars], figure.probabilities)
    assert [bar.get_facecolor() == bars[1].get_facecolor() for bar in bars] == [False, True, False]
    assert ink("accent") != ink("line")


def test_an_arrow_runs_from_each_probability_to_the_truth() -> None:
    figure = three(actual="dog")
    right = figure.figure().axes[1]
    arrows = [each for each in right.texts if isinstance(each, Annotation)]
    np.testing.assert_allclose([arrow.xyann[0] for arrow in arrows], figure.probabilities)
    assert [arrow.xy[0] for arrow in arrows] == [0, 1, 0]
    told = [text.get_text() for text in right.texts if text not in arrows]
    assert told[2:4] == ["p = 0.245", "p − y = −0.755"]


def test_output_holds_the_widget_the_picture_and_the_sentence() -> None:
    figure = three()
    bundles = [three()._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/plain"] == figure.describe()
    assert bundles[0]["image/png"] == bundles[1]["image/png"]
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


# What is refused: nothing half-done, and a message that names the argument.


@pytest.mark.parametrize(
    ("classes", "error", "message"),
    [
        (("cat",), ValueError, r"classes must be 2 to 8 names; got 1"),
        ([str(i) for i in range(9)], ValueError, r"classes must be 2 to 8 names; got 9"),
        (("cat", "dog", "cat"), ValueError, r"classes must all be different; got cat, dog, cat"),
        (("cat", " "), ValueError, r"classes must not hold an empty name; got \('cat', ' '\)"),
        (("cat", 2), TypeError, r"classes must be names; got 2"),
        ("cat", TypeError, r"classes must be several names, such as \('cat', 'dog'\); got 'cat'"),
    ],
)
def test_refuses_classes_that_cannot_be(classes: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ClassProbabilities(classes, name="bad")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"logits": (1, 2, 3, 4)}, r"logits must be 3, one for each of the classes; got 4"),
        ({"logits": (1, 2)}, r"logits must be 3, one for each of the classes; got 2"),
        ({"logits": (1, 2, 7)}, r"logits must lie in the range from -6 to 6; got 7"),
        ({"logits": (1, float("nan"), 2)}, r"logits must lie in the range from -6 to 6; got nan"),
        ({"logits": (1, 2, -float("inf"))}, r"logits must lie in the range from -6 to 6; got -inf"),
        ({"logits": (1, 2, "x")}, r"expected a float"),
        ({"actual": "fish"}, r"actual must be one of cat, dog, bird; got 'fish'"),
        ({"range": (6, -6)}, r"range must be two finite numbers, the lower first"),
        ({"range": (-6, float("inf"))}, r"range must be two finite numbers"),
        ({"range": (-1e308, 1e308)}, r"range must be two finite numbers"),
        ({"range": (0, 1)}, r"logits must lie in the range from 0 to 1; got 2"),
        ({"name": "Three"}, r"name must be lower-case letters"),
    ],
)
def test_refuses_a_state_it_cannot_show(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(traitlets.TraitError, match=message):
        three(**arguments)


def test_refuses_an_unknown_keyword() -> None:
    with pytest.raises(TypeError, match="lables"):
        three(lables=ANIMALS)


@pytest.mark.parametrize(
    ("trait", "wrong"),
    [
        ("logits", [1, 2, 9]),
        ("logits", [1, 2]),
        ("actual", "fish"),
        ("range", (-1, 1)),
        ("classes", ("a", "b", "c")),
    ],
)
def test_a_refused_change_leaves_everything_as_it_was(trait: str, wrong: Any) -> None:
    figure = three()
    before = figure.get_state()
    with pytest.raises(traitlets.TraitError):
        setattr(figure, trait, wrong)
    assert figure.get_state() == before


def test_a_range_also_holds_the_logits_it_began_with() -> None:
    figure = three()
    figure.logits = [0, 0, 0]
    with pytest.raises(
        traitlets.TraitError, match=r"the first logits must lie in the range from -1 to 1; got 2"
    ):
        figure.range = (-1, 1)
    assert figure.range == (-6, 6)
