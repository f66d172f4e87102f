/**
 * Moving the line of LineFit: by its rings or its two numbers, within its ranges, counted as moves.
 */
import { tickStep } from "d3-array";
import { moveCounter } from "./moves.js";

export const HANDLES = [0.02, 0.98]; // where the rings are, as shares of the x range: beyond the points
const INWARD = [0.4, 0.6]; // how far a ring follows a line that leaves the picture
const DUST = 1e-9; // a number this small, as a share of its range, is rounding error

/**
 * @typedef {[number, number]} Ends
 * @typedef {{ weight: number, bias: number }} Line
 * @typedef {{ at: number, height: number, ends: Ends, other: { at: number, height: number } }} Hold
 *   where a ring holds the line, between which heights it may take it, and where the line is held fast
 */

/**
 * A value, kept between two ends, without the dust of rounding.
 * @param {Ends} ends
 * @param {number} value
 */
export function between([low, high], value) {
  const kept = Math.min(high, Math.max(low, value));
  const dust = Math.abs(kept) < DUST * (high - low) && low <= 0 && high >= 0;
  return dust ? 0 : Number(kept.toPrecision(12));
}

/**
 * Where a ring holds the line: near an end, or else where the line leaves the picture.
 * @param {number} i  0: the left ring, 1: the right one
 * @param {Line} line
 * @param {Ends} xs  the ends of the picture
 * @param {Ends} ys
 */
export function ringAt(i, { weight, bias }, [left, right], [low, high]) {
  const [outer, inner] = [HANDLES, INWARD].map((shares) => left + shares[i] * (right - left));
  const height = weight * outer + bias;
  if (height >= low && height <= high) return outer;
  const leaves = ((height > high ? high : low) - bias) / weight;
  const ends = /** @type {Ends} */ (i === 0 ? [outer, inner] : [inner, outer]);
  return weight === 0 ? outer : Math.min(ends[1], Math.max(ends[0], leaves));
}

/**
 * @param {Pick<import("@anywidget/types").AnyModel, "get">} model
 * @param {(values: Record<string, unknown>) => void} put  sets traits
 * @param {() => number} score
 */
export function lineMoves(model, put, score) {
  /** @returns {Line} */
  const line = () => ({ weight: model.get("weight"), bias: model.get("bias") });
  let before = line();

  const counter = moveCounter(() => {
    const now = line();
    if (now.weight === before.weight && now.bias === before.bias) return;
    const trail = model.get("_trail");
    const walked = trail.length > 0 ? trail : [[before.weight, before.bias]];
    put({ history: [...model.get("history"), score()], _trail: [...walked, [now.weight, now.bias]] });
  });

  /** The places so far; before the first move, where the line is. @returns {[number, number][]} */
  function begin() {
    const trail = model.get("_trail");
    const { weight, bias } = counter.open() ? before : line();
    return trail.length > 0 ? trail : [[weight, bias]];
  }

  /**
   * @param {string} range
   * @param {number} value
   */
  const within = (range, value) => between(model.get(range), value);

  /**
   * @param {number} weight
   * @param {number} bias
   */
  function move(weight, bias) {
    const now = line();
    const next = { weight: within("_weight_range", weight), bias: within("_bias_range", bias) };
    if (next.weight === now.weight && next.bias === now.bias) return;
    if (counter.begin()) before = now;
    put(next);
  }

  /** @param {number} i @returns {Hold} */
  function hold(i) {
    const { weight, bias } = line();
    const [x, y] = [model.get("_x_range"), model.get("_y_range")];
    const [at, there] = [i, 1 - i].map((ring) => ringAt(ring, { weight, bias }, x, y));
    const [height, other] = [at, there].map((place) => weight * place + bias);
    // A ring that waits at the edge, far from its line, moves the line on from where it is.
    const ends = /** @type {Ends} */ ([Math.min(y[0], height), Math.max(y[1], height)]);
    return { at, height, ends, other: { at: there, height: other } };
  }

  /**
   * Lift or lower the line where a ring holds it, while it stays where it is at the other.
   * @param {Hold} hold
   * @param {number} height
   */
  function tilt({ at, ends, other }, height) {
    const rise = Math.min(ends[1], Math.max(ends[0], height)) - other.height;
    const weight = within("_weight_range", rise / (at - other.at));
    move(weight, other.height - weight * other.at);
  }

  /**
   * @param {string} range
   * @param {() => number} value
   * @param {(value: number) => void} moved
   * @param {number} [steps]
   */
  function dial(range, value, moved, steps = 100) {
    const scale = () => {
      const [low, high] = model.get(range);
      return { low, high, step: tickStep(low, high, steps) };
    };
    return { scale, value, move: moved, fine: true };
  }

  const weight = dial(
    "_weight_range",
    () => line().weight,
    (to) => move(to, line().bias),
    200,
  );
  const bias = dial(
    "_bias_range",
    () => line().bias,
    (to) => move(line().weight, to),
    200,
  );
  /** @param {number} i */
  const ring = (i) =>
    dial(
      "_y_range",
      () => hold(i).height,
      (to) => tilt(hold(i), to),
    );

  return { line, begin, within, move, hold, tilt, dial, dials: { weight, bias, ring }, counter };
}
