/**
 * Colours and dashes, from the file that Python reads too. Colours are CSS variables, so that a theme can switch them.
 */
import look from "../../lossviz/look.json" with { type: "json" };

/** @type {Record<string, { dash: number[] }>} */
const losses = look.losses;

/**
 * @param {string} name  a loss's name
 * @param {number} place  its place in the figure: a loss the book does not know is coloured by it
 */
export function styleOf(name, place) {
  const known = name in losses ? name : `other-${place % look.others.length}`;
  return `--lossviz-stroke: var(--lossviz-${known.replaceAll("_", "-")})`;
}

/**
 * @param {string} name
 * @param {number} place
 */
export function dashOf(name, place) {
  const { dash } = name in losses ? losses[name] : look.others[place % look.others.length];
  return dash.join(" ");
}
