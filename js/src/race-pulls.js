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
 */
export function racePulls(parent, texts, classes) {
  const svg = select(parent).append("svg").attr("class", "lossviz-race-pulls").attr("role", "img");
  const base = TOP + HIGH;
  svg.attr("height", base + BELOW.number + 4);
  const grid = svg.append("path").attr("class", "lossviz-bars");
  const ticks = svg.append("g").attr("class", "lossviz-tick-numbers");
  const bars = svg.append("g").attr("class", "lossviz-pull-bars");
  const marks = svg.append("g");
  const numbers = svg.append("g").attr("class", "lossviz-tick-numbers");

  /**
   * @param {number} width  pixels
   * @param {number[]} pulls
   * @param {number} top  of the axis
   * @param {string} style
   */
  return function draw(width, pulls, top, style) {
    const step = (width - LEFT - RIGHT) / pulls.length;
    const middle = (/** @type {number} */ i) => LEFT + (i + 0.5) * step;
    const wide = Math.min(WIDEST, 0.66 * step);
    svg.attr("width", width).attr("style", style);
    const each = pulls.map((pull, i) => fill(texts.pull_of, { example: short(i + 1), pull: short(pull) }));
    svg.attr("aria-label", each.join(", "));
    grid.attr("d", `M${LEFT},${TOP}H${width - RIGHT}M${LEFT},${base}H${width - RIGHT}`);
    ticks
      .selectAll("text")
      .data([
        [top, TOP],
        [0, base],
      ])
      .join("text")
      .attr("text-anchor", "end")
      .attr("x", LEFT - 5)
      .attr("y", ([, at]) => at)
      .attr("dy", "0.35em")
      .text(([value]) => short(value));
    bars
      .selectAll("rect")
      .data(pulls)
      .join("rect")
      .attr("x", (_, i) => middle(i) - wide / 2)
      .attr("width", wide)
      .attr("y", (pull) => base - (HIGH * Math.min(pull, top)) / top)
      .attr("height", (pull) => (HIGH * Math.min(pull, top)) / top);
    marks
      .selectAll("path")
      .data(pulls)
      .join("path")
      .attr("class", (pull, i) => `lossviz-${classes[i] || "points"}${pull ? "" : " lossviz-silent"}`)
      .attr("d", (_, i) =>
        (classes[i] === "plus" ? MARKS.plus : MARKS.minus)(middle(i), base + BELOW.mark, 5),
      );
    numbers
      .selectAll("text")
      .data(pulls)
      .join("text")
      .attr("text-anchor", "middle")
      .attr("x", (_, i) => middle(i))
      .attr("y", base + BELOW.number)
      .text((_, i) => i + 1);
  };
}
