/**
 * A landscape as a block of land seen from the side: geometry without a page.
 *
 * The block is two units wide and deep, centred on its map; `u` runs along x and `v` along y from -1 to 1, and
 * `h` up from 0 to TALL. It is seen by an eye that looks at its middle. `lossviz/plots_surface.py` draws the same for paper.
 */
import { valueAt } from "./grid.js";

export const TALL = 0.85; // of the highest place, in units of the block
export const FLOOR = -0.07; // what the lowest place stands on
const MIDDLE = 0.35; // the height the eye looks at
const EYE = 7; // how far it is away: near enough that what is near looks larger
const CORNER = Math.SQRT2;
const SAME = 0.005; // of a side: points of a line that are less apart look like one

// One corner far above all the rest would leave it flat: what lies above this share of the places ...
const MOST = 0.9;
const FAR = 4; // ... is squeezed if the highest is so many times as high,
const LEAST = 0.15; // but never more than all but so much of the range ...
const ROOM = 0.5; // ... into so much of the height below.

/**
 * @typedef {import("./grid.js").Grid} Grid
 *
 * @typedef {object} Relief  how heights are drawn
 * @property {number} low
 * @property {number} high
 * @property {number} knee  above it heights are squeezed; `high` if none is
 * @property {(z: number) => number} raise  from a height to `h`
 * @property {(z: number) => number} share  from a height to its place among the colours, 0 to 1
 *
 * @typedef {object} Mesh  nodes row by row, from the lowest y; cells likewise
 * @property {number} cells  along each side
 * @property {Float64Array} h  at each node
 * @property {Float64Array} share  the colour of each cell
 * @property {Float64Array} light  how much light falls on each cell, 0 to 1
 * @property {Cut[][]} cuts  the contour lines in each cell
 *
 * @typedef {[number, number, number, number, number, number]} Cut  a piece of a contour line: from the place at a
 *   share between two nodes to another: node, node, share, node, node, share
 * @typedef {{ u: number, v: number, h: number }} Place
 * @typedef {{ row: number, column: number, from: Place, to: Place, point: boolean }} Piece  what of a line lies
 *   in a cell; `point`: whether it ends at a point of the line
 */

/**
 * How the heights of a landscape are drawn.
 * @param {ArrayLike<number>} z
 * @param {number[]} levels  of the contour lines, rising
 * @returns {Relief}
 */
export function relief(z, levels) {
  const sorted = Float64Array.from(z).sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const usual = Math.max(sorted[Math.floor(MOST * (sorted.length - 1))] - low, LEAST * (high - low));
  const knee = high - low > FAR * usual ? low + usual : high;
  // Beyond the knee ever less, and never more than ROOM; the slope does not break.
  const soft = (/** @type {number} */ s) => (s <= 1 ? s : 1 + ROOM * (1 - 1 / (1 + (s - 1) / ROOM)));
  // What differs by rounding alone is flat.
  const range = knee - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? knee - low : Infinity;
  const top = soft((high - low) / range) || 1;
  return {
    low,
    high,
    knee,
    raise: (z) => (TALL * soft(Math.max(FLOOR, (z - low) / range))) / top,
    share: (z) => {
      let above = 0;
      while (above < levels.length && z >= levels[above]) above++;
      const [from, to] = [levels[above - 1] ?? low, levels[above] ?? high];
      // The map's own colour in the middle of each band, and no steps between.
      const start = above === 0 ? 0 : above - 0.5;
      const end = above === levels.length ? levels.length : above + 0.5;
      const part = to > from ? Math.min(1, Math.max(0, (z - from) / (to - from))) : 0;
      return levels.length ? (start + part * (end - start)) / levels.length : 0;
    },
  };
}

/**
 * The block's surface as so many cells along each side.
 * @param {Grid} grid
 * @param {Relief} relief
 * @param {number[]} levels
 * @param {number} cells
 * @returns {Mesh}
 */
