import assert from "node:assert/strict";
import { test } from "node:test";
import { reader } from "../src/curve.js";
import { scoreOf } from "../src/refit.js";
import { labelPlaces, levels, scoreAt, terrain } from "../src/terrain.js";

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
  const { size, scores, low, high } = terrain()(square, x, y, ...ends);
  assert.equal(scores[0], scoreOf(square, x, y, -2, -3));
  assert.equal(scores[size - 1], scoreOf(square, x, y, 4, -3));
  assert.equal(scores[size * size - 1], scoreOf(square, x, y, 4, 5));
  assert.equal(low, Math.min(...scores));
  assert.equal(high, Math.max(...scores));
});

test("a dragged point leaves the grid as if it had been there from the start", () => {
  const update = terrain();
  update(square, x, y, ...ends);
  const [across, up] = [x.slice(), y.slice()];
  for (const [at, height] of [
    [1, 7],
    [3, 7],
    [-2, 2.5],
  ]) {
    [across[2], up[2]] = [at, height];
    const after = update(square, across, up, ...ends);
    const fresh = terrain()(square, across, up, ...ends);
    after.scores.forEach((score, i) => {
      assert.ok(Math.abs(score - fresh.scores[i]) < 1e-10);
    });
  }
});

test("what changes more than a few points gives a new grid", () => {
  const update = terrain();
  update(square, x, y, ...ends);
  const [weights, biases] = ends;
  const three = x.slice(0, 3);
  const all = /** @type {[Float64Array, Float64Array, [number, number], [number, number]][]} */ ([
    [x, y, [-2, 5], biases],
    [x, y, weights, [-4, 5]],
    [three, y.slice(0, 3), weights, biases],
    [Float64Array.from({ length: 1600 }, (_, i) => i / 1600), new Float64Array(1600), weights, biases],
  ]);
  for (const each of all) assert.deepEqual(update(square, ...each), terrain()(square, ...each));
  assert.equal(update(square, ...all[3]).size, 24);
  assert.equal(update(square, x, y, ...ends).size, 36);
});

test("levels are round, rising and inside", () => {
  assert.deepEqual(levels(0, 100), [1, 5, 10, 20, 30, 40, 60, 80]);
  for (const low of [0, 1e-300, 1e-12, 0.155, 1000, -5]) {
    for (const span of [1e-9, 0.5, 1.3, 1.9, 3.4, 7.7, 3e9, 1e300]) {
      const heights = [low, ...levels(low, low + span), low + span];
      assert.equal(heights.length, 10, `${low} and ${span}`);
      assert.ok(heights.every((height, i) => i === 0 || height > heights[i - 1]));
    }
  }
  assert.deepEqual(levels(1, 1), []);
});

test("a label stands on its contour", () => {
  const land = terrain()(square, x, y, ...ends);
  const heights = levels(land.low, land.high);
  const places = labelPlaces(land, heights);
  assert.ok(places.length >= 3);
  for (const { column, row, height } of places) {
    const step = Math.abs(scoreAt(land, column + 0.2, row) - scoreAt(land, column - 0.2, row));
    const up = Math.abs(scoreAt(land, column, row + 0.2) - scoreAt(land, column, row - 0.2));
    assert.ok(Math.abs(scoreAt(land, column, row) - height) <= step + up);
  }
});

/** A landscape of this many nodes a side. @param {(column: number, row: number) => number} height */
function made(height, size = 36) {
  const scores = Float64Array.from({ length: size * size }, (_, k) => height(k % size, Math.floor(k / size)));
  return { size, scores, low: Math.min(...scores), high: Math.max(...scores) };
}

test("between the nodes, and at the very edge, the score is that of the nearest four", () => {
  const land = made((column, row) => 2 * column + 10 * row + column * row);
  for (const [column, row] of [
    [1.25, 3.5],
    [35, 35],
    [0, 34.5],
  ]) {
    assert.ok(Math.abs(scoreAt(land, column, row) - (2 * column + 10 * row + column * row)) < 1e-9);
  }
});

test("labels stand where most of them fit, then where they are furthest apart, and never at the edge", () => {
  const long = made((column, row) => ((column - 18) / 3) ** 2 + ((row - 18) / 2) ** 2);
  assert.deepEqual([...new Set(labelPlaces(long, [4, 16]).map(({ row }) => row))], [18]);
  const trough = made((column, row) => ((column - 18) / 40) ** 2 + ((row - 18) / 6) ** 2);
  assert.equal(labelPlaces(trough, [0.1, 1, 4]).length, 3);
  for (const [column, row] of [
    [32, 32],
    [2, 2],
    [2, 32],
    [32, 2],
  ]) {
    const corner = made((c, r) => (c - column) ** 2 + (r - row) ** 2);
    const places = labelPlaces(corner, [4, 100, 400]);
    assert.equal(places.length, 3, `bottom at ${column}, ${row}`);
    assert.ok(places.every(({ column: c, row: r }) => c >= 1 && c <= 33 && r >= 1.5 && r <= 33.5));
  }
  assert.deepEqual(
    labelPlaces(
      made((_, row) => row),
      [0.5],
    ).length,
    0,
  );
});
