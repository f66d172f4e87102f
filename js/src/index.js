/**
 * The one ES module behind every figure: an anywidget whose `_view` says which drawing it is.
 */
import { lossCurve } from "./loss-curve.js";
import { question } from "./question.js";

/** @type {Record<string, (context: import("./frame.js").Context) => () => void>} */
const views = { "loss-curve": lossCurve, question };

export default {
  /** @param {import("./frame.js").Context} context */
  render({ model, el }) {
    return views[model.get("_view")]({ model, el });
  },
};
