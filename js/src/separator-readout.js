/**
 * The read-out of Separator: the score, who still matters, who is wrong, the line in numbers, and a key.
 */
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { MARKS } from "./separator-panel.js";
import { equation } from "./separator-words.js";

/**
 * @param {HTMLElement} readout
 * @param {Record<string, string>} texts
 */
export function separatorReadout(readout, texts) {
  // An output speaks of each change; training changes them sixty times a second, so the sentence speaks for them.
  const quiet = (/** @type {string} */ kind) => make("output", { class: kind, "aria-live": "off" });
  const name = make("span", { class: "lossviz-name" });
  const score = quiet("lossviz-score");
  const aside = (/** @type {string} */ label, kind = "") => {
    const output = quiet(kind);
    return { output, element: make("span", { class: "lossviz-aside" }, `${label} `, output) };
  };
  const matter = aside(texts.matter_name, "lossviz-telling");
  const wrong = aside(texts.wrong_name, "lossviz-telling");
  const objective = aside(texts.objective);
  const steps = aside(texts.steps);
  const line = aside(texts.line, "lossviz-equation");
  const warning = make("p", { class: "lossviz-challenge lossviz-lost", role: "status" });
  const key = make(
    "div",
    { class: "lossviz-key", "aria-hidden": "true" },
    entry(texts.minus, "lossviz-minus", MARKS.minus(9, 9, 5)),
    entry(texts.plus, "lossviz-plus", MARKS.plus(9, 9, 5)),
    entry(texts.silent_key, "lossviz-minus lossviz-silent", MARKS.minus(9, 9, 5)),
    entry(texts.loss_key, "lossviz-loss-rings", MARKS.minus(9, 9, 8)),
    entry(texts.wrong_key, "lossviz-cross", MARKS.wrong(9, 9, 6)),
    entry(texts.band_key, "lossviz-edges", "M5,1V17M13,1V17"),
  );
  readout.append(
    key,
    make("div", { class: "lossviz-reading" }, name, score, matter.element, wrong.element),
    make("div", { class: "lossviz-reading" }, line.element, objective.element, steps.element),
    warning,
  );

  /**
   * @param {import("./separator-words.js").State & { ranAway: boolean, style: string }} state
   */
  return function tell(state) {
    key.setAttribute("style", state.style);
    name.textContent = fill(texts.score, { title: state.title });
    score.textContent = threeDigits(state.score);
    const count = short(state.losses.length);
    matter.output.textContent = fill(texts.matter_value, { matter: short(state.matter), count });
    wrong.output.textContent = short(state.wrong);
    objective.output.textContent = threeDigits(state.objective);
    steps.output.textContent = short(state.steps);
    line.output.textContent = equation(texts, state.line);
    const said = state.ranAway ? texts.too_long : "";
    if (warning.textContent !== said) warning.textContent = said;
    warning.hidden = !state.ranAway;
  };
}

/**
 * A mark and what it means.
 * @param {string} text
 * @param {string} kind
 * @param {string} d
 */
export function entry(text, kind, d) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "lossviz-mark-key");
  svg.setAttribute("viewBox", "0 0 18 18");
  const path = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  path.setAttribute("class", kind);
  path.setAttribute("d", d);
  return make("span", { class: "lossviz-entry" }, svg, text);
}
