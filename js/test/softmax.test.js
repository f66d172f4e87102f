import assert from "node:assert/strict";
import { test } from "node:test";
import { allAhead, gaps, logSumExp, softmax, together } from "../src/softmax.js";

const near = (/** @type {number} */ got, /** @type {number} */ wanted) =>
  assert.ok(Math.abs(got - wanted) <= 1e-12 * Math.abs(wanted), `${got} is not ${wanted}`);

test("equal logits are equally probable", () => {
  assert.deepEqual(softmax([7, 7, 7, 7]), [0.25, 0.25, 0.25, 0.25]);
});

test("adding the same number to all changes nothing", () => {
  assert.deepEqual(softmax([3, 2, 1]), softmax([2, 1, 0]));
  near(allAhead([3, 2, 1], 0), allAhead([2, 1, 0], 0));
});

test("two classes are a sigmoid", () => {
  near(softmax([0, Math.log(3)])[1], 0.75);
  near(allAhead([0, Math.log(3)], 0), Math.log(4));
});

test("log-sum-exp of the logarithms of 1, 2 and 3 is the logarithm of 6", () => {
  near(logSumExp([Math.log(1), Math.log(2), Math.log(3)]), Math.log(6));
  near(logSumExp([5, 5]), 5 + Math.LN2); // the largest is taken out once, though it stands there twice
});

test("nothing overflows: a probability may be 0 while the loss is still a number", () => {
  assert.deepEqual(softmax([-1000, 1000]), [0, 1]);
  assert.equal(allAhead([-1000, 1000], 0), 2000);
  assert.equal(allAhead([-1000, 1000], 1), 0);
});

test("a tiny loss keeps its digits, and so does the gap of the correct class", () => {
  near(allAhead([40, 0, 0], 0), 2 * Math.exp(-40));
  near(gaps(softmax([40, 0, 0]), 0)[0], -2 * Math.exp(-40));
});

test("the gaps are the probabilities minus the truth, and add up to nothing", () => {
  const p = softmax([2, 1, 0]);
  const told = gaps(p, 1);
  assert.equal(told[0], p[0]);
  near(told[1], p[1] - 1);
  assert.ok(Math.abs(told.reduce((a, b) => a + b)) < 1e-15);
});

test("all logits move together, or none does", () => {
  assert.deepEqual(
    together([1, 5], (z) => z + 1, [-6, 6]),
    [2, 6],
  );
  assert.equal(
    together([1, 5.5], (z) => z + 1, [-6, 6]),
    undefined,
  );
  assert.equal(
    together([-4, 0], (z) => z * 2, [-6, 6]),
    undefined,
  );
});
