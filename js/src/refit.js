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

const MOST_STEPS = 300;
const NEAREST = 8; // points whose lines are tried
const ENOUGH = 1e-11; // the least gain worth another step, as a share of the score ...
const COARSE = 1e-8; // ... and where the pairs finish what the steps began

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
  /** @type {(weight: number, bias: number, most?: number) => Fit} */
  const scored = (weight, bias, most) => ({ weight, bias, score: scoreOf(loss, x, y, weight, bias, most) });
  const start = weighted(x, y, weights);
  let best = scored(start.weight, start.bias);
  const spread = meanError(x, y, best);
  if (spread === 0) return best; // every point is on the line

  // How near to 0 an error may weigh: at a corner the weight grows without bound, so go there by degrees.
  const narrowest = (loss.kink ? 1e-6 : 1e-9) * spread;
  let near = loss.kink ? spread : narrowest;
  let now = best;
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let i = 0; i < x.length; i++) weights[i] = weightOf(loss, now.weight * x[i] + now.bias - y[i], near);
    const aim = weighted(x, y, weights);
    let next = scored(aim.weight, aim.bias);
    // A loss that is steeper than a parabola makes the step too long: shorten it until it gains.
    for (let half = 0.5; !loss.kink && !(next.score <= now.score) && half > 1e-4; half /= 2) {
      next = scored(now.weight + half * (aim.weight - now.weight), now.bias + half * (aim.bias - now.bias));
    }
    const gain = now.score - next.score;
    if (!Number.isFinite(next.score) || (!loss.kink && gain < 0)) break;
    now = next;
    if (now.score < best.score) best = now;
    if (Math.abs(gain) <= (loss.kink ? COARSE : ENOUGH) * Math.abs(best.score)) {
      if (near <= narrowest) break;
      near /= 4;
    } else if (loss.kink) near = Math.max(narrowest, near / 2.5);
  }
  return loss.kink ? throughTwo(best, scored, x, y) : best;
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
 * Try the lines through pairs of the points nearest to a line, again from each line that is better.
 * @param {Fit} best
 * @param {(weight: number, bias: number, most: number) => Fit} scored
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function throughTwo(best, scored, x, y) {
  for (let round = 0; round < 50; round++) {
    const before = best;
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
    if (!(before.score - best.score > ENOUGH * before.score)) break;
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
  const order = Array.from(x.keys()).sort((a, b) => size[a] - size[b] || x[a] - x[b] || y[a] - y[b]);
  /** @type {number[]} */
  const found = [];
  for (const i of order) {
    if (found.length === NEAREST) break;
    if (!found.some((k) => x[k] === x[i] && y[k] === y[i])) found.push(i);
  }
  return found;
}