export function mesh(grid, { raise, share }, levels, cells) {
  const nodes = cells + 1;
  const z = new Float64Array(nodes * nodes);
  for (let i = 0; i < nodes; i++) {
    const y = grid.y[0] + ((grid.y[1] - grid.y[0]) * i) / cells;
    for (let j = 0; j < nodes; j++) {
      z[i * nodes + j] = valueAt(grid, grid.x[0] + ((grid.x[1] - grid.x[0]) * j) / cells, y);
    }
  }
  const h = z.map(raise);
  const heights = levels.map(raise);
  const shares = new Float64Array(cells * cells);
  const light = new Float64Array(cells * cells);
  /** @type {Cut[][]} */
  const cuts = [];
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      const [a, b] = [i * nodes + j, (i + 1) * nodes + j];
      shares[i * cells + j] = share((z[a] + z[a + 1] + z[b] + z[b + 1]) / 4);
      const [east, north] = [h[a + 1] - h[a] + h[b + 1] - h[b], h[b] - h[a] + h[b + 1] - h[a + 1]];
      light[i * cells + j] = lightOn((east * cells) / 4, (north * cells) / 4);
      cuts.push(cutCell(h, [a, a + 1, b + 1, b], heights));
    }
  }
  return { cells, h, share: shares, light, cuts };
}

// From the north-west and above, as on a map: a land lit from below looks inside out.
const LIGHT = [-0.55, 0.35, 0.76];

/** @param {number} east  slope @param {number} north */
function lightOn(east, north) {
  const [x, y, up] = LIGHT;
  return Math.max(0, (up - x * east - y * north) / Math.hypot(east, north, 1) / Math.hypot(x, y, up));
}

/**
 * Where contour lines cross a cell.
 * @param {Float64Array} h
 * @param {number[]} around  its four nodes, in turn
 * @param {number[]} levels  as `h`
 * @returns {Cut[]}
 */
function cutCell(h, around, levels) {
  /** @type {Cut[]} */
  const cuts = [];
  for (const level of levels) {
    /** @type {[number, number, number][]} */
    const ends = [];
    around.forEach((from, side) => {
      const to = around[(side + 1) % 4];
      if (h[from] < level !== h[to] < level) ends.push([from, to, (level - h[from]) / (h[to] - h[from])]);
    });
    for (let n = 0; n + 1 < ends.length; n += 2) cuts.push([...ends[n], ...ends[n + 1]]);
  }
  return cuts;
}

/**
 * An eye that looks at the block.
 * @param {number} azimuth  degrees: 0 from where x is high, 90 from where y is high
 * @param {number} elevation  degrees above the ground
 * @param {number} width  pixels of the picture
 * @param {number} height
 * @param {{ side: number, top: number, bottom: number }} margin
 */
export function camera(azimuth, elevation, width, height, margin) {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  const [ca, sa, ce, se] = [Math.cos(a), Math.sin(a), Math.cos(e), Math.sin(e)];
  // How far from the middle of the picture the block reaches, whichever way it is turned.
  const upper = Math.max(reach(-CORNER, TALL), reach(-CORNER, FLOOR));
  const lower = Math.min(reach(CORNER, TALL), reach(CORNER, FLOOR));
  const wide = (2 * CORNER * EYE) / Math.sqrt(EYE * EYE - 2);
  const scale = Math.min(
    (width - 2 * margin.side) / wide,
    (height - margin.top - margin.bottom) / (upper - lower),
  );
  const middle = width / 2;
  const spare = height - margin.top - margin.bottom - scale * (upper - lower);
  const level = margin.top + spare / 2 + scale * upper;

  /** @param {number} near @param {number} h */
  function reach(near, h) {
    return (((h - MIDDLE) * ce - near * se) * EYE) / (EYE - near * ce - (h - MIDDLE) * se);
  }

  return {
    width,
    height,
    scale,
    /** Where the eye stands on the map. */
    eye: { u: EYE * ce * ca, v: EYE * ce * sa },
    /**
     * Where a place lies in the picture, in pixels from its upper left corner.
     * @param {number} u
     * @param {number} v
     * @param {number} h
     * @returns {[number, number]}
     */
    project(u, v, h) {
      const near = u * ca + v * sa;
      const up = h - MIDDLE;
      const size = (scale * EYE) / (EYE - near * ce - up * se);
      return [middle + size * (v * ca - u * sa), level - size * (up * ce - near * se)];
    },
    /**
     * Where every node of a mesh lies: x and y in turn.
     * @param {Mesh} mesh
     * @param {Float64Array} to
     */
    projectMesh({ cells, h }, to) {
      for (let i = 0, n = 0; i <= cells; i++) {
        const v = (2 * i) / cells - 1;
        for (let j = 0; j <= cells; j++, n++) {
          const u = (2 * j) / cells - 1;
          const near = u * ca + v * sa;
          const up = h[n] - MIDDLE;
          const size = (scale * EYE) / (EYE - near * ce - up * se);
          to[2 * n] = middle + size * (v * ca - u * sa);
          to[2 * n + 1] = level - size * (up * ce - near * se);
        }
      }
    },
  };
}

