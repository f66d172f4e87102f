/**
 * The read-out of LineFit: the score, the best so far, the moves; which line is which; how the challenge stands.
 */
import { fill, threeDigits } from "./format.js";
import { make, roomy } from "./frame.js";
import { historyStrip } from "./history.js";
import { outcome, standing } from "./line-words.js";
import { BEST_DASH, dashOf, styleOf, swatch } from "./look.js";

/** @typedef {import("./line-words.js").State} State */

const MARKS = { open: "", won: " ✓", lost: " ✗" };

/**
 * @param {HTMLElement} readout
 * @param {Record<string, string>} texts
 * @param {boolean} counted  whether the figure counts moves
 */
export function lineReadout(readout, texts, counted) {
  const name = make("span", { class: "lossviz-name" });
  const score = make("output", { class: "lossviz-score" });
  const best = make("output", {});
  const moves = make("output", {});
  const soFar = make("span", { class: "lossviz-aside" }, `${texts.best_so_far} `, best);
  const count = make("span", { class: "lossviz-aside" }, `${texts.moves} `, moves);
  const strip = make("div", { class: "lossviz-reading lossviz-strip" });
  const goal = roomy("p", "lossviz-standing");
  const challenge = make("div", {}, make("p", {}, texts.goal), goal.stack);
  const key = make("div", { class: "lossviz-key" });
  const showHistory = historyStrip(strip, texts.history);
  readout.append(
    challenge,
    make("div", { class: "lossviz-reading" }, name, score),
    ...(counted ? [make("div", { class: "lossviz-reading" }, soFar, count), strip] : []),
    key,
  );

  /**
   * @param {State} state
   * @param {State[]} prospects  for whose words there must be room
   */
  return function tell(state, prospects) {
    const { now, winner, refits, history, title } = state;
    name.textContent = fill(texts.score, { title });
    score.textContent = threeDigits(now.score);
    best.textContent = history.length > 0 ? threeDigits(Math.min(...history)) : "–";
    moves.textContent = String(history.length);
    showHistory([state.start, ...history], state.goal);
    tellChallenge(state, prospects);
    const entries = refits.map((fit) => ({
      label: fill(texts.best_of, { label: fit.label }),
      score: fit.score,
      style: styleOf(fit.name, fit.place),
      dash: dashOf(fit.name, fit.place),
    }));
    const style = "--lossviz-stroke: var(--lossviz-best)";
    if (winner) entries.push({ label: texts.best_key, score: winner.score, style, dash: BEST_DASH });
    key.hidden = entries.length === 0;
    const labels = entries.map(({ label }) => label).join();
    if (key.dataset.labels !== labels) {
      key.dataset.labels = labels;
      key.replaceChildren(...entries.map(entry));
    }
    key.querySelectorAll("output").forEach((output, i) => {
      output.textContent = threeDigits(entries[i].score);
    });
  };

  /**
   * @param {State} state
   * @param {State[]} prospects
   */
  function tellChallenge({ history, goal: below, moves: most }, prospects) {
    challenge.hidden = below === null;
    if (below === null) return;
    const text = (/** @type {number[]} */ past) =>
      standing(texts, past, below, most) + MARKS[outcome(past, below, most).state];
    challenge.className = `lossviz-challenge lossviz-${outcome(history, below, most).state}`;
    goal.reserve(prospects.map((prospect) => text(prospect.history)));
    if (goal.element.textContent !== text(history)) goal.element.textContent = text(history);
  }
}

/** @param {{ label: string, style: string, dash: string }} entry */
function entry({ label, style, dash }) {
  return make("span", { class: "lossviz-entry" }, swatch(style, dash), label, make("output", {}));
}
