/**
 * What tests/parity asks the page's code: curves at points, numbers as text, best lines, softmax, descents, maps. JSON
 * in, JSON out; arrays travel as base64 of float64, because JSON has no infinity.
 */
import { text } from "node:stream/consumers";
import { basins } from "./src/basins.js";
import { levels } from "./src/contours.js";
import { decode, interpolate, reader } from "./src/curve.js";
import { descend, plain } from "./src/descent.js";
import { probability, short, threeDigits } from "./src/format.js";
import { decodeGrid, slopeAt, valueAt } from "./src/grid.js";
import { directionOf, stepWithin } from "./src/optimisers.js";
import { refit } from "./src/refit.js";
import { slopeOf, tally } from "./src/separating.js";
import { allAhead, gaps, softmax } from "./src/softmax.js";
import { groundOf, walker } from "./src/walk.js";

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
  walks: [],
  maps: [],
  terrains: [],
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
/**
 * Walk on a map, and tell every place.
 * @param {import("./src/grid.js").Grid} grid
 * @param {{ start: [number, number], optimiser: string, momentum: number, rate: number, steps: number }} asked
 */
function roll(grid, { start, optimiser, momentum, rate, steps }) {
  const direction = directionOf(optimiser, momentum);
  const places = [start];
  let end = "";
  while (places.length <= steps && end === "") {
    const [x, y] = places[places.length - 1];
    const next = stepWithin([x, y], slopeAt(grid, x, y), direction, rate, [grid.x, grid.y]);
    end = next.end;
    places.push(/** @type {[number, number]} */ (next.at));
  }
  return { places: base64(places.flat()), end };
}
const maps = asked.maps.map((/** @type {any} */ { grid: sent, at, rolls, starts }) => {
  const grid = decodeGrid({ ...sent, z: view(sent.z), dx: view(sent.dx), dy: view(sent.dy) });
  const flat = numbers(view(at));
  const places = Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]);
  return {
    values: base64(places.map(([x, y]) => valueAt(grid, x, y))),
    slopes: base64(places.flatMap(([x, y]) => slopeAt(grid, x, y))),
    rolls: rolls.map((/** @type {any} */ asked) => roll(grid, asked)),
    reached: starts.map((/** @type {any} */ { settings, minima, most, size }) => {
      const found = basins(grid, settings, minima, most, size);
      while (!found.done) found.advance(() => false);
      return Array.from(found.codes);
    }),
  };
});
const terrains = asked.terrains.map((/** @type {any} */ { grid: sent, still, starts, ...asked }) => {
  const { settings, shakes, steps } = asked;
  const grid = decodeGrid({ ...sent, z: view(sent.z), dx: view(sent.dx), dy: view(sent.dy) });
  return starts.map((/** @type {[number, number]} */ start, /** @type {number} */ ball) => {
    const noise = shakes[ball] && numbers(view(shakes[ball]));
    const { places, losses, slopes, end } = walker(groundOf(grid), start, settings, noise, still).to(steps);
    return { places: base64(places.flat()), losses: base64(losses), slopes: base64(slopes), end };
  });
});
const answers = { curves, texts, fits, levels: heights, pictures, walks, maps, terrains };
process.stdout.write(JSON.stringify(answers));
