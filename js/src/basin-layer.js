/**
 * The basins on a map: each start hatched and tinted by the valley it leads to, coarsely at first. They are walked in
 * slices, so that nothing else on the page has to wait.
 */
import { ELSEWHERE, LEFT, MOVING } from "./basins.js";
import { fill } from "./format.js";
import { uniqueId } from "./frame.js";

const SLICE = 8; // ms a frame
const TILE = 12; // px
// What tells a basin apart without its colour: lines one way or the other, level, upright, both, dots.
const HATCHES = [
  "M-3,3l6,-6M0,12l12,-12M9,15l6,-6",
  "M-3,9l6,6M0,0l12,12M9,-3l6,6",
  "M0,6h12",
  "M6,0v12",
  "M0,6h12M6,0v12",
  "M4,4h3v3h-3z",
];
/** @type {Record<number, string>} what became of those that reached no valley */
const KINDS = { [LEFT]: "left", [ELSEWHERE]: "elsewhere", [MOVING]: "moving" };

/** @typedef {ReturnType<typeof import("./basins.js").basins>} Run */
/** @typedef {import("d3-selection").Selection<SVGGElement, unknown, null, undefined>} Group */
/** @typedef {{ code: number, share: number }} Share  in whole percent */

/**
 * @param {Group} group
 * @param {() => void} redraw  called when there is more to draw
 */
export function basinLayer(group, redraw) {
  const id = uniqueId("basin");
  const defs = group.append("defs");
  HATCHES.forEach((hatch, i) => {
    const pattern = defs
      .append("pattern")
      .attr("id", `${id}-${i}`)
      .attr("class", `lossviz-basin-${i}`)
      .attr("patternUnits", "userSpaceOnUse")
      .attr("width", TILE)
      .attr("height", TILE);
    pattern.append("rect").attr("class", "lossviz-basin-tint").attr("width", TILE).attr("height", TILE);
    pattern.append("path").attr("class", "lossviz-basin-hatch").attr("d", hatch);
  });
  /** @type {Run | undefined} */
  let run;
  /** @type {Run | undefined} what is drawn: the run before, until this one has something to show */
  let shown;
  let from = "";
  let seen = ""; // what the shown one depends on
  let drawn = "";
  /** @type {Share[]} */
  let shares = [];
  /** @type {number | undefined} */
  let frame;

  const paint = (/** @type {number} */ code) => `url(#${id}-${code % HATCHES.length})`;

  function tick() {
    frame = undefined;
    const until = performance.now() + SLICE;
    if (run?.advance(() => performance.now() >= until)) {
      shown = run;
      seen = from;
      if (run.done) shares = tally(run.codes);
      redraw();
    }
    if (run && !run.done) frame = requestAnimationFrame(tick);
  }

  function stop() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  }

  /**
   * Walk anew if a setting has changed.
   * @param {string} key  all that the basins depend on; "" to show none
   * @param {() => Run} begin
   */
  function update(key, begin) {
    if (key === from) return;
    from = key;
    run = key ? begin() : undefined;
    if (!key) shown = undefined;
    shares = [];
    stop();
    if (run) frame = requestAnimationFrame(tick);
  }

  /** @param {{ left: number, right: number, top: number, bottom: number }} box  pixels */
  function draw(box) {
    const now = shown ? `${seen} ${shown.stride} ${Object.values(box)}` : "";
    if (now === drawn) return;
    drawn = now;
    group
      .selectAll("path.lossviz-basin")
      .data(shown ? regions(shown, box) : [])
      .join("path")
      .attr("class", "lossviz-basin")
      .attr("fill", ({ code }) => paint(code))
      .attr("d", ({ path }) => path);
  }

  return {
    update,
    draw,
    /** How many starts lead where, when that is known. */
    shares: () => shares,
    paint,
    stop,
  };
}

/**
 * How many of the starts lead where, the valleys first.
 * @param {Int8Array} codes
 * @returns {Share[]}
 */
export function tally(codes) {
  const valleys = Math.max(-1, ...codes) + 1;
  return [...Array(valleys).keys(), LEFT, ELSEWHERE, MOVING]
    .map((code) => ({ code, count: codes.reduce((sum, each) => sum + Number(each === code), 0) }))
    .filter(({ count }) => count > 0)
    .map(({ code, count }) => ({ code, share: Math.floor((100 * count) / codes.length + 0.5) }));
}

/**
 * The region of each basin as a path of bars, a row of starts each.
 * @param {Pick<Run, "codes" | "size" | "stride">} run
 * @param {{ left: number, right: number, top: number, bottom: number }} box
 */
export function regions({ codes, size, stride }, { left, right, top, bottom }) {
  const [across, up] = [(right - left) / (size - 1), (bottom - top) / (size - 1)];
  // Whole pixels, so that no seam shows between two rows.
  const atX = (/** @type {number} */ column) => Math.round(left + (column - stride / 2) * across);
  const atY = (/** @type {number} */ row) => Math.round(bottom - (row - stride / 2) * up);
  /** @type {Map<number, string>} */
  const paths = new Map();
  for (let row = 0; row < size; row += stride) {
    let first = 0;
    for (let column = stride; column < size + stride; column += stride) {
      const code = codes[row * size + first];
      if (column < size && codes[row * size + column] === code) continue;
      const bar = `M${atX(first)},${atY(row)}H${atX(column)}V${atY(row + stride)}H${atX(first)}Z`;
      if (code >= 0) paths.set(code, (paths.get(code) ?? "") + bar);
      first = column;
    }
  }
  return [...paths].map(([code, path]) => ({ code, path }));
}

/** A piece of a basin, to stand before its name. @param {string} paint */
export function swatchOf(paint) {
  const name = (/** @type {string} */ tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = name("svg");
  svg.setAttribute("class", "lossviz-basin-key");
  svg.setAttribute("aria-hidden", "true");
  const piece = svg.appendChild(name("rect"));
  for (const side of ["width", "height"]) piece.setAttribute(side, "100%");
  piece.setAttribute("fill", paint);
  return svg;
}

/**
 * @param {Record<string, string>} texts
 * @param {Share[]} shares
 * @param {string[]} letters  of the minima
 */
export const shareWords = (texts, shares, letters) =>
  shares.map(({ code, share }) => {
    const kind = KINDS[code] ?? (letters[code] ? "of" : "one");
    return fill(texts[`share_${kind}`], { share: String(share), letter: letters[code] ?? "" });
  });
