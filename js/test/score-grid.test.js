import assert from "node:assert/strict";
import { test } from "node:test";
import { reader } from "../src/curve.js";
import { scoreOf } from "../src/refit.js";
import { scoreGrid } from "../src/score-grid.js";

const square = reader({
  u: Float64Array.of(-50, 50),
  value: Float64Array.of(2500, 2500),
  slope: Float64Array.of(-100, 100),
});
const x = Float64Array.of(-1, 0, 1, 2);
const y = Float64Array.of(0, 1, 2, 5);
/** @type {[[number, number], [number, number]]} */
const ends = [
  [-2, 4],
  [-3, 5],
];

test("every node holds the score of its line", () => {
  const { columns: size, z: scores, low, high } = scoreGrid()(square, x, y, ...ends);
  assert.equal(scores[0], scoreOf(square, x, y, -2, -3));
  assert.equal(scores[size - 1], scoreOf(square, x, y, 4, -3));
  assert.equal(scores[size * size - 1], scoreOf(square, x, y, 4, 5));
  assert.equal(low, Math.min(...scores));
  assert.equal(high, Math.max(...scores));
});

test("a dragged point leaves the grid as if it had been there from the start", () => {
  const update = scoreGrid();
  update(square, x, y, ...ends);
  const [across, up] = [x.slice(), y.slice()];
  for (const [at, height] of [
    [1, 7],
    [3, 7],
    [-2, 2.5],
  ]) {
    [across[2], up[2]] = [at, height];
    const after = update(square, across, up, ...ends);
    const fresh = scoreGrid()(square, across, up, ...ends);
    after.z.forEach((score, i) => {
      assert.ok(Math.abs(score - fresh.z[i]) < 1e-10);
    });
  }
});

test("what changes more than a few points gives a new grid", () => {
  const update = scoreGrid();
  update(square, x, y, ...ends);
  const [weights, biases] = ends;
  const three = x.slice(0, 3);
  const all = /** @type {[Float64Array, Float64Array, [number, number], [number, number]][]} */ ([
    [x, y, [-2, 5], biases],
    [x, y, weights, [-4, 5]],
    [three, y.slice(0, 3), weights, biases],
    [Float64Array.from({ length: 1600 }, (_, i) => i / 1600), new Float64Array(1600), weights, biases],
  ]);
  for (const each of all) assert.deepEqual(update(square, ...each), scoreGrid()(square, ...each));
  assert.equal(update(square, ...all[3]).rows, 24);
  assert.equal(update(square, x, y, ...ends).columns, 36);
});
