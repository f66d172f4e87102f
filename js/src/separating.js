/**
 * A line between two classes, in numbers: its score, its objective and the slope of that, from the sampled loss.
 * `lossviz.separating` does the same in Python; a test compares the two.
 */

/**
 * @typedef {number[] | Float64Array} Line  two weights and a bias
 * @typedef {{ x1: Float64Array, x2: Float64Array, actual: Float64Array }} Points
 * @typedef {object} Tally
 * @property {number} score  the mean loss
 * @property {number} objective  ½ · penalty · ‖weights‖² + the sum of the losses
 * @property {number} matter  points whose loss has a slope
 * @property {number} wrong  points on the wrong side, or on the line
 * @property {Float64Array} losses
 * @property {Float64Array} margins
 * @property {boolean[]} matters  for each point
 */

/**
 * @param {Points} points
 * @param {Line} line
 * @param {number} i
 */
const marginOf = ({ x1, x2, actual }, line, i) => actual[i] * (line[0] * x1[i] + line[1] * x2[i] + line[2]);

/**
 * @param {import("./curve.js").Reader} loss
 * @param {Points} points
 * @param {Line} line
 * @param {number} penalty
 * @returns {Tally}
 */
export function tally(loss, points, line, penalty) {
  const margins = points.x1.map((_, i) => marginOf(points, line, i));
  const losses = margins.map(loss.value);
  const matters = Array.from(margins, (margin) => loss.slope(margin) !== 0);
  const sum = losses.reduce((a, b) => a + b, 0);
  return {
    score: sum / losses.length,
    objective: (penalty / 2) * (line[0] ** 2 + line[1] ** 2) + sum,
    matter: matters.filter(Boolean).length,
    wrong: margins.filter((margin) => margin <= 0).length,
    losses,
    margins,
    matters,
  };
}

/**
 * The slope of the objective at any line, all three parameters at once.
 * @param {import("./curve.js").Reader} loss
 * @param {Points} points
 * @param {number} penalty
 * @returns {(line: Line) => number[]}
 */
export function slopeOf(loss, points, penalty) {
  const { x1, x2, actual } = points;
  return (line) => {
    const sum = [penalty * line[0], penalty * line[1], 0];
    for (let i = 0; i < actual.length; i++) {
      const pull = actual[i] * loss.slope(marginOf(points, line, i));
      sum[0] += pull * x1[i];
      sum[1] += pull * x2[i];
      sum[2] += pull;
    }
    return sum;
  };
}

/**
 * The points after the reader's changes; `lossviz.widgets._separator.edited` is the same.
 * @param {Points} given
 * @param {[number, number, number][]} moved  index, x1, x2; an index counts the given, then the added ones
 * @param {[number, number, number][]} added  x1, x2, class
 * @param {number[]} removed
 * @returns {Points & { index: number[] }}  with the index of each
 */
export function edited(given, moved, added, removed) {
  const rows = [...given.x1].map((x1, i) => [x1, given.x2[i], given.actual[i]]);
  rows.push(...added.map((row) => [...row]));
  for (const [i, x1, x2] of moved) rows[i].splice(0, 2, x1, x2);
  const gone = new Set(removed);
  const index = [...rows.keys()].filter((i) => !gone.has(i));
  const [x1, x2, actual] = [0, 1, 2].map((k) => Float64Array.from(index, (i) => rows[i][k]));
  return { x1, x2, actual, index };
}

/**
 * The points without a slope at every line of a walk.
 * @param {import("./curve.js").Reader} loss
 * @param {Points} points
 * @param {Line[]} lines
 */
export function silentAt(loss, points, lines) {
  const all = [...points.actual.keys()];
  return all.filter((i) => lines.every((line) => loss.slope(marginOf(points, line, i)) === 0));
}
