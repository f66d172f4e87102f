/**
 * The one ES module behind every figure: an anywidget whose `_view` says which drawing it is.
 */
import { chooser } from "./chooser.js";
import { classProbabilities } from "./class-probabilities.js";
import { listen } from "./frame.js";
import { lineFit } from "./line-fit.js";
import { lossCurve } from "./loss-curve.js";
import { presets } from "./presets.js";
import { question } from "./question.js";
import { race } from "./race.js";
import { result } from "./result.js";
import { separator } from "./separator.js";
import { terrain } from "./terrain.js";

/** @type {Record<string, (context: import("./frame.js").Context) => () => void>} */
const views = {
  chooser,
  "class-probabilities": classProbabilities,
  "line-fit": lineFit,
  "loss-curve": lossCurve,
  question,
  race,
  result,
  separator,
  terrain,
};

export default {
  /** @param {import("./frame.js").Context} context */
  render({ model, el }) {
    // Jupyter would take the arrow keys for itself, to go from heading to heading: a handle could not be moved by
    // them. It looks for this mark from the focused element upwards, and finds its own rule for that one first.
    el.addEventListener("focusin", ({ target }) => {
      /** @type {HTMLElement} */ (target).dataset.lmSuppressShortcuts = "true";
    });
    const draw = views[model.get("_view")];
    const preset = presets(model, el);
    let stop = draw({ model, el });
    preset.show();
    // Its words stand all over a figure: when Python changes them, it is drawn anew.
    const stopListening = listen(model, ["_texts"], () => {
      stop();
      stop = draw({ model, el });
      preset.show();
    });
    return () => {
      preset.stop();
      stopListening();
      stop();
    };
  },
};
