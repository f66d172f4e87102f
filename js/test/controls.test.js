import assert from "node:assert/strict";
import { test } from "node:test";
import { keyed, longest, snap } from "../src/controls.js";

const scale = { low: -3, high: 3, step: 0.05 };

test("a value snaps to the step without rounding dust, and stays within the ends", () => {
  assert.equal(snap(scale, 0.31), 0.3);
  assert.equal(snap(scale, 0.1 + 0.2), 0.3);
  assert.equal(snap(scale, 9), 3);
  assert.equal(snap(scale, -9), -3);
});

test("the keys of a slider", () => {
  assert.equal(keyed(scale, 0.3, "ArrowRight"), 0.35);
  assert.equal(keyed(scale, 0.3, "ArrowDown"), 0.25);
  assert.equal(keyed(scale, 0.3, "PageUp"), 0.8);
  assert.equal(keyed(scale, 0.3, "Home"), -3);
  assert.equal(keyed(scale, 0.3, "End"), 3);
  assert.equal(keyed(scale, 3, "ArrowUp"), 3);
  assert.equal(keyed(scale, 0.3, "Tab"), undefined);
});

test("a value's room holds every number of its scale", () => {
  assert.equal(longest(scale), "−2.95".length);
  assert.equal(longest({ low: 0, high: 100, step: 1 }), "100".length);
  assert.equal(longest({ low: -0.4, high: 1, step: 0.01 }), "−0.39".length);
  assert.equal(longest({ low: -0.4, high: 1, step: 0.01 }, true), "−0.00889".length);
});
