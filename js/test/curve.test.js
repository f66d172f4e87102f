import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, interpolate, jumps, reader, runs } from "../src/curve.js";

/** @param {[number, number, number][]} rows */
function samples(rows) {
  const [u, value, slope] = [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]));
  return { u, value, slope };
}

const square = samples([
  [-3, 9, -6],
  [3, 9, 6],
]);
const step = samples([
  [-1, 1, 0],
  [0, 1, 0],
  [0, 0.5, 0],
  [0, 0, 0],
  [1, 0, 0],
]);
const wall = samples([
  [0, Infinity, -Infinity],
  [0.5, 2, -4],
  [1, 0, -4],
]);

test("between two nodes a parabola is exact, and so is its slope", () => {
  for (const u of [-2.9, -1, 0, 0.3, 2]) {
    const { value, slope } = interpolate(square, u);
    assert.ok(Math.abs(value - u * u) < 1e-14 && Math.abs(slope - 2 * u) < 1e-14);
  }
});

test("beyond the ends the curve goes on straight", () => {
  assert.deepEqual(interpolate(square, 5), { value: 21, slope: 6 });
  assert.deepEqual(interpolate(square, -5), { value: 21, slope: -6 });
});

test("at a jump the value is exact, and on either side it is the limit's", () => {
  assert.equal(interpolate(step, 0).value, 0.5);
  assert.equal(interpolate(step, -1e-9).value, 1);
  assert.equal(interpolate(step, 1e-9).value, 0);
});

test("an infinite end is infinite, and nothing beside it is NaN", () => {
  assert.equal(interpolate(wall, 0).value, Infinity);
  assert.deepEqual(interpolate(wall, 0.25), { value: 3, slope: -4 });
});

test("an infinite end may be the right one, and one that is stored three times is no corner", () => {
  const right = samples([
    [0, 0, 4],
    [0.5, 2, 4],
    [1, Infinity, Infinity],
    [1, Infinity, Infinity],
    [1, Infinity, Infinity],
  ]);
  assert.deepEqual(interpolate(right, 0.75), { value: 3, slope: 4 });
  assert.deepEqual(interpolate(right, 1), { value: Infinity, slope: Infinity });
});

test("a reader reads the same, and knows the lowest value and whether there is a corner at 0", () => {
  const corner = samples([
    [-2, 2, -1],
    [0, 0, -1],
    [0, 0, 0],
    [0, 0, 1],
    [2, 2, 1],
  ]);
  for (const curve of [square, step, wall, corner]) {
    const read = reader(curve);
    for (const u of [-5, -1, -0.3, 0, 0.25, 0.5, 1, 7]) {
      const { value, slope } = interpolate(curve, u);
      assert.ok(read.value(u) === value || Math.abs(read.value(u) - value) < 1e-12);
      assert.ok(read.slope(u) === slope || Math.abs(read.slope(u) - slope) < 1e-12);
    }
  }
  assert.deepEqual(
    [square, step, wall, corner].map((curve) => reader(curve).kink),
    [false, false, false, true],
  );
  assert.deepEqual([reader(square).least, reader(step).least], [9, 0]);
});

test("a curve is drawn in one run, but cut at a jump and left out where it is infinite", () => {
  assert.equal(runs(square, 0.1).length, 1);
  assert.ok(runs(square, 0.1)[0].length >= 60);
  assert.deepEqual(
    runs(step, 2).map((run) => [run[0], run[run.length - 1]]),
    [
      [
        [-1, 1],
        [0, 1],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ],
  );
  assert.deepEqual(runs(wall, 1), [
    [
      [0.5, 2],
      [1, 0],
    ],
  ]);
});

test("a slope is drawn like a value, and cut where it jumps", () => {
  const corner = samples([
    [-1, 1, -1],
    [0, 0, -1],
    [0, 0, 0],
    [0, 0, 1],
    [1, 1, 1],
  ]);
  assert.deepEqual(runs(corner, 2, "slope"), [
    [
      [-1, -1],
      [0, -1],
    ],
    [
      [0, 1],
      [1, 1],
    ],
  ]);
  for (const [u, slope] of runs(square, 0.1, "slope")[0]) assert.ok(Math.abs(slope - 2 * u) < 1e-14);
});

test("a jump has an end that the curve takes and others that it does not; a kink has none", () => {
  assert.deepEqual(jumps(step), [
    { u: 0, value: 1, taken: false },
    { u: 0, value: 0.5, taken: true },
    { u: 0, value: 0, taken: false },
  ]);
  assert.deepEqual(jumps(square), []);
  assert.deepEqual(jumps(samples([1, 1 + 1e-15, 1].map((value) => [0, value, 0]))), []);
});

test("binary arrays are read wherever they lie in their buffer", () => {
  const bytes = new Uint8Array(3 + 16);
  new DataView(bytes.buffer, 3).setFloat64(0, 1.5, true);
  new DataView(bytes.buffer, 3).setFloat64(8, -Infinity, true);
  const view = new DataView(bytes.buffer, 3);
  assert.deepEqual([...decode({ u: view, value: view, slope: view }).value], [1.5, -Infinity]);
});
