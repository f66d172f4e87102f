import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf, stepWithin } from "../src/optimisers.js";

const near = (/** @type {ArrayLike<number>} */ got, /** @type {number[]} */ wanted) =>
  wanted.forEach((number, i) => {
    assert.ok(Math.abs(got[i] - number) < 1e-6, `${got[i]} is not ${number}`);
  });
/** @type {[number, number][]} */
const box = [
  [-1, 1],
  [0, 2],
];
const plain = () => directionOf("gradient descent", 0);

test("gradient descent goes against the gradient, in numbers of its own", () => {
  const gradient = [3, -4];
  const direction = plain()(gradient);
  assert.deepEqual(direction, [3, -4]);
  assert.notEqual(direction, gradient);
});

test("momentum adds what is left of the steps before", () => {
  const direction = directionOf("momentum", 0.5);
  assert.deepEqual(direction([4, 0]), [4, 0]);
  assert.deepEqual(direction([0, 2]), [2, 2]);
  assert.deepEqual(direction([0, 0]), [1, 1]);
  assert.deepEqual(directionOf("momentum", 0.5)([0, 0]), [0, 0]); // a new walk knows nothing of that
});

test("RMSprop divides by the root of the mean square, which begins at 0", () => {
  const direction = directionOf("rmsprop", 0);
  near(direction([5, -0.001]), [10, -10 / (1 + 1e-4)]); // 1 / sqrt(0.01); eps counts where slopes are small
  near(direction([5, 0]), [1 / Math.sqrt(0.0199), 0]);
});

test("Adam's first steps are as long as the rate, however steep it is", () => {
  const direction = directionOf("adam", 0);
  near(direction([700, -0.3]), [1, -1]);
  near(direction([700, -0.3]), [1, -1]);
  // then the mean counts: (0.19 · 700 · 0.9) / 0.271, against the root of (0.001999 · 0.999 · 700²) / 0.002997001
  const mean = (0.19 * 0.9 * 700) / 0.271;
  const square = (0.001999 * 0.999 * 700 ** 2) / 0.002997001;
  near(direction([0, -0.3]), [mean / Math.sqrt(square), -1]);
});

test("a step within the bounds is taken whole, to the edge too", () => {
  assert.deepEqual(stepWithin([0, 1], [1, -1], plain(), 0.5, box), { at: [-0.5, 1.5], end: "" });
  assert.deepEqual(stepWithin([0, 1], [1, 0], plain(), 1, box), { at: [-1, 1], end: "" });
});

test("a step out of the bounds ends where it crosses them first", () => {
  assert.deepEqual(stepWithin([0, 1], [-4, -2], plain(), 1, box), { at: [1, 1.5], end: "edge" });
  assert.deepEqual(stepWithin([0, 1], [1, 4], plain(), 1, box), { at: [-0.25, 0], end: "edge" });
  assert.deepEqual(stepWithin([1, 1], [-1, 0], plain(), 1, box), { at: [1, 1], end: "edge" }); // stood on it
  assert.deepEqual(stepWithin([0, 2], [-8, 0], plain(), 1, box), { at: [1, 2], end: "edge" }); // along it
});

test("the end is on the edge to the last bit", () => {
  for (let k = 1; k < 500; k++) {
    const { at, end } = stepWithin([0.1, 0.3], [-Math.sin(k), -Math.cos(k)], plain(), 7, box);
    assert.equal(end, "edge");
    assert.ok(Math.abs(at[0]) === 1 || at[1] === 0 || at[1] === 2, `${at}`);
    assert.ok(Math.abs(at[0]) <= 1 && at[1] >= 0 && at[1] <= 2, `${at}`);
  }
});

test("numbers too large to compute with lead nowhere", () => {
  for (const slope of [1e200, -1e200, Infinity, NaN])
    assert.deepEqual(stepWithin([0, 1], [slope, 0], plain(), 1, box), { at: [0, 1], end: "diverged" });
});
