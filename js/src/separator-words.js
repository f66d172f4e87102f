/**
 * Separator in words: `lossviz.widgets._separator.describe` puts the same texts together.
 */
import { counted, fill, short } from "./format.js";

/**
 * @typedef {import("./separating.js").Tally & { line: number[], steps: number, title: string }} State
 */

/**
 * @param {Record<string, string>} texts
 * @param {State} state
 */
export function sentence(texts, state) {
  const { line, score, title, losses, matter, wrong, steps } = state;
  const count = losses.length;
  const parts = [
    fill(line[0] !== 0 || line[1] !== 0 ? texts.sentence : texts.no_line, {
      line: equation(texts, line),
      score: short(score),
      title,
      points: counted(texts, "points", count, { count: short(count) }),
    }),
    counted(texts, "matter", matter, { matter: short(matter) }),
    counted(texts, "wrong", wrong, { wrong: short(wrong) }),
  ];
  if (steps > 0) parts.push(counted(texts, "trained", steps, { steps: short(steps) }));
  return parts.join("");
}

/**
 * The line as an equation, such as 1.2·x1 − 0.4·x2 + 0.1 = 0.
 * @param {Record<string, string>} texts
 * @param {number[]} line
 */
export function equation(texts, line) {
  const units = [`·${texts.x1_short}`, `·${texts.x2_short}`, ""];
  const terms = line.map((number, i) => {
    const sign = number < 0 ? "−" : i === 0 ? "" : "+";
    return `${sign}${i > 0 ? " " : ""}${short(Math.abs(number))}${units[i]}`;
  });
  return `${terms.join(" ")} = 0`;
}
