/**
 * The axes of a block of land: numbers and names along its near edges, and hair lines on the walls behind it.
 */
import { ticks } from "d3-array";
import { short } from "./format.js";
import { FLOOR } from "./surface.js";

const GAP = 9; // px between an edge and its numbers, and between these and the name
const APART = 62; // px from number to number, or more
const TICK = 5;

/**
 * @typedef {CanvasRenderingContext2D} Context
 * @typedef {import("./surface.js").Camera} Camera
 * @typedef {import("./surface.js").Relief} Relief
 * @typedef {{ text: string, muted: string, line: string, grid: string, font: string, size: number }} Ink
 * @typedef {[number, number]} Point
 */

/** The heights that get a number. @param {Relief} relief */
const heights = ({ low, high, knee }) => {
  const even = ticks(low, knee, 4);
  return knee < high ? [...even.filter((z) => z <= knee), high] : even;
};

/** Which of two ends is the nearer. @param {number} eye */
const nearer = (eye) => (eye > 0 ? 1 : -1);

/**
 * Hair lines at even heights on the two walls behind the land.
 * @param {Context} context
 * @param {Camera} camera
 * @param {Relief} relief
 * @param {Ink} ink
 */
export function paintWalls(context, { eye, project }, relief, ink) {
  const [u, v] = [-nearer(eye.u), -nearer(eye.v)];
  context.beginPath();
  for (const z of heights(relief)) {
    const h = relief.raise(z);
    context.moveTo(...project(-u, v, h));
    context.lineTo(...project(u, v, h));
    context.lineTo(...project(u, -v, h));
  }
  context.strokeStyle = ink.grid;
  context.lineWidth = 1;
  context.stroke();
}

/**
 * Numbers and names.
 * @param {Context} context
 * @param {Camera} camera
 * @param {Relief} relief
 * @param {import("./grid.js").Grid & { names: [string, string], label: string }} grid
 * @param {Ink} ink
 */
export function paintAxes(context, { eye, project }, relief, grid, ink) {
  const [u, v] = [nearer(eye.u), nearer(eye.v)];
  context.font = `${ink.size}px ${ink.font}`;
  context.textBaseline = "middle";
  const far = project(-u, -v, FLOOR);
  paintEdge(context, far, (t) => project(t, v, FLOOR), grid.x, grid.names[0], ink);
  paintEdge(context, far, (t) => project(u, t, FLOOR), grid.y, grid.names[1], ink);
  paintHeights(context, project, relief, grid.label, ink);
}

/**
 * @param {Context} context
 * @param {Point} inside  a place on the other side of the edge
 * @param {(t: number) => Point} place  of a share of the edge, from -1 to 1
 * @param {[number, number]} ends
 * @param {string} name
 * @param {Ink} ink
 */
function paintEdge(context, inside, place, [low, high], name, ink) {
  const [[x0, y0], [x1, y1]] = [place(-1), place(1)];
  const length = Math.hypot(x1 - x0, y1 - y0);
  let out = [(y1 - y0) / length, (x0 - x1) / length];
  if (out[0] * (x0 - inside[0]) + out[1] * (y0 - inside[1]) < 0) out = [-out[0], -out[1]];
  const shown = length < APART / 2 ? [] : ticks(low, high, Math.min(5, Math.floor(length / APART) + 1));
  const room = shown.reduce((most, value) => Math.max(most, context.measureText(short(value)).width), 0);
  context.textAlign = "center";
  context.fillStyle = ink.muted;
  context.beginPath();
  for (const value of shown) {
    const [x, y] = place((2 * (value - low)) / (high - low) - 1);
    context.moveTo(x, y);
    context.lineTo(x + TICK * out[0], y + TICK * out[1]);
    write(context, short(value), [x, y], out, TICK + 3);
  }
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = ink.text;
  const beyond = shown.length ? TICK + 3 + extent(room, ink.size, out) + GAP : GAP;
  write(context, name, place(0), out, beyond);
}

/** How far a text reaches across an edge. @param {number} width @param {number} height @param {number[]} out */
const extent = (width, height, [x, y]) => Math.abs(x) * width + Math.abs(y) * height;

/**
 * @param {Context} context
 * @param {string} text
 * @param {Point} from
 * @param {number[]} out
 * @param {number} gap  px of free way before it
 */
function write(context, text, [x, y], out, gap) {
  const width = context.measureText(text).width;
  const away = gap + extent(width, 12, out) / 2;
  context.fillText(text, x + away * out[0], y + away * out[1]);
}

/**
 * @param {Context} context
 * @param {Camera["project"]} project
 * @param {Relief} relief
 * @param {string} name
 * @param {Ink} ink
 */
function paintHeights(context, project, relief, name, ink) {
  /** @type {Point[]} */
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  const left = (/** @type {Point} */ [u, v]) => project(u, v, 0)[0];
  const [u, v] = corners.reduce((best, corner) => (left(corner) < left(best) ? corner : best));
  context.textAlign = "right";
  context.fillStyle = ink.muted;
  context.beginPath();
  context.moveTo(...project(u, v, FLOOR));
  const top = project(u, v, relief.raise(relief.high));
  context.lineTo(...top);
  let last = Infinity;
  for (const z of heights(relief)) {
    const [x, y] = project(u, v, relief.raise(z));
    if (last - y < ink.size + 2) continue;
    last = y;
    context.moveTo(x, y);
    context.lineTo(x - TICK, y);
    context.fillText(short(z), x - TICK - 3, y);
  }
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = ink.text;
  context.textAlign = "left";
  const width = context.measureText(name).width;
  context.fillText(name, Math.max(0, top[0] - width / 2), top[1] - ink.size - 4);
}
