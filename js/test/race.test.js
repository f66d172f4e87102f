import assert from "node:assert/strict";
import { test } from "node:test";
import { reader } from "../src/curve.js";
import { lineScore } from "../src/pulling.js";
import { columnsOf } from "../src/race.js";
import { ends, stepsShown } from "../src/race-chart.js";
import { roundTop } from "../src/race-pulls.js";
import { notes, sentence } from "../src/race-words.js";
import { walker } from "../src/walk.js";

const hinge = reader({
  u: Float64Array.of(-9, 0, 1, 1, 1, 9),
  value: Float64Array.of(10, 1, 0, 0, 0, 0),
  slope: Float64Array.of(-1, -1, -1, 0, 0, 0),
});

test("the score of a line, its slopes and who pulls", () => {
  const score = lineScore(hinge, [-2, 0.5, 1], [-1, -1, 1], [0, 0, 0]);
  assert.equal(score.valueAt(1, 0), 0.5);
  assert.deepEqual(score.pulls(1, 0), [0, 1, 0]);
  const [across, up] = score.slopeAt(1, 0);
  assert.ok(Math.abs(across - 0.5 / 3) < 1e-12 && Math.abs(up - 1 / 3) < 1e-12);
});

test("a map holds the score of the line at each node, the lowest bias first", () => {
  const score = lineScore(hinge, [-2, 0.5, 1], [-1, -1, 1], [0, 0, 0]);
  const { z, dx, columns } = score.landscape([0, 2], [-1, 1], 5);
  assert.equal(z[2 * columns + 2], score.valueAt(1, 0));
  assert.equal(z[1 * columns + 4], score.valueAt(2, -0.5));
  assert.equal(dx[3 * columns], score.slopeAt(0, 0.5)[0]);
});

test("a walk on exact slopes ends where it comes to rest, and not before", () => {
  const score = lineScore(hinge, [1], [1], [0]);
  const ground = {
    ...score,
    bounds: /** @type {[[number, number], [number, number]]} */ ([
      [-2, 2],
      [-2, 2],
    ]),
  };
  const walk = walker(ground, [0, 0], { optimiser: "gradient descent", rate: 0.25, momentum: 0, noise: 0 });
  assert.deepEqual(walk.to(1).end, "");
  const { places, end } = walk.to(50);
  assert.deepEqual([places.length - 1, end], [2, "rest"]); // two steps of 0.25 both ways reach margin 1
  assert.equal(walk.over(1), Infinity);
  assert.equal(walk.over(50), 2);
});

test("the axis of steps grows in jumps", () => {
  assert.deepEqual([0, 20, 21, 60, 999].map(stepsShown), [20, 20, 50, 100, 1000]);
});

test("an axis holds its values; in powers of ten it has whole ones and leaves 0 out", () => {
  assert.deepEqual(ends([3, 0.5, Infinity], false), [0, 3]);
  assert.deepEqual(ends([-1, 2.2], false), [-1, 2.5]); // round
  assert.deepEqual(ends([0, 0], false), [0, 1]);
  assert.deepEqual(ends([-1e-17, 3], false), [0, 3]); // rounded
  assert.deepEqual(ends([-2, -1], false), [-2, -1]);
  assert.deepEqual(ends([3, 0.02, 0], true), [-2, 1]);
  assert.deepEqual(ends([3, 1e-30], true), [-9, 1]);
  assert.deepEqual(ends([0], true), [-1, 0]);
  assert.deepEqual(ends([1, 1], true), [-1, 0]);
});

test("the axis of pulls is 1 or a round number above", () => {
  assert.deepEqual(
    [[], [0, 0.2], [1, 1], [1.1], [3], [4.2], [11], [25]].map(roundTop),
    [1, 1, 1, 2, 3, 5, 20, 30],
  );
});

test("lanes stand side by side where there is room", () => {
  assert.deepEqual(
    [2, 3, 4].map((count) => columnsOf(688, count)),
    [2, 3, 2],
  );
  assert.deepEqual(
    [2, 3, 4].map((count) => columnsOf(639, count)),
    [1, 1, 1],
  );
});

const texts = {
  before: "At {x}, {y}: ",
  after: "After {steps}: ",
  after_one: "After one: ",
  lane: "{title} {loss} {gradient}",
  pulling: "{speaking} of {count}",
  reached: "below {goal} after {steps}",
  reached_one: "below {goal} after one",
  unreached: "not below {goal}",
  rest: "rest after {steps}",
  rest_one: "rest after one",
};
/** @type {import("../src/walk.js").Walk} */
const walk = {
  places: [
    [0, 0],
    [1, 1],
  ],
  losses: [2, 0.5],
  slopes: [1, 0.25],
  end: "rest",
};

test("a lane tells when it was below the goal, and why it ended", () => {
  assert.deepEqual(notes(texts, walk, 1), ["below 1 after one", "rest after one"]);
  assert.deepEqual(notes(texts, walk, 0.5), ["not below 0.5", "rest after one"]); // below, not at
  assert.deepEqual(notes(texts, { ...walk, end: "" }, null), []);
});

test("the sentence tells every lane", () => {
  const lanes = [
    { title: "one", walk: { ...walk, end: /** @type {const} */ ("") }, pulls: [0, 2, 1] },
    { title: "two", walk, pulls: undefined },
  ];
  const state = { start: /** @type {[number, number]} */ ([0, 3]), steps: 0, optimiser: "adam", goal: null };
  assert.equal(sentence(texts, state, lanes), "At 0, 3: one 0.5 0.25, 2 of 3; two 0.5 0.25, rest after one.");
  assert.match(sentence(texts, { ...state, steps: 1 }, lanes), /^After one: /);
  assert.match(sentence(texts, { ...state, steps: 2 }, lanes), /^After 2: /);
});
