import assert from "node:assert/strict";
import { test } from "node:test";
import { heightAt, labelPlaces, levels } from "../src/contours.js";
import { reader } from "../src/curve.js";
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
  const land = scoreGrid()(square, x, y, ...ends);
  const heights = levels(land.low, land.high);
  const places = labelPlaces(land, heights);
  assert.ok(places.length >= 3);
  for (const { column, row, height } of places) {
    const step = Math.abs(heightAt(land, column + 0.2, row) - heightAt(land, column - 0.2, row));
    const up = Math.abs(heightAt(land, column, row + 0.2) - heightAt(land, column, row - 0.2));
    assert.ok(Math.abs(heightAt(land, column, row) - height) <= step + up);
  }
});

/** A landscape of this many nodes a side. @param {(column: number, row: number) => number} height */
function made(height, size = 36) {
  const z = Float64Array.from({ length: size * size }, (_, k) => height(k % size, Math.floor(k / size)));
  return { columns: size, rows: size, z, low: Math.min(...z), high: Math.max(...z) };
}

test("between the nodes, and at the very edge, the score is that of the nearest four", () => {
  const land = made((column, row) => 2 * column + 10 * row + column * row);
  for (const [column, row] of [
    [1.25, 3.5],
    [35, 35],
    [0, 34.5],
  ]) {
    assert.ok(Math.abs(heightAt(land, column, row) - (2 * column + 10 * row + column * row)) < 1e-9);
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
