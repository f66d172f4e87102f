"""LossCurve from Python: its state, its sentence and its picture."""

import subprocess
import sys

import numpy as np
import pytest
import traitlets
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lossviz import (
    Loss,
    LossCurve,
    binary_cross_entropy,
    brier,
    cross_entropy,
    hinge,
    huber,
    logistic,
    mae,
    mse,
    squared_hinge,
    zero_one,
)
from lossviz.interpolation import Samples, interpolate
from lossviz.look import ink
from lossviz.losses import ALL
from lossviz.sampling import sample
from lossviz.text import short


@pytest.mark.parametrize("loss", ALL, ids=[loss.name for loss in ALL])
def test_sentence_has_the_numbers_of_the_loss(loss: Loss) -> None:
    figure = LossCurve(loss, name="one", value=0.25)
    value, slope = short(float(loss.curve(0.25))), short(float(loss.curve_slope(0.25)))
    assert figure.describe().endswith(f" 0.25: {loss.label} {value}, slope {slope}.")


def test_sentence_names_each_of_several_losses() -> None:
    figure = LossCurve(mse, mae, huber, name="three", value=-2)
    assert figure.describe() == (
        "Error −2: squared error 4, slope −4; absolute error 2, slope −1; Huber loss 1.5, slope −1."
    )


def test_infinite_loss_is_said_and_drawn_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    figure = LossCurve(cross_entropy, name="wall", value=0)
    assert figure.describe() == "Probability of the correct class 0: cross-entropy ∞, slope −∞."
    figure._repr_mimebundle_()
    assert not [each for each in recwarn if not issubclass(each.category, DeprecationWarning)]


def test_output_holds_the_widget_the_picture_and_the_sentence() -> None:
    figure = LossCurve(mse, name="bowl", value=2)
    bundle, metadata = figure._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"] == figure.describe()
    assert metadata["image/png"]["width"] == 700


def lines_of(axes: Axes) -> list[NDArray[np.float64]]:
    """Return the points, shape (n, 2), of everything drawn."""
    return [np.asarray(line.get_xydata()) for line in axes.lines]


def tangents_of(figure: LossCurve) -> list[NDArray[np.float64]]:
    """Return the ends of every straight piece that is not upright."""
    return [line for line in lines_of(figure.figure().axes[0]) if len(line) == 2 and line[0, 0] != line[1, 0]]


def test_picture_shows_the_present_state() -> None:
    axes = LossCurve(hinge, name="corner", value=-1, marks=[0, 2]).figure().axes[0]
    dots = [line for line in lines_of(axes) if len(line) == 1]
    points = {(float(u), float(value)) for [[u, value]] in dots}
    assert {(-1, 2), (0, 1), (2, 0)} <= points
    assert axes.get_xlabel() == "margin (actual · logit)"


def test_picture_says_what_is_above_it() -> None:
    figure = LossCurve(mse, name="high", value=2.5, loss_range=(0, 4), marks=[1, 2.5])
    drawn = {
        (str(line.get_marker()), *map(float, line.get_xydata()[0]))  # type: ignore[index,arg-type]
        for line in figure.figure().axes[0].lines
        if len(line.get_xdata()) == 1  # type: ignore[arg-type]
    }
    assert {("^", 2.5, 4.0), ("D", 1.0, 1.0)} <= drawn
    assert ("D", 2.5, 6.25) not in drawn


@pytest.mark.parametrize("value", [0, 1, -2.5])
def test_tangent_has_the_slope_and_one_length_on_paper(value: float) -> None:
    figure = LossCurve(mse, name="bowl", value=value, loss_range=(0, 10))
    (((u, z), (to_u, to_z)),) = tangents_of(figure)
    assert (to_z - z) / (to_u - u) == pytest.approx(2 * value)
    assert np.hypot((to_u - u) / 6, (to_z - z) / 10) == pytest.approx(0.56)


def test_picture_holds_no_infinite_point() -> None:
    axes = LossCurve(cross_entropy, name="wall", value=0.5).figure().axes[0]
    assert all(np.isfinite(line).all() for line in lines_of(axes))


