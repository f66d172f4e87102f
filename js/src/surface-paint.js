/**
 * Painting a block of land on a canvas from far to near, so that what is near covers what is behind it.
 */
import { terrainColour } from "./look.js";
import { FLOOR, farToNear } from "./surface.js";

const DARKEST = 0.72; // of a colour, on a slope that turns from the light
// As many as look smooth, at rest and while it moves; the fewer, the more cells are painted as one piece.
const FINE = { colours: 96, shades: 16 };
const COARSE = { colours: 64, shades: 10 };
const OVERLAP = 0.7; // px that a cell reaches under the next, or the ground would show between them
const CONTOUR = "rgb(255 255 255 / 55%)";
const CASING = "#fff"; // around a line
const DOT = 2.25; // px, the radius of a step's dot
const LINE_AHEAD = 1; // cells that a line, and ...
const THING_AHEAD = 2; // ... a ball stand out towards the eye

/**
 * @typedef {import("./surface.js").Mesh} Mesh
 * @typedef {import("./surface.js").Camera} Camera
 * @typedef {import("./surface.js").Piece} Piece
 *
 * @typedef {{ mesh: Mesh, colours: string[] }} Ground  with the colour of each cell
 *
 * @typedef {object} Line  something drawn on the land
 * @property {Piece[]} pieces
 * @property {string} colour
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
 * @param {boolean} coarse  whether it is for a movement
 */
export function paints({ share, light }, coarse) {
  const { colours, shades } = coarse ? COARSE : FINE;
  /** @type {Map<number, string>} */
  const known = new Map();
  return Array.from(share, (part, i) => {
    const [colour, shade] = [Math.round(part * colours), Math.round(light[i] * shades)];
    const key = colour * (shades + 1) + shade;
    const paint =
      known.get(key) ?? terrainColour(colour / colours, DARKEST + ((1 - DARKEST) * shade) / shades);
    known.set(key, paint);
    return paint;
  });
}

/**
 * Paint the land with what lies and stands on it.
 * @param {Context} context
 * @param {Camera} camera
 * @param {Ground} ground
 * @param {Line[]} lines
 * @param {Thing[]} things
 * @param {Float64Array} at  room for two numbers a node
 * @param {number} hair  px, the width of a contour line
 */
