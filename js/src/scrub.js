/**
 * Scrubbing: one value follows a mouse, pen or finger anywhere over a drawing.
 */

const SIDEWAYS = 6; // pixels that a finger goes sideways before it drags: until then it may be scrolling the page

/**
 * Call `moved` for every place a held pointer comes to, also when it leaves the element.
 * @param {Element} element  its CSS should say `touch-action: pan-y`
 * @param {(event: PointerEvent) => void} moved
 * @param {() => void} taken  called when the drag begins, to take the focus
 */
export function scrub(element, moved, taken) {
  /** @type {{ x: number, y: number } | undefined} */
  let waiting;
  const listen = (/** @type {string} */ name, /** @type {(event: PointerEvent) => void} */ heard) =>
    element.addEventListener(name, /** @type {EventListener} */ (heard));

  listen("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    waiting = event.pointerType === "touch" ? { x: event.clientX, y: event.clientY } : undefined;
    if (!waiting) moved(event);
    taken();
    event.preventDefault(); // no text selection
  });
  listen("pointermove", (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    if (waiting) {
      const across = Math.abs(event.clientX - waiting.x);
      if (across < SIDEWAYS || across < Math.abs(event.clientY - waiting.y)) return;
      waiting = undefined;
    }
    moved(event);
  });
  listen("click", moved); // the end of a finger's tap
}
