/**
 * An SVG with two labelled axes that fits its column: the ground every curve is drawn on.
 */
import { axisBottom, axisLeft } from "d3-axis";
import { select } from "d3-selection";
import { powerOfTen, short } from "./format.js";
import { uniqueId } from "./frame.js";
import { linear } from "./scale.js";

// The padding keeps the numbers clear of what hangs over an axis: a ring, if `ring` says that there is one.
const WITH_RING = { top: 30, right: 16, bottom: 64, left: 56, below: 18, beside: 14 };
const PLAIN = { top: 30, right: 16, bottom: 46, left: 44, below: 7, beside: 7 };
export const EDGE = 1.25; // half the width of a curve

/**
 * Widen the shorter of two axes so that a unit is as long up as across.
 * @param {[number, number]} xs
 * @param {[number, number]} ys
 * @param {number} width  pixels
 * @param {number} height
 * @returns {[[number, number], [number, number]]}
 */
export function sameUnit(xs, ys, width, height) {
  const unit = Math.min(width / (xs[1] - xs[0]), height / (ys[1] - ys[0]));
  /** @type {(ends: [number, number], length: number) => [number, number]} */
  const around = ([low, high], length) => [
    (low + high) / 2 - length / unit / 2,
    (low + high) / 2 + length / unit / 2,
  ];
  return [around(xs, width), around(ys, height)];
}

/**
 * Where a value lies on an axis up, in pixels; an infinite one lies infinitely far above or below, not nowhere.
 * @param {(value: number) => number} scale
 * @param {number} value
 */
export function heightOn(scale, value) {
  return Number.isFinite(value) ? scale(value) : -value;
}

/**
 * A line through points, as a path; to a hundredth of a pixel, as more could not be seen. A walk that has come
 * to rest is many points in one place: one of them is enough.
 * @param {[number, number][]} points  pixels
 */
export function polyline(points) {
  let path = "";
  let last = "";
  for (const [x, y] of points) {
    const point = `${Math.round(100 * x) / 100},${Math.round(100 * y) / 100}`;
    if (point !== last) path += (path === "" ? "M" : "L") + point;
    last = point;
  }
  return path;
}

/**
 * About five whole numbers, evenly spaced, within two ends.
 * @param {[number, number]} ends
 */
export function wholes([low, high]) {
  const step = Math.max(1, Math.ceil((high - low) / 5));
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/**
 * @param {HTMLElement} parent
 * @param {string} label  what the drawing shows
 * @param {boolean} [ring]  whether a ring hangs under the axis
 */
export function chart(parent, label, ring = true) {
  const margin = ring ? WITH_RING : PLAIN;
  const clip = uniqueId("clip");
  const svg = select(parent).append("svg").attr("role", "group").attr("aria-label", label);
  const clipRect = svg.append("clipPath").attr("id", clip).append("rect");
  const across = svg.append("g").attr("class", "lossviz-axis lossviz-axis-x").attr("aria-hidden", "true");
  const up = svg.append("g").attr("class", "lossviz-axis lossviz-axis-y").attr("aria-hidden", "true");
  const acrossLabel = svg.append("text").attr("class", "lossviz-axis-label").attr("text-anchor", "middle");
  const upLabel = svg.append("text").attr("class", "lossviz-axis-label").attr("x", 0).attr("y", 16);
  /** What lies outside the axes is cut off here ... */
  const cut = `url(#${clip})`;
  const clipped = svg.append("g").attr("clip-path", cut);
  /** ... and not here. */
  const above = svg.append("g");
  const x = linear();
  const y = linear();
  const box = { left: 0, right: 0, top: 0, bottom: 0, floor: 0 };
  let drawn = "";

  /**
   * Draw the axes, unless they stand there already: their numbers are most of the work of a frame.
   * @param {number} width  pixels
   * @param {[number, number]} xs  the ends of the axis across
   * @param {[number, number]} ys  the ends of the axis up
   * @param {string} xLabel
   * @param {string} yLabel
   * @param {number} [tall]  the height as a share of the width
   * @param {{ tallest?: number, shortest?: number, same?: boolean, below?: number, log?: boolean }} [options]
   *   `same`: a unit is as long up as across; `below`: pixels to leave free for another panel, between the curves
   *   and the axis across; `log`: the ends of the axis up are powers of ten
   */
  function layout(
    width,
    xs,
    ys,
    xLabel,
    yLabel,
    tall = 0.55,
    { tallest = 400, shortest = 250, same = false, below = 0, log = false } = {},
  ) {
    const wanted = [width, xs, ys, xLabel, yLabel, tall, tallest, shortest, same, below, log].join();
    if (wanted === drawn) return;
    drawn = wanted;
    const height = Math.round(Math.min(tallest, Math.max(shortest, width * tall))) + below;
    Object.assign(box, {
      left: margin.left,
      right: width - margin.right,
      top: margin.top,
      bottom: height - margin.bottom - below,
      floor: height - margin.bottom,
    });
    if (same) [xs, ys] = sameUnit(xs, ys, box.right - box.left, box.bottom - box.top);
    x.domain(xs).range([box.left, box.right]);
    y.domain(ys).range([box.bottom, box.top]);
    svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
    clipRect // a curve that runs along an edge keeps its whole width
      .attr("x", box.left)
      .attr("y", box.top - EDGE)
      .attr("width", box.right - box.left)
      .attr("height", box.bottom - box.top + 2 * EDGE);
    const format = (/** @type {import("d3-axis").AxisDomain} */ n) => short(Number(n));
    across.attr("transform", `translate(0,${box.floor})`).call(
      axisBottom(x)
        .ticks(width / 80)
        .tickFormat(format)
        .tickSizeOuter(0)
        .tickPadding(margin.below),
    );
    up.attr("transform", `translate(${box.left},0)`).call(
      axisLeft(y)
        .tickValues(log ? wholes(ys) : y.ticks(5))
        .tickFormat(log ? (n) => powerOfTen(Number(n)) : format)
        .tickSize(box.left - box.right)
        .tickPadding(margin.beside),
    );
    acrossLabel
      .attr("x", (box.left + box.right) / 2)
      .attr("y", height - 8)
      .text(xLabel);
    upLabel.text(yLabel);
  }

  return { svg, clipped, cut, above, x, y, box, layout, id: clip };
}
