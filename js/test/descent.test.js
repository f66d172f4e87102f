import assert from "node:assert/strict";
import { test } from "node:test";
import { descend, plain } from "../src/descent.js";
import { due } from "../src/player.js";

/** The slope of x² + 3y². @param {number[] | Float64Array} at */
const bowl = ([x, y]) => [2 * x, 6 * y];

test("a step goes against the slope, in all parameters at once", () => {
  assert.deepEqual(plain(0.5)([1, 2], [4, -6]), [-1, 5]);
});

test("descent takes the steps it is asked for, and leaves its start alone", () => {
  const start = [1, 1];
  const { at, steps, end } = descend(start, bowl, plain(0.1), { most: 2 });
  assert.deepEqual([steps, end, start], [2, "", [1, 1]]);
  assert.ok(Math.abs(at[0] - 0.64) < 1e-15 && Math.abs(at[1] - 0.16) < 1e-15);
});

test("it stops where the steps have become too short to be any", () => {
  const { at, steps, end } = descend([1, 1], bowl, plain(0.1), { most: 1000, still: 1e-6 });
  assert.equal(end, "still");
  assert.ok(steps > 10 && steps < 1000 && Math.hypot(...at) < 1e-5);
  assert.deepEqual(descend([0, 0], bowl, plain(0.1), { most: 5 }), { at: [0, 0], steps: 0, end: "still" });
});

test("a rate that is too large leads out of bounds, and the last place inside is kept", () => {
  const inside = (/** @type {number[] | Float64Array} */ at) => Math.hypot(...at) < 100;
  const { at, end } = descend([1, 0], bowl, plain(2), { most: 1000, inside });
  assert.deepEqual([end, at[0]], ["outside", 81]);
  const unbounded = descend([1, 0], bowl, plain(2), { most: 10000 });
  assert.equal(unbounded.end, "outside");
  assert.ok(unbounded.at.every(Number.isFinite));
});

test("a rule may have a memory: momentum passes the same door", () => {
  const velocity = [0, 0];
  /** @type {import("../src/descent.js").Rule} */
  const heavy = (at, slope) =>
    Array.from(at, (x, i) => {
      velocity[i] = 0.9 * velocity[i] - 0.01 * slope[i];
      return x + velocity[i];
    });
  const { at } = descend([1, 1], bowl, heavy, { most: 500 });
  assert.ok(Math.hypot(...at) < 1e-6);
});

test("two hundred steps take four seconds, later ones a quarter of that, and a long pause is no debt", () => {
  let [taken, frames] = [0, 0];
  while (taken < 200) {
    taken += due(taken, 1000 / 60);
    frames++;
  }
  assert.ok(Math.abs(frames / 60 - 4) < 0.05);
  assert.equal(due(500, 10), 4 * due(0, 10));
  assert.equal(due(0, 60_000), due(0, 100));
});
