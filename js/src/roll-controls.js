/**
 * The controls of balls that roll: the clock with its speed, the optimiser, and its settings.
 */
import { button, choice, slider } from "./controls.js";
import { fill, short } from "./format.js";
import { make } from "./frame.js";
import { LONGEST, motionless, player } from "./player.js";

const AT_ONCE = 200; // steps, where nothing may move
const STOPS = 20; // of a slider to a power of ten
const SPEEDS = /** @type {[number, number]} */ ([1, 200]); // steps a second

/** @typedef {import("./frame.js").Model} Model */
/** @typedef {import("./controls.js").Dial} Dial */

/** @param {number} exponent */
const power = (exponent) => Number((10 ** exponent).toPrecision(2));

/**
 * A dial along which each step is the same share of the value, which keeps two digits.
 * @param {[number, number]} ends
 * @param {() => number} value
 * @param {(value: number) => void} move
 * @param {(value: number) => string} words
 * @returns {Dial}
 */
export function logarithmic([low, high], value, move, words) {
  return {
    scale: () => ({ low: Math.log10(low), high: Math.log10(high), step: 1 / STOPS }),
    value: () => Math.log10(value()),
    move: (to) => move(Math.min(high, Math.max(low, power(to)))),
    words: (exponent) => words(power(exponent)),
    fine: true,
  };
}

/**
 * @param {HTMLElement} controls
 * @param {Model} model  with the traits of `Rolling` in Python
 * @param {Record<string, string>} texts
 * @param {object} figure
 * @param {(values: Record<string, unknown>) => void} figure.put  sets traits
 * @param {(steps: number) => number} figure.over  after how many steps, up to these, nothing goes on; else infinity
 * @param {() => void} figure.redraw
 * @param {() => boolean} [figure.momentum]  whether it counts, if not by the optimiser alone
 */
export function rollControls(
  controls,
  model,
  texts,
  { put, over, redraw, momentum: counts = () => model.get("optimiser") === "momentum" },
) {
  const most = model.get("_most");
  const pace = (/** @type {number} */ _, /** @type {number} */ elapsed) =>
    (model.get("speed") * Math.min(elapsed, LONGEST)) / 1000;
  const clock = player(advance, redraw, pace);

  /** Take so many steps, and say whether there are more to take. @param {number} count */
  function advance(count) {
    const wanted = Math.min(most, model.get("steps") + count);
    const steps = Math.min(wanted, over(wanted));
    if (steps !== model.get("steps")) put({ steps });
    return steps < most && over(steps) > steps;
  }

  /** Whether the clock has run out. */
  const ended = () => {
    const steps = model.get("steps");
    return steps >= most || over(steps) <= steps;
  };

  function toggle() {
    if (clock.playing()) {
      clock.stop();
      return;
    }
    if (ended()) put({ steps: 0 }); // once more
    if (motionless()) advance(AT_ONCE);
    else clock.start();
  }

  function step() {
    clock.stop();
    advance(1);
  }

  function back() {
    clock.stop();
    put({ steps: 0 });
  }

  const dials = make("div", { class: "lossviz-dials lossviz-pairs" });
  controls.append(dials);
  /** @type {(() => void)[]} */
  const shown = [];
  /**
   * @param {string} name  of the trait
   * @param {Dial} dial
   * @param {(value: number) => string} words
   */
  function add(name, dial, words) {
    const { element, show } = slider(dials, texts[name], dial);
    shown.push(() => show(words(model.get(name))));
    return element;
  }
  const perSecond = (/** @type {number} */ speed) => fill(texts.speed_value, { speed: short(speed) });
  /** @param {string} name @param {number} high @param {number} step @returns {Dial} */
  const even = (name, high, step) => ({
    scale: () => ({ low: 0, high, step }),
    value: () => model.get(name),
    move: (to) => put({ [name]: to }),
    fine: true,
  });
  /** @param {string} name @param {[number, number]} ends @param {(value: number) => string} words */
  const log = (name, ends, words) =>
    add(
      name,
      logarithmic(
        ends,
        () => model.get(name),
        (to) => put({ [name]: to }),
        words,
      ),
      words,
    );

  log("rate", model.get("rate_range"), short);
  const momentum = add("momentum", even("momentum", 0.99, 0.01), short);
  const noisiest = model.get("noise_most");
  if (noisiest !== null) add("noise", even("noise", noisiest, noisiest / 100), short);
  log("speed", SPEEDS, perSecond);

  const row = make("div", { class: "lossviz-buttons" });
  controls.append(row);
  const play = button(row, texts.roll, toggle);
  const once = button(row, texts.step, step);
  const again = button(row, texts.back, back);
  const optimisers = model.get("_optimisers");
  const select =
    optimisers.length > 1
      ? choice(row, texts.optimiser, optimisers, (optimiser) => put({ optimiser }))
      : undefined;

  return {
    row,
    dials,
    playing: clock.playing,
    stop: clock.stop,
    /** Show the present state. */
    show() {
      for (const each of shown) each();
      momentum.hidden = !counts();
      select?.show(model.get("optimiser"));
      play.name(clock.playing() ? texts.pause : texts.roll);
      once.enable(!ended());
      again.enable(model.get("steps") > 0);
    },
  };
}
