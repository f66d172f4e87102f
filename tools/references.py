"""The losses and models as others compute them: `python -m tools.references` stores what they say.

The tests compare lossviz with SciPy, scikit-learn and PyTorch where these are installed, and with the stored
answers everywhere. A new loss needs a line in each table below whose library has it, and the command run
again. It takes all three libraries; PyTorch is too large for requirements.txt, so `pip install torch` first.
"""

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from lossviz import models
from lossviz.losses import ALL, huber
from lossviz.variables import Array

STORE = Path(__file__).parents[1] / "tests" / "unit" / "references.json"
STORED = 20  # examples of each
TOLERANCE = 1e-12  # of 1, or of the value where that is larger

Numbers = dict[str, Array]  # inputs by argument; answers by what they are: each, score, slope, output
Ask = Callable[[Numbers], Numbers]

LOSSES = {loss.name: loss for one in ALL for loss in (one, one.logits) if loss}
LOSSES["huber.with_delta(2)"] = huber.with_delta(2)
MODELS: dict[str, Callable[..., Array]] = {
    "linear_logit": models.linear_logit,
    "sigmoid": models.sigmoid,
    "softmax": models.softmax,
}
NAMES = (*LOSSES, *MODELS)


def ours(name: str, inputs: Numbers) -> Numbers:
    """Return what lossviz says."""
    if name in MODELS:
        return {"output": MODELS[name](**inputs)}
    loss = LOSSES[name]
    answers = {
        "each": loss.each(**inputs),
        "score": np.float64(loss(**inputs)),
        "slope": loss.slope(**inputs),
    }
    return {what: np.asarray(answer) for what, answer in answers.items()}


def draw(name: str, n: int) -> Numbers:
    """Draw ``n`` random examples, the same ones every time."""
    rng = np.random.default_rng(0)
    if name in MODELS:
        return {
            "linear_logit": {
                "x": rng.normal(scale=3, size=(n, 3)),
                "weights": rng.normal(size=3),
                "bias": rng.normal(size=()),
            },
            "sigmoid": {"logit": rng.normal(scale=10, size=n)},
            "softmax": {"logits": rng.normal(scale=3, size=(n, 3))},
        }[name]
    actual, predicted = {
        "error": (rng.normal(scale=3, size=n), rng.normal(scale=3, size=n)),
        "margin": (rng.choice([-1.0, 1.0], n), rng.normal(scale=3, size=n)),
        "binary margin": (rng.choice([0.0, 1.0], n), rng.normal(scale=10, size=n)),
        "class margin": (rng.integers(0, 3, n), rng.normal(scale=3, size=(n, 3))),
        "probability": (rng.choice([0.0, 1.0], n), rng.uniform(0.001, 0.999, n)),
        "class probability": (rng.integers(0, 3, n), rng.dirichlet([1, 1, 1], n)),
    }[LOSSES[name].variable.name]
    return {"actual": actual, "predicted": predicted}


# ------------------------------------------------------------------------------------------ how each is asked
# A library is imported when it is asked, so that the tables can be read where it is missing.


def _scipy(answer: Callable[..., Array], what: str = "each") -> Ask:
    """Ask a function of scipy.special, and of the inputs in their order."""

    def ask(inputs: Numbers) -> Numbers:
        from scipy import special

        return {what: answer(special, *inputs.values())}

    return ask


def _sklearn(score: Callable[..., float]) -> Ask:
    """Ask a score of sklearn.metrics: of all examples, and of one alone by giving the others no weight."""

    def ask(inputs: Numbers) -> Numbers:
        from sklearn import metrics

        y, z = inputs.values()
        each = [score(metrics, y, z, alone) for alone in np.eye(len(y))]
        return {"each": np.array(each), "score": np.array(score(metrics, y, z, None))}

    return ask


