import assert from "node:assert/strict";
import { test } from "node:test";
import { player } from "../src/player.js";

test("a frame that began before the clock was started takes no step back", (context) => {
  /** @type {((now: number) => void)[]} */
  const waiting = [];
  const before = { request: globalThis.requestAnimationFrame, cancel: globalThis.cancelAnimationFrame };
  globalThis.requestAnimationFrame = (callback) => waiting.push(callback);
  globalThis.cancelAnimationFrame = () => {};
  context.after(() => {
    Object.assign(globalThis, {
      requestAnimationFrame: before.request,
      cancelAnimationFrame: before.cancel,
    });
  });
  /** @type {number[]} */
  const taken = [];
  const clock = player(
    (count) => taken.push(count) > 0,
    () => {},
    (_, elapsed) => elapsed / 10,
  );
  const start = performance.now();
  clock.start();
  waiting.shift()?.(start - 8);
  waiting.shift()?.(start + 25);
  waiting.shift()?.(start + 45);
  clock.stop();
  assert.ok(taken.length > 0 && taken.every((count) => count > 0));
  assert.equal(
    taken.reduce((a, b) => a + b),
    5,
  );
});
