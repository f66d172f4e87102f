/**
 * LineFit in words: `lossviz.widgets._line_fit.describe` puts the same texts together.
 */
import { fill, short } from "./format.js";

/**
 * @typedef {import("./refit.js").Fit} Fit
 * @typedef {object} State
 * @property {Fit} now
 * @property {Fit | undefined} winner  the best line, if it is shown
 * @property {(Fit & { name: string, label: string, title: string, place: number })[]} refits
 * @property {number[]} history
 * @property {number | null} goal
 * @property {number | null} moves
 */

/** @param {Fit} fit */
const told = ({ weight, bias, score }) => ({ weight: short(weight), bias: short(bias), score: short(score) });

/**
 * @param {Record<string, string>} texts
 * @param {string} title  of the score
 * @param {State} state
 */
export function sentence(texts, title, { now, winner, refits, history, goal, moves }) {
  const parts = [fill(texts.sentence, { ...told(now), title })];
  if (history.length > 0) {
    const text = history.length > 1 ? texts.so_far : texts.so_far_one;
    parts.push(fill(text, { best: short(Math.min(...history)), moves: String(history.length) }));
  }
  if (winner) parts.push(fill(texts.best, told(winner)));
  for (const each of refits) parts.push(fill(texts.refit, { ...told(each), title: each.title }));
  if (goal !== null) parts.push(` ${texts.goal}`);
  const result = challenge(texts, history, goal, moves).text;
  if (result) parts.push(` ${result}`);
  return parts.join("");
}

/**
 * How the challenge stands.
 * @param {Record<string, string>} texts
 * @param {number[]} history
 * @param {number | null} goal
 * @param {number | null} moves
 * @returns {{ text: string, state: "open" | "won" | "lost" }}
 */
export function challenge(texts, history, goal, moves) {
  if (goal === null) return { text: "", state: "open" };
  const won = history.slice(0, moves ?? undefined).findIndex((score) => score < goal);
  if (won >= 0) return { text: fill(texts.won, { goal: short(goal), used: String(won + 1) }), state: "won" };
  if (moves === null) return { text: "", state: "open" };
  if (history.length >= moves)
    return { text: fill(texts.lost, { goal: short(goal), moves: String(moves) }), state: "lost" };
  return { text: fill(texts.left, { left: String(moves - history.length) }), state: "open" };
}
