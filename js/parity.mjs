/**
 * What tests/parity asks the page's code: curves at points, numbers as text, best lines, softmax, descents. JSON in,
 * JSON out; arrays travel as base64 of float64, because JSON has no infinity.
 */
import { text } from "node:stream/consumers";
import { levels } from "./src/contours.js";
import { decode, interpolate, reader } from "./src/curve.js";
import { descend, plain } from "./src/descent.js";
import { probability, short, threeDigits } from "./src/format.js";
import { unpack } from "./src/race-ground.js";
import { sentence } from "./src/race-words.js";
import { refit } from "./src/refit.js";
import { slopeOf, tally } from "./src/separating.js";
import { allAhead, gaps, softmax } from "./src/softmax.js";
import { walker } from "./src/walk.js";

/** @param {string} base64 */
const view = (base64) => {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, "base64");
  return new DataView(buffer, byteOffset, byteLength);
};
/** @param {DataView} bytes */
const numbers = (bytes) => decode({ u: bytes, value: bytes, slope: bytes }).u;
/** @param {number[]} array */
const base64 = (array) => Buffer.from(Float64Array.from(array).buffer).toString("base64");

const asked = {
  curves: [],
  numbers: "",
  fits: [],
  levels: [],
  pictures: [],
  races: [],
  walks: [],
  ...JSON.parse(await text(process.stdin)),
};
const curves = asked.curves.map((/** @type {Record<string, string>} */ curve) => {
  const samples = decode({ u: view(curve.u), value: view(curve.value), slope: view(curve.slope) });
  const read = [...numbers(view(curve.at))].map((u) => interpolate(samples, u));
  const fast = reader(samples);
  const again = [...numbers(view(curve.at))].map((u) => ({ value: fast.value(u), slope: fast.slope(u) }));
  return {
    value: base64(read.map(({ value }) => value)),
    slope: base64(read.map(({ slope }) => slope)),
    texts: read.map(({ value, slope }) => [value, slope].map((x) => threeDigits(x))),
    fastValue: base64(again.map(({ value }) => value)),
    fastSlope: base64(again.map(({ slope }) => slope)),
  };
});
const texts = [...numbers(view(asked.numbers))].map((x) => [
  threeDigits(x),
  short(x),
  threeDigits(x, 2),
  short(x, 3),
  probability(Math.max(-1, Math.min(1, x))),
]);
const fits = asked.fits.map((/** @type {any} */ { x, y, curve }) => {
  const loss = reader(decode({ u: view(curve.u), value: view(curve.value), slope: view(curve.slope) }));
  const { weight, bias, score } = refit(loss, numbers(view(x)), numbers(view(y)));
  return [weight, bias, score];
});
const heights = asked.levels.map((/** @type {[number, number]} */ [low, high]) => levels(low, high));
const pictures = asked.pictures.map(
  (/** @type {{ logits: string, correct: number }} */ { logits, correct }) => {
    const z = [...numbers(view(logits))];
    const [p, loss] = [softmax(z), allAhead(z, correct)];
    const told = [...p, loss, loss / Math.LN2].map((x) => short(x));
    return { p: base64(p), loss: base64([loss]), pulls: base64(gaps(p, correct)), told };
  },
);
const walks = asked.walks.map((/** @type {any} */ { curve, x1, x2, actual, start, penalty, rate, steps }) => {
  const loss = reader(decode({ u: view(curve.u), value: view(curve.value), slope: view(curve.slope) }));
  const points = { x1: numbers(view(x1)), x2: numbers(view(x2)), actual: numbers(view(actual)) };
  const { at, steps: taken } = descend(start, slopeOf(loss, points, penalty), plain(rate), { most: steps });
  const { score, objective, matter, wrong } = tally(loss, points, at, penalty);
  return { line: at, taken, score, objective, matter, wrong };
});
const bytes = (/** @type {string} */ _, /** @type {any} */ value) =>
  value?.bytes ? view(value.bytes) : value;
const races = asked.races.map((/** @type {any} */ sent) => {
  const { lands, lanes, texts, state, settings } = JSON.parse(JSON.stringify(sent), bytes);
  const grounds = lands.map(unpack);
  const told = lanes.map((/** @type {any} */ { title, land, optimiser }) => {
    const { ground, map, pulls } = grounds[land];
    const walk = walker(ground, state.start, { ...settings, optimiser }).to(state.steps);
    const now = walk.places[walk.places.length - 1];
    const { places, losses, slopes, end } = walk;
    const grid = pulls ? [map.z, map.dx, map.dy].map((row) => base64([...row])) : [];
    return { title, walk, pulls: pulls?.(...now), places: base64(places.flat()), losses, slopes, end, grid };
  });
  return { said: sentence(texts, state, told), lanes: told };
});
process.stdout.write(JSON.stringify({ curves, texts, fits, levels: heights, pictures, races, walks }));
