/**
 * Which valley a walk reaches, for every place on a map to start from: `lossviz.basins` in the page. Its rules stand there.
 */
import { slopeAt } from "./grid.js";
import { directionOf } from "./optimisers.js";

export const LEFT = -1; // the map
export const MOVING = -2; // still, after the last step
export const ELSEWHERE = -3; // at rest, but at no minimum
export const SIZE = 81; // starts along each axis
const COARSEST = 16; // every so many of them first; a power of 2 that divides SIZE - 1
const HAIR = 1e-6; // of the map: a step shorter than this, in both directions, is none
export const NEAR = 0.02; // of the map: this near to a minimum is at it

/**
 * @typedef {import("./grid.js").Grid} Grid
 * @typedef {import("./walk.js").Place} Place
 * @typedef {Omit<import("./walk.js").Settings, "noise">} Settings
 */

/**
 * The index of the minimum that a walk reaches, or why it reaches none.
 * @param {Grid} grid
 * @param {Place} start
 * @param {Settings} settings
 * @param {Place[]} minima
 * @param {number} most  steps
 */
export function reached(grid, [x, y], { optimiser, rate, momentum }, minima, most) {
  const [[left, right], [low, high]] = [grid.x, grid.y];
  const [across, up] = [HAIR * (right - left), HAIR * (high - low)];
  const direction = directionOf(optimiser, momentum);
  let slope = slopeAt(grid, x, y);
  let code = MOVING;
  for (let step = 0; step < most && code === MOVING; step++) {
    const [dx, dy] = direction(slope);
    const [toX, toY] = [x - rate * dx, y - rate * dy];
    if (toX < left || toX > right || toY < low || toY > high) return LEFT;
    [x, y] = [toX, toY];
    slope = slopeAt(grid, x, y);
    const short = Math.abs(rate * dx) < across && Math.abs(rate * dy) < up;
    if (short && Math.abs(rate * slope[0]) < across && Math.abs(rate * slope[1]) < up) code = ELSEWHERE;
  }
  let nearest = NEAR;
  minima.forEach((minimum, index) => {
    const far = Math.hypot((x - minimum[0]) / (right - left), (y - minimum[1]) / (high - low));
    if (far < nearest) [nearest, code] = [far, index];
  });
  return code;
}

/**
 * Walk from every start of a grid over the map, edge included: coarsely first, then ever finer.
 * @param {Grid} grid
 * @param {Settings} settings
 * @param {Place[]} minima
 * @param {number} most  steps
 * @param {number} [size]  starts along each axis
 */
export function basins(grid, settings, minima, most, size = SIZE) {
  const codes = new Int8Array(size * size);
  const [[left, right], [low, high]] = [grid.x, grid.y];
  const last = size - 1;
  let stride = COARSEST;
  let [row, column] = [0, 0];
  const found = { codes, size, stride: 0, done: false };

  function start() {
    const known = stride < COARSEST && row % (2 * stride) === 0 && column % (2 * stride) === 0;
    if (known) return;
    /** @type {Place} */
    const place = [left + ((right - left) * column) / last, low + ((high - low) * row) / last];
    codes[row * size + column] = reached(grid, place, settings, minima, most);
  }

  /** Go on while there is time, and say whether there is something new to show. @param {() => boolean} hurry */
  function advance(hurry) {
    const before = found.stride;
    while (!found.done && !hurry()) {
      start();
      column += stride;
      if (column > last) [row, column] = [row + stride, 0];
      if (row <= last) continue;
      found.stride = stride;
      found.done = stride === 1;
      stride /= 2;
      row = 0;
    }
    return found.stride !== before;
  }

  return Object.assign(found, { advance });
}
