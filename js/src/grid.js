/**
 * A loss landscape as Python sampled it: heights and slopes on a grid, and how they are read between its nodes.
 * `lossviz.Landscape` reads it the same way; a test compares the two.
 */

/**
 * @typedef {object} Grid
 * @property {[number, number]} x  the ends of the parameter across
 * @property {[number, number]} y  the ends of the one up
 * @property {number} columns
 * @property {number} rows
 * @property {Float64Array} z  row by row, from the lowest y
 * @property {Float64Array} dx
 * @property {Float64Array} dy
 *
 * @typedef {Omit<Grid, "z" | "dx" | "dy"> & { z: DataView, dx: DataView, dy: DataView }} SentGrid
 */

/** @param {DataView} bytes */
const numbers = (bytes) =>
  // A copy, because the bytes need not begin where an array of float64 may.
  new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

/**
 * @param {SentGrid} sent
 * @returns {Grid}
 */
export const decodeGrid = (sent) => ({
  ...sent,
  z: numbers(sent.z),
  dx: numbers(sent.dx),
  dy: numbers(sent.dy),
});

/**
 * The cell in which a place lies, as the index of its first node, and how far in it the place lies, 0 to 1.
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 */
function cell({ x: [left, right], y: [low, high], columns, rows }, x, y) {
  const across = Math.min(columns - 1, Math.max(0, ((x - left) / (right - left)) * (columns - 1)));
  const up = Math.min(rows - 1, Math.max(0, ((y - low) / (high - low)) * (rows - 1)));
  const [j, i] = [Math.min(Math.floor(across), columns - 2), Math.min(Math.floor(up), rows - 2)];
  return { k: i * columns + j, s: across - j, t: up - i };
}

/**
 * The cubic from `start` at 0 to `end` at 1, with these slopes there.
 * @param {number} start
 * @param {number} end
 * @param {number} leave
 * @param {number} arrive
 * @param {number} t
 */
function hermite(start, end, leave, arrive, t) {
  const rise = end - start;
  return start + t * (leave + t * (3 * rise - 2 * leave - arrive + t * (leave + arrive - 2 * rise)));
}

/**
 * The height at a place; beyond the edge, that of the edge.
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 */
export function valueAt(grid, x, y) {
  const { z, dx, dy, columns, rows } = grid;
  const { k, s, t } = cell(grid, x, y);
  const width = (grid.x[1] - grid.x[0]) / (columns - 1);
  const height = (grid.y[1] - grid.y[0]) / (rows - 1);
  const along = (/** @type {number} */ n) => hermite(z[n], z[n + 1], dx[n] * width, dx[n + 1] * width, s);
  const rise = (/** @type {number} */ n) => (dy[n] * (1 - s) + dy[n + 1] * s) * height;
  return hermite(along(k), along(k + columns), rise(k), rise(k + columns), t);
}

/**
 * Both slopes at a place, bilinear between the four nodes around.
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
export function slopeAt(grid, x, y) {
  const { k, s, t } = cell(grid, x, y);
  const { dx, dy, columns } = grid;
  const read = (/** @type {Float64Array} */ d) =>
    (d[k] * (1 - s) + d[k + 1] * s) * (1 - t) + (d[k + columns] * (1 - s) + d[k + columns + 1] * s) * t;
  return [read(dx), read(dy)];
}

/**
 * Whether a place is on the map, its edge included.
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 */
export const holds = (grid, x, y) => x >= grid.x[0] && x <= grid.x[1] && y >= grid.y[0] && y <= grid.y[1];
