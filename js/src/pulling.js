/**
 * A few examples under one line, and how hard each of them pulls at it: `lossviz.pulling.LineScore` in the page, on
 * the sampled curve of the loss.
 */

/** @typedef {import("./grid.js").Grid} Grid */

/**
 * @param {import("./curve.js").Reader} loss
 * @param {number[]} x  the examples
 * @param {number[]} signs  the variable of the loss is sign · logit − offset
 * @param {number[]} offsets
 */
export function lineScore(loss, x, signs, offsets) {
  const measure = (/** @type {number} */ weight, /** @type {number} */ bias, /** @type {number} */ i) =>
    signs[i] * (weight * x[i] + bias) - offsets[i];

  /** The score of a line: the mean loss. @param {number} weight @param {number} bias */
  function valueAt(weight, bias) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += loss.value(measure(weight, bias, i));
    return sum / x.length;
  }

  /** The slopes of the score in both. @param {number} weight @param {number} bias @returns {[number, number]} */
  function slopeAt(weight, bias) {
    let [across, up] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      const slope = signs[i] * loss.slope(measure(weight, bias, i));
      across += slope * x[i];
      up += slope;
    }
    return [across / x.length, up / x.length];
  }

  /** How hard each example pulls at its logit. @param {number} weight @param {number} bias */
  const pulls = (weight, bias) => x.map((_, i) => Math.abs(loss.slope(measure(weight, bias, i))));

  /**
   * The map of all lines, to be drawn.
   * @param {[number, number]} weights
   * @param {[number, number]} biases
   * @param {number} size  nodes along each axis
   * @returns {Grid}
   */
  function landscape(weights, biases, size) {
    const [z, dx, dy] = [0, 0, 0].map(() => new Float64Array(size * size));
    const node = (/** @type {[number, number]} */ [low, high], /** @type {number} */ i) =>
      low + ((high - low) * i) / (size - 1);
    for (let k = 0; k < z.length; k++) {
      /** @type {[number, number]} */
      const line = [node(weights, k % size), node(biases, Math.floor(k / size))];
      z[k] = valueAt(...line);
      [dx[k], dy[k]] = slopeAt(...line);
    }
    return { x: weights, y: biases, columns: size, rows: size, z, dx, dy };
  }

  return { valueAt, slopeAt, pulls, landscape };
}
