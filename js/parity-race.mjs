/**
 * What tests/parity asks the page's code of races: their paths, who pulls, the maps it makes, and the sentence. JSON in,
 * JSON out; bytes travel as `{ bytes: base64 }`.
 */
import { text } from "node:stream/consumers";
import { unpack } from "./src/race-ground.js";
import { sentence } from "./src/race-words.js";
import { walker } from "./src/walk.js";

/** @param {string} _ @param {any} value */
function views(_, value) {
  if (!value?.bytes) return value;
  const { buffer, byteOffset, byteLength } = Buffer.from(value.bytes, "base64");
  return new DataView(buffer, byteOffset, byteLength);
}
/** @param {ArrayLike<number>} row */
const base64 = (row) => Buffer.from(Float64Array.from(row).buffer).toString("base64");

const races = JSON.parse(await text(process.stdin), views);
const answers = races.map((/** @type {any} */ { lands, lanes, texts, state, settings }) => {
  const grounds = lands.map(unpack);
  const told = lanes.map((/** @type {any} */ { title, land, optimiser }) => {
    const { ground, map, pulls } = grounds[land];
    const walk = walker(ground, state.start, { ...settings, optimiser }).to(state.steps);
    const { places, losses, slopes, end } = walk;
    const grid = pulls ? [map.z, map.dx, map.dy].map(base64) : [];
    const now = pulls?.(...places[places.length - 1]);
    return { title, walk, pulls: now, places: base64(places.flat()), losses, slopes, end, grid };
  });
  return { said: sentence(texts, state, told), lanes: told };
});
process.stdout.write(JSON.stringify(answers));
