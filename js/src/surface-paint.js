/**
 * Painting a block of land on a canvas from far to near, so that what is near covers what is behind it.
 */
import { terrainColour } from "./look.js";
import { FLOOR, farToNear } from "./surface.js";

const DARKEST = 0.72; // of a colour, on a slope that turns from the light
const SHADES = 12;
const COLOURS = 96;
const OVERLAP = 0.7; // px that a cell reaches under the next, or the ground would show between them
const LINE_AHEAD = 1; // cells that a line, and ...
const THING_AHEAD = 2; // ... a ball stand out towards the eye

/**
 * @typedef {import("./surface.js").Mesh} Mesh
 * @typedef {import("./surface.js").Camera} Camera
 * @typedef {import("./surface.js").Piece} Piece
 *
 * @typedef {object} Line  something drawn on the land
 * @property {Piece[]} pieces
 * @property {string} colour
 * @property {string} casing
 *
 * @typedef {object} Thing  something that stands on the land
 * @property {number} row
 * @property {number} column
 * @property {(context: CanvasRenderingContext2D, camera: Camera) => void} paint
 *
 * @typedef {CanvasRenderingContext2D} Context
 */

/**
 * The colour of every cell, as text: it does not change while the block turns.
 * @param {Mesh} mesh
 */
export function paints({ share, light }) {
  /** @type {Map<number, string>} */
  const known = new Map();
  return Array.from(share, (part, i) => {
    const [colour, shade] = [Math.round(part * COLOURS), Math.round(light[i] * SHADES)];
    const key = colour * (SHADES + 1) + shade;
    const paint =
      known.get(key) ?? terrainColour(colour / COLOURS, DARKEST + ((1 - DARKEST) * shade) / SHADES);
    known.set(key, paint);
    return paint;
  });
}

/**
 * Paint the land with what lies and stands on it.
 * @param {Context} context
 * @param {Camera} camera
 * @param {Mesh} mesh
 * @param {string[]} colours  of its cells
 * @param {Line[]} lines
 * @param {Thing[]} things
 * @param {Float64Array} at  room for two numbers a node
 */
export function paintLand(context, camera, mesh, colours, lines, things, at) {
  const { cells, cuts } = mesh;
  camera.projectMesh(mesh, at);
  // In strips across the view, so that within a strip only neighbours can hide each other.
  const byRow = Math.abs(camera.eye.v) >= Math.abs(camera.eye.u);
  const [rows, columns] = [farToNear(cells, camera.eye.v), farToNear(cells, camera.eye.u)];
  const [outer, inner] = byRow ? [rows, columns] : [columns, rows];
  const strip = (/** @type {{ row: number, column: number }} */ it) => (byRow ? it.row : it.column);
  const rank = new Uint16Array(cells);
  outer.forEach((k, n) => {
    rank[k] = n;
  });
  // The casing of a piece comes a strip earlier, or it would lie on the end of the piece behind.
  const lying = lines.map(({ pieces }) => sorted(pieces, (it) => rank[strip(it)] + LINE_AHEAD));
  const standing = sorted(things, (it) => rank[strip(it)] + THING_AHEAD);

  for (let n = 0; n < cells + THING_AHEAD; n++) {
    if (n < cells) {
      const k = outer[n];
      const cellAt = (/** @type {number} */ m) => (byRow ? k * cells + m : m * cells + k);
      for (const m of inner) fillCell(context, at, cells, byRow ? k : m, byRow ? m : k, camera, colours);
      context.beginPath();
      for (const m of inner) for (const cut of cuts[cellAt(m)]) traceCut(context, at, cut);
      context.strokeStyle = "rgb(255 255 255 / 55%)";
      context.lineWidth = 0.75;
      context.stroke();
    }
    lines.forEach((line, i) => {
      if (lying[i][n]) strokePieces(context, camera, lying[i][n], line.casing, 4.5);
      if (lying[i][n - 1]) strokePieces(context, camera, lying[i][n - 1], line.colour, 2);
    });
    for (const thing of standing[n] ?? []) thing.paint(context, camera);
  }
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => number} key
 */
function sorted(items, key) {
  /** @type {T[][]} */
  const lists = [];
  for (const item of items) {
    const k = key(item);
    if (lists[k]) lists[k].push(item);
    else lists[k] = [item];
  }
  return lists;
}

/**
 * @param {Context} context
 * @param {Float64Array} at
 * @param {number} cells
 * @param {number} row
 * @param {number} column
 * @param {Camera} camera
 * @param {string[]} colours
 */
