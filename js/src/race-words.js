/**
 * Race in words: `lossviz.widgets._race.describe` puts the same texts together.
 */
import { counted, fill, short } from "./format.js";

/**
 * @typedef {import("./walk.js").Walk} Walk
 * @typedef {{ title: string, walk: Walk, pulls: number[] | undefined }} Standing  of a lane
 */

/** The last of a row. @param {number[]} values */
export const last = (values) => values[values.length - 1];

/**
 * When a lane got below the goal, and why it goes no further.
 * @param {Record<string, string>} texts
 * @param {Walk} walk
 * @param {number | null} goal
 */
export function notes(texts, walk, goal) {
  const said = [];
  if (goal !== null) {
    const steps = walk.losses.findIndex((loss) => loss < goal);
    const values = { goal: short(goal), steps: short(steps) };
    said.push(steps < 0 ? fill(texts.unreached, values) : counted(texts, "reached", steps, values));
  }
  const steps = walk.places.length - 1;
  if (walk.end) said.push(counted(texts, walk.end, steps, { steps: short(steps) }));
  return said;
}

/**
 * How many of the examples pull.
 * @param {Record<string, string>} texts
 * @param {number[]} pulls
 */
export const pulling = (texts, pulls) =>
  fill(texts.pulling, {
    speaking: short(pulls.filter((pull) => pull !== 0).length),
    count: short(pulls.length),
  });

/**
 * @param {Record<string, string>} texts
 * @param {{ start: [number, number], steps: number, optimiser: string, goal: number | null }} state
 * @param {Standing[]} lanes
 */
export function sentence(texts, { start, steps, optimiser, goal }, lanes) {
  const at = { x: short(start[0]), y: short(start[1]), steps: short(steps), optimiser };
  const said = lanes.map(({ title, walk, pulls }) =>
    [
      fill(texts.lane, { title, loss: short(last(walk.losses)), gradient: short(last(walk.slopes)) }),
      ...(pulls ? [pulling(texts, pulls)] : []),
      ...notes(texts, walk, goal),
    ].join(", "),
  );
  return `${steps > 0 ? counted(texts, "after", steps, at) : fill(texts.before, at)}${said.join("; ")}.`;
}
