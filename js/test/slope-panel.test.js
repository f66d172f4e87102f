import assert from "node:assert/strict";
import { test } from "node:test";
import { dot } from "../src/slope-panel.js";

test("what lies outside the picture waits at its edge as an arrow that points to it", () => {
  const [round, up, down] = [dot(50, 10, 90), dot(5, 10, 90), dot(Infinity, 10, 90)];
  assert.equal(new Set([round, up, down]).size, 3);
  assert.equal(dot(-Infinity, 10, 90), up);
  assert.equal(dot(95, 10, 90), down);
  assert.match(up, /L0,-2/); // its tip is above its base, at 9
  assert.match(down, /L0,2/);
});

test("on the edge, give or take rounding, it is a dot", () => {
  for (const height of [10, 90, 10 - 1e-9, 90 + 1e-9]) assert.equal(dot(height, 10, 90), dot(50, 10, 90));
});
