/**
 * What Terrain says in sentences: `lossviz.widgets._terrain.describe` puts the same texts together.
 */
import { fill, short } from "./format.js";

/**
 * @typedef {import("./walk.js").Walk} Walk
 * @typedef {import("./map-panel.js").Mark} Mark
 * @typedef {import("./walk.js").Settings & { steps: number, most: number }} Settings
 */

/**
 * @param {Record<string, string>} texts
 * @param {Settings} settings
 * @param {Walk[]} walks
 * @param {Mark[]} marks
 */
export function sentence(texts, settings, walks, marks) {
  const { steps, optimiser, rate, momentum, noise } = settings;
  let more = "";
  if (optimiser === "momentum") more += fill(texts.with_momentum, { momentum: short(momentum) });
  if (noise > 0) more += fill(texts.with_noise, { noise: short(noise) });
  const head = steps === 0 ? texts.head_start : steps === 1 ? texts.head_one : texts.head;
  const each = walks.map((walk, ball) =>
    fill(walks.length > 1 ? texts.ball_of : texts.ball, {
      ball: String(ball + 1),
      ...numbers(walk),
      end: ending(texts, walk, marks, settings),
    }),
  );
  return fill(head, { steps: short(steps), optimiser, rate: short(rate), more }) + each.join("");
}

/** Where a walk has come, as it is told. @param {Walk} walk */
function numbers({ places, losses, slopes }) {
  const last = places.length - 1;
  const [x, y] = places[last];
  return { x: short(x), y: short(y), loss: short(losses[last]), slope: short(slopes[last]) };
}

/**
 * Why a walk goes no further, or that it does.
 * @param {Record<string, string>} texts
 * @param {Walk} walk
 * @param {Mark[]} marks
 * @param {{ steps: number, most: number }} clock
 */
export function ending(texts, { places, end }, marks, { steps, most }) {
  if (end === "rest") {
    const here = markAt(marks, places[places.length - 1]);
    if (!here) return texts.end_rest;
    const several = here.kind === "minimum" && here.letter !== "";
    return fill(texts[`end_${here.kind}${several ? "_of" : ""}`], { letter: here.letter });
  }
  if (end !== "") return texts[`end_${end}`];
  return steps === 0 ? texts.end_start : steps === most ? texts.end_most : texts.end_steps;
}

/**
 * The mark within whose reach a place lies.
 * @param {Mark[]} marks
 * @param {import("./walk.js").Place} place
 */
export const markAt = (marks, [x, y]) =>
  marks.find((mark) => Math.hypot(x - mark.x, y - mark.y) <= mark.reach);
