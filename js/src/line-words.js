/**
 * LineFit in words: `lossviz.widgets._line_fit.describe` puts the same texts together.
 */
import { fill, short } from "./format.js";

const WIDE = 0.123; // a number that takes as much room as most do
const LONG = 10; // moves

/**
 * @typedef {import("./refit.js").Fit} Fit
 * @typedef {object} State
 * @property {string} title  of the score
 * @property {Fit} now
 * @property {number} start  the score before the first move
 * @property {[number, number][]} trail  weight and bias before the first move and after each
 * @property {Fit | undefined} winner  the best line, if it is shown
 * @property {(Fit & { name: string, label: string, title: string, place: number })[]} refits
 * @property {number[]} history
 * @property {number | null} goal
 * @property {number | null} moves
 * @property {boolean} hidden  whether the points are hidden
 */

/** @param {Fit} fit */
const told = ({ weight, bias, score }) => ({ weight: short(weight), bias: short(bias), score: short(score) });

/**
 * @param {Record<string, string>} texts
 * @param {State} state
 * @param {boolean} counted  whether the figure counts moves
 */
export function sentence(texts, { title, now, winner, refits, history, goal, moves, hidden }, counted) {
  const parts = [fill(texts.sentence, { ...told(now), title })];
  if (hidden) parts.push(texts.hidden);
  if (counted && history.length > 0) {
    const text = history.length > 1 ? texts.so_far : texts.so_far_one;
    parts.push(fill(text, { best: short(Math.min(...history)), moves: String(history.length) }));
  }
  if (winner) parts.push(fill(texts.best, told(winner)));
  for (const each of refits) parts.push(fill(texts.refit, { ...told(each), title: each.title }));
  if (goal !== null) parts.push(` ${texts.goal} ${standing(texts, history, goal, moves)}`);
  return parts.join("").trimEnd();
}

/**
 * How the challenge stands, in words.
 * @param {Record<string, string>} texts
 * @param {number[]} history
 * @param {number} goal
 * @param {number | null} moves
 */
export function standing(texts, history, goal, moves) {
  const { state, used } = outcome(history, goal, moves);
  if (state === "won") return fill(texts.won, { goal: short(goal), used: String(used) });
  if (state === "lost") return fill(texts.lost, { goal: short(goal), moves: String(moves) });
  return moves === null ? "" : fill(texts.left, { left: String(moves - history.length) });
}

/**
 * How the challenge stands.
 * @param {number[]} history
 * @param {number} goal
 * @param {number | null} moves
 * @returns {{ state: "open" | "won" | "lost", used: number }}  with the number of the move that won it
 */
export function outcome(history, goal, moves) {
  const used = history.slice(0, moves ?? undefined).findIndex((score) => score < goal) + 1;
  if (used > 0) return { state: "won", used };
  return { state: moves !== null && history.length >= moves ? "lost" : "open", used };
}

/**
 * States that moves may lead to: their words take the most room.
 * @param {State} state
 * @returns {State[]}
 */
export function prospects(state) {
  const { goal, moves } = state;
  const now = { weight: -WIDE, bias: -WIDE, score: WIDE };
  const count = moves ?? LONG;
  const past = (/** @type {number} */ last) => ({
    ...state,
    now,
    history: [...Array(count - 1).fill(goal ?? WIDE), last],
  });
  if (goal === null) return [past(WIDE)];
  const apart = WIDE * Math.abs(goal);
  return [past(goal - apart), past(goal + apart)];
}
