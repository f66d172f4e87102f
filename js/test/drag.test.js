import assert from "node:assert/strict";
import { test } from "node:test";
import { dragging } from "../src/drag.js";

/** A surface on which a thing at (10, 10) is taken up to 5 px away, and one that comes to the pointer elsewhere. */
function surface() {
  const target = new EventTarget();
  Object.assign(target, {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture() {},
  });
  /** @type {(string | number)[][]} */
  const done = [];
  dragging(/** @type {any} */ (target), {
    pick: (x, y) => (x > 100 ? undefined : Math.hypot(x - 10, y - 10) < 5 ? "thing" : "place"),
    place: (it) => (it === "thing" ? { x: 10, y: 10 } : undefined),
    move: (it, x, y) => done.push([it, x, y]),
    drop: (it) => done.push([`drop ${it}`]),
  });
  const send = (/** @type {string} */ type, x = 0, y = 0, pointerType = "mouse") =>
    target.dispatchEvent(
      Object.assign(new Event(type, { cancelable: true }), {
        clientX: x,
        clientY: y,
        pointerType,
        pointerId: 1,
        button: 0,
      }),
    );
  return { send, done };
}

test("a thing is dragged by the place it was taken at", () => {
  const { send, done } = surface();
  send("pointerdown", 12, 9);
  send("pointermove", 22, 19);
  send("lostpointercapture");
  send("pointermove", 40, 40);
  send("pointerdown", 120, 9);
  send("pointermove", 122, 9);
  assert.deepEqual(done, [["thing", 20, 20], ["drop thing"]]);
});

test("pressed elsewhere it comes there, and goes on from there", () => {
  const { send, done } = surface();
  send("pointerdown", 50, 60);
  send("pointermove", 51, 62);
  send("pointerup", 51, 62);
  send("lostpointercapture");
  assert.deepEqual(done, [["place", 50, 60], ["place", 51, 62], ["drop place"]]);
});

test("a finger that taps brings it, one that scrolls does not, one that goes sideways drags", () => {
  const { send, done } = surface();
  send("pointerdown", 50, 60, "touch");
  send("pointermove", 51, 62, "touch");
  send("pointerup", 51, 62, "touch");
  send("lostpointercapture");
  assert.deepEqual(done.splice(0), [["place", 50, 60], ["drop place"]]);

  send("pointerdown", 50, 60, "touch");
  send("pointermove", 51, 75, "touch");
  send("lostpointercapture"); // the page scrolls: no pointerup
  assert.deepEqual(done.splice(0), [["drop place"]]);

  send("pointerdown", 50, 60, "touch");
  send("pointermove", 57, 61, "touch");
  send("pointerup", 57, 61, "touch");
  send("lostpointercapture");
  assert.deepEqual(done, [["place", 57, 61], ["drop place"]]);
});

test("a finger that starts on a thing drags it any way, and the page stays", () => {
  const { send, done } = surface();
  const claimed = (/** @type {number} */ x, /** @type {number} */ y) => {
    send("pointerdown", x, y, "touch");
    return !send("touchstart"); // whether the browser may not scroll
  };
  assert.equal(claimed(12, 9), true);
  send("pointermove", 12, 15, "touch");
  send("lostpointercapture");
  assert.deepEqual(done.splice(0), [["thing", 10, 16], ["drop thing"]]);
  assert.equal(claimed(50, 60), false);
  send("lostpointercapture");
  assert.equal(claimed(120, 9), false);
});
