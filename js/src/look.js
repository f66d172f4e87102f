/**
 * Colours and dashes, from the file that Python reads too. Colours are CSS variables, so that a theme can switch them.
 */
import look from "../../lossviz/look.json" with { type: "json" };

export { look };

/** @type {Record<string, { dash: number[] }>} */
const losses = look.losses;

/**
 * A loss computed from logits is the same loss, and looks the same.
 * @param {string} name
 */
const plain = (name) => name.replace(/\.from_logits$/, "");

/**
 * @param {string} name  a loss's name
 * @param {number} place  its place in the figure: a loss the book does not know is coloured by it
 */
export function styleOf(name, place) {
  const known = plain(name) in losses ? plain(name) : `other-${place % look.others.length}`;
  return `--lossviz-stroke: var(--lossviz-${known.replaceAll("_", "-")})`;
}

/**
 * @param {string} name
 * @param {number} place
 */
export function dashOf(name, place) {
  const { dash } = plain(name) in losses ? losses[plain(name)] : look.others[place % look.others.length];
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

/** @param {number} start @param {number} share  of the way to the end @param {number} end */
const between = (start, share, end) => Math.round(start + share * (end - start));

/** @param {string} colour  such as #00224e */
const channels = (colour) => [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));

const terrain = look.terrain.map(channels);

/**
 * The colour of a height on a terrain, the same in both themes.
 * @param {number} share  0 for the lowest, 1 for the highest
 * @param {number} [light]  how much of it shows: 1 for all
 * @returns {string}
 */
export function terrainColour(share, light = 1) {
  const at = Math.min(1, Math.max(0, share)) * (terrain.length - 1);
  const stop = Math.min(Math.floor(at), terrain.length - 2);
  const mixed = terrain[stop].map((start, i) => between(start, at - stop, terrain[stop + 1][i]));
  return `rgb(${mixed.map((channel) => Math.round(channel * light)).join(" ")})`;
}