def test_several_losses_have_a_legend() -> None:
    legend = LossCurve(mse, mae, name="two").figure().axes[0].get_legend()
    assert legend
    assert [text.get_text() for text in legend.get_texts()] == ["squared error", "absolute error"]
    assert LossCurve(mse, name="one").figure().axes[0].get_legend() is None


def test_picture_cuts_the_curve_at_a_jump() -> None:
    axes = LossCurve(zero_one, name="jump", show_slope=False).figure().axes[0]
    runs = [line for line in lines_of(axes) if len(line) > 2]
    assert [set(run[:, 1]) for run in runs] == [{1.0}, {0.0}]


def test_picture_is_the_same_bytes_twice() -> None:
    bundles = [LossCurve(mse, name="bowl", value=2)._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["image/png"] == bundles[1]["image/png"]


def test_changing_the_losses_or_the_range_samples_again() -> None:
    figure = LossCurve(mse, name="bowl", value=1)
    figure.losses = (mae, huber)
    assert [curve["name"] for curve in figure._curves] == ["mae", "huber"]
    figure.range = (-8, 8)
    assert np.frombuffer(figure._curves[0]["u"])[[0, -1]].tolist() == [-8, 8]
    assert figure._window == (0, 8)
    figure.loss_range = (0, 20)
    assert figure._window == (0, 20)


def test_a_loss_of_ones_own_is_a_citizen() -> None:
    own = Loss(
        "cubed", "error", curve=lambda e: np.abs(e) ** 3, curve_slope=lambda e: 3 * e * np.abs(e), breaks=[0]
    )
    figure = LossCurve(own, mse, name="own", value=2)
    assert figure.describe() == "Error 2: cubed 8, slope 12; squared error 4, slope 4."
    assert figure._repr_mimebundle_()[0]["image/png"]


@pytest.mark.parametrize(
    ("loss", "value", "said"),
    [(mae, 0, "−1 to 1"), (hinge, 1, "−1 to 0"), (huber, 1, "1"), (zero_one, 0, "0")],
)
def test_at_a_corner_the_slopes_of_both_sides_are_said_and_no_tangent_drawn(
    loss: Loss, value: float, said: str
) -> None:
    figure = LossCurve(loss, name="corner", value=value)
    assert figure.describe().endswith(f"slope {said}.")
    assert len(tangents_of(figure)) == (1 if loss is huber else 0)


def test_the_slope_can_be_left_out() -> None:
    figure = LossCurve(mse, name="bowl", value=2, show_slope=False)
    assert figure.describe() == "Error 2: squared error 4."
    assert not tangents_of(figure)
    figure.show_slope = True
    assert tangents_of(figure)
    assert figure.describe() == "Error 2: squared error 4, slope 4."


@pytest.mark.parametrize(
    ("losses", "ends", "window"),
    [
        ([mse], (-3, 3), (0, 10)),
        ([mse], (-60, 60), (0, 4000)),
        ([mae, huber], (-8, 8), (0, 8)),
        ([cross_entropy], (0, 1), (0, 5)),
        ([zero_one], (-3, 3), (-0.1, 1.1)),
        ([hinge, zero_one], (-3, 3), (-0.4, 4.4)),
        ([hinge, squared_hinge], (-3, 3), (0, 20)),
    ],
)
def test_loss_axis_ends_in_round_numbers(
    losses: list[Loss], ends: tuple[float, float], window: tuple[float, float]
) -> None:
    assert LossCurve(*losses, name="fit", range=ends)._window == window


def test_the_loss_axis_can_be_named() -> None:
    figure = LossCurve(mse, name="named")
    assert figure._texts["loss"] == "loss of one example"
    figure.loss_label = "cost ($)"
    assert figure._texts["loss"] == "cost ($)"
    assert figure.figure().axes[0].get_title(loc="left") == "cost ($)"
    assert LossCurve(mse, name="named", loss_label="cost")._texts["loss"] == "cost"
    with pytest.raises(traitlets.TraitError, match="loss_label"):
        LossCurve(mse, name="named", loss_label=3)  # type: ignore[arg-type]


def test_tangents_lie_under_the_curves() -> None:
    axes = LossCurve(mae, name="straight", value=2).figure().axes[0]
    tangent = next(line for line in axes.lines if line.get_color() == ink("accent"))
    curve = next(line for line in axes.lines if line.get_label() == "absolute error")
    assert tangent.get_zorder() < curve.get_zorder()
    assert tangent.get_linewidth() > curve.get_linewidth()


def test_many_steps_have_no_ends() -> None:
    def stairs(*breaks: float) -> Loss:
        def height(error: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.sum([np.asarray(error) > at for at in breaks], axis=0, dtype=float)

        return Loss("stairs", "error", height, np.zeros_like, breaks=list(breaks))

    def ends(loss: Loss) -> int:
        axes = LossCurve(loss, name="stairs", value=-2.9).figure().axes[0]
        return sum(len(line) == 1 for line in lines_of(axes)) - 2  # beside the dot and the ring

    assert ends(stairs(-1, 0, 1)) == 6
    assert ends(stairs(*np.linspace(-2, 2, 11))) == 0


def test_a_loss_that_is_zero_everywhere_has_an_axis() -> None:
    nothing = Loss("nothing", "error", np.zeros_like, np.zeros_like)
    assert LossCurve(nothing, name="flat")._window == (0, 1)


def test_marks_are_named() -> None:
    figure = LossCurve(mse, name="bowl", marks=[1])
    assert figure._texts["marks"] == "Go to"
    figure.marks_label = "Row"
    assert figure._texts["marks"] == "Row"


def test_repr_is_stable() -> None:
    assert repr(LossCurve(mse, mae, name="two", value=1)) == "LossCurve(mse, mae, name='two', value=1)"


def test_value_is_two_thirds_along_at_first() -> None:
    assert LossCurve(mse, name="bowl", range=(-3, 6)).value == 3


def test_range_and_value_can_change_together() -> None:
    figure = LossCurve(mse, name="bowl", value=1)
    with pytest.raises(traitlets.TraitError, match="hold_trait_notifications"):
        figure.range = (5, 6)
    with figure.hold_trait_notifications():
        figure.range = (5, 6)
        figure.value = 5.5
    assert "squared error 30.3," in figure.describe()


# Bits, and the panel of slopes.


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.01, "4.61 nats (6.64 bits), slope −100"),
        (0.5, "0.693 nats (1 bit), slope −2"),
        (1, "0 nats (0 bits), slope −1"),
        (0, "∞ nats (∞ bits), slope −∞"),
    ],
)
def test_surprise_is_told_in_bits_too(value: float, said: str) -> None:
    figure = LossCurve(cross_entropy, name="surprise", value=value, show_bits=True)
    assert figure.describe() == f"Probability of the correct class {short(value)}: cross-entropy {said}."
    figure.show_bits = False
    assert "bit" not in figure.describe()


