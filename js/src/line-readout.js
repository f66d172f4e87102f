/**
 * The read-out of LineFit: the score, the best so far, the moves; which line is which; how the challenge stands.
 */
import { fill, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { historyStrip } from "./history.js";
import { challenge } from "./line-words.js";
import { BEST_DASH, dashOf, styleOf, swatch } from "./look.js";

/**
 * @param {HTMLElement} readout
 * @param {Record<string, string>} texts
 */
export function lineReadout(readout, texts) {
  const name = make("span", { class: "lossviz-name" });
  const score = make("output", { class: "lossviz-score" });
  const best = make("output", {});
  const moves = make("output", {});
  const soFar = make("span", { class: "lossviz-aside" }, `${texts.best_so_far} `, best);
  const count = make("span", { class: "lossviz-aside" }, `${texts.moves} `, moves);
  const strip = make("div", { class: "lossviz-reading lossviz-strip" });
  const goal = make("p", { class: "lossviz-challenge" });
  const key = make("div", { class: "lossviz-key" });
  const showHistory = historyStrip(strip, texts.history);
  readout.append(
    goal,
    make("div", { class: "lossviz-reading" }, name, score),
    make("div", { class: "lossviz-reading" }, soFar, count),
    strip,
    key,
  );

  /** @param {import("./line-words.js").State & { title: string }} state */
  return function tell({ now, winner, refits, history, goal: below, moves: most, title }) {
    name.textContent = fill(texts.score, { title });
    score.textContent = threeDigits(now.score);
    best.textContent = history.length > 0 ? threeDigits(Math.min(...history)) : "–";
    moves.textContent = String(history.length);
    showHistory(history, below);
    const { text, state } = challenge(texts, history, below, most);
    goal.hidden = below === null;
    goal.className = `lossviz-challenge lossviz-${state}`;
    const mark = { open: "", won: " ✓", lost: " ✗" }[state];
    const said = below === null ? "" : `${texts.goal} ${text}${mark}`;
    if (goal.textContent !== said) goal.textContent = said;
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
}

/** @param {{ label: string, style: string, dash: string }} entry */
function entry({ label, style, dash }) {
  return make("span", { class: "lossviz-entry" }, swatch(style, dash), label, make("output", {}));
}
