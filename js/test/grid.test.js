import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeGrid, holds, slopeAt, valueAt } from "../src/grid.js";

/**
 * A grid of a function and its slopes, 4 columns from −1 to 2 and 3 rows from 0 to 4.
 * @param {(x: number, y: number) => [number, number, number]} of
 * @returns {import("../src/grid.js").Grid}
 */
function grid(of) {
  const nodes = [0, 2, 4].flatMap((y) => [-1, 0, 1, 2].map((x) => of(x, y)));
  const [z, dx, dy] = [0, 1, 2].map((k) => Float64Array.from(nodes, (node) => node[k]));
  return { x: [-1, 2], y: [0, 4], columns: 4, rows: 3, z, dx, dy };
}
const near = (/** @type {number} */ got, /** @type {number} */ wanted) =>
  assert.ok(Math.abs(got - wanted) < 1e-12, `${got} is not ${wanted}`);

const quadratic = grid((x, y) => [x * x - 2 * x * y + 3 * y * y + 5, 2 * x - 2 * y, 6 * y - 2 * x]);
const bytes = (/** @type {number[]} */ ...numbers) => new DataView(Float64Array.from(numbers).buffer);

test("a quadratic is read exactly, its slopes too", () => {
  for (const [x, y] of [
    [0.3, 0.7],
    [-1, 0],
    [2, 4],
    [1, 2],
    [-0.2, 3.99],
    [1.999, 0.01],
  ]) {
    near(valueAt(quadratic, x, y), x * x - 2 * x * y + 3 * y * y + 5);
    const [dx, dy] = slopeAt(quadratic, x, y);
    near(dx, 2 * x - 2 * y);
    near(dy, 6 * y - 2 * x);
  }
});

test("between two nodes the height is a cubic with their slopes, and the slope is straight", () => {
  const bump = grid((x) => [x === 0 ? 1 : 0, x === 1 ? 8 : 0, 0]);
  near(valueAt(bump, -0.5, 1), 0.5); // flat at both ends
  near(valueAt(bump, 0.5, 1), 0.5 - 8 / 8); // the slope at the end takes an eighth of itself
  assert.deepEqual(slopeAt(bump, 0.25, 1), [2, 0]);
});

test("beyond the edge it is the edge", () => {
  assert.equal(valueAt(quadratic, -9, 3), valueAt(quadratic, -1, 3));
  assert.equal(valueAt(quadratic, 0.5, 99), valueAt(quadratic, 0.5, 4));
  assert.deepEqual(slopeAt(quadratic, 9, -9), slopeAt(quadratic, 2, 0));
});

test("the edge is on the map", () => {
  for (const [x, y] of [
    [-1, 0],
    [2, 4],
    [0, 0],
  ])
    assert.ok(holds(quadratic, x, y));
  for (const [x, y] of [
    [-1.01, 0],
    [2.01, 1],
    [0, -0.01],
    [0, 4.01],
  ])
    assert.ok(!holds(quadratic, x, y));
});

test("bytes become numbers, wherever they begin", () => {
  const whole = new Uint8Array(4 + 9 * 8); // float64 cannot begin at 4
  whole.set(new Uint8Array(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9).buffer), 4);
  const z = new DataView(whole.buffer, 4);
  const shape = /** @type {const} */ ({ columns: 3, rows: 3 });
  const decoded = decodeGrid({ x: [0, 1], y: [0, 1], ...shape, z, dx: bytes(0, 1), dy: bytes(2) });
  assert.deepEqual([...decoded.z], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual([[...decoded.dx], [...decoded.dy], decoded.columns], [[0, 1], [2], 3]);
});
