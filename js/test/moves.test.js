import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { challenge, sentence } from "../src/line-words.js";
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
  const told = (/** @type {number[]} */ history, /** @type {number | null} */ moves = 2) =>
    challenge(texts, history, 0.2, moves).text;
  assert.equal(told([]), "left 2");
  assert.equal(told([0.2]), "left 1");
  assert.equal(told([0.3, 0.1]), "won 0.2 2");
  assert.equal(told([0.1, 0.3, 0.4]), "won 0.2 1");
  assert.equal(told([0.3, 0.3, 0.1]), "lost 2");
  assert.equal(told([0.3, 0.3]), "lost 2");
  assert.equal(told([0.3, 0.3, 0.1], null), "won 0.2 3");
  assert.equal(told([0.3], null), "");
});

test("the sentence tells the line, the moves, the best lines and the challenge", () => {
  const texts = {
    sentence: "{weight} {bias} {score} {title}",
    so_far: "; {best} in {moves}",
    so_far_one: "; {best} at once",
    best: "; best {weight} {bias} {score}",
    refit: "; {title} {weight} {bias}",
    goal: "get below",
    left: "left {left}",
  };
  const line = { weight: 1, bias: 2, score: 3 };
  /** @type {import("../src/line-words.js").State} */
  const bare = { now: line, winner: undefined, refits: [], history: [], goal: null, moves: null };
  assert.equal(sentence(texts, "mean", bare), "1 2 3 mean");
  assert.equal(sentence(texts, "mean", { ...bare, history: [5] }), "1 2 3 mean; 5 at once");
  assert.equal(sentence(texts, "mean", { ...bare, history: [5, 4, 6] }), "1 2 3 mean; 4 in 3");
  assert.equal(sentence(texts, "mean", { ...bare, winner: line }), "1 2 3 mean; best 1 2 3");
  const refits = [
    { ...line, name: "a", label: "a", title: "A", place: 0 },
    { ...line, name: "b", label: "b", title: "B", place: 1, bias: 0 },
  ];
  assert.equal(sentence(texts, "mean", { ...bare, refits }), "1 2 3 mean; A 1 2; B 1 0");
  assert.equal(sentence(texts, "mean", { ...bare, goal: 1 }), "1 2 3 mean get below");
  assert.equal(sentence(texts, "mean", { ...bare, goal: 1, moves: 2 }), "1 2 3 mean get below left 2");
});
