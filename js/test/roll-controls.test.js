import assert from "node:assert/strict";
import { test } from "node:test";
import { keyed } from "../src/controls.js";
import { logarithmic } from "../src/roll-controls.js";

test("on a logarithmic slider each step is the same share, to two digits, and stays within the ends", () => {
  let rate = 0.1;
  const dial = logarithmic(
    [0.002, 1],
    () => rate,
    (to) => {
      rate = to;
    },
    (value) => `${value}`,
  );
  const press = (/** @type {string} */ key) => {
    dial.move(/** @type {number} */ (keyed(dial.scale(), dial.value(), key)));
    return rate;
  };
  const seen = [press("ArrowRight"), press("ArrowRight"), press("ArrowLeft"), press("ArrowLeft")];
  assert.deepEqual(seen, [0.11, 0.13, 0.11, 0.1]);
  assert.deepEqual([press("PageUp"), press("End"), press("ArrowRight"), press("Home")], [0.32, 1, 1, 0.002]);
  rate = 0.123; // from Python
  assert.equal(press("ArrowRight"), 0.14);
  assert.equal(dial.words?.(Math.log10(0.05)), "0.05");
});
