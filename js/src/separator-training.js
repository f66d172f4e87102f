/**
 * The training of Separator: its line goes downhill by a step, by many at once, or while a reader watches.
 */
import { descend, plain } from "./descent.js";
import { motionless, player } from "./player.js";

const AT_ONCE = 200; // steps, where nothing may move
const AHEAD = 50; // steps to look ahead
const STILL = 1e-6; // the shortest step that is one

/** @typedef {[number, number, number]} Line  two weights and a bias */

/**
 * @param {Pick<import("@anywidget/types").AnyModel, "get">} model
 * @param {(values: Record<string, unknown>) => void} put  sets traits
 * @param {() => Line} line  where it is now
 * @param {() => import("./descent.js").Slope} slope  that of the objective as it is now
 * @param {() => void} redraw
 */
export function separatorTraining(model, put, line, slope, redraw) {
  const clock = player(advance, redraw);
  const training = { ranAway: false, toggle, step, stop: clock.stop, playing: clock.playing, ahead };

  /** @param {number} most  steps; says whether there are more to take */
  function advance(most) {
    const rule = plain(model.get("rate"));
    const { at, steps, end } = descend(line(), slope(), rule, { most, still: STILL, inside });
    training.ranAway = end === "outside";
    if (steps > 0) put({ weights: at.slice(0, 2), bias: at[2], steps: model.get("steps") + steps });
    redraw();
    return end === "";
  }

  /** Whether a line's margins in the corners are such as the curves hold. @param {import("./descent.js").Place} at */
  function inside([w1, w2, bias]) {
    const [xs, ys, limit] = ["_x_range", "_y_range", "_limit"].map((name) => model.get(name));
    return xs.every((/** @type {number} */ x1) =>
      ys.every((/** @type {number} */ x2) => Math.abs(w1 * x1 + w2 * x2 + bias) <= limit),
    );
  }

  function toggle() {
    if (clock.playing()) clock.stop();
    else if (motionless()) advance(AT_ONCE);
    else clock.start();
  }

  function step() {
    clock.stop();
    advance(1);
  }

  /** The line, and where it would go next if it has been trained. */
  function ahead() {
    const lines = [line()];
    const rule = plain(model.get("rate"));
    const downhill = slope();
    for (let i = 0; model.get("steps") > 0 && i < AHEAD; i++)
      lines.push(/** @type {Line} */ (rule(lines[i], downhill(lines[i]))));
    return lines;
  }

  return training;
}
