/**
 * A curve as NumPy sampled it: values and slopes at nodes, cubic Hermite between them.
 *
 * No loss formula is known here, so a reader's own loss is as alive as a built-in one. A break (a kink
 * or a jump) stands in the table three times: its left limit, its exact value, its right limit.
 */

/**
 * @typedef {{ u: Float64Array, value: Float64Array, slope: Float64Array }} Samples
 * @typedef {{ value: number, slope: number, sides?: [number, number] }} Reading
 */

/**
 * Decode the binary arrays of a synced curve.
 * @param {{ u: DataView, value: DataView, slope: DataView }} curve
 * @returns {Samples}
 */
export function decode(curve) {
  return { u: floats(curve.u), value: floats(curve.value), slope: floats(curve.slope) };
}

/**
 * @param {DataView} view  A copy is taken because an offset need not be a multiple of 8.
 * @returns {Float64Array<ArrayBuffer>}
 */
export function floats(view) {
  const { buffer, byteOffset, byteLength } = view;
  return new Float64Array(/** @type {ArrayBuffer} */ (buffer).slice(byteOffset, byteOffset + byteLength));
}

/**
 * The first index whose node is not below x (or, with `after`, the first that is above it).
 * @param {Float64Array} nodes
 * @param {number} x
 * @param {boolean} [after]
 */
function bisect(nodes, x, after = false) {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle] < x || (after && nodes[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Value and slope of a sampled curve at x; at a kink or a jump also the slopes on its two sides.
 * @param {Samples} samples
 * @param {number} x
 * @returns {Reading}
 */
export function interpolate(samples, x) {
  const { u, value, slope } = samples;
  const right = bisect(u, x);
  const beyond = bisect(u, x, true);
  if (right < beyond) {
    const exact = (right + beyond - 1) >> 1;
    const reading = { value: value[exact], slope: slope[exact] };
    const smooth = [value, slope].every((column) => alike(column[right], column[beyond - 1]));
    return smooth ? reading : { ...reading, sides: [slope[right], slope[beyond - 1]] };
  }
  if (right === 0) return straight(samples, 0, x);
  if (right === u.length) return straight(samples, u.length - 1, x);
  if (!finite(samples, right - 1)) return straight(samples, right, x);
  if (!finite(samples, right)) return straight(samples, right - 1, x);
  return hermite(samples, right - 1, x);
}

/**
 * Equal but for rounding; two infinities are equal too.
 * @param {number} a
 * @param {number} b
 */
function alike(a, b) {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}

/**
 * @param {Samples} samples
 * @param {number} i
 */
function finite({ value, slope }, i) {
  return Number.isFinite(value[i]) && Number.isFinite(slope[i]);
}

/**
 * @param {Samples} samples
 * @param {number} i
 * @param {number} x
 */
function straight({ u, value, slope }, i, x) {
  return { value: value[i] + slope[i] * (x - u[i]), slope: slope[i] };
}

/**
 * @param {Samples} samples
 * @param {number} i  the interval from node i to node i + 1
 * @param {number} x
 */
function hermite({ u, value, slope }, i, x) {
  const width = u[i + 1] - u[i];
  const t = (x - u[i]) / width;
  const rise = value[i + 1] - value[i];
  const a = slope[i] * width - rise;
  const b = rise - slope[i + 1] * width;
  const bend = a * (1 - t) + b * t;
  return {
    value: value[i] + rise * t + t * (1 - t) * bend,
    slope: (rise + (1 - 2 * t) * bend + t * (1 - t) * (b - a)) / width,
  };
}

/**
 * The ends of the curve at its jumps: which one it takes there, and which it only comes close to.
 * @param {Samples} samples
 */
export function jumps({ u, value }) {
  /** @type {{ u: number, value: number, taken: boolean }[]} */
  const ends = [];
  for (let i = 1; i + 1 < u.length; i++) {
    if (u[i - 1] !== u[i + 1] || alike(value[i - 1], value[i + 1])) continue;
    for (const end of new Set([value[i - 1], value[i], value[i + 1]]))
      ends.push({ u: u[i], value: end, taken: alike(end, value[i]) });
  }
  return ends;
}

/**
 * @typedef {object} Reader
 * @property {(x: number) => number} value
 * @property {(x: number) => number} slope
 * @property {boolean} kink  whether the curve has a corner at 0
 * @property {number} least  its lowest value
 */

/**
 * What `interpolate` reads, for the many thousand values a frame needs: the cubics are worked out beforehand.
 * @param {Samples} samples
 * @returns {Reader}
 */
export function reader(samples) {
  const { u, value, slope } = samples;
  const last = u.length - 1;
  const infinite = !value.every(Number.isFinite) || !slope.every(Number.isFinite);
  const sides = interpolate(samples, 0).sides;
  // Of each stretch between two nodes, and of those beyond the ends: start and the cubic's four coefficients.
  const cubics = new Float64Array(5 * (last + 2));
  cubics.set([u[0], value[0], slope[0], 0, 0]);
  for (let i = 0; i <= last; i++) {
    const width = i < last ? u[i + 1] - u[i] : 0;
    const rise = width > 0 ? (value[i + 1] - value[i]) / width : 0;
    const [a, b] = width > 0 ? [slope[i] - rise, rise - slope[i + 1]] : [0, 0];
    cubics.set(
      [u[i], value[i], slope[i], width > 0 ? (b - 2 * a) / width : 0, width > 0 ? (a - b) / width ** 2 : 0],
      5 * (i + 1),
    );
  }
  return {
    value(x) {
      const i = bisect(u, x);
      if (infinite || u[i] === x) return interpolate(samples, x).value;
      const k = 5 * i;
      const t = x - cubics[k];
      return cubics[k + 1] + t * (cubics[k + 2] + t * (cubics[k + 3] + t * cubics[k + 4]));
    },
    slope(x) {
      const i = bisect(u, x);
      if (infinite || u[i] === x) return interpolate(samples, x).slope;
      const k = 5 * i;
      const t = x - cubics[k];
      return cubics[k + 2] + t * (2 * cubics[k + 3] + t * 3 * cubics[k + 4]);
    },
    kink: sides !== undefined && sides[0] !== sides[1],
    least: value.reduce((a, b) => Math.min(a, b)),
  };
}

/**
 * The curve, or its slope, as runs of points to draw, dense enough for a screen: cut at jumps, exact at kinks.
 * @param {Samples} samples
 * @param {number} step  the largest distance between two points
 * @param {"value" | "slope"} [column]
 * @returns {[number, number][][]}
 */
export function runs(samples, step, column = "value") {
  const { u, [column]: height } = samples;
  /** @type {[number, number][][]} */
  const all = [];
  /** @type {[number, number][]} */
  let run = [];
  for (let i = 0; i + 1 < u.length; i++) {
    const jump = u[i] === u[i + 1] && height[i] !== height[i + 1];
    if (jump || !finite(samples, i) || !finite(samples, i + 1)) {
      if (run.length > 1) all.push(run);
      run = [];
      continue;
    }
    if (run.length === 0) run.push([u[i], height[i]]);
    const pieces = Math.max(1, Math.ceil((u[i + 1] - u[i]) / step));
    for (let k = 1; k < pieces; k++) {
      const x = u[i] + ((u[i + 1] - u[i]) * k) / pieces;
      run.push([x, hermite(samples, i, x)[column]]);
    }
    run.push([u[i + 1], height[i + 1]]);
  }
  if (run.length > 1) all.push(run);
  return all;
}
