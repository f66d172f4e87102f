/**
 * The score of every line, as a grid over weight and bias: geometry without a page.
 */
import { scoreOf } from "./refit.js";

const GRID = 36; // nodes along each axis ...
const COARSE = 24; // ... and for so many points that the finer grid would take too long
const MANY = 1500;
const LEVELS = 9; // one more than there are contour lines
const MOST_DIGITS = 17; // tell any two numbers apart

/**
 * @typedef {import("./curve.js").Reader} Reader
 * @typedef {[number, number]} Ends
 * @typedef {{ size: number, scores: Float64Array, low: number, high: number }} Terrain
 */

/** A grid that is made anew only if it must: a dragged point changes only its own share of each score. */
export function terrain() {
  /** @type {{ loss: Reader, x: Float64Array, y: Float64Array, weights: Ends, biases: Ends } | undefined} */
  let made;
  let size = GRID;
  let scores = new Float64Array(0);

  /**
   * @param {Reader} loss
   * @param {Float64Array} x
   * @param {Float64Array} y
   * @param {Ends} weights
   * @param {Ends} biases
   * @returns {Terrain}
   */
  return function update(loss, x, y, weights, biases) {
    const same =
      made?.loss === loss &&
      made.x.length === x.length &&
      [...weights, ...biases].every(
        (end, i) => end === [...(made?.weights ?? []), ...(made?.biases ?? [])][i],
      );
    const moved = made && same ? changed(made, x, y) : undefined;
    if (made && moved && moved.length < 10) {
      for (const i of moved) share(made.loss, made.x[i], made.y[i], x[i], y[i], weights, biases, x.length);
    } else {
      size = x.length > MANY ? COARSE : GRID;
      scores = new Float64Array(size * size);
      for (let row = 0; row < size; row++) {
        const bias = node(biases, row, size);
        for (let column = 0; column < size; column++) {
          scores[row * size + column] = scoreOf(loss, x, y, node(weights, column, size), bias);
        }
      }
    }
    made = { loss, x: x.slice(), y: y.slice(), weights, biases };
    let [low, high] = [Infinity, -Infinity];
    for (const score of scores) {
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
    return { size, scores, low, high };
  };

  /**
   * Move the share of one point.
   * @param {Reader} loss
   * @param {number} oldX
   * @param {number} oldY
   * @param {number} x
   * @param {number} y
   * @param {Ends} weights
   * @param {Ends} biases
   * @param {number} count
   */
  function share(loss, oldX, oldY, x, y, weights, biases, count) {
    for (let row = 0; row < size; row++) {
      const bias = node(biases, row, size);
      for (let column = 0; column < size; column++) {
        const weight = node(weights, column, size);
        const more = loss.value(weight * x + bias - y) - loss.value(weight * oldX + bias - oldY);
        scores[row * size + column] += more / count;
      }
    }
  }
}

/**
 * @param {{ x: Float64Array, y: Float64Array }} before
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function changed(before, x, y) {
  const found = [];
  for (let i = 0; i < x.length; i++) if (x[i] !== before.x[i] || y[i] !== before.y[i]) found.push(i);
  return found;
}

/**
 * @param {Ends} ends
 * @param {number} i
 * @param {number} size
 */
function node([low, high], i, size) {
  return low + ((high - low) * i) / (size - 1);
}

/**
 * Round heights for contour lines, evenly spaced on the walls of a round bowl; `lossviz.plots_line.levels` is the same.
 * @param {number} low
 * @param {number} high
 */
export function levels(low, high) {
  const shares = Array.from({ length: LEVELS - 1 }, (_, i) => (i + 1) / LEVELS);
  const exact = shares.map((share) => low + (high - low) * (share * share));
  /** @type {number[]} */
  let inside = [];
  // As few digits as keep them apart, and off the floor.
  for (let digits = 1; digits <= MOST_DIGITS && inside.length < LEVELS - 1; digits++) {
    const rounded = new Set(exact.map((level) => Number(level.toPrecision(digits))));
    inside = [...rounded].filter((level) => level > low && level < high).sort((a, b) => a - b);
  }
  return inside;
}

/**
 * The score between the nodes, at a place in units of the grid.
 * @param {Terrain} terrain
 * @param {number} column
 * @param {number} row
 */
export function scoreAt({ size, scores }, column, row) {
  const i = Math.min(size - 2, Math.max(0, Math.floor(column)));
  const j = Math.min(size - 2, Math.max(0, Math.floor(row)));
  const [s, t] = [column - i, row - j];
  const k = j * size + i;
  const near = scores[k] * (1 - s) + scores[k + 1] * s;
  const far = scores[k + size] * (1 - s) + scores[k + size + 1] * s;
  return near * (1 - t) + far * t;
}

/**
 * Where contour lines get their label: along the ray from the bottom on which they lie furthest apart.
 * @param {Terrain} terrain
 * @param {number[]} heights
 * @returns {{ column: number, row: number, height: number }[]}
 */
export function labelPlaces(terrain, heights) {
  const { size, scores, low } = terrain;
  const bottom = scores.indexOf(low);
  const [column, row] = [bottom % size, Math.floor(bottom / size)];
  const last = size - 1;
  /** @type {{ column: number, row: number, height: number }[]} */
  let best = [];
  let longest = 0;
  for (let turn = 0; turn < 16; turn++) {
    const [dx, dy] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
    const found = [];
    let next = 0;
    let at = 0;
    for (; next < heights.length; at += 0.1) {
      const [x, y] = [column + at * dx, row + at * dy];
      if (x < 1 || y < 1.5 || x > last - 2 || y > last - 1.5) break;
      if (scoreAt(terrain, x, y) < heights[next]) continue;
      found.push({ column: x, row: y, height: heights[next++] });
    }
    // Most labels win; among equals, those that lie furthest apart.
    const worth = found.length * 1000 + at;
    if (worth > longest) [longest, best] = [worth, found];
  }
  return best;
}
