/**
 * The map of a landscape: contour lines, critical points, and balls with the way they came. The ring of each ball is where
 * it starts, and can be moved.
 */
import { tickStep } from "d3-array";
import { chart, polyline } from "./chart.js";
import { contourMap } from "./contour-map.js";
import { moveByArrows } from "./controls.js";
import { dragging } from "./drag.js";
import { fill, short } from "./format.js";
import { handle, nameHandle } from "./handles.js";

const REACH = { mouse: 18, finger: 24 }; // px: how near a ring or a ball is taken
const LETTER = { right: 12, up: 9 }; // px from its mark
const APART = 4; // px: steps that lie closer get no dot

/**
 * @typedef {import("./walk.js").Place} Place
 * @typedef {import("./walk.js").Walk} Walk
 * @typedef {import("./grid.js").Grid & { levels: number[], grain: [number, number], names: [string, string], label: string }} Land
 * @typedef {{ x: number, y: number, kind: string, letter: string }} Mark
 */

/** A mark of each kind of critical point, as a path around a place. @type {Record<string, string>} */
export const MARKS = {
  minimum: "M-7,-5H7L0,7Z",
  maximum: "M-7,5H7L0,-7Z",
  saddle: "M-7,-5l2,-2l5,5l5,-5l2,2l-5,5l5,5l-2,2l-5,-5l-5,5l-2,-2l5,-5z",
  flat: "M-7,-2.5h14v5h-14z",
};

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {number} count  of balls
 * @param {(ball: number, x: number, y: number) => void} moved  called when a start is moved, always to a place on the map
 */
