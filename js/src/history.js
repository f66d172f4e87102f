/**
 * The strip of your scores: a grey dot for the start, one for each move, the best filled, the goal a dashed line.
 */
import { select } from "d3-selection";
import { make } from "./frame.js";

const WIDTH = 160;
const HEIGHT = 40;
const EDGE = 6;
const SHOWN = 40; // the latest moves

/**
 * @param {HTMLElement} parent
 * @param {string} label
 */
export function historyStrip(parent, label) {
  const svg = select(parent)
    .append("svg")
    .attr("class", "lossviz-history")
    .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
    .attr("width", WIDTH)
    .attr("height", HEIGHT)
    .attr("aria-hidden", "true"); // the sentence says what it shows
  const goalLine = svg.append("line").attr("class", "lossviz-goal").attr("x1", 0).attr("x2", WIDTH);
  const path = svg.append("path").attr("class", "lossviz-history-line");
  const dots = svg.append("g");
  const name = make("span", { class: "lossviz-aside" }, label);
  parent.append(name);

  /**
   * @param {number[]} history  the score at the start, and after each move
   * @param {number | null} goal
   */
  return function show(history, goal) {
    const scores = history.slice(-SHOWN);
    const known = goal === null ? scores : [...scores, goal];
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const best = Math.min(...history.slice(1));
    const step = Math.min(16, (WIDTH - 2 * EDGE) / Math.max(1, scores.length - 1));
    const x = (/** @type {number} */ i) => EDGE + i * step;
    const y = (/** @type {number} */ score) =>
      high > low ? HEIGHT - EDGE - ((score - low) / (high - low)) * (HEIGHT - 2 * EDGE) : HEIGHT / 2;
    const isStart = (/** @type {number} */ i) => i === 0 && scores.length === history.length;
    const isBest = (/** @type {number} */ score, /** @type {number} */ i) => score === best && !isStart(i);
    path.attr("d", `M${scores.map((score, i) => `${x(i)},${y(score)}`).join("L")}`);
    dots
      .selectAll("circle")
      .data(scores)
      .join("circle")
      .attr(
        "class",
        (score, i) => `lossviz-history-${isStart(i) ? "start" : isBest(score, i) ? "best" : "dot"}`,
      )
      .attr("r", (score, i) => (isBest(score, i) ? 4.5 : 3))
      .attr("cx", (_, i) => x(i))
      .attr("cy", y);
    goalLine
      .attr("visibility", goal === null ? "hidden" : "visible")
      .attr("y1", goal === null ? 0 : y(goal))
      .attr("y2", goal === null ? 0 : y(goal));
  };
}
