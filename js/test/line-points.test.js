import assert from "node:assert/strict";
import { test } from "node:test";
import { gripKeys, linePoints } from "../src/line-points.js";

/** Points at (0, 1), (2, 0), (1, 5), (1, 2), in a figure that goes from 0 to 10 both ways. */
function figure() {
  /** @type {Record<string, any>} */
  const traits = { _moved: [], history: [3], _trail: [[0, 0]] };
  /** @type {string[]} */
  const heard = [];
  const model = { get: (/** @type {string} */ name) => traits[name] };
  const put = (/** @type {Record<string, unknown>} */ values) => {
    heard.push(...Object.keys(values));
    Object.assign(traits, values);
  };
  const within = (/** @type {string} */ _, /** @type {number} */ value) => Math.min(10, Math.max(0, value));
  const points = linePoints(/** @type {any} */ (model), put, within);
  const read = () => points.read(Float64Array.of(0, 2, 1, 1), Float64Array.of(1, 0, 5, 2));
  read();
  return { points, traits, heard, read };
}

test("a moved point is told to Python by its index, once, within the axes", () => {
  const { points, traits, read } = figure();
  points.move(1, 3, 4);
  points.move(2, 1, 99);
  points.move(1, -5, 6);
  assert.deepEqual(traits._moved, [
    [2, 1, 10],
    [1, 0, 6],
  ]);
  read();
  assert.deepEqual([...points.x], [0, 0, 1, 1]);
  assert.deepEqual([...points.y], [1, 6, 10, 2]);
});

test("scores of other points are forgotten, but nothing is told where nothing moved", () => {
  const { points, traits, heard } = figure();
  points.move(1, 2, 0);
  assert.deepEqual(heard, []);
  points.move(1, 2, 1);
  assert.deepEqual([traits.history, traits._trail], [[], []]);
  points.move(0, 5, 1);
  assert.deepEqual(heard, ["_moved", "history", "_trail", "_moved"]);
});

test("the last point that stands aside of the others cannot join them", () => {
  const { points, traits } = figure();
  points.read(Float64Array.of(1, 1, 2), Float64Array.of(1, 2, 3));
  points.move(2, 1, 3);
  assert.deepEqual(traits._moved, []);
  points.move(2, 1.5, 3);
  assert.deepEqual(traits._moved, [[2, 1.5, 3]]);
});

test("the points make a ring from left to right, and upwards where they stand above each other", () => {
  const { points } = figure();
  assert.equal(points.chosen, 3); // at first the last one that Python gave
  points.chosen = 0;
  const seen = [points.chosen];
  for (let i = 0; i < 4; i++) {
    points.next(1);
    seen.push(points.chosen);
  }
  assert.deepEqual(seen, [0, 3, 2, 1, 0]);
  points.next(-1);
  assert.equal(points.chosen, 1);
});

test("the point held is one there is, when fewer come from Python", () => {
  const { points } = figure();
  points.chosen = 3;
  points.read(Float64Array.of(0, 1), Float64Array.of(0, 1));
  assert.equal(points.chosen, 1);
});

test("the nearest point is found on the screen", () => {
  const { points } = figure();
  const place = (/** @type {number} */ i) => ({ x: 100 * points.x[i], y: 50 - 10 * points.y[i] });
  assert.deepEqual(points.nearest(place, 103, -4), { point: 2, distance: 5 });
  assert.deepEqual(points.nearest(place, 3, 44), { point: 0, distance: 5 });
});

test("arrows move the chosen point, page keys choose another and draw it", () => {
  const { points, traits } = figure();
  points.chosen = 0;
  let drawn = 0;
  const keys = gripKeys(
    points,
    (range, value, move) => ({ range, value, move, scale: () => ({ low: 0, high: 10, step: 1 }) }),
    () => drawn++,
  );
  keys.page(1);
  assert.deepEqual([points.chosen, drawn], [3, 1]);
  assert.deepEqual([keys.across.value(), keys.up.value()], [1, 2]);
  keys.across.move(4);
  assert.deepEqual(traits._moved, [[3, 4, 2]]);
  keys.up.move(7);
  assert.deepEqual(traits._moved, [[3, 1, 7]]);
});
