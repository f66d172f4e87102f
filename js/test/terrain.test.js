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
  const moved = y.slice();
  for (const height of [7, -4, 2.5]) {
    moved[2] = height;
    const after = update(square, x, moved, ...ends);
    const fresh = terrain()(square, x, moved, ...ends);
    after.scores.forEach((score, i) => {
      assert.ok(Math.abs(score - fresh.scores[i]) < 1e-10);
    });
  }
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
