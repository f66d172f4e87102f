/**
 * Colours and dashes, from the file that Python reads too. Colours are CSS variables, so that a theme can switch them.
 */
import look from "../../lossviz/look.json" with { type: "json" };

export { look };

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

/** The dash of the best line there is. */
export const BEST_DASH = look.ink.best.dash.join(" ");

/**
 * A short piece of a line, to stand before its name.
 * @param {string} style
 * @param {string} dash
 */
export function swatch(style, dash) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "lossviz-swatch");
  svg.setAttribute("viewBox", "0 0 30 6");
  svg.setAttribute("aria-hidden", "true");
  const stroke = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  stroke.setAttribute("class", "lossviz-curve");
  stroke.setAttribute("style", style);
  stroke.setAttribute("stroke-dasharray", dash);
  stroke.setAttribute("d", "M0,3 H30");
  return svg;
}
