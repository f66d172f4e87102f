import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, probability, short, threeDigits } from "../src/format.js";

test("three significant digits, with the signs a book uses", () => {
  assert.equal(threeDigits(25), "25.0");
  assert.equal(threeDigits(-Math.LN2), "−0.693");
  assert.equal(threeDigits(0), "0");
  assert.equal(threeDigits(9.08e-5), "9.08 × 10⁻⁵");
  assert.equal(threeDigits(1.5e12), "1.50 × 10¹²");
  assert.equal(threeDigits(1e6), "1.00 × 10⁶");
  assert.equal(threeDigits(1e-3), "0.00100");
  assert.equal(threeDigits(Infinity), "∞");
  assert.equal(threeDigits(-Infinity), "−∞");
});

test("whole digits are never rounded away", () => {
  assert.equal(threeDigits(2501), "2,501");
  assert.equal(threeDigits(999999), "999,999");
  assert.equal(threeDigits(99.96), "100");
});

test("a sentence has no idle zeros", () => {
  assert.equal(short(25), "25");
  assert.equal(short(0.5), "0.5");
  assert.equal(short(100), "100");
  assert.equal(short(-1e-5), "−1 × 10⁻⁵");
});

test("values are put into a template as they are", () => {
  assert.equal(fill("{a} and {b}", { a: "{b}", b: "<i>" }), "{b} and <i>");
});

test("decimals that tell one stop of a slider from the next are never rounded away", () => {
  assert.equal(short(20.04, 2), "20.04");
  assert.equal(short(20, 2), "20");
  assert.equal(threeDigits(-1234.5, 1), "−1,234.5");
  assert.equal(threeDigits(0.125, 1), "0.125");
});

test("probabilities in a column have three decimals", () => {
  assert.deepEqual([0.665, 0.09, 1, -0.91, 0, 9.08e-5].map(probability), [
    "0.665",
    "0.090",
    "1.000",
    "−0.910",
    "0",
    "9.08 × 10⁻⁵",
  ]);
});
