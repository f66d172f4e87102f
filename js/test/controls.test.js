import assert from "node:assert/strict";
import { test } from "node:test";
import { everyStop, keyed, longest, moveByArrows, moveByKeys, snap } from "../src/controls.js";

const scale = { low: -3, high: 3, step: 0.05 };

test("a value snaps to the step without rounding dust, and stays within the ends", () => {
  assert.equal(snap(scale, 0.31), 0.3);
  assert.equal(snap(scale, 0.1 + 0.2), 0.3);
  assert.equal(snap(scale, 9), 3);
  assert.equal(snap(scale, -9), -3);
});

test("the keys of a slider", () => {
  assert.equal(keyed(scale, 0.3, "ArrowRight"), 0.35);
  assert.equal(keyed(scale, 0.3, "ArrowDown"), 0.25);
  assert.equal(keyed(scale, 0.3, "PageUp"), 0.8);
  assert.equal(keyed(scale, 0.3, "PageDown"), -0.2);
  assert.equal(keyed(scale, 0.3, "Home"), -3);
  assert.equal(keyed(scale, 0.3, "End"), 3);
  assert.equal(keyed(scale, 3, "ArrowUp"), 3);
  assert.equal(keyed(scale, 0.3, "Tab"), undefined);
});

/**
 * Press a key on something; says whether the page was kept from using it.
 * @param {EventTarget} target
 * @param {string} key
 * @param {Record<string, boolean>} [modifiers]
 */
function press(target, key, modifiers = {}) {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  const event = new Event("keydown", { cancelable: true });
  target.dispatchEvent(Object.assign(event, { key, ...plain, ...modifiers }));
  return event.defaultPrevented;
}

test("arrows move across and up, page keys go on and back, and no other key is taken", () => {
  const target = new EventTarget();
  /** @type {(string | number)[][]} */
  const done = [];
  /** @param {string} name */
  const dial = (name) => ({
    scale: () => scale,
    value: () => 1,
    move: (/** @type {number} */ to) => done.push([name, to]),
  });
  const page = (/** @type {number} */ by) => done.push(["page", by]);
  moveByArrows(/** @type {any} */ (target), { across: dial("across"), up: dial("up"), page });
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "PageUp", "PageDown"]) {
    assert.ok(press(target, key), key);
  }
  assert.deepEqual(done, [
    ["across", 1.05],
    ["across", 0.95],
    ["up", 1.05],
    ["up", 0.95],
    ["page", 1],
    ["page", -1],
  ]);
  for (const key of ["Home", "Tab", "a"]) assert.ok(!press(target, key), key);
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.ok(!press(target, "ArrowUp", { [modifier]: true }), modifier);
  }
  assert.equal(done.length, 6);
});

test("the keys of a slider are the reader's alone without a modifier", () => {
  const target = new EventTarget();
  /** @type {number[]} */
  const moved = [];
  moveByKeys(/** @type {any} */ (target), {
    scale: () => scale,
    value: () => 1,
    move: (to) => moved.push(to),
  });
  assert.ok(press(target, "End"));
  assert.ok(!press(target, "x"));
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.ok(!press(target, "End", { [modifier]: true }), modifier);
  }
  assert.deepEqual(moved, [3]);
});

test("a value's room holds every number of its scale", () => {
  assert.equal(longest(scale), "−2.95".length);
  assert.equal(longest({ low: 0, high: 100, step: 1 }), "100".length);
  assert.equal(longest({ low: -0.4, high: 1, step: 0.01 }), "−0.39".length);
  assert.equal(longest({ low: -0.4, high: 1, step: 0.01 }, true), "−0.00889".length);
});

test("where there is only one thing to move, the page keys lift it and Home and End take it across", () => {
  const target = new EventTarget();
  /** @type {(string | number)[][]} */
  const done = [];
  /** @param {string} name */
  const dial = (name) => ({
    scale: () => scale,
    value: () => 1,
    move: (/** @type {number} */ to) => done.push([name, to]),
  });
  moveByArrows(/** @type {any} */ (target), { across: dial("across"), up: dial("up") });
  for (const key of ["PageUp", "PageDown", "Home", "End"]) assert.ok(press(target, key), key);
  assert.deepEqual(done, [
    ["up", 1.5],
    ["up", 0.5],
    ["across", -3],
    ["across", 3],
  ]);
});

test("every stop of a slider, with both ends", () => {
  assert.deepEqual(everyStop({ low: -1, high: 1, step: 0.5 }), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(everyStop({ low: 0.1, high: 1, step: 0.4 }), [0.1, 0.4, 0.8, 1]);
});
