/**
 * Dragging things of a drawing with mouse, pen or finger: one code path, by pointer capture.
 */

const SIDEWAYS = 5; // px a finger goes sideways before it drags where it could also scroll the page

/**
 * @template T
 * @typedef {object} Grip
 * @property {(x: number, y: number, finger: boolean) => T | undefined} pick  what lies under the pointer
 * @property {(it: T) => { x: number, y: number } | undefined} place  where it is now; undefined: it comes where one presses
 * @property {(it: T, x: number, y: number) => void} move
 * @property {(it: T) => void} drop
 */

/**
 * @template T
 * @param {SVGSVGElement} surface
 * @param {Grip<T>} grip
 */
export function dragging(surface, { pick, place, move, drop }) {
  /** @type {{ it: T, id: number, from: [number, number], by: [number, number], free: boolean } | undefined} */
  let held;
  /** @param {PointerEvent} event @returns {[number, number]} */
  const at = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held) return;
    const [x, y] = at(event);
    const finger = event.pointerType === "touch";
    const it = pick(x, y, finger);
    if (it === undefined) return;
    const now = place(it) ?? { x, y };
    // A finger may want to scroll the page, unless it starts on something to drag: then the page stays.
    const free = !finger || place(it) !== undefined;
    held = { it, id: event.pointerId, from: [x, y], by: [now.x - x, now.y - y], free };
    surface.setPointerCapture(event.pointerId);
    if (held.free && !place(it)) move(it, x, y);
    event.preventDefault(); // no text selection
  });
  // Follows the pointerdown: without this the browser would take a finger that goes up or down for a scroll.
  const claim = (/** @type {Event} */ event) => held?.free && event.cancelable && event.preventDefault();
  surface.addEventListener("touchstart", claim, { passive: false });
  surface.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    const [x, y] = at(event);
    held.free ||= Math.abs(x - held.from[0]) > SIDEWAYS;
    if (held.free) move(held.it, x + held.by[0], y + held.by[1]);
  });
  surface.addEventListener("pointerup", (event) => {
    // A finger that tapped, rather than scrolled the page.
    if (held?.id === event.pointerId && !held.free && !place(held.it)) move(held.it, ...held.from);
  });
  surface.addEventListener("lostpointercapture", (event) => {
    if (held?.id !== event.pointerId) return;
    const { it } = held;
    held = undefined;
    drop(it);
  });
}
