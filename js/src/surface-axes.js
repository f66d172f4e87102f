/**
 * The axes of a block of land: numbers and names along its near edges, and hair lines on the walls behind it.
 */
import { ticks } from "d3-array";
import { short } from "./format.js";
import { FLOOR, TALL } from "./surface.js";

const GAP = 6; // px between a tick and its number, and between this and the name
const APART = 62; // px from number to number, or more
const TICK = 5;
const STEEP = 0.45; // px across for a px up
const LONG = 130; // px
const HIGH = 12; // px, of a line of text

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

/**
 * How many pixels the numbers need beside the block.
 * @param {Context} context
 * @param {Relief} relief
 * @param {Ink} ink
 */
export function besides(context, relief, ink) {
  context.font = `${ink.size}px ${ink.font}`;
  return (
    2 * TICK + Math.max(...heights(relief).map((z) => context.measureText(short(z)).width), 3 * ink.size)
  );
}

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
  context.moveTo(...project(u, v, FLOOR));
  context.lineTo(...project(u, v, relief.raise(relief.high)));
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
 * @param {import("./grid.js").Grid & { names: [string, string] }} grid
 * @param {string} label  what the height is called
 * @param {Ink} ink
 */
export function paintAxes(context, { eye, project, width, height }, relief, grid, label, ink) {
  const [u, v] = [nearer(eye.u), nearer(eye.v)];
  context.font = `${ink.size}px ${ink.font}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  const far = project(-u, -v, FLOOR);
  const { write, name } = writer(context, ink.size, width, height);
  const edges = [
    edge(context, far, (t, h = FLOOR) => project(t, v, h), Math.abs(eye.v) > 1, grid.x, grid.names[0]),
    edge(context, far, (t, h = FLOOR) => project(u, t, h), Math.abs(eye.u) > 1, grid.y, grid.names[1]),
  ];
  const heights = upright(context, project, [u, v], relief, label, ink.size);
  context.fillStyle = ink.text;
  for (const axis of [...edges, heights]) name(axis.name, axis.at);
  context.fillStyle = ink.muted;
  for (const { ticks } of [...edges, heights]) {
    context.beginPath();
    for (const { text, at, from, to } of ticks) {
      context.moveTo(...from);
      context.lineTo(...to);
      write(text, at);
    }
    context.stroke();
  }
}

/**
 * What writes where nothing is written yet: names come first and find a place; a number that finds none is left out.
 * @param {Context} context
 * @param {number} size  px, of the letters
 * @param {number} width  of the picture
 * @param {number} height
 */
function writer(context, size, width, height) {
  /** @type {[number, number, number][]} */
  const taken = [];
  const write = (/** @type {string} */ text, /** @type {Point} */ [x, y]) => {
    const half = context.measureText(text).width / 2;
    if (taken.some(([a, b, w]) => Math.abs(a - x) < w + half + 4 && Math.abs(b - y) < size)) return false;
    taken.push([x, y, half]);
    context.fillText(text, x, y);
    return true;
  };
  const name = (/** @type {string} */ text, /** @type {Point} */ [x, y]) => {
    const half = context.measureText(text).width / 2;
    const inside = Math.max(half, Math.min(width - half, x));
    for (let down = Math.min(y, height - size / 2); !write(text, [inside, down]); ) down += size;
  };
  return { write, name };
}

/** @typedef {{ text: string, at: Point, from: Point, to: Point }} Tick */

/**
 * An edge on the ground.
 * @param {Context} context
 * @param {Point} inside  a place on the other side of it
 * @param {(t: number, h?: number) => Point} place  of a share of the edge, from -1 to 1
 * @param {boolean} seen  whether the side over it is turned to the eye
 * @param {[number, number]} ends
 * @param {string} name
 */
function edge(context, inside, place, seen, [low, high], name) {
  const [[x0, y0], [x1, y1]] = [place(-1), place(1)];
  const length = Math.hypot(x1 - x0, y1 - y0);
  const turn = Math.sign((y1 - y0) * (x0 - inside[0]) - (x1 - x0) * (y0 - inside[1])) / length;
  const [right, down] = [(y1 - y0) * turn, (x0 - x1) * turn];
  /** How far a text reaches that way. @param {string} text */
  const reach = (text) => Math.abs(right) * context.measureText(text).width + Math.abs(down) * HIGH;
  const away = (/** @type {Point} */ [x, y], /** @type {number} */ by) =>
    /** @type {Point} */ ([x + by * right, y + by * down]);
  // The land may cover an edge that goes straight back: its numbers stand beside the land.
  const corners = [-1, 1].flatMap((t) => [FLOOR, TALL].map((h) => place(t, h)[0] * Math.sign(right)));
  const beside = (/** @type {Point} */ [x, y]) =>
    /** @type {Point} */ ([seen ? x : Math.max(...corners) * Math.sign(right), y]);
  let room = TICK;
  const shown = length < APART / 2 ? [] : ticks(low, high, Math.min(5, Math.floor(length / APART) + 1));
  const marks = shown.map((value) => {
    const [text, from] = [short(value), beside(place((2 * (value - low)) / (high - low) - 1))];
    room = Math.max(room, TICK + GAP + reach(text));
    return { text, from, to: away(from, TICK), at: away(from, TICK + GAP + reach(text) / 2) };
  });
  return { name, at: away(beside(place(0)), room + GAP + reach(name) / 2), ticks: marks };
}

/**
 * The upright edge at the left end of the near edges; at the right end if an edge on the left goes straight back,
 * because its numbers are in the way then.
 * @param {Context} context
 * @param {Camera["project"]} project
 * @param {Point} corner  the nearest
 * @param {Relief} relief
 * @param {string} name
 * @param {number} size  px, of the letters
 */
function upright(context, project, [near, by], relief, name, size) {
  const [x0, y0] = project(near, by, 0);
  const ends = [
    { u: -near, v: by },
    { u: near, v: -by },
  ].map((end) => ({ ...end, at: project(end.u, end.v, 0) }));
  const [left, right] = ends.sort((a, b) => a.at[0] - b.at[0]);
  const side = x0 - left.at[0] < STEEP * (y0 - left.at[1]) ? 1 : -1;
  const { u, v } = side < 0 ? left : right;
  const top = project(u, v, relief.raise(relief.high));
  context.beginPath();
  context.moveTo(...project(u, v, FLOOR));
  context.lineTo(...top);
  context.stroke();
  const ticks = heights(relief).map((z) => {
    const [text, [x, y]] = [short(z), project(u, v, relief.raise(z))];
    const away = TICK + GAP / 2 + context.measureText(text).width / 2;
    const point = (/** @type {number} */ by) => /** @type {Point} */ ([x + side * by, y]);
    return { text, at: point(away), from: point(0), to: point(TICK) };
  });
  // A long name would lie on the land: it stands in the corner of the picture.
  const half = context.measureText(name).width / 2;
  const long = 2 * half > (side < 0 ? LONG : LONG / 3);
  const at = /** @type {Point} */ (
    long ? [side < 0 ? half : Infinity, 0.7 * size] : [top[0], top[1] - size - 4]
  );
  return { name, at, ticks: ticks.reverse() };
}
