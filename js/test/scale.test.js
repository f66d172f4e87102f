import assert from "node:assert/strict";
import { test } from "node:test";
import { linear } from "../src/scale.js";

test("a scale leads from numbers to pixels and back", () => {
  const scale = linear().domain([-1, 3]).range([300, 100]);
  assert.deepEqual([-1, 0, 3, 5].map(scale), [300, 250, 100, 0]);
  for (const value of [-1, 0.3, 3, 7]) assert.ok(Math.abs(scale.invert(scale(value)) - value) < 1e-12);
  assert.deepEqual(scale.domain(), [-1, 3]);
  assert.deepEqual(scale.range(), [300, 100]);
});

test("the ends are exact, however they are written", () => {
  const scale = linear()
    .domain([0.1, 0.7])
    .range([1 / 3, 640.1]);
  assert.equal(scale(0.1), 1 / 3);
  assert.equal(scale(0.7), 640.1);
});

test("ticks are round, and a copy goes its own way", () => {
  const scale = linear().domain([0, 10]);
  assert.deepEqual(scale.ticks(5), [0, 2, 4, 6, 8, 10]);
  const copy = scale.copy().domain([0, 1]);
  assert.deepEqual(scale.domain(), [0, 10]);
  assert.deepEqual(copy.domain(), [0, 1]);
  scale.domain().push(3); // who changes what they were told changes nothing
  assert.deepEqual(scale.domain(), [0, 10]);
});
