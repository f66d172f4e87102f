import assert from "node:assert/strict";
import { test } from "node:test";
import { walker } from "../src/walk.js";

/** A bowl as wide as it is long. @type {import("../src/walk.js").Ground} */
const bowl = {
  valueAt: (x, y) => (x * x + y * y) / 2,
  slopeAt: (x, y) => [x, y],
  bounds: [
    [-4, 4],
    [-4, 4],
  ],
};
const plain = { optimiser: "gradient descent", rate: 0.5, momentum: 0.9, noise: 0 };

test("a walk tells place, loss and slope of its start and of each step", () => {
  const walk = walker(bowl, [3, 4], plain).to(2);
  assert.deepEqual(walk.places, [
    [3, 4],
    [1.5, 2],
    [0.75, 1],
  ]);
  assert.deepEqual(walk.losses, [12.5, 3.125, 0.78125]);
  assert.deepEqual(walk.slopes, [5, 2.5, 1.25]);
  assert.equal(walk.end, "");
});

test("a walk does not depend on how it was asked for", () => {
  for (const optimiser of ["gradient descent", "momentum", "rmsprop", "adam"]) {
    const settings = { ...plain, optimiser, rate: 0.1 };
    const steadily = walker(bowl, [3, 4], settings);
    for (let steps = 0; steps < 30; steps++) steadily.to(steps);
    assert.deepEqual(steadily.to(20), walker(bowl, [3, 4], settings).to(20), optimiser);
    assert.equal(steadily.to(20), steadily.to(20)); // the same object: what is drawn is not drawn again
  }
});

test("it rests where the next step would be none, and is over then", () => {
  const walk = walker(bowl, [3, 4], plain);
  const last = walk.over(1000);
  assert.ok(last > 20 && last < 40);
  assert.equal(walk.over(last - 1), Number.POSITIVE_INFINITY);
  assert.equal(walk.to(last - 1).end, "");
  assert.equal(walk.to(last).end, "rest");
  assert.deepEqual(walk.to(last), walk.to(1000));
  assert.deepEqual([walker(bowl, [0, 0], plain).to(0).end, walker(bowl, [0, 0], plain).over(0)], ["rest", 0]);
});

test("a ball that turns round on a slope is not at rest", () => {
  // The second gradient takes back just what momentum has kept of the first: the step is none.
  let asked = 0;
  const slopeAt = () => /** @type {[number, number]} */ ([asked++ === 0 ? 1 : -0.9, 0]);
  const heavy = { ...plain, optimiser: "momentum", rate: 1 };
  const { places, end } = walker({ ...bowl, slopeAt }, [3, 0], heavy).to(2);
  assert.deepEqual([places[1], places[2], end], [[2, 0], [2, 0], ""]);
});

test("it ends where it crosses the edge, with the step that leads there", () => {
  const walk = walker(bowl, [3, 1], { ...plain, rate: 2.5 });
  assert.equal(walk.to(0).end, "");
  const { places, end } = walk.to(5);
  assert.equal(end, "edge");
  assert.equal(places.length, 2);
  assert.equal(places[1][0], -4);
  assert.ok(Math.abs(places[1][1] - -4 / 3) < 1e-12);
  assert.equal(walk.over(5), 1);
});

test("numbers too large to compute with end it where they would begin", () => {
  const cliff = { ...bowl, valueAt: (/** @type {number} */ x) => (x < 2 ? NaN : x) };
  const walk = walker(cliff, [3, 0], plain).to(9);
  assert.deepEqual([walk.end, walk.places], ["diverged", [[3, 0]]]);
  assert.equal(walker(bowl, [3, 0], { ...plain, rate: 1e200 }).to(1).end, "diverged");
});

test("noise is added to each gradient but not to the slope that is told, and never lets it rest", () => {
  const shakes = Float64Array.of(1, -1, 0, 2, 0, 0);
  const walk = walker(bowl, [0, 0], { ...plain, noise: 0.5 }, shakes).to(2);
  assert.deepEqual(walk.places, [
    [0, 0],
    [-0.25, 0.25],
    [-0.125, -0.375],
  ]);
  assert.deepEqual([walk.slopes[0], walk.end], [0, ""]);
  assert.equal(walker(bowl, [0, 0], { ...plain, noise: 0.5 }, new Float64Array(4)).to(0).end, "");
});
