import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { outcome, prospects, sentence, standing } from "../src/line-words.js";
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
  assert.equal(told([0.3, 0.3]), "lost: lost 2");
  assert.equal(told([0.3, 0.3, 0.1], null), "won: won 0.2 3");
  assert.equal(told([0.3], null), "open: ");
});

test("the sentence tells the line, the moves, the best lines and the challenge", () => {
  const texts = {
    sentence: "{weight} {bias} {score} {title}",
    so_far: "; {best} in {moves}",
    so_far_one: "; {best} at once",
    hidden: "; hidden",
    won: "won {used}",
    lost: "lost {moves}",
    best: "; best {weight} {bias} {score}",
    refit: "; {title} {weight} {bias}",
    goal: "get below",
    left: "left {left}",
  };
  const line = { weight: 1, bias: 2, score: 3 };
  /** @type {import("../src/line-words.js").State} */
  const bare = {
    ...{ title: "mean", now: line, start: 3, trail: [], winner: undefined, refits: [] },
    ...{ history: [], goal: null, moves: null, hidden: false },
  };
  const told = (/** @type {{}} */ more, counted = true) => sentence(texts, { ...bare, ...more }, counted);
  assert.equal(told({}), "1 2 3 mean");
  assert.equal(told({ history: [5] }), "1 2 3 mean; 5 at once");
  assert.equal(told({ history: [5, 4, 6] }), "1 2 3 mean; 4 in 3");
  assert.equal(told({ history: [5] }, false), "1 2 3 mean");
  assert.equal(told({ hidden: true }), "1 2 3 mean; hidden");
  assert.equal(told({ winner: line }), "1 2 3 mean; best 1 2 3");
  const refits = [
    { ...line, name: "a", label: "a", title: "A", place: 0 },
    { ...line, name: "b", label: "b", title: "B", place: 1, bias: 0 },
  ];
  assert.equal(told({ refits }), "1 2 3 mean; A 1 2; B 1 0");
  assert.equal(told({ goal: 1 }), "1 2 3 mean get below");
  assert.equal(told({ goal: 1, moves: 2 }), "1 2 3 mean get below left 2");
  const after = (/** @type {{}} */ more) => prospects({ ...bare, ...more }).map((each) => told(each));
  assert.deepEqual(after({}), ["−0.123 −0.123 0.123 mean; 0.123 in 10"]);
  assert.deepEqual(after({ goal: 1, moves: 2 }), [
    "−0.123 −0.123 0.123 mean; 0.877 in 2 get below won 2",
    "−0.123 −0.123 0.123 mean; 1 in 2 get below lost 2",
  ]);
});
