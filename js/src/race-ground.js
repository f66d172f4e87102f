/**
 * What a lane of a race shows, and what its ball rolls on: a landscape of Python's, or the score of lines that is worked
 * out here.
 */
import { decode, reader } from "./curve.js";
import { decodeGrid } from "./grid.js";
import { lineScore } from "./pulling.js";
import { groundOf } from "./walk.js";

/**
 * @typedef {{ map: import("./map-panel.js").Land, ground: import("./walk.js").Ground,
 *   pulls?: (weight: number, bias: number) => number[] }} Ground  what a lane shows, and what its ball rolls on
 */

/**
 * Unpack a landscape: a grid, or the examples and the curve that make one.
 * @param {any} sent
 * @returns {Ground}
 */
export function unpack(sent) {
  if (!sent.curve) {
    const map = { ...sent, ...decodeGrid(sent) };
    return { map, ground: groundOf(map) };
  }
  const { x, y, columns, examples, signs, offsets } = sent;
  const score = lineScore(reader(decode(sent.curve)), examples, signs, offsets);
  return {
    map: { ...sent, ...score.landscape(x, y, columns) },
    ground: { ...score, bounds: [x, y] },
    pulls: score.pulls,
  };
}