function fillCell(context, at, cells, row, column, { eye }, colours) {
  // Its corners, so that the last is the nearest to the eye, and the next cells lie beyond its last two sides.
  const nodes = cells + 1;
  const [west, south] = [(2 * column) / cells - 1 > eye.u, (2 * row) / cells - 1 > eye.v];
  const [c0, c1] = west ? [column + 1, column] : [column, column + 1];
  const [r0, r1] = south ? [row + 1, row] : [row, row + 1];
  const [a, b, c, d] = [
    2 * (r0 * nodes + c0),
    2 * (r0 * nodes + c1),
    2 * (r1 * nodes + c1),
    2 * (r1 * nodes + c0),
  ];
  let [bx, by, dx, dy] = [at[b] - at[a], at[b + 1] - at[a + 1], at[d] - at[a], at[d + 1] - at[a + 1]];
  let [cx, cy] = [at[c], at[c + 1]];
  // A slope turned from the eye is hidden by what is nearer: it needs no paint.
  const turned = (cx - at[a]) * (dy - by) - (cy - at[a + 1]) * (dx - bx);
  if (west === south ? turned > 0 : turned < 0) return;
  const eb = OVERLAP / Math.max(1, Math.sqrt(bx * bx + by * by));
  const ed = OVERLAP / Math.max(1, Math.sqrt(dx * dx + dy * dy));
  cx += bx * eb + dx * ed;
  cy += by * eb + dy * ed;
  bx += at[a] + bx * eb;
  by += at[a + 1] + by * eb;
  dx += at[a] + dx * ed;
  dy += at[a + 1] + dy * ed;
  context.fillStyle = colours[row * cells + column];
  context.beginPath();
  context.moveTo(at[a], at[a + 1]);
  context.lineTo(bx, by);
  context.lineTo(cx, cy);
  context.lineTo(dx, dy);
  context.fill();
}

/**
 * @param {Context} context
 * @param {Float64Array} at
 * @param {import("./surface.js").Cut} cut
 */
function traceCut(context, at, [a, b, s, c, d, t]) {
  [a, b, c, d] = [2 * a, 2 * b, 2 * c, 2 * d];
  context.moveTo(at[a] + s * (at[b] - at[a]), at[a + 1] + s * (at[b + 1] - at[a + 1]));
  context.lineTo(at[c] + t * (at[d] - at[c]), at[c + 1] + t * (at[d + 1] - at[c + 1]));
}

/**
 * @param {Context} context
 * @param {Camera} camera
 * @param {Piece[]} pieces
 * @param {string} colour
 * @param {number} width
 */
function strokePieces(context, { project }, pieces, colour, width) {
  context.beginPath();
  for (const { from, to } of pieces) {
    context.moveTo(...project(from.u, from.v, from.h));
    context.lineTo(...project(to.u, to.v, to.h));
  }
  context.lineCap = "round";
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/**
 * Paint the two or so sides of the block that face the eye.
 * @param {Context} context
 * @param {Camera} camera
 * @param {Mesh} mesh
 * @param {Float64Array} at  where its nodes lie
 * @param {{ side: string, edge: string }} ink
 */
export function paintSides(context, { eye, project }, { cells }, at, ink) {
  const nodes = cells + 1;
  const along = Array.from({ length: nodes }, (_, k) => k);
  const ends = (/** @type {number} */ seen) => (seen > 0 ? cells : 0);
  for (const [seen, node, corner] of /** @type {const} */ ([
    [
      eye.u,
      (/** @type {number} */ k) => k * nodes + ends(eye.u),
      (/** @type {number} */ v) => [Math.sign(eye.u), v],
    ],
    [
      eye.v,
      (/** @type {number} */ k) => ends(eye.v) * nodes + k,
      (/** @type {number} */ u) => [u, Math.sign(eye.v)],
    ],
  ])) {
    if (Math.abs(seen) <= 1) continue; // seen from above, it is edge-on or turned away
    context.beginPath();
    for (const k of along) context.lineTo(at[2 * node(k)], at[2 * node(k) + 1]);
    context.lineTo(...project(corner(1)[0], corner(1)[1], FLOOR));
    context.lineTo(...project(corner(-1)[0], corner(-1)[1], FLOOR));
    context.closePath();
    context.fillStyle = ink.side;
    context.fill();
    context.strokeStyle = ink.edge;
    context.lineWidth = 1;
    context.lineJoin = "round";
    context.stroke();
  }
}
