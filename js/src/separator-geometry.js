/**
 * Where a separating line lies, and what line lies there. No drawing here, and no loss.
 *
 * In words of geometry a line is a direction (the angle from the class −1 towards +1, across the line), a
 * distance from (0, 0) in that direction, and the width of its band, from margin −1 to +1.
 */

/**
 * @typedef {number[] | Float64Array} Line  two weights and a bias: the logit is w1·x1 + w2·x2 + b
 * @typedef {{ angle: number, distance: number, width: number }} Pose  in degrees and in the unit of the axes
 * @typedef {[number, number]} Point
 * @typedef {{ left: number, right: number, bottom: number, top: number }} Box  in the unit of the axes
 */

const RADIAN = Math.PI / 180;

/**
 * The unit vectors across a line (towards +1) and along it.
 * @param {number} angle
 * @returns {{ across: Point, along: Point }}
 */
export function directions(angle) {
  const [cos, sin] = [Math.cos(angle * RADIAN), Math.sin(angle * RADIAN)];
  return { across: [cos, sin], along: [-sin, cos] };
}

/**
 * @param {Line} line
 * @returns {Pose | undefined}  undefined where both weights are 0: then there is no line
 */
export function poseOf(line) {
  const size = Math.hypot(line[0], line[1]);
  if (size === 0) return undefined;
  return { angle: Math.atan2(line[1], line[0]) / RADIAN, distance: -line[2] / size, width: 2 / size };
}

/**
 * @param {Pose} pose
 * @returns {[number, number, number]}
 */
export function lineOf({ angle, distance, width }) {
  const size = 2 / width;
  const { across } = directions(angle);
  return [tidy(size * across[0]), tidy(size * across[1]), tidy(-size * distance)];
}

/** The sine of 180° is 1.2e-16: such dust becomes 0. @param {number} x */
const tidy = (x) => (Math.abs(x) < 1e-12 ? 0 : Number(x.toPrecision(12)));

/**
 * @param {Point} a
 * @param {Point} b
 */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1];

/**
 * The same line moved until it goes through a point.
 * @param {Pose} pose
 * @param {Point} point
 * @returns {Pose}
 */
export function movedThrough(pose, point) {
  return { ...pose, distance: dot(directions(pose.angle).across, point) };
}

/**
 * The line turned about a point of it.
 * @param {Pose} pose
 * @param {Point} pivot
 * @param {number} angle
 * @returns {Pose}
 */
export function turnedTo(pose, pivot, angle) {
  const turned = ((((angle + 180) % 360) + 360) % 360) - 180;
  return movedThrough({ ...pose, angle: turned }, pivot);
}

/**
 * The line turned about a point until it goes through another, where the end `side` (+1 or −1 along) points to.
 * @param {Pose} pose
 * @param {Point} pivot
 * @param {Point} end
 * @param {number} side
 */
export function turnedThrough(pose, pivot, end, side) {
  const [dx, dy] = [side * (end[0] - pivot[0]), side * (end[1] - pivot[1])];
  if (dx === 0 && dy === 0) return pose;
  return turnedTo(pose, pivot, Math.atan2(dy, dx) / RADIAN - 90);
}

/**
 * The line with a band whose edge goes through a point; the line itself stays.
 * @param {Pose} pose
 * @param {Point} point
 * @returns {Pose}
 */
export function widenedTo(pose, point) {
  return { ...pose, width: 2 * Math.abs(dot(directions(pose.angle).across, point) - pose.distance) };
}

/**
 * The points of the line nearest to and at some length from another point.
 * @param {Pose} pose
 * @param {Point} near
 * @param {number} [along]
 * @param {number} [across]
 * @returns {Point}
 */
export function pointOf(pose, near, along = 0, across = 0) {
  const way = directions(pose.angle);
  const off = pose.distance - dot(way.across, near) + across;
  const to = (/** @type {0 | 1} */ k) => near[k] + off * way.across[k] + along * way.along[k];
  return [to(0), to(1)];
}

