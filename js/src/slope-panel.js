/**
 * The sizes of the slopes on a logarithmic axis, below the curves and over the same axis across.
 */
import { axisLeft } from "d3-axis";
import { EDGE, heightOn, polyline } from "./chart.js";
import { runs } from "./curve.js";
import { dashOf, styleOf } from "./look.js";
import { linear } from "./scale.js";

const GAP = 40; // from the curves to the panel, with its label
const HEIGHT = 150;
/** What the panel takes of the drawing's height. */
export const PANEL = GAP + HEIGHT;

/**
 * @typedef {{ label: string, low: number, high: number, ticks: { at: number, text: string }[] }} SlopeAxis
 * @typedef {{ name: string, samples: import("./curve.js").Samples }} Shown
 * @typedef {ReturnType<typeof import("./chart.js").chart>} Chart
 */

/** @param {Chart} chart  laid out with `PANEL` below */
export function slopePanel({ svg, x, box, id }) {
  const clip = `${id}-slopes`;
  const all = svg.append("g").attr("class", "lossviz-slopes");
  const clipRect = all.append("clipPath").attr("id", clip).append("rect");
  const up = all.append("g").attr("class", "lossviz-axis lossviz-axis-y").attr("aria-hidden", "true");
  const floor = all.append("line").attr("class", "lossviz-floor");
  const label = all.append("text").attr("class", "lossviz-axis-label lossviz-haloed").attr("x", 0);
  const curves = all.append("g").attr("clip-path", `url(#${clip})`);
  const dots = all.append("g");
  const y = linear(); // of the logarithm
  /** A slope of 0 has no logarithm: it lies below the panel. @param {number} slope */
  const heightOf = (slope) => heightOn(y, Math.max(Math.log10(Math.abs(slope)), y.domain()[0] - 1));

  /**
   * @param {SlopeAxis} axis
   * @param {Shown[]} shown
   * @param {number} step  the largest distance between two points of a curve
   */
  function drawGround(axis, shown, step) {
    const top = box.bottom + GAP;
    y.domain([Math.log10(axis.low), Math.log10(axis.high)]).range([box.floor, top]);
    clipRect
      .attr("x", box.left)
      .attr("y", top - EDGE)
      .attr("width", box.right - box.left)
      .attr("height", box.floor - top + 2 * EDGE);
    floor.attr("x1", box.left).attr("x2", box.right).attr("y1", box.bottom).attr("y2", box.bottom);
    label.attr("y", top - 14).text(axis.label);
    up.attr("transform", `translate(${box.left},0)`).call(
      axisLeft(y)
        .tickValues(axis.ticks.map(({ at }) => Math.log10(at)))
        .tickFormat((_, i) => axis.ticks[i].text)
        .tickSize(box.left - box.right)
        .tickPadding(14),
    );
    const path = (/** @type {[number, number][]} */ run) =>
      polyline(run.map(([u, slope]) => [x(u), heightOf(slope)]));
    curves
      .selectAll("path")
      .data(shown)
      .join("path")
      .attr("class", "lossviz-curve")
      .attr("style", ({ name }, i) => styleOf(name, i))
      .attr("stroke-dasharray", ({ name }, i) => dashOf(name, i))
      .attr("d", ({ samples }) => runs(samples, step, "slope").map(path).join(""));
  }

  /**
   * @param {number} at  where the value is, in pixels
   * @param {Shown[]} shown
   * @param {import("./curve.js").Reading[]} read
   */
  function drawValue(at, shown, read) {
    const [bottom, top] = y.range();
    dots
      .selectAll("path")
      .data(read)
      .join("path")
      .attr("class", "lossviz-dot")
      .attr("style", (_, i) => styleOf(shown[i].name, i))
      .attr("transform", ({ slope }) => {
        const height = Math.max(top, Math.min(bottom, heightOf(slope)));
        return `translate(${at},${height})`;
      })
      .attr("d", ({ slope }) => dot(heightOf(slope), top, bottom));
  }

  return { drawGround, drawValue };
}

/**
 * The shape of a dot: what lies outside the picture waits at its edge as an arrow.
 * @param {number} height
 * @param {number} top
 * @param {number} bottom
 */
export function dot(height, top, bottom) {
  if (height < top - EDGE) return "M-7,9 L0,-2 L7,9 Z";
  if (height > bottom + EDGE) return "M-7,-9 L0,2 L7,-9 Z";
  return "M-6,0 a6,6 0 1,0 12,0 a6,6 0 1,0 -12,0";
}