export function paintLand(context, camera, { mesh, colours }, lines, things, at, hair) {
  const { cells } = mesh;
  camera.projectMesh(mesh, at);
  // In strips across the view, so that within a strip only neighbours can hide each other.
  const byRow = Math.abs(camera.eye.v) >= Math.abs(camera.eye.u);
  const [rows, columns] = [farToNear(cells, camera.eye.v), farToNear(cells, camera.eye.u)];
  const [outer, inner] = byRow ? [rows, columns] : [columns, rows];
  const rank = new Uint16Array(cells);
  outer.order.forEach((k, n) => {
    rank[k] = n;
  });
  const rankOf = (/** @type {{ row: number, column: number }} */ it) => rank[byRow ? it.row : it.column];
  // The casing of a piece comes a strip earlier, or it would lie on the end of the piece behind.
  const lying = lines.map(({ pieces }) => sorted(pieces, (it) => rankOf(it) + LINE_AHEAD));
  const standing = sorted(things, (it) => rankOf(it) + THING_AHEAD);

  for (let n = 0; n < cells + THING_AHEAD; n++) {
    if (n < cells) {
      const k = outer.order[n];
      paintStrip(context, at, mesh, colours, byRow, k, k < outer.rising, inner, hair);
    }
    lines.forEach((line, i) => {
      if (lying[i][n]) strokePieces(context, camera, lying[i][n], CASING, 4.5, 0);
      if (lying[i][n - 1]) strokePieces(context, camera, lying[i][n - 1], line.colour, 2, DOT);
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
 * Paint a row or column of cells, with the contour lines on it.
 * @param {Context} context
 * @param {Float64Array} at  where the nodes lie
 * @param {Mesh} mesh
 * @param {string[]} colours
 * @param {boolean} byRow
 * @param {number} k  which row or column
 * @param {boolean} rising  whether the next one is nearer
 * @param {ReturnType<typeof farToNear>} inner  the order of the cells in it
 * @param {number} hair  px, the width of a contour line
 */
function paintStrip(context, at, { cells, cuts }, colours, byRow, k, rising, inner, hair) {
  const nodes = cells + 1;
  const [nextNode, nextStrip, nextCell] = byRow ? [1, nodes, 1] : [nodes, 1, cells];
  const [low, cell] = byRow ? [k * nodes, k * cells] : [k, k];
  const [far, near] = rising ? [low, low + nextStrip] : [low + nextStrip, low];
  // Whether a cell is turned to the eye: if not, what is nearer hides it, and it needs no paint.
  const seen = (/** @type {number} */ m) => {
    const a = 2 * (low + m * nextNode);
    const [b, d] = [a + 2 * nextNode, a + 2 * nextStrip];
    const c = b + 2 * nextStrip;
    const turn = (at[c] - at[a]) * (at[d + 1] - at[b + 1]) - (at[c + 1] - at[a + 1]) * (at[d] - at[b]);
    return byRow ? turn < 0 : turn > 0;
  };
  let last = "";
  for (let n = 0; n < cells; ) {
    const m = inner.order[n++];
    if (!seen(m)) continue;
    const colour = colours[cell + m * nextCell];
    const step = m < inner.rising ? 1 : -1;
    let to = m;
    // Neighbours of one colour are one piece.
    for (; n < cells && inner.order[n] === to + step; n++, to += step) {
      if (colours[cell + (to + step) * nextCell] !== colour || !seen(to + step)) break;
    }
    if (colour !== last) context.fillStyle = colour;
    last = colour;
    const [start, end] = step > 0 ? [m, to + 1] : [m + 1, to];
    fillPiece(context, at, 2 * far, 2 * near, 2 * nextNode, start, end, step);
  }
  context.beginPath();
  for (let m = 0; m < cells; m++) for (const cut of cuts[cell + m * nextCell]) traceCut(context, at, cut);
  context.strokeStyle = CONTOUR;
  context.lineWidth = hair;
  context.stroke();
}

/**
 * Fill a piece of a strip. It reaches a little under those painted next, or what is behind would show between.
 * @param {Context} context
 * @param {Float64Array} at
 * @param {number} far  where the nodes of its far side begin
 * @param {number} near
 * @param {number} next  from node to node
 * @param {number} start
 * @param {number} end
 * @param {number} step
 */
function fillPiece(context, at, far, near, next, start, end, step) {
  context.beginPath();
  for (let m = start; m !== end; m += step) context.lineTo(at[far + m * next], at[far + m * next + 1]);
  const [a, c] = [far + end * next, far + (end - step) * next];
  const [x, y] = [at[a] - at[c], at[a + 1] - at[c + 1]];
  const more = OVERLAP / (Math.sqrt(x * x + y * y) + OVERLAP);
  context.lineTo(at[a] + more * x, at[a + 1] + more * y);
  let [aside, ahead] = [more * x, more * y];
  for (let m = end; ; m -= step) {
    const [i, j] = [far + m * next, near + m * next];
    const [dx, dy] = [at[j] - at[i], at[j + 1] - at[i + 1]];
    const over = OVERLAP / (Math.sqrt(dx * dx + dy * dy) + OVERLAP);
    context.lineTo(at[j] + over * dx + aside, at[j + 1] + over * dy + ahead);
    aside = ahead = 0;
    if (m === start) break;
  }
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
 * @param {number} dot  radius of the dots at its points
 */
function strokePieces(context, { project }, pieces, colour, width, dot) {
  context.beginPath();
  /** @type {import("./surface.js").Place | undefined} */
  let last;
  for (const { from, to } of pieces) {
    if (from !== last) context.moveTo(...project(from.u, from.v, from.h));
    context.lineTo(...project(to.u, to.v, to.h));
    last = to;
  }
  context.lineCap = "round";
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
  if (!dot) return;
  context.beginPath();
  let [left, top] = [-dot, -dot];
  for (const { to, point } of pieces) {
    if (!point) continue;
    const [x, y] = project(to.u, to.v, to.h);
    if (Math.abs(x - left) + Math.abs(y - top) < dot) continue; // steps as short as that look the same
    [left, top] = [x, y];
    context.moveTo(x + dot, y);
    context.arc(x, y, dot, 0, 2 * Math.PI);
  }
  context.fillStyle = colour;
  context.fill();
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
