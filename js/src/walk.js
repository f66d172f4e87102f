/**
 * A walk downhill on a landscape: what `Landscape.descend` does in Python. It is a pure function of its start, its settings
 * and the number of steps; a walker keeps what it has walked, so that one more step costs one step.
 */
import { slopeAt, valueAt } from "./grid.js";
import { directionOf, stepWithin } from "./optimisers.js";

export const STILL = 1e-9; // the shortest step that is one, as a share of the diagonal of the map

/**
 * @typedef {[number, number]} Place
 *
 * @typedef {object} Ground  what a walk asks of a landscape
 * @property {(x: number, y: number) => number} valueAt
 * @property {(x: number, y: number) => [number, number]} slopeAt
 * @property {[[number, number], [number, number]]} bounds  the ends across, and up
 *
 * @typedef {object} Settings
 * @property {string} optimiser
 * @property {number} rate
 * @property {number} momentum
 * @property {number} noise  the standard deviation of what is added to every number of the gradient
 *
 * @typedef {"" | "edge" | "diverged" | "rest"} End  why it goes no further; "": it would
 *
 * @typedef {object} Walk  a row for the start and one for each step
 * @property {Place[]} places
 * @property {number[]} losses
 * @property {number[]} slopes  the length of the gradient at each, without noise
 * @property {End} end
 *
 * @typedef {ReturnType<typeof walker>} Walker
 */

/**
 * @param {import("./grid.js").Grid} grid
 * @returns {Ground}
 */
export const groundOf = (grid) => ({
  valueAt: (x, y) => valueAt(grid, x, y),
  slopeAt: (x, y) => slopeAt(grid, x, y),
  bounds: [grid.x, grid.y],
});

/**
 * @param {Ground} ground
 * @param {Place} start  on the map
 * @param {Settings} settings
 * @param {Float64Array} [shakes]  standard normal numbers, two for each step, where there is noise
 * @param {number} [still]  the shortest step that is one, as a share of the diagonal of the map
 */
export function walker(ground, start, settings, shakes, still = STILL) {
  const { rate, noise } = settings;
  const [[left, right], [low, high]] = ground.bounds;
  const hair = still * Math.hypot(right - left, high - low);
  const direction = directionOf(settings.optimiser, settings.momentum);
  let gradient = ground.slopeAt(...start);
  const places = [start];
  const losses = [ground.valueAt(...start)];
  const slopes = [Math.hypot(...gradient)];
  /** @type {End} */
  let end = "";

  function step() {
    const taken = places.length - 1;
    const at = places[taken];
    const felt =
      noise && shakes ? gradient.map((slope, i) => slope + noise * shakes[2 * taken + i]) : gradient;
    const next = stepWithin(at, felt, direction, rate, ground.bounds);
    const there = /** @type {Place} */ (next.at);
    const loss = next.end === "diverged" ? NaN : ground.valueAt(...there);
    const slope = next.end === "diverged" ? gradient : ground.slopeAt(...there);
    if (![loss, ...slope].every(Number.isFinite)) {
      end = "diverged";
      return;
    }
    // A ball that turns round on a slope stands still for a moment, but is not at rest.
    const short =
      Math.max(Math.hypot(there[0] - at[0], there[1] - at[1]), rate * Math.hypot(...slope)) < hair;
    if (!noise && next.end === "" && short) {
      end = "rest"; // not taken: it would be none
      return;
    }
    end = next.end;
    gradient = slope;
    places.push(there);
    losses.push(loss);
    slopes.push(Math.hypot(...slope));
  }

  /** Walk so far that the step after these is known too. @param {number} steps */
  function reach(steps) {
    while (end === "" && places.length < steps + 2) step();
  }

  /** After how many steps it goes no further, or infinity if it would after these. @param {number} steps */
  function over(steps) {
    reach(steps);
    return end !== "" && places.length - 1 <= steps ? places.length - 1 : Number.POSITIVE_INFINITY;
  }

  /** @type {{ steps: number, walk: Walk } | undefined} */
  let last;

  /** The walk as far as that: the same object as long as it is asked for no other. @param {number} steps @returns {Walk} */
  function to(steps) {
    if (last?.steps === steps) return last.walk;
    const why = over(steps) <= steps ? end : "";
    const cut = steps + 1;
    const walk = {
      places: places.slice(0, cut),
      losses: losses.slice(0, cut),
      slopes: slopes.slice(0, cut),
      end: why,
    };
    last = { steps, walk };
    return walk;
  }

  return { to, over };
}
