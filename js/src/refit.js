/**
 * The best line for any loss, read off its sampled curve: iteratively reweighted least squares.
 *
 * A least-squares line is easy to find. Weighing each point by slope(error) / error makes its pull that of the
 * loss, so one goes on fitting and weighing until nothing changes. For the squared error that is one step. A
 * loss with a corner at 0 (the absolute error) puts its best line exactly through two points, which weighing
 * comes close to but does not find: there the lines through points near the line are tried.
 * `lossviz.fitting` does the same in Python.
 */

/** @typedef {{ weight: number, bias: number, score: number }} Fit */
/** @typedef {(weight: number, bias: number, most?: number) => Fit} Scored */

const NEAR = 1e-9; // a smaller error counts as this large, as a share of the typical one
const MOST_STEPS = 200; // of weighting
const MOST_STRIDES = 20; // longer or shorter, by a factor of 2 each
const NEAREST = 8; // points whose lines are tried
const ENOUGH = 1e-11; // the least gain worth another step, as a share of the score

/**
 * The mean loss of a line over the points.
 * @param {import("./curve.js").Reader} loss
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} weight
 * @param {number} bias
 * @param {number} [most]  a score that is not below this may be given up, as infinite
 */
export function scoreOf(loss, x, y, weight, bias, most = Infinity) {
  const enough = loss.least >= 0 ? most * x.length : Infinity;
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    sum += loss.value(weight * x[i] + bias - y[i]);
    if (sum > enough) return Infinity;
  }
  return sum / x.length;
}

/**
 * The line with the lowest score.
 * @param {import("./curve.js").Reader} loss
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @returns {Fit}
 */
export function refit(loss, x, y) {
  const weights = new Float64Array(x.length).fill(1);
  /** @type {Scored} */
  const scored = (weight, bias, most) => ({ weight, bias, score: scoreOf(loss, x, y, weight, bias, most) });
  const start = weighted(x, y, weights);
  let best = scored(start.weight, start.bias);
  const spread = meanError(x, y, best);
  if (spread === 0) return best; // every point is on the line

  for (let step = 0; step < MOST_STEPS; step++) {
    const { weight, bias, score } = best;
    for (let i = 0; i < x.length; i++)
      weights[i] = weightOf(loss, weight * x[i] + bias - y[i], NEAR * spread);
    best = stride(best, weighted(x, y, weights), scored);
    if (!(score - best.score > ENOUGH * Math.abs(score))) break;
  }
  return loss.kink ? throughTwo(best, scored, x, y) : best;
}

/**
 * Go from one line to another; further while the score goes on falling, or else less far until it falls.
 * @param {Fit} from
 * @param {{ weight: number, bias: number }} to
 * @param {Scored} scored
 */
function stride(from, to, scored) {
  const [tilt, lift] = [to.weight - from.weight, to.bias - from.bias];
  /** @param {number} part @param {Fit} best */
  const at = (part, best) => scored(from.weight + part * tilt, from.bias + part * lift, best.score);
  let best = from;
  for (let power = 0; power <= MOST_STRIDES; power++) {
    const next = at(2 ** power, best);
    if (!(next.score < best.score)) break;
    best = next;
  }
  for (let power = 1; power <= MOST_STRIDES && best === from; power++) {
    const next = at(2 ** -power, best);
    if (next.score < best.score) best = next;
  }
  return best;
}

/**
 * How much a point with this error weighs: the slope's share of the error, the limit of it near 0.
 * @param {import("./curve.js").Reader} loss
 * @param {number} error
 * @param {number} near
 */
function weightOf(loss, error, near) {
  if (Math.abs(error) >= near) {
    const weight = loss.slope(error) / error;
    return weight > 0 ? weight : 0; // a loss that falls away from 0 would push: it is left out
  }
  const weight = (loss.slope(near) - loss.slope(-near)) / (2 * near);
  return weight > 0 ? weight : 0;
}

/**
 * The weighted least-squares line. Where all points that count have one x, it is flat.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {Float64Array} weights
 */
function weighted(x, y, weights) {
  let sum = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    sum += weights[i];
    meanX += weights[i] * x[i];
    meanY += weights[i] * y[i];
  }
  meanX /= sum;
  meanY /= sum;
  let across = 0;
  let both = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - meanX;
    across += weights[i] * dx * dx;
    both += weights[i] * dx * (y[i] - meanY);
  }
  const weight = across > 1e-24 * sum * (1 + meanX * meanX) ? both / across : 0;
  return { weight, bias: meanY - weight * meanX };
}

/**
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {Fit} line
 */
function meanError(x, y, { weight, bias }) {
  let sum = 0;
  let size = 0;
  for (let i = 0; i < x.length; i++) {
    sum += Math.abs(weight * x[i] + bias - y[i]);
    size = Math.max(size, Math.abs(y[i]));
  }
  return sum / x.length > 1e-14 * size ? sum / x.length : 0;
}

/**
 * The best of a line and the lines through pairs of the points nearest to it.
 * @param {Fit} best
 * @param {Scored} scored
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function throughTwo(best, scored, x, y) {
  const near = nearest(best, x, y);
  for (let j = 1; j < near.length; j++) {
    for (let i = 0; i < j; i++) {
      const [a, b] = [near[i], near[j]];
      if (x[a] === x[b]) continue;
      const weight = (y[b] - y[a]) / (x[b] - x[a]);
      const line = scored(weight, y[a] - weight * x[a], best.score);
      if (line.score < best.score) best = line;
    }
  }
  return best;
}

/**
 * The points nearest to a line, each place once.
 * @param {Fit} line
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function nearest({ weight, bias }, x, y) {
  const size = Float64Array.from(x, (at, i) => Math.abs(weight * at + bias - y[i]));
  const order = Array.from(x.keys()).sort((a, b) => size[a] - size[b]);
  /** @type {number[]} */
  const found = [];
  for (const i of order) {
    if (found.length === NEAREST) break;
    if (!found.some((k) => x[k] === x[i] && y[k] === y[i])) found.push(i);
  }
  return found;
}
