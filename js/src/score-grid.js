/**
 * The score of every line, as a grid over weight and bias: numbers without a page.
 */
import { scoreOf } from "./refit.js";

const GRID = 36; // nodes along each axis ...
const COARSE = 24; // ... and for so many points that the finer grid would take too long
const MANY = 1500;

/**
 * @typedef {import("./curve.js").Reader} Reader
 * @typedef {[number, number]} Ends
 * @typedef {import("./contours.js").Heights} Heights
 */

/** A grid that is made anew only if it must: a dragged point changes only its own share of each score. */
export function scoreGrid() {
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
   * @returns {Heights}
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
    return { columns: size, rows: size, z: scores, low, high };
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
