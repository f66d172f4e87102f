import assert from "node:assert/strict";
import { test } from "node:test";
import { reader } from "../src/curve.js";
import { edited, silentAt, slopeOf, tally } from "../src/separating.js";

const hinge = reader({
  u: Float64Array.of(-9, 0, 1, 1, 1, 9),
  value: Float64Array.of(10, 1, 0, 0, 0, 0),
  slope: Float64Array.of(-1, -1, -1, 0, 0, 0),
});
const points = {
  x1: Float64Array.of(-2, -0.5, 0.5, -1),
  x2: Float64Array.of(0, 1, -1, 0),
  actual: Float64Array.of(-1, -1, 1, 1),
};

test("score, objective, who matters and who is wrong", () => {
  const { score, objective, matter, wrong, margins, matters } = tally(hinge, points, [1, 0, 0], 2);
  assert.deepEqual([...margins], [2, 0.5, 0.5, -1]);
  assert.deepEqual([score, objective, matter, wrong], [0.75, 4, 3, 1]);
  assert.deepEqual(matters, [false, true, true, true]);
});

test("a margin of exactly 1 is silent, one of exactly 0 is wrong", () => {
  const two = { x1: Float64Array.of(1, 0), x2: Float64Array.of(0, 0), actual: Float64Array.of(1, 1) };
  const { matters, wrong } = tally(hinge, two, [1, 0, 0], 0);
  assert.deepEqual([matters, wrong], [[false, true], 1]);
});

test("the slope is that of the objective", () => {
  const line = [0.7, -0.2, 0.1];
  const slope = slopeOf(hinge, points, 2)(line);
  for (const k of [0, 1, 2]) {
    const [up, down] = [1e-6, -1e-6].map((by) => {
      const near = line.map((number, i) => (i === k ? number + by : number));
      return tally(hinge, points, near, 2).objective;
    });
    assert.ok(Math.abs((up - down) / 2e-6 - slope[k]) < 1e-6);
  }
});

test("changes: an index counts the given points, then the added ones", () => {
  const { x1, x2, actual, index } = edited(
    points,
    [
      [4, 7, 8],
      [1, 5, 6],
    ],
    [[0, 0, 1]],
    [0, 3],
  );
  assert.deepEqual(
    [[...x1], [...x2], [...actual], index],
    [
      [5, 0.5, 7],
      [6, -1, 8],
      [-1, 1, 1],
      [1, 2, 4],
    ],
  );
  assert.equal(points.x1[1], -0.5);
});

test("silent is who has no slope at any line of a walk", () => {
  assert.deepEqual(silentAt(hinge, points, [[1, 0, 0]]), [0]);
  assert.deepEqual(
    silentAt(hinge, points, [
      [1, 0, 0],
      [0.4, 0, 0],
    ]),
    [],
  );
});
