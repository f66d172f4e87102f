/**
 * What can be dragged: a ring with a halo for the focus, and a target for a finger, that is a slider to the ear.
 */

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
