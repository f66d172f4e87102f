/**
 * What stands on a block of land: balls, marks, and points that hover over it.
 */
import { cellOf, placeOn } from "./surface.js";

const BALL = 7; // px
const LABELLED = 9;
const POINT = 3;

/**
 * @typedef {import("./grid.js").Grid & { names: [string, string], label: string }} Land
 * @typedef {[number, number]} Point  x and y on the map
 * @typedef {{ x: number, y: number, colour: string, label?: string }} Ball
 * @typedef {{ points: Point[], colour: string }} Trail
 * @typedef {{ x: number, y: number, shape: string }} Mark  `shape`: an SVG path about the place, in pixels
 * @typedef {{ points: [number, number, number][], colour: string }} Walk  x, y and the true height
 * @typedef {{ balls?: Ball[], trails?: Trail[], marks?: Mark[], walk?: Walk }} Shown  a `colour` may be var(--…)
 *
 * @typedef {import("./surface.js").Place} Place
 * @typedef {import("./surface-paint.js").Thing} Thing
 * @typedef {{ of: (colour: string) => string, surface: string, font: string }} Ink
 */

/**
 * @param {Land} land
 * @param {import("./surface.js").Relief} relief
 * @param {Shown} shown
 * @param {number} cells
 * @param {Ink} ink
 * @returns {{ standing: Thing[], below: Thing[] }}  `below` lie under the land: they are shown through it
 */
export function things(land, relief, { marks = [], walk, balls = [] }, cells, ink) {
  /** @type {Thing[]} */
  const standing = [];
  /** @type {Thing[]} */
  const below = [];
  const put = (/** @type {Place} */ place, /** @type {Thing["paint"]} */ paint, to = standing) =>
    to.push({ row: cellOf(place.v, cells), column: cellOf(place.u, cells), paint });
  for (const { x, y, shape } of marks) {
    const place = placeOn(land, relief, x, y);
    put(place, paintMark(place, new Path2D(shape)));
  }
  /** @type {Place | undefined} */
  let last;
  for (const [x, y, z] of walk?.points ?? []) {
    const [foot, place] = [placeOn(land, relief, x, y), placeOn(land, relief, x, y, z)];
    const under = place.h < foot.h;
    put(foot, paintHover(foot, place, last, ink.of(walk?.colour ?? ""), under), under ? below : standing);
    last = place;
  }
  for (const { x, y, colour, label } of balls) {
    const place = placeOn(land, relief, x, y);
    put(place, paintBall(place, ink.of(colour), label, ink));
  }
  return { standing, below };
}

/**
 * A ball that touches the land where it stands.
 * @param {Place} place
 * @param {string} colour
 * @param {string | undefined} label
 * @param {Ink} ink
 * @returns {Thing["paint"]}
 */
const paintBall =
  ({ u, v, h }, colour, label, { surface, font }) =>
  (context, { project }) => {
    const [x, foot] = project(u, v, h);
    const radius = label ? LABELLED : BALL;
    const y = foot - 0.7 * radius;
    disc(context, x, y, radius, colour, "#fff", 2.5);
    if (!label) return;
    context.font = `600 12px ${font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = surface;
    context.fillText(label, x, y + 1);
  };

/**
 * @param {Place} place
 * @param {Path2D} shape
 * @returns {Thing["paint"]}
 */
const paintMark =
  ({ u, v, h }, shape) =>
  (context, { project }) => {
    const [x, y] = project(u, v, h);
    context.save();
    context.translate(x, y);
    for (const [colour, width] of /** @type {const} */ ([
      ["#111", 4],
      ["#fff", 1.75],
    ])) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(shape);
    }
    context.restore();
  };

/**
 * A point off the land, on a hair line from the place under or over it, with the way from the point before.
 * @param {Place} foot
 * @param {Place} place
 * @param {Place | undefined} last
 * @param {string} colour
 * @param {boolean} under
 * @returns {Thing["paint"]}
 */
const paintHover =
  (foot, place, last, colour, under) =>
  (context, { project }) => {
    const [x, y] = project(place.u, place.v, place.h);
    for (const [from, ink, width] of /** @type {const} */ ([
      [last, colour, 1.5],
      [foot, "#fff", 1],
    ])) {
      if (!from) continue;
      context.beginPath();
      context.moveTo(...project(from.u, from.v, from.h));
      context.lineTo(x, y);
      context.strokeStyle = ink;
      context.lineWidth = width;
      context.stroke();
    }
    if (under) disc(context, x, y, POINT, "#fff", colour, 1.5);
    else disc(context, x, y, POINT + 0.5, colour, "#fff", 1);
  };

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} colour
 * @param {string} edge
 * @param {number} width  of the edge
 */
function disc(context, x, y, radius, colour, edge, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
}
