import assert from "node:assert/strict";
import { test } from "node:test";
import { heightOn, polyline, sameUnit, wholes } from "../src/chart.js";
import { linear } from "../src/scale.js";
import { dot } from "../src/slope-panel.js";

test("both axes get the same unit by widening one of them about its middle", () => {
  assert.deepEqual(sameUnit([0, 4], [0, 2], 400, 400), [
    [0, 4],
    [-1, 3],
  ]);
  assert.deepEqual(sameUnit([0, 2], [0, 4], 800, 400), [
    [-3, 5],
    [0, 4],
  ]);
});

test("an infinite value lies beyond the edge of the picture, and its dot is an arrow there", () => {
  const y = linear().domain([0, 5]).range([300, 30]); // its own answer to infinity is NaN
  assert.equal(heightOn(y, 2.5), 165);
  assert.equal(heightOn(y, Infinity), -Infinity);
  assert.equal(heightOn(y, -Infinity), Infinity);
  assert.equal(dot(heightOn(y, Infinity), 30, 300), dot(0, 30, 300));
  assert.notEqual(dot(heightOn(y, Infinity), 30, 300), dot(100, 30, 300));
});

test("an axis in powers of ten has about five whole ones", () => {
  assert.deepEqual(wholes([-2, 1]), [-2, -1, 0, 1]);
  assert.deepEqual(wholes([-9, 1]), [-8, -6, -4, -2, 0]);
  assert.deepEqual(wholes([-1, 0]), [-1, 0]);
});

test("a walk at rest is drawn once, and what one comes back to twice", () => {
  const walk = /** @type {[number, number][]} */ ([
    [0, 1.23456],
    [2, 3],
    [2.001, 3],
    [2, 3],
    [0, 1.23456],
  ]);
  assert.equal(polyline(walk), "M0,1.23L2,3L0,1.23");
  assert.equal(polyline([]), "");
});
