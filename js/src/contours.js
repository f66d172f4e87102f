/**
 * Contour lines of a grid of heights: which heights get one, and where their labels stand. Geometry without a page.
 */

const LEVELS = 9; // one more than there are contour lines
const MOST_DIGITS = 17; // tell any two numbers apart
const STRIDE = 0.1; // of a cell, along the ray on which labels are looked for

/**
 * @typedef {object} Heights
 * @property {number} columns
 * @property {number} rows
 * @property {Float64Array} z  row by row, from the lowest y
 * @property {number} low  the lowest of them
 * @property {number} high
 */

/**
 * Round heights for contour lines, evenly spaced on the walls of a round bowl; `lossviz.contours.levels` is the same.
 * @param {number} low
 * @param {number} high
 */
export function levels(low, high) {
  const shares = Array.from({ length: LEVELS - 1 }, (_, i) => (i + 1) / LEVELS);
  const exact = shares.map((share) => low + (high - low) * (share * share));
  /** @type {number[]} */
  let inside = [];
  // As few digits as keep them apart, and off the floor.
  for (let digits = 1; digits <= MOST_DIGITS && inside.length < LEVELS - 1; digits++) {
    const rounded = new Set(exact.map((level) => Number(level.toPrecision(digits))));
    inside = [...rounded].filter((level) => level > low && level < high).sort((a, b) => a - b);
  }
  return inside;
}

/**
 * The height between the nodes, at a place in units of the grid.
 * @param {Heights} heights
 * @param {number} column
 * @param {number} row
 */
export function heightAt({ columns, rows, z }, column, row) {
  const i = Math.min(columns - 2, Math.max(0, Math.floor(column)));
  const j = Math.min(rows - 2, Math.max(0, Math.floor(row)));
  const [s, t] = [column - i, row - j];
  const k = j * columns + i;
  const near = z[k] * (1 - s) + z[k + 1] * s;
  const far = z[k + columns] * (1 - s) + z[k + columns + 1] * s;
  return near * (1 - t) + far * t;
}

/**
 * Where contour lines get their label: along the ray from the lowest node that meets most of them, and among
 * equals on the one along which they lie furthest apart. Near the edge there is no room for one.
 * @param {Heights} heights
 * @param {number[]} lines  the heights of the contour lines, rising
 * @returns {{ column: number, row: number, height: number }[]}
 */
export function labelPlaces(heights, lines) {
  const { columns, rows, z, low } = heights;
  const lowest = z.indexOf(low);
  const [column, row] = [lowest % columns, Math.floor(lowest / columns)];
  const [right, top] = [columns - 1, rows - 1];
  /** @type {{ column: number, row: number, height: number }[]} */
  let best = [];
  let longest = 0;
  for (let turn = 0; turn < 16; turn++) {
    const [dx, dy] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
    const found = [];
    let next = 0;
    let last = 0;
    for (let at = 0; next < lines.length; at += STRIDE) {
      const [x, y] = [column + at * dx, row + at * dy];
      if (x < 0 || y < 0 || x > right || y > top) break;
      if (heightAt(heights, x, y) < lines[next]) continue;
      const height = lines[next++];
      if (x < 1 || y < 1.5 || x > right - 2 || y > top - 1.5) continue;
      found.push({ column: x, row: y, height });
      last = at;
    }
    const worth = found.length * 1000 + last;
    if (worth > longest) [longest, best] = [worth, found];
  }
  return best;
}
