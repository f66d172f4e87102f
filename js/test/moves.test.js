import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { outcome, standing } from "../src/line-words.js";
import { moveCounter } from "../src/moves.js";

test("a burst of keys is one move, which ends with a rest", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let moves = 0;
  const counter = moveCounter(() => moves++);
  assert.deepEqual([counter.begin(), counter.begin()], [true, false]);
  counter.rest();
  mock.timers.tick(500);
  counter.rest();
  mock.timers.tick(599);
  assert.equal(moves, 0);
  mock.timers.tick(1);
  assert.equal(moves, 1);
  counter.begin();
  counter.end();
  counter.end();
  assert.equal(moves, 2);
  counter.begin();
  counter.stop();
  counter.end();
  assert.equal(moves, 2);
  mock.timers.reset();
});

test("a challenge is won below its goal, in its moves, and once won it stays won", () => {
  const texts = { won: "won {goal} {used}", lost: "lost {moves}", left: "left {left}" };
  const told = (/** @type {number[]} */ history, /** @type {number | null} */ moves = 2) => {
    const { state } = outcome(history, 0.2, moves);
    return `${state}: ${standing(texts, history, 0.2, moves)}`;
  };
  assert.equal(told([]), "open: left 2");
  assert.equal(told([0.2]), "open: left 1");
  assert.equal(told([0.3, 0.1]), "won: won 0.2 2");
  assert.equal(told([0.1, 0.3, 0.4]), "won: won 0.2 1");
  assert.equal(told([0.3, 0.3, 0.1]), "lost: lost 2");
  assert.equal(told([0.3, 0.3, 0.1], null), "won: won 0.2 3");
  assert.equal(told([0.3], null), "open: ");
});