/** @typedef {ReturnType<typeof camera>} Camera */

/**
 * The rows (or columns) of cells from far to near: none is painted before one that it hides. No sorting is
 * needed, as what hides a place of the land stands between it and the eye on the map too.
 * @param {number} cells
 * @param {number} eye  where the eye stands along that side, `u` or `v`
 * @returns {{ order: number[], rising: number }}  the first `rising` come one after the other, the rest backwards
 */
export function farToNear(cells, eye) {
  const rising = Math.min(cells, Math.max(0, Math.floor(((eye + 1) / 2) * cells)));
  const order = [];
  for (let i = 0; i < rising; i++) order.push(i);
  for (let i = cells - 1; i >= rising; i--) order.push(i);
  return { order, rising };
}

/**
 * A place of the landscape on the block.
 * @param {Grid} grid
 * @param {Relief} relief
 * @param {number} x
 * @param {number} y
 * @param {number} [z]  if it lies not on the land but above or below it
 * @returns {Place}
 */
export function placeOn(grid, { raise }, x, y, z = valueAt(grid, x, y)) {
  const across = (2 * (x - grid.x[0])) / (grid.x[1] - grid.x[0]) - 1;
  const up = (2 * (y - grid.y[0])) / (grid.y[1] - grid.y[0]) - 1;
  return { u: across, v: up, h: raise(z) };
}

/** The row or column of cells a place lies in. @param {number} at  `u` or `v` @param {number} cells */
export const cellOf = (at, cells) => Math.min(cells - 1, Math.max(0, Math.floor(((at + 1) / 2) * cells)));

/**
 * A line laid on the land, cut where it goes from a cell into the next. A point that looks like the one before is left out:
 * a walk that comes to rest has many of them, and each takes time in every frame.
 * @param {Grid} grid
 * @param {Relief} relief
 * @param {[number, number][]} points  x and y
 * @param {number} cells  along each side
 * @returns {Piece[]}
 */
export function drape(grid, relief, points, cells) {
  /** @type {Piece[]} */
  const pieces = [];
  const near = [grid.x, grid.y].map(([low, high]) => SAME * (high - low));
  let [x1, y1] = points[0] ?? [];
  for (let n = 1; n < points.length; n++) {
    const [x, y] = points[n];
    if (Math.abs(x - x1) < near[0] && Math.abs(y - y1) < near[1]) continue;
    const [x0, y0] = [x1, y1];
    [x1, y1] = [x, y];
    const shares = [0, ...crossings(grid.x, x0, x1, cells), ...crossings(grid.y, y0, y1, cells), 1];
    shares.sort((a, b) => a - b);
    let from = placeOn(grid, relief, x0, y0);
    for (let k = 1; k < shares.length; k++) {
      if (shares[k] === shares[k - 1]) continue;
      const to = placeOn(grid, relief, x0 + shares[k] * (x1 - x0), y0 + shares[k] * (y1 - y0));
      const [row, column] = [cellOf((from.v + to.v) / 2, cells), cellOf((from.u + to.u) / 2, cells)];
      pieces.push({ row, column, from, to, point: shares[k] === 1 });
      from = to;
    }
  }
  return pieces;
}

/**
 * At which shares of a way its coordinate crosses from cell to cell.
 * @param {[number, number]} ends  of the landscape
 * @param {number} from
 * @param {number} to
 * @param {number} cells
 */
function crossings([low, high], from, to, cells) {
  const unit = cells / (high - low);
  const [start, end] = [(from - low) * unit, (to - low) * unit];
  const shares = [];
  for (let k = Math.ceil(Math.min(start, end)); k <= Math.floor(Math.max(start, end)); k++) {
    if (k > 0 && k < cells && k !== start && k !== end) shares.push((k - start) / (end - start));
  }
  return shares;
}