def test_losses_of_a_probability_share_a_figure_and_losses_of_a_logit_another() -> None:
    figure = LossCurve(brier, cross_entropy, binary_cross_entropy, name="p", value=0.2)
    assert "squared error of the probability 0.64, slope −1.6; cross-entropy 1.61" in figure.describe()
    figure = LossCurve(brier.from_logits, binary_cross_entropy.from_logits, name="logit", value=0)
    assert figure.describe() == (
        "Logit 0: sigmoid + squared error 0.25, slope −0.25; sigmoid + cross-entropy 0.693, slope −0.5."
    )
    assert figure._texts["axis"] == "logit (towards the correct class)"


def sigmoids(value: float = -10) -> LossCurve:
    return LossCurve(
        brier.from_logits,
        binary_cross_entropy.from_logits,
        name="sigmoid-losses",
        range=(-12, 12),
        value=value,
        slope_panel=True,
    )


def test_the_panel_shows_slopes_of_very_different_size() -> None:
    upper, lower = sigmoids().figure().axes
    assert (upper.get_xlabel(), lower.get_xlabel()) == ("", "logit (towards the correct class)")
    assert lower.get_title("left") == "size of the slope"
    assert lower.get_yscale() == "log"
    assert lower.get_ylim() == (1e-6, 1)
    assert [tick.get_text() for tick in lower.get_yticklabels()] == [
        "10⁻⁶",
        "10⁻⁵",
        "10⁻⁴",
        "10⁻³",
        "10⁻²",
        "10⁻¹",
        "1",
    ]
    dots = [line[0, 1] for line in lines_of(lower) if len(line) == 1]
    assert dots[:2] == pytest.approx([9.0787e-5, 0.99995], rel=1e-4)


