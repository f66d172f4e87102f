/**
 * What tests/parity asks the page's code: curves at points, numbers as text. JSON in, JSON out;
 * arrays travel as base64 of float64, because JSON has no infinity.
 */
import { text } from "node:stream/consumers";
import { decode, interpolate } from "./src/curve.js";
import { short, threeDigits } from "./src/format.js";

/** @param {string} base64 */
const view = (base64) => {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, "base64");
  return new DataView(buffer, byteOffset, byteLength);
};
/** @param {DataView} bytes */
const numbers = (bytes) => decode({ u: bytes, value: bytes, slope: bytes }).u;
/** @param {number[]} array */
const base64 = (array) => Buffer.from(Float64Array.from(array).buffer).toString("base64");

const asked = JSON.parse(await text(process.stdin));
const curves = asked.curves.map((/** @type {Record<string, string>} */ curve) => {
  const samples = decode({ u: view(curve.u), value: view(curve.value), slope: view(curve.slope) });
  const read = [...numbers(view(curve.at))].map((u) => interpolate(samples, u));
  return { value: base64(read.map(({ value }) => value)), slope: base64(read.map(({ slope }) => slope)) };
});
const texts = [...numbers(view(asked.numbers))].map((x) => [threeDigits(x), short(x)]);
process.stdout.write(JSON.stringify({ curves, texts }));
