/**
 * One class of a picture in a row: its logit to move, its probability as a bar, and under the bar an arrow
 * from the bar's end to the truth, which is where training pushes the logit.
 */
import { select } from "d3-selection";
import { stepper } from "./controls.js";
import { fill, probability as inThree, short } from "./format.js";
import { make } from "./frame.js";

const HEIGHT = 40; // px: two lines of text stand beside it, one for the bar and one for the arrow
const BAR = { top: 3, height: 14 };
const ARROW = 30; // px from the top
const HEAD = 6;

/**
 * What stands above the rows.
 * @param {Record<string, string>} texts
 */
export function heads(texts) {
  return make(
    "div",
    { class: "lossviz-class lossviz-heads", "aria-hidden": "true" },
    make("span", { class: "lossviz-class-name" }, texts.class),
    make("span", { class: "lossviz-stepper" }, texts.logit),
    make("span"),
    make("span", { class: "lossviz-class-bar" }, texts.probability),
  );
}

/**
 * @param {string} name  of the class
 * @param {Record<string, string>} texts
 * @param {import("./controls.js").Dial} dial  its logit
 */
export function classRow(name, texts, dial) {
  const spoken = {
    value: fill(texts.logit_of, { name }),
    lower: fill(texts.lower, { name }),
    raise: fill(texts.raise, { name }),
  };
  const { element: slide, output: logit, show: showLogit } = stepper(spoken, dial);
  logit.className = "lossviz-logit";
  const bar = make("div", { class: "lossviz-class-bar" });
  const svg = select(bar).append("svg").attr("class", "lossviz-gauge").attr("height", HEIGHT);
  svg.attr("aria-hidden", "true"); // the numbers beside it say the same
  const ground = svg.append("rect").attr("class", "lossviz-scale");
  const share = svg.append("rect").attr("class", "lossviz-share");
  for (const each of [ground, share]) each.attr("y", BAR.top).attr("height", BAR.height);
  const truth = svg.append("path").attr("class", "lossviz-truth");
  const arrow = svg.append("path").attr("class", "lossviz-pulls");
  const p = make("output", {});
  const gap = make("output", {});
  const tick = make("span", { class: "lossviz-tick", "aria-hidden": "true" }, "✓");
  const element = make(
    "div",
    { class: "lossviz-class", role: "group" },
    make("span", { class: "lossviz-class-name" }, tick, name),
    slide,
    logit,
    bar,
    make(
      "div",
      { class: "lossviz-class-numbers lossviz-aside" },
      make("div", {}, make("span", {}, texts.p), p),
      make("div", {}, make("span", {}, texts.gap), gap),
    ),
  );

  /**
   * @param {{ probability: number, pull: number, correct: boolean }} now
   * @param {number} width  px of the bar's whole scale
   */
  function show({ probability, pull, correct }, width) {
    showLogit(short(dial.value()));
    element.classList.toggle("lossviz-correct", correct);
    element.setAttribute("aria-label", correct ? fill(texts.correct, { name }) : name);
    p.textContent = inThree(probability);
    gap.textContent = inThree(pull);
    if (width < 2) return;
    const x = (/** @type {number} */ u) => 1 + u * (width - 2); // so that the mark of the truth is not cut off
    const goal = x(correct ? 1 : 0);
    ground.attr("x", x(0)).attr("width", x(1) - x(0));
    share.attr("x", x(0)).attr("width", x(probability) - x(0));
    truth.attr("d", `M${goal},0V${HEIGHT - 2}`);
    arrow.attr("d", arrowTo(goal, pull * (x(0) - x(1))));
  }

  return { element, bar, show };
}

/**
 * An arrow whose tip is at a place; one too short to be seen is left out.
 * @param {number} tip
 * @param {number} length  px, to the right
 */
function arrowTo(tip, length) {
  if (Math.abs(length) < 2) return "";
  const head = Math.sign(length) * Math.min(HEAD, Math.abs(length));
  return `M${tip - length},${ARROW}H${tip}m${-head},-4.5l${head},4.5l${-head},4.5`;
}
