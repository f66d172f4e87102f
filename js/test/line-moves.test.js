import assert from "node:assert/strict";
import { test } from "node:test";
import { between, lineMoves, ringAt } from "../src/line-moves.js";

/** @typedef {import("../src/line-moves.js").Ends} Ends */

/** A picture of 0..100 by 0..10, so that the rings stand at 2 and 98. */
function figure(weight = 0, bias = 5) {
  /** @type {Record<string, any>} */
  const traits = {
    ...{ weight, bias, history: [], _trail: [] },
    ...{ _weight_range: [-1, 1], _bias_range: [-50, 50], _x_range: [0, 100], _y_range: [0, 10] },
  };
  const model = { get: (/** @type {string} */ name) => traits[name] };
  const moves = lineMoves(
    /** @type {any} */ (model),
    (values) => Object.assign(traits, values),
    () => traits.weight + traits.bias,
  );
  const at = (/** @type {number} */ x) => traits.weight * x + traits.bias;
  return { traits, moves, at };
}

/** @param {number} number @param {number} wanted */
const near = (number, wanted) => assert.ok(Math.abs(number - wanted) < 1e-9, `${number} is not ${wanted}`);

test("a value stays between its ends, without the dust of rounding", () => {
  assert.equal(between([-1, 1], 3), 1);
  assert.equal(between([-1, 1], 0.1 + 0.2), 0.3);
  assert.equal(between([-4, 1], -3.2e-12), 0);
  assert.equal(between([-1e-9, 1e-9], 3e-10), 3e-10); // small numbers of a small range are no dust
  assert.equal(between([1e-12, 1], 1e-12), 1e-12);
});

test("a ring tilts the line about the other", () => {
  const { traits, moves, at } = figure();
  moves.tilt(moves.hold(1), 8);
  near(at(98), 8);
  near(at(2), 5);
  moves.tilt(moves.hold(0), 8);
  assert.deepEqual([traits.weight, traits.bias], [0, 8]);
});

test("a ring stands where its line leaves the picture, on its own side", () => {
  /** @type {[Ends, Ends]} */
  const box = [
    [0, 100],
    [0, 10],
  ];
  const rings = (/** @type {number} */ weight, /** @type {number} */ bias) =>
    [0, 1].map((i) => ringAt(i, { weight, bias }, ...box));
  assert.deepEqual(rings(0.01, 5), [2, 98]);
  assert.deepEqual(rings(0.2, -5), [25, 75]);
  assert.deepEqual(rings(-0.2, 15), [25, 75]);
  assert.deepEqual(rings(0.2, 3), [2, 60]); // it would leave at 35
  assert.deepEqual(rings(0, 12), [2, 98]); // all of it is outside,
  assert.deepEqual(rings(0.1, 12), [2, 60]); // and this is as near as it comes
});

test("a ring at the edge moves the line by as much as it is moved", () => {
  const { moves, at } = figure(0.2, -5);
  const hold = moves.hold(1);
  assert.deepEqual([hold.at, hold.height], [75, 10]);
  moves.tilt(hold, 9.7);
  near(at(75), 9.7);
  near(at(25), 0);

  const far = figure(0.2, 3); // its right ring waits at the edge, below the line
  const held = far.moves.hold(1);
  near(held.height, 15);
  far.moves.tilt(held, 14.7);
  near(far.at(60), 14.7);
  far.moves.tilt(held, 99);
  near(far.at(60), 15);
});

test("moves leave scores and a trail, which begins where the line was", () => {
  const { traits, moves } = figure();
  assert.deepEqual(moves.begin(), [[0, 5]]);
  moves.move(0.1, 5);
  moves.move(0.2, 5);
  assert.deepEqual(moves.begin(), [[0, 5]]); // also under way
  moves.counter.end();
  moves.move(0.2, 4);
  moves.move(0.2, 5);
  moves.counter.end(); // back where it was: no move
  moves.move(0.2, 3);
  moves.counter.end();
  assert.deepEqual(traits.history, [5.2, 3.2]);
  assert.deepEqual(traits._trail, [
    [0, 5],
    [0.2, 5],
    [0.2, 3],
  ]);
  assert.deepEqual(moves.begin(), traits._trail);
});

test("dials of the numbers and of the rings", () => {
  const { traits, moves, at } = figure();
  const { weight, bias, ring } = moves.dials;
  assert.deepEqual(weight.scale(), { low: -1, high: 1, step: 0.01 });
  weight.move(2);
  bias.move(-7);
  assert.deepEqual([traits.weight, traits.bias], [1, -7]);
  weight.move(0);
  bias.move(5);
  assert.deepEqual([ring(0).value(), ring(0).scale().step], [5, 0.1]);
  ring(1).move(6);
  near(at(98), 6);
});
