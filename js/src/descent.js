/**
 * Walking downhill: a function gives the slope at a place, a rule turns place and slope into the next place.
 *
 * Nothing here knows what the place means: the parameters of a line, of a network, a point on a map. A rule that
 * remembers (momentum, say) keeps its memory to itself: make a new one for each walk.
 */

/**
 * @typedef {number[] | Float64Array} Place
 * @typedef {(at: Place) => Place} Slope
 * @typedef {(at: Place, slope: Place) => number[]} Rule
 */

/**
 * Plain gradient descent.
 * @param {number} rate
 * @returns {Rule}
 */
export const plain = (rate) => (at, slope) => Array.from(at, (number, i) => number - rate * slope[i]);

/**
 * Take up to `most` steps. It ends early where a step is no longer one, or leads out of bounds.
 * @param {Place} start
 * @param {Slope} slope
 * @param {Rule} rule
 * @param {object} options
 * @param {number} options.most
 * @param {number} [options.still]  a step shorter than this, as a share of the distance from 0 or of 1, is none
 * @param {(at: Place) => boolean} [options.inside]  whether a place is still within bounds
 * @returns {{ at: number[], steps: number, end: "" | "still" | "outside" }}
 */
export function descend(start, slope, rule, { most, still = 0, inside = () => true }) {
  let at = Array.from(start);
  for (let steps = 0; steps < most; steps++) {
    const next = rule(at, slope(at));
    if (!next.every(Number.isFinite) || !inside(next)) return { at, steps, end: "outside" };
    const length = Math.hypot(...next.map((number, i) => number - at[i]));
    if (length <= still * Math.max(1, Math.hypot(...at))) return { at, steps, end: "still" };
    at = next;
  }
  return { at, steps: most, end: "" };
}
