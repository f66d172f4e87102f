/**
 * The read-out of Terrain: how high each ball is, how steep it is there, and a key of what is marked on the map.
 */
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { MARKS } from "./map-panel.js";
import { ending } from "./terrain-words.js";

/**
 * @param {HTMLElement} readout
 * @param {Record<string, string>} texts
 * @param {number} count  of balls
 */
export function terrainReadout(readout, texts, count) {
  // An output speaks of each change; a roll changes them sixty times a second, so the sentence speaks for them.
  const quiet = (/** @type {string} */ kind) => make("output", { class: kind, "aria-live": "off" });
  const table = make("div", { class: `lossviz-balls${count > 1 ? " lossviz-several" : ""}` });
  const rows = Array.from({ length: count }, (_, i) => {
    const aside = (/** @type {string} */ label) => {
      const output = quiet("");
      return { output, element: make("span", { class: "lossviz-aside" }, `${label} `, output) };
    };
    const score = quiet("lossviz-score");
    const [slope, steps, place] = [texts.slope, texts.steps, texts.place].map(aside);
    const end = quiet("lossviz-end");
    const name = make("span", { class: "lossviz-name" }, texts.score);
    if (count > 1) name.prepend(make("b", { class: `lossviz-number lossviz-ball-${i}` }, String(i + 1)));
    table.append(
      make(
        "div",
        { class: "lossviz-reading" },
        name,
        score,
        slope.element,
        steps.element,
        place.element,
        end,
      ),
    );
    return { score, slope: slope.output, steps: steps.output, place: place.output, end };
  });
  const key = make("div", { class: "lossviz-key lossviz-aside" });
  readout.append(table, key);

  /**
   * @param {import("./terrain-words.js").Settings} settings
   * @param {import("./walk.js").Walk[]} walks
   * @param {import("./map-panel.js").Mark[]} marks
   */
  function show(settings, walks, marks) {
    walks.forEach((walk, i) => {
      const last = walk.places.length - 1;
      const [x, y] = walk.places[last];
      rows[i].score.textContent = threeDigits(walk.losses[last]);
      rows[i].slope.textContent = threeDigits(walk.slopes[last]);
      rows[i].steps.textContent = short(last);
      rows[i].place.textContent = fill(texts.place_value, { x: threeDigits(x), y: threeDigits(y) });
      rows[i].end.textContent = ending(texts, walk, marks, settings);
    });
  }

  /** @param {import("./map-panel.js").Mark[]} marks */
  function showKey(marks) {
    const kinds = Object.keys(MARKS).filter((kind) => marks.some((mark) => mark.kind === kind));
    key.replaceChildren(
      ...kinds.map((kind) => make("span", { class: "lossviz-entry" }, picture(kind), texts[kind])),
    );
  }

  return { show, showKey };
}

/** The mark of a kind of critical point, to stand before its name. @param {string} kind */
function picture(kind) {
  const name = (/** @type {string} */ tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = name("svg");
  svg.setAttribute("class", "lossviz-mark-key lossviz-map");
  svg.setAttribute("viewBox", "-9 -9 18 18");
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(name("path"));
  path.setAttribute("class", `lossviz-mark lossviz-mark-${kind}`);
  path.setAttribute("d", MARKS[kind]);
  return svg;
}