def test_a_slope_of_0_waits_at_the_lower_edge_as_an_arrow_and_its_line_breaks_off() -> None:
    figure = LossCurve(hinge, zero_one, name="silent", value=2, slope_panel=True)
    lower = figure.figure().axes[1]
    dots = [line for line in lower.lines if np.shape(line.get_xydata()) == (1, 2)]
    assert [dot.get_marker() for dot in dots] == ["v", "v", "o"]  # the last is the ring
    bottom = lower.get_ylim()[0]
    drawn = np.concatenate([line for line in lines_of(lower) if len(line) > 2])
    assert drawn[drawn[:, 1] >= bottom, 0].max() == 1  # the hinge's, up to its corner; of 0-1 there is none


@pytest.mark.parametrize(
    ("losses", "ends", "decades"),
    [
        ([mse], (-3, 3), (-1, 1)),
        ([mae], (-3, 3), (-2, 0)),
        ([zero_one], (-3, 3), (-2, 0)),
        ([hinge, logistic], (-30, 3), (-2, 0)),
        ([logistic], (-3, 30), (-6, 0)),
        ([cross_entropy], (0, 1), (0, 2)),
    ],
)
def test_the_axis_of_slopes_has_two_to_six_decades(
    losses: list[Loss], ends: tuple[float, float], decades: tuple[int, int]
) -> None:
    axis = LossCurve(*losses, name="fit", range=ends, slope_panel=True)._slope_axis
    assert (axis["low"], axis["high"]) == (10.0 ** decades[0], 10.0 ** decades[1])
    assert [tick["at"] for tick in axis["ticks"]] == [10.0**n for n in range(decades[0], decades[1] + 1)]


def test_the_panel_can_be_opened_and_closed() -> None:
    figure = LossCurve(mse, name="bowl")
    assert figure._slope_axis == {}
    assert len(figure.figure().axes) == 1
    figure.slope_panel = True
    assert figure._slope_axis["ticks"]
    assert len(figure.figure().axes) == 2


def test_a_jump_has_a_filled_end_and_an_open_one() -> None:
    axes = LossCurve(zero_one, name="jump", value=-2).figure().axes[0]
    filled = {
        float(np.asarray(line.get_ydata())[0]): line.get_markerfacecolor() == line.get_color()
        for line in axes.lines
        if np.shape(line.get_xydata()) == (1, 2) and np.asarray(line.get_xdata())[0] == 0
    }
    assert filled == {1: True, 0: False}


def test_the_sampled_curve_is_exact_wherever_the_slider_stops() -> None:
    figure = LossCurve(logistic, name="soft", range=(-10, 10))
    assert figure._step == 0.2
    stops = [round(0.2 * k, 9) for k in range(-50, 51)]
    table = {name: np.frombuffer(figure._curves[0][name]) for name in ("u", "value", "slope")}
    value, slope = interpolate(Samples(**table), stops)
    assert value.tolist() == logistic.curve(stops).tolist()
    assert slope.tolist() == logistic.curve_slope(stops).tolist()


def test_a_curve_with_coarse_rounding_is_drawn_all_the_same() -> None:
    coarse = Loss("coarse", "error", lambda e: (e**2 + 1e4) - 1e4, lambda e: 2 * e)
    with pytest.raises(ValueError, match="curve"):
        sample(coarse, -3, 3, floor=1e-12, slope_tolerance=1e-6)
    assert LossCurve(coarse, name="coarse", value=2).describe() == "Error 2: coarse 4, slope 4."


def test_the_package_loads_neither_matplotlib_nor_widgets() -> None:
    code = (
        "import sys, lossviz;"
        "heavy = {'matplotlib', 'ipywidgets', 'anywidget', 'IPython'} & set(sys.modules);"
        "assert not heavy, heavy; lossviz.LossCurve; assert 'anywidget' in sys.modules;"
        "assert 'matplotlib' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_value_has_the_decimals_of_its_step() -> None:
    curve = LossCurve(mse, name="bowl", range=(19, 22), value=20.05)
    assert curve._step == 0.02
    assert curve.describe().startswith("Error 20.05: ")
    curve.value = 20
    assert curve.describe().startswith("Error 20: ")
