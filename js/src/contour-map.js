/**
 * The ground of a map: bands of colour between labelled contour lines.
 */
import { contours } from "d3-contour";
import { labelPlaces } from "./contours.js";
import { short } from "./format.js";
import { terrainColour } from "./look.js";

const ROOM = { across: 36, up: 17 }; // px that a label keeps to itself

/** @typedef {import("./contours.js").Heights} Heights */
/** @typedef {import("d3-selection").Selection<SVGGElement, unknown, null, undefined>} Group */

/**
 * Between the ground and its labels is room `over` the ground.
 * @param {Group} parent
 * @param {{ left: number, right: number, top: number, bottom: number }} box  what the map fills, in pixels
 */
export function contourMap(parent, box) {
  const ground = parent.append("g").attr("class", "lossviz-ground").attr("aria-hidden", "true");
  const over = parent.append("g").attr("class", "lossviz-over-ground").attr("aria-hidden", "true");
  const names = parent.append("g").attr("class", "lossviz-contour-labels").attr("aria-hidden", "true");

  /**
   * @param {Heights} heights  they fill the box
   * @param {number[]} lines  the heights of the contour lines, rising
   * @param {[number, number][]} [taken]  pixels where no label may stand
   */
  function draw(heights, lines, taken = []) {
    const { columns, rows, z } = heights;
    const [across, up] = [(box.right - box.left) / (columns - 1), (box.bottom - box.top) / (rows - 1)];
    const rings = contours().size([columns, rows]).thresholds(lines)(/** @type {any} */ (z));
    const floor = `M${box.left},${box.top}H${box.right}V${box.bottom}H${box.left}Z`;
    // The contours of D3 count from the corner of the first cell, half a cell before its node.
    const path = (/** @type {number[][]} */ ring) =>
      `M${ring
        .map(
          ([i, j]) =>
            `${(box.left + (i - 0.5) * across).toFixed(1)},${(box.bottom - (j - 0.5) * up).toFixed(1)}`,
        )
        .join("L")}Z`;
    ground
      .selectAll("path")
      .data([floor, ...rings.map(({ coordinates }) => coordinates.flat().map(path).join(""))])
      .join("path")
      .attr("class", "lossviz-contour")
      .attr("fill", (_, i) => terrainColour(lines.length ? i / lines.length : 0))
      .attr("d", (d) => d);
    const kept = [...taken];
    const places = labelPlaces(heights, lines)
      .map(({ column, row, height }) => ({
        at: /** @type {[number, number]} */ ([box.left + column * across, box.bottom - row * up]),
        text: short(height),
        light: lines.indexOf(height) < lines.length / 2,
      }))
      .filter(({ at: [left, top] }) => {
        if (kept.some(([a, b]) => Math.abs(a - left) < ROOM.across && Math.abs(b - top) < ROOM.up))
          return false;
        kept.push([left, top]);
        return true;
      });
    names
      .selectAll("text")
      .data(places)
      .join("text")
      .attr("class", ({ light }) => (light ? "lossviz-on-low" : "lossviz-on-high"))
      .attr("x", ({ at }) => at[0])
      .attr("y", ({ at }) => at[1])
      .attr("dy", "0.35em")
      .text(({ text }) => text);
  }

  return { over, draw };
}