def _sklearn_logit(inputs: Numbers) -> Numbers:
    """Ask scikit-learn's linear classifier for its logits."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression()
    model.classes_ = np.array([0, 1])
    model.coef_, model.intercept_ = inputs["weights"][np.newaxis], inputs["bias"][np.newaxis]
    return {"output": model.decision_function(inputs["x"])}


def _torch(loss: Callable[..., Any]) -> Ask:
    """Ask a loss of torch.nn.functional; the slope comes from automatic differentiation."""

    def ask(inputs: Numbers) -> Numbers:
        import torch
        from torch.nn import functional

        y, z = torch.tensor(inputs["actual"]), torch.tensor(inputs["predicted"], requires_grad=True)
        each, score = loss(functional, y, z, "none"), loss(functional, y, z, "mean")
        each.sum().backward()
        answers = {"each": each, "score": score, "slope": z.grad}
        return {what: answer.detach().numpy() for what, answer in answers.items()}

    return ask


def _torch_model(model: Callable[..., Any]) -> Ask:
    """Ask a function of torch, and of the inputs in their order."""

    def ask(inputs: Numbers) -> Numbers:
        import torch

        return {"output": model(torch, *map(torch.tensor, inputs.values())).numpy()}

    return ask


def _max_margin(functional: Any, y: Any, z: Any, p: int, how: str) -> Any:
    """Ask for the hinge of two classes with the logits −z/2 and z/2; torch divides it by their number, 2."""
    two = z[:, None] * z.new_tensor([-0.5, 0.5])
    return 2 * functional.multi_margin_loss(two, (y > 0).long(), p=p, reduction=how)


# ------------------------------------------------------------------------------------------------- the tables
# y is actual, z predicted, p predicted probabilities, w the weight of each example.

SCIPY = {
    "huber": _scipy(lambda special, y, z: special.huber(1, z - y)),
    "huber.with_delta(2)": _scipy(lambda special, y, z: special.huber(2, z - y)),
    "logistic": _scipy(lambda special, y, z: -special.log_expit(y * z)),
    "binary_cross_entropy.from_logits": _scipy(lambda special, y, z: -special.log_expit((2 * y - 1) * z)),
    "cross_entropy.from_logits": _scipy(
        lambda special, y, z: -special.log_softmax(z, axis=1)[np.arange(len(y)), y]
    ),
    "sigmoid": _scipy(lambda special, z: special.expit(z), "output"),
    "softmax": _scipy(lambda special, z: special.softmax(z, axis=1), "output"),
}
SKLEARN = {
    "mse": _sklearn(lambda metrics, y, z, w: metrics.mean_squared_error(y, z, sample_weight=w)),
    "mae": _sklearn(lambda metrics, y, z, w: metrics.mean_absolute_error(y, z, sample_weight=w)),
    "binary_cross_entropy": _sklearn(lambda metrics, y, p, w: metrics.log_loss(y, p, sample_weight=w)),
    "cross_entropy": _sklearn(lambda metrics, y, p, w: metrics.log_loss(y, p, sample_weight=w)),
    "brier": _sklearn(lambda metrics, y, p, w: metrics.brier_score_loss(y, p, sample_weight=w)),
    "hinge": _sklearn(lambda metrics, y, z, w: metrics.hinge_loss(y, z, sample_weight=w)),
    "zero_one": _sklearn(lambda metrics, y, z, w: metrics.zero_one_loss(y, np.sign(z), sample_weight=w)),
    "linear_logit": _sklearn_logit,
}
TORCH = {
    "mse": _torch(lambda f, y, z, how: f.mse_loss(z, y, reduction=how)),
    "mae": _torch(lambda f, y, z, how: f.l1_loss(z, y, reduction=how)),
    "huber": _torch(lambda f, y, z, how: f.huber_loss(z, y, reduction=how)),
    "huber.with_delta(2)": _torch(lambda f, y, z, how: f.huber_loss(z, y, delta=2, reduction=how)),
    "binary_cross_entropy": _torch(lambda f, y, p, how: f.binary_cross_entropy(p, y, reduction=how)),
    "binary_cross_entropy.from_logits": _torch(
        lambda f, y, z, how: f.binary_cross_entropy_with_logits(z, y, reduction=how)
    ),
    "cross_entropy": _torch(lambda f, y, p, how: f.nll_loss(p.log(), y, reduction=how)),
    "cross_entropy.from_logits": _torch(lambda f, y, z, how: f.cross_entropy(z, y, reduction=how)),
    "brier": _torch(lambda f, y, p, how: f.mse_loss(p, y, reduction=how)),
    "brier.from_logits": _torch(lambda f, y, z, how: f.mse_loss(z.sigmoid(), y, reduction=how)),
    "hinge": _torch(lambda f, y, z, how: _max_margin(f, y, z, 1, how)),
    "squared_hinge": _torch(lambda f, y, z, how: _max_margin(f, y, z, 2, how)),
    "logistic": _torch(lambda f, y, z, how: f.soft_margin_loss(z, y, reduction=how)),
    "linear_logit": _torch_model(lambda torch, x, w, b: x @ w + b),
    "sigmoid": _torch_model(lambda torch, z: torch.sigmoid(z)),
    "softmax": _torch_model(lambda torch, z: torch.softmax(z, dim=1)),
}
LIBRARIES: dict[str, dict[str, Ask]] = {"scipy": SCIPY, "sklearn": SKLEARN, "torch": TORCH}


# -------------------------------------------------------------------------------------------------- the store


def difference(one: Array, other: Array) -> float:
    """Return the largest difference, as a part of 1 or of the value where that is larger."""
    return float(np.max(np.abs(one - other) / np.maximum(1, np.abs(other))))


def agreed(name: str, inputs: Numbers) -> Numbers:
    """Return what the libraries say, each answer from the first that has it; they must not contradict."""
    answers: Numbers = {}
    for library, table in LIBRARIES.items():
        for what, answer in (table[name](inputs) if name in table else {}).items():
            if not difference(answer, answers.setdefault(what, answer)) <= TOLERANCE:  # NaN too
                raise ValueError(f"{library} contradicts the others on {what} of {name}")
    return answers


def main() -> None:
    """Write the store: inputs and answers of every loss and model, and who gave them."""
    store: dict[str, Any] = {
        "made by": {package: version(package) for package in ("scipy", "scikit-learn", "torch")}
    }
    for name in NAMES:
        inputs = draw(name, STORED)
        store[name] = {"inputs": inputs, "answers": agreed(name, inputs)}
    # A line for each, so that a change of one shows as such; repr keeps every bit of a float.
    lines = (
        f"{json.dumps(name)}: {json.dumps(entry, default=np.ndarray.tolist)}" for name, entry in store.items()
    )
    STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
