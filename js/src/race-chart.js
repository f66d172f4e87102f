/**
 * Something that changes from step to step, a line for each lane of a race: its loss, or how steep it is there.
 */
import { nice } from "d3-array";
import { chart, polyline } from "./chart.js";
import { dashOf, styleOf } from "./look.js";

const SHOWN = [20, 50, 100, 200, 500, 1000]; // steps
const DUST = 1e-9; // of the highest: as little below 0 is 0, rounded
const DECADES = 10; // the most that an axis in powers of ten shows

/** @typedef {{ name: string, place: number, values: ArrayLike<number> }} Series  from the start, one a step */

/**
 * How many steps the axis shows when so many are taken: it grows in jumps, so that it seldom moves.
 * @param {number} steps
 */
export const stepsShown = (steps) => SHOWN.find((most) => steps <= most) ?? steps;

/**
 * Round ends of an axis that holds all of it, so that it seldom moves. In powers of ten they are whole ones, and a value
 * of 0 lies below it.
 * @param {number[]} values
 * @param {boolean} log
 * @returns {[number, number]}
 */
export function ends(values, log) {
  const finite = values.filter((value) => Number.isFinite(value) && (value > 0 || !log));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length === 0) return log ? [-1, 0] : [0, 1];
  if (!log) {
    const floor = low < -DUST * high ? low : 0;
    return nice(floor, high > floor ? high : 1, 5);
  }
  const top = Math.ceil(Math.log10(high));
  return [Math.max(top - DECADES, Math.min(top - 1, Math.floor(Math.log10(low)))), top];
}

/**
 * @param {HTMLElement} parent
 * @param {{ label: string, across: string, up: string }} texts
 * @param {boolean} log  whether the axis up is in powers of ten
 */
export function raceChart(parent, texts, log) {
  const { svg, clipped, above, x, y, box, layout } = chart(parent, texts.label, false);
  svg.attr("role", "img");
  const goalLine = clipped.append("path").attr("class", "lossviz-goal");
  const lines = clipped.append("g");
  const dots = above.append("g");

  /** @param {number} value */
  const height = (value) => {
    if (!log) return y(value);
    return value > 0 ? Math.min(y(Math.log10(value)), box.bottom + 9) : box.bottom + 9;
  };

  /**
   * @param {number} width  pixels
   * @param {Series[]} series
   * @param {number | null} goal  a height to mark
   */
  return function draw(width, series, goal = null) {
    const all = series.flatMap(({ values }) => Array.from(values));
    const steps = Math.max(...series.map(({ values }) => values.length - 1));
    const held = goal === null ? all : [...all, goal];
    layout(width, [0, stepsShown(steps)], ends(held, log), texts.across, texts.up, 0.5, {
      tallest: 220,
      shortest: 170,
      log,
    });
    lines
      .selectAll("path")
      .data(series)
      .join((entered) =>
        entered
          .append("path")
          .attr("class", "lossviz-curve")
          .attr("style", ({ name, place }) => styleOf(name, place))
          .attr("stroke-dasharray", ({ name, place }) => dashOf(name, place)),
      )
      .attr("d", ({ values }) => polyline(Array.from(values, (value, step) => [x(step), height(value)])));
    dots
      .selectAll("circle")
      .data(
        series.filter(({ values }) => height(values[values.length - 1]) <= box.bottom),
        ({ place }) => place,
      )
      .join((entered) =>
        entered
          .append("circle")
          .attr("class", "lossviz-dot")
          .attr("r", 5)
          .attr("style", ({ name, place }) => styleOf(name, place)),
      )
      .attr("cx", ({ values }) => x(values.length - 1))
      .attr("cy", ({ values }) => height(values[values.length - 1]));
    goalLine.attr("d", goal === null ? "" : `M${box.left},${height(goal)}H${box.right}`);
  };
}
