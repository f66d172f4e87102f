/**
 * A clock for training and rolling: so many steps a second, in batches of at most one a frame.
 */

const SLOW = 50; // steps a second while most happens, ...
const FAST = 200; // ... and after so many steps, when little does
const MOST = 2000; // steps after which it stops by itself
export const LONGEST = 100; // ms: a frame that took longer (a hidden tab) counts as this long

/** Whether the reader wants nothing to move. VS Code has a setting of its own for that. */
export const motionless = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ||
  document.body.classList.contains("vscode-reduced-motion");

/**
 * How many steps are due after some milliseconds, when so many were taken.
 * @param {number} taken
 * @param {number} elapsed
 */
export const due = (taken, elapsed) => ((taken < FAST ? SLOW : FAST) * Math.min(elapsed, LONGEST)) / 1000;

/**
 * @param {(count: number) => boolean} advance  takes so many steps and says whether to go on
 * @param {() => void} changed  called when it starts or stops
 * @param {(taken: number, elapsed: number) => number} [pace]  how many steps are due, if not those of `due`
 */
export function player(advance, changed, pace = due) {
  /** @type {number | undefined} */
  let frame;
  let [last, taken, owed] = [0, 0, 0];

  /** @param {number} now */
  function tick(now) {
    owed += pace(taken, Math.max(0, now - last)); // a frame may have begun before the button was pressed
    last = now;
    const count = Math.min(Math.floor(owed), MOST - taken);
    owed -= count;
    taken += count;
    const on = count === 0 || advance(count);
    if (frame === undefined) return; // paused meanwhile
    if (on && taken < MOST) frame = requestAnimationFrame(tick);
    else stop();
  }
  function stop() {
    if (frame === undefined) return;
    cancelAnimationFrame(frame);
    frame = undefined;
    changed();
  }
  return {
    playing: () => frame !== undefined,
    start() {
      [last, taken, owed] = [performance.now(), 0, 0];
      frame = requestAnimationFrame(tick);
      changed();
    },
    stop,
  };
}
