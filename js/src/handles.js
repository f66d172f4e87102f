/**
 * What can be dragged: a ring with a halo for the focus, and a target for a finger, that is a slider to the ear.
 */
import { uniqueId } from "./frame.js";

/** @typedef {import("d3-selection").Selection<SVGGElement, unknown, null, undefined>} Handle */

/**
 * @param {Handle} parent
 * @param {number} radius
 * @param {string} [kind]
 * @returns {Handle}
 */
export function handle(parent, radius, kind = "") {
  const group = parent.append("g").attr("class", `lossviz-handle ${kind}`.trim());
  group.attr("role", "slider").attr("tabindex", 0);
  group.append("circle").attr("class", "lossviz-target").attr("r", 18);
  group.append("circle").attr("class", "lossviz-halo").attr("r", 14);
  group.append("circle").attr("class", "lossviz-ring").attr("r", radius);
  return group;
}

/**
 * What a screen reader says of it.
 * @param {Handle} group
 * @param {string} label
 * @param {{ low: number, high: number, now: number }} value
 * @param {string} text  the value in words
 */
export function nameHandle(group, label, { low, high, now }, text) {
  group
    .attr("aria-label", label)
    .attr("aria-valuemin", low)
    .attr("aria-valuemax", high)
    .attr("aria-valuenow", now)
    .attr("aria-valuetext", text);
}

/**
 * What the keys do, for the eye while they are used and for a screen reader. Returns what places it, at the top
 * or the bottom of the picture: out of the way of the point that the handle is on.
 * @param {Handle} parent
 * @param {Handle} described
 * @param {string[]} texts  a line each
 * @param {number} [inset]  pixels to keep free at the edge
 */
export function keysHint(parent, described, texts, inset = 0) {
  const id = uniqueId("keys");
  const text = parent.append("text").attr("class", "lossviz-hint").attr("id", id);
  const lines = texts.map((line) => text.append("tspan").text(`${line} `));
  described.attr("aria-describedby", id);
  // Browsers call a focus given by a script visible; who holds the point by a pointer needs no keys.
  described.on("keydown.hint blur.hint", () => described.classed("lossviz-by-pointer", false));
  /**
   * @param {{ left: number, top: number, bottom: number }} box
   * @param {number} height  of the handle, in pixels from the top
   */
  return (box, height) => {
    const below = height <= (box.top + box.bottom) / 2;
    const top = below ? box.bottom - inset - 10 - 18 * (lines.length - 1) : box.top + inset + 18;
    lines.forEach((line, row) => {
      line.attr("x", box.left + 8).attr("y", top + 18 * row);
    });
  };
}
