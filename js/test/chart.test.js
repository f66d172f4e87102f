import assert from "node:assert/strict";
import { test } from "node:test";
import { sameUnit } from "../src/chart.js";

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
