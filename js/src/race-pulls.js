/**
 * Who pulls: a bar for each example, as long as it pulls at its logit, over the mark of its class.
 */
import { select } from "d3-selection";
import { fill, short } from "./format.js";
import { MARKS } from "./separator-panel.js";

const HIGH = 56; // px: the longest bar
const TOP = 12;
const LEFT = 30;
const RIGHT = 6;
const BELOW = { mark: 12, number: 32 };
const WIDEST = 22;

/**
 * A round height for an axis that holds all of these: 1, or where they are larger 2, 3, 5, 10, 20 ...
 * @param {number[]} values
 */
export function roundTop(values) {
  const most = Math.max(1, ...values.filter(Number.isFinite));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * /** @type {number} */ ([1, 2, 3, 5, 10].find((each) => most <= each * power));
}

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {("minus" | "plus" | "")[]} classes  of each example, if it has one
 * @param {string} style
 */
export function racePulls(parent, texts, classes, style) {
  const svg = select(parent).append("svg").attr("class", "lossviz-race-pulls").attr("role", "img");
  const base = TOP + HIGH;
  svg.attr("height", base + BELOW.number + 4).attr("style", style);
  const grid = svg.append("path").attr("class", "lossviz-bars");
  const ticks = svg.append("g").attr("class", "lossviz-tick-numbers").attr("text-anchor", "end");
  const tick = (/** @type {number} */ at) =>
    ticks
      .append("text")
      .attr("x", LEFT - 5)
      .attr("y", at)
      .attr("dy", "0.35em");
  const highest = tick(TOP);
  tick(base).text(short(0));
  const bars = svg.append("path").attr("class", "lossviz-pull-bars");
  const marks = svg.append("g");
  const numbers = svg.append("g").attr("class", "lossviz-tick-numbers").attr("text-anchor", "middle");
  let drawn = 0; // px

  /**
   * Put what stands under the bars into its place.
   * @param {number} width  pixels
   * @param {number[]} pulls
   * @param {(i: number) => number} middle
   */
  function layout(width, pulls, middle) {
    drawn = width;
    svg.attr("width", width);
    grid.attr("d", `M${LEFT},${TOP}H${width - RIGHT}M${LEFT},${base}H${width - RIGHT}`);
    marks
      .selectAll("path")
      .data(pulls)
      .join("path")
      .attr("class", (_, i) => `lossviz-${classes[i] || "points"}`)
      .attr("d", (_, i) =>
        (classes[i] === "plus" ? MARKS.plus : MARKS.minus)(middle(i), base + BELOW.mark, 5),
      );
    numbers
      .selectAll("text")
      .data(pulls)
      .join("text")
      .attr("x", (_, i) => middle(i))
      .attr("y", base + BELOW.number)
      .text((_, i) => i + 1);
  }

  /**
   * @param {number} width  pixels
   * @param {number[]} pulls
   * @param {number} top  of the axis
   */
  return function draw(width, pulls, top) {
    const step = (width - LEFT - RIGHT) / pulls.length;
    const middle = (/** @type {number} */ i) => LEFT + (i + 0.5) * step;
    if (width !== drawn) layout(width, pulls, middle);
    const each = pulls.map((pull, i) => fill(texts.pull_of, { example: short(i + 1), pull: short(pull) }));
    svg.attr("aria-label", each.join(", "));
    highest.text(short(top));
    const wide = Math.min(WIDEST, 0.66 * step);
    const bar = (/** @type {number} */ pull, /** @type {number} */ i) =>
      `M${middle(i) - wide / 2},${base}v${(-HIGH * Math.min(pull, top)) / top}h${wide}V${base}`;
    bars.attr("d", pulls.map(bar).join(""));
    marks
      .selectAll("path")
      .data(pulls)
      .classed("lossviz-silent", (pull) => !pull);
  };
}
