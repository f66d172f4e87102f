import assert from "node:assert/strict";
import { test } from "node:test";
import * as geometry from "../src/separator-geometry.js";

/** @typedef {[number, number]} Point */
const box = { left: -4, right: 4, bottom: -3, top: 3 };

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function close(a, b) {
  assert.equal(a.length, b.length);
  a.forEach((each, i) => {
    assert.ok(Math.abs(each - b[i]) < 1e-9, `${a} is not ${b}`);
  });
}
/**
 * @param {number[]} line
 * @param {Point} point
 */
const logit = (line, [x, y]) => line[0] * x + line[1] * y + line[2];
const LINES = [
  [1, 0, 0],
  [0, -2, 1],
  [-3, 4, 2.5],
  [0.3, 0.1, -0.4],
];

test("a line becomes a pose and the same line again", () => {
  for (const line of LINES) close(geometry.lineOf(/** @type {any} */ (geometry.poseOf(line))), line);
  assert.deepEqual(geometry.poseOf([3, 4, -10]), {
    angle: (Math.atan2(4, 3) * 180) / Math.PI,
    distance: 2,
    width: 0.4,
  });
});

test("there is no line where both weights are 0", () => {
  assert.equal(geometry.poseOf([0, 0, 1]), undefined);
});

test("a quarter turn leaves no dust in the weights", () => {
  assert.deepEqual(geometry.lineOf({ angle: 90, distance: 0, width: 2 }), [0, 1, 0]);
});

test("points of the line have logit 0, of the band's edges −1 and +1", () => {
  for (const line of LINES) {
    const pose = /** @type {geometry.Pose} */ (geometry.poseOf(line));
    for (const along of [-2, 0, 5]) {
      const at = (/** @type {number} */ side) =>
        logit(line, geometry.pointOf(pose, [1, 2], along, (side * pose.width) / 2));
      close([at(-1), at(0), at(1)], [-1, 0, 1]);
    }
  }
});

test("moving changes the bias only, turning the angle about its pivot, widening the length only", () => {
  for (const line of LINES) {
    const pose = /** @type {geometry.Pose} */ (geometry.poseOf(line));
    const size = Math.hypot(line[0], line[1]);
    const moved = geometry.lineOf(geometry.movedThrough(pose, [1, -1]));
    close(moved.slice(0, 2), line.slice(0, 2));
    close([logit(moved, [1, -1])], [0]);

    const pivot = geometry.pointOf(pose, [0.5, 0.5]);
    for (const side of [-1, 1]) {
      const turned = geometry.turnedThrough(pose, pivot, [2, 3], side);
      const after = geometry.lineOf(turned);
      close([logit(after, pivot), logit(after, [2, 3]), Math.hypot(after[0], after[1])], [0, 0, size]);
      const { along } = geometry.directions(turned.angle);
      assert.ok(side * (along[0] * (2 - pivot[0]) + along[1] * (3 - pivot[1])) > 0);
    }

    const wider = geometry.lineOf(geometry.widenedTo(pose, [3, 3]));
    close([Math.abs(logit(wider, [3, 3])), logit(wider, pivot)], [1, 0]);
    close([Math.atan2(wider[1], wider[0])], [Math.atan2(line[1], line[0])]);
  }
});

test("angles stay between −180 and 180 degrees", () => {
  const pose = { angle: 170, distance: 0, width: 1 };
  for (const [asked, got] of [
    [190, -170],
    [-190, 170],
    [180, -180],
    [45, 45],
  ])
    assert.equal(geometry.turnedTo(pose, [0, 0], asked).angle, got);
});

test("the chord of a line is its part inside the box", () => {
  const upright = { angle: 0, distance: 1, width: 1 };
  close(/** @type {number[]} */ (geometry.chord(upright, box)), [-3, 3]);
  assert.equal(geometry.chord({ ...upright, distance: 4.5 }, box), undefined);
  const diagonal = { angle: 135, distance: 0, width: 1 };
  close(/** @type {number[]} */ (geometry.chord(diagonal, box)), [-3 * Math.SQRT2, 3 * Math.SQRT2]);
});

test("any line within reach crosses the box, and all its handles lie in the box", () => {
  for (let angle = -180; angle <= 180; angle += 7.5) {
    const [low, high] = geometry.reach(angle, box);
    for (const distance of [low, (low + high) / 2, high]) {
      for (const width of [0.1, 2, 30]) {
        const pose = { angle, distance, width };
        assert.ok(geometry.chord(pose, box), `${angle}° at ${distance}`);
        const held = geometry.handles(pose, [0, 0], box, 1.5);
        for (const place of [held.move, held.turn, held.band]) assert.ok(geometry.contains(box, place));
        close([logit(geometry.lineOf(pose), held.move)], [0]);
      }
    }
  }
});

test("the handles are an arm apart on the line, and on the edge of the band", () => {
  const pose = { angle: 30, distance: 0.4, width: 1 };
  const { move, turn, band, sides } = geometry.handles(pose, [0, 0], box, 1.5);
  const line = geometry.lineOf(pose);
  close([logit(line, move), logit(line, turn), Math.abs(logit(line, band))], [0, 0, 1]);
  close([Math.hypot(turn[0] - move[0], turn[1] - move[1])], [1.5]);
  const kept = geometry.handles(pose, [0, 0], box, 1.5, { turn: -sides.turn, band: -sides.band });
  close([logit(line, kept.band)], [-logit(line, band)]);
});

test("a side of the line is the part of the width beyond where the line crosses that height", () => {
  const pose = { angle: 45, distance: 0, width: 1 }; // x1 + x2 = 0
  close(geometry.sideSpan(pose, box, 2, 1), [-2, 4]);
  close(geometry.sideSpan(pose, box, 2, -1), [-4, -2]);
  close(geometry.sideSpan({ ...pose, angle: -135 }, box, 2, -1), [-2, 4]); // the classes changed over
  const level = { ...pose, angle: 90, distance: 1 };
  close(geometry.sideSpan(level, box, 2, 1), [-4, 4]);
  close(geometry.sideSpan(level, box, 0, 1), [4, -4]); // this height has no part of that side
});