export function mapPanel(parent, texts, count, moved) {
  const { svg, clipped, above, x, y, box, layout } = chart(parent, texts.map_label, false);
  svg.classed("lossviz-map", true);
  const map = contourMap(clipped, box);
  const ways = clipped.append("g");
  const points = clipped.append("g").attr("class", "lossviz-critical").attr("aria-hidden", "true");
  const drawn = Array.from({ length: count }, (_, i) => {
    const group = ways.append("g").attr("class", `lossviz-way lossviz-ball-${i}`).attr("aria-hidden", "true");
    const path = (/** @type {string} */ kind) => group.append("path").attr("class", kind);
    return {
      casing: path("lossviz-way-casing"),
      line: path("lossviz-way-line"),
      dots: path("lossviz-way-dots"),
    };
  });
  const starts = drawn.map((_, i) => handle(above, count > 1 ? 12 : 10, `lossviz-start lossviz-ball-${i}`));
  const balls = drawn.map((_, i) => {
    const ball = above
      .append("g")
      .attr("class", `lossviz-ball lossviz-ball-${i}`)
      .attr("aria-hidden", "true");
    ball.append("circle").attr("r", count > 1 ? 8.5 : 7);
    if (count > 1)
      ball
        .append("text")
        .attr("dy", "0.36em")
        .text(i + 1);
    return ball;
  });
  /** @type {Land | undefined} */
  let land;
  let chosen = 0;
  /** @type {Walk[]} */
  let walks = [];
  /** Where each starts: keys may come quicker than it is drawn. @type {Place[]} */
  let from = [];

  /** @param {[number, number]} ends @param {number} at */
  const within = ([low, high], at) => Math.min(high, Math.max(low, at));
  /** @param {number} ball @param {number} toX @param {number} toY */
  function move(ball, toX, toY) {
    if (!land) return;
    from[ball] = [within(land.x, toX), within(land.y, toY)];
    moved(ball, ...from[ball]);
  }
  /** @param {Place} place */
  const pixels = ([atX, atY]) => ({ x: x(atX), y: y(atY) });
  /** @param {Walk} walk */
  const present = ({ places }) => places[places.length - 1];

  starts.forEach((start, ball) => {
    /** @param {0 | 1} axis @returns {import("./controls.js").Dial} */
    const dial = (axis) => ({
      scale() {
        const [low, high] = axis === 0 ? x.domain() : y.domain();
        return { low, high, step: tickStep(low, high, 100) };
      },
      value: () => from[ball]?.[axis] ?? 0, // nothing is drawn yet: the figure has had no width
      move: (to) => {
        const [atX, atY] = from[ball] ?? [];
        if (land) move(ball, axis === 0 ? to : atX, axis === 1 ? to : atY);
      },
    });
    moveByArrows(/** @type {SVGGElement} */ (start.node()), { across: dial(0), up: dial(1) });
    start.on("focus", () => {
      chosen = ball;
    });
  });

  dragging(/** @type {SVGSVGElement} */ (svg.node()), {
    pick(atX, atY, finger) {
      if (walks.length === 0 || !holds(atX, atY)) return undefined; // no ball, or none drawn yet
      const reach = finger ? REACH.finger : REACH.mouse;
      /** @param {Place} place */
      const away = (place) => Math.hypot(x(place[0]) - atX, y(place[1]) - atY);
      const near = walks.flatMap((walk, ball) => [
        { ball, held: true, distance: away(walk.places[0]) },
        { ball, held: false, distance: away(present(walk)) + 1 }, // the ring comes first
      ]);
      const nearest = near.reduce((a, b) => (b.distance < a.distance ? b : a));
      const found = nearest.distance <= reach ? nearest : { ball: chosen, held: false };
      chosen = found.ball;
      starts[chosen].node()?.focus({ preventScroll: true });
      return found;
    },
    place: ({ ball, held }) => (held ? pixels(walks[ball].places[0]) : undefined),
    move: ({ ball }, atX, atY) => move(ball, x.invert(atX), y.invert(atY)),
    drop() {},
  });

  /** Whether a place on the screen is on the map. @param {number} left @param {number} top */
  const holds = (left, top) => left >= box.left && left <= box.right && top >= box.top && top <= box.bottom;

  /**
   * Draw the ground anew: a new landscape, other marks, or another width.
   * @param {Land} now
   * @param {Mark[]} marks
   * @param {number} width
   * @param {number} tall  the height as a share of the width
   * @param {{ tallest?: number, shortest?: number }} [heights]
   */
  function setLand(now, marks, width, tall, heights) {
    land = now;
    layout(width, now.x, now.y, ...now.names, tall, heights);
    let [low, high] = [Infinity, -Infinity];
    for (const height of now.z) {
      low = Math.min(low, height);
      high = Math.max(high, height);
    }
    // No contour label on a mark or on its letter.
    const taken = marks.flatMap((mark) => {
      const [left, top] = [x(mark.x), y(mark.y)];
      return /** @type {[number, number][]} */ ([
        [left, top],
        [left + LETTER.right, top - LETTER.up],
      ]);
    });
    map.draw({ ...now, low, high }, now.levels, taken);
    drawMarks(marks);
    walks = []; // they lie elsewhere now
  }

  /** @param {Mark[]} marks */
  function drawMarks(marks) {
    points
      .selectAll("path")
      .data(marks)
      .join("path")
      .attr("class", "lossviz-level")
      .attr("transform", (mark) => `translate(${x(mark.x)},${y(mark.y)})`)
      .attr("d", ({ kind }) => MARKS[kind]);
    points
      .selectAll("text")
      .data(marks.filter(({ letter }) => letter))
      .join("text")
      .attr("x", (mark) => x(mark.x) + LETTER.right)
      .attr("y", (mark) => y(mark.y) - LETTER.up)
      .text(({ letter }) => letter);
  }

  /** @param {Walk[]} now */
  function drawWalks(now) {
    from = now.map(({ places }) => places[0]);
    now.forEach((walk, i) => {
      if (walk === walks[i]) return; // it is drawn
      const way = /** @type {Place[]} */ (walk.places.map((place) => [x(place[0]), y(place[1])]));
      const line = way.length > 1 ? polyline(way) : "";
      drawn[i].casing.attr("d", line);
      drawn[i].line.attr("d", line);
      drawn[i].dots.attr("d", dots(way));
      const [from, to] = [way[0], way[way.length - 1]];
      starts[i].attr("transform", `translate(${from[0]},${from[1]})`).classed("lossviz-left", way.length > 1);
      balls[i].attr("transform", `translate(${to[0]},${to[1]})`);
      const [atX, atY] = walk.places[0];
      const [low, high] = x.domain();
      const said = { x: short(atX), y: short(atY), loss: short(walk.losses[0]) };
      nameHandle(
        starts[i],
        fill(count > 1 ? texts.start_of : texts.start, { ball: String(i + 1) }),
        { low, high, now: atX },
        fill(texts.start_value, said),
      );
    });
    walks = now;
  }

  return { svg, x, y, box, over: map.over, ways, above, starts, setLand, drawWalks, chosen: () => chosen };
}

/**
 * A dot for each step that lies clear of the one before.
 * @param {Place[]} way  pixels
 */
function dots(way) {
  let path = "";
  let [lastX, lastY] = way[0];
  for (const [x, y] of way.slice(1)) {
    if (Math.hypot(x - lastX, y - lastY) < APART) continue;
    path += `M${x.toFixed(1)},${y.toFixed(1)}h0`;
    [lastX, lastY] = [x, y];
  }
  return path;
}