/**
 * The part of a line (or with `across` of a parallel to it) inside a box, as lengths along it from its point
 * nearest to (0, 0).
 * @param {Pose} pose
 * @param {Box} box
 * @param {number} [across]
 * @returns {[number, number] | undefined}
 */
export function chord(pose, box, across = 0) {
  const { along } = directions(pose.angle);
  const foot = pointOf(pose, [0, 0], 0, across);
  let [low, high] = [-Infinity, Infinity];
  for (const [k, from, to] of [
    [0, box.left, box.right],
    [1, box.bottom, box.top],
  ]) {
    if (Math.abs(along[k]) < 1e-12) {
      if (foot[k] < from || foot[k] > to) return undefined;
      continue;
    }
    const ends = [(from - foot[k]) / along[k], (to - foot[k]) / along[k]];
    low = Math.max(low, Math.min(...ends));
    high = Math.min(high, Math.max(...ends));
  }
  return low < high ? [low, high] : undefined;
}

/**
 * The part of a box's width that lies on a side of the line at some height. Where there is none, it ends before it
 * begins.
 * @param {Pose} pose
 * @param {Box} box
 * @param {number} height
 * @param {number} side  +1 or −1
 * @returns {[number, number]}
 */
export function sideSpan(pose, { left, right }, height, side) {
  const [dx, dy] = directions(pose.angle).across;
  const rest = pose.distance - dy * height;
  if (Math.abs(dx) < 1e-12) return side * rest < 0 ? [left, right] : [right, left];
  const crossing = rest / dx;
  return side * dx > 0 ? [Math.max(left, crossing), right] : [left, Math.min(right, crossing)];
}

/**
 * The least and the greatest distance with which a line in a direction still crosses a box.
 * @param {number} angle
 * @param {Box} box
 * @returns {[number, number]}
 */
export function reach(angle, box) {
  const { across } = directions(angle);
  const corners = [box.left, box.right].flatMap((x) => [box.bottom, box.top].map((y) => dot(across, [x, y])));
  const spare = 0.03 * (Math.max(...corners) - Math.min(...corners));
  return [Math.min(...corners) + spare, Math.max(...corners) - spare];
}

/**
 * Where the handles are: one to move the line by, one to turn it, one on the band's edge. All lie inside the box.
 * @param {Pose} pose
 * @param {Point} grip  where the line was last held
 * @param {Box} box
 * @param {number} arm  how far the turning handle is from the moving one
 * @param {{ turn: number, band: number }} [sides]  +1 or −1, to keep them while one is dragged
 */
export function handles(pose, grip, box, arm, sides) {
  const part = chord(pose, box);
  const foot = pointOf(pose, [0, 0]);
  const { along, across } = directions(pose.angle);
  let at = dot(along, [grip[0] - foot[0], grip[1] - foot[1]]);
  if (part) {
    const spare = Math.min(0.15 * (part[1] - part[0]), arm / 2);
    at = Math.min(part[1] - spare, Math.max(part[0] + spare, at));
  }
  const on = (/** @type {number} */ s) => pointOf(pose, [foot[0] + s * along[0], foot[1] + s * along[1]]);
  const move = on(at);
  const turn = sides?.turn ?? (!part || at + arm <= part[1] || part[1] - at > at - part[0] ? 1 : -1);
  const half = pose.width / 2;
  const beside = on(at - 0.6 * turn * arm);
  /** @param {number} side @returns {Point} */
  const edge = (side) => [beside[0] + side * half * across[0], beside[1] + side * half * across[1]];
  const band = sides?.band ?? (!contains(box, edge(1)) && contains(box, edge(-1)) ? -1 : 1);
  return {
    move: into(box, move),
    turn: into(box, on(at + turn * arm)),
    band: into(box, edge(band)),
    sides: { turn, band },
  };
}

/**
 * @param {Box} box
 * @param {Point} point
 */
export function contains(box, [x, y]) {
  return x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
}

/**
 * The point of a box nearest to a point.
 * @param {Box} box
 * @param {Point} point
 * @returns {Point}
 */
export function into(box, [x, y]) {
  return [Math.min(box.right, Math.max(box.left, x)), Math.min(box.top, Math.max(box.bottom, y))];
}
