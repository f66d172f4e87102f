import assert from "node:assert/strict";
import { test } from "node:test";
import { reader } from "../src/curve.js";
import { refit, scoreOf } from "../src/refit.js";

/** @param {[number, number, number][]} rows */
function loss(rows) {
  const [u, value, slope] = [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]));
  return reader({ u, value, slope });
}

const square = loss([
  [-50, 2500, -100],
  [50, 2500, 100],
]);
const absolute = loss([
  [-50, 50, -1],
  [0, 0, -1],
  [0, 0, 0],
  [0, 0, 1],
  [50, 50, 1],
]);
const x = Float64Array.of(0, 1, 2, 3, 4);
const y = Float64Array.of(0, 1, 2, 3, 30);

/** @param {number} a @param {number} b */
const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("the squared error's best line is that of least squares, drawn to the outlier", () => {
  const { weight, bias } = refit(square, x, y);
  close(weight, 6.2);
  close(bias, -5.2);
});

test("the absolute error's best line goes through the points that agree", () => {
  const { weight, bias, score } = refit(absolute, x, y);
  close(weight, 1);
  close(bias, 0);
  close(score, 26 / 5);
});

const lopsided = loss([
  [-50, 450, -9],
  [0, 0, -9],
  [0, 0, 0],
  [0, 0, 1],
  [50, 50, 1],
]);
const huber = loss([
  [-50, 49.5, -1],
  [-1, 0.5, -1],
  [1, 0.5, 1],
  [50, 49.5, 1],
]);

test("where weighing is stuck, a line through two near points is better", () => {
  const four = refit(lopsided, Float64Array.of(8, 19, 14, 16), Float64Array.of(5, 7, 8, 0));
  close(four.score, 2.95);
  const seven = refit(lopsided, Float64Array.of(3, 0, 0, 3, 3, 0, 0), Float64Array.of(3, 4, 0, 4, 4, 2, 2));
  close(seven.score, 9 / 7);
});

test("steps are made longer where the loss bends too little", () => {
  const { score } = refit(huber, Float64Array.of(13, 10, 18, 4, 6), Float64Array.of(9, -12, 19, 4, 6));
  close(score, 5.05);
});

test("many points at one place are one of those that are near", () => {
  const five = (/** @type {number[]} */ numbers) =>
    Float64Array.from(numbers.flatMap((n) => Array(5).fill(n)));
  const { score } = refit(lopsided, five([3, 0, 0, 3, 3, 0, 0]), five([3, 4, 0, 4, 4, 2, 2]));
  close(score, 9 / 7);
});

test("a loss that falls away from 0 leaves a line to be found", () => {
  const hill = loss([
    [-50, -50, 1],
    [0, 0, 1],
    [0, 0, 0],
    [0, 0, -1],
    [50, -50, -1],
  ]);
  const found = refit(hill, x, y);
  assert.ok([found.weight, found.bias, found.score].every(Number.isFinite));
});

test("points on a line have that line, with score 0", () => {
  const exact = Float64Array.from(x, (at) => 2 * at - 1);
  for (const each of [square, absolute]) {
    const { weight, bias, score } = refit(each, x, exact);
    close(weight, 2);
    close(bias, -1);
    close(score, 0);
  }
});

test("points at one x give a flat line and nothing that is not a number", () => {
  const { weight, bias } = refit(square, Float64Array.of(1, 1), Float64Array.of(2, 4));
  close(weight, 0);
  close(bias, 3);
});

test("a score is the mean, and is given up early only where it cannot get lower", () => {
  close(scoreOf(square, x, y, 1, 0), 26 ** 2 / 5);
  assert.equal(scoreOf(square, x, y, 1, 0, 100), Infinity);
  const negative = loss([
    [-1, -1, 0],
    [1, -1, 0],
  ]);
  close(scoreOf(negative, x, y, 0, 0, -2), -1);
});
