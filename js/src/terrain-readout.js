/**
 * The read-out of Terrain: how high each ball is, how steep it is there, and a key of what is marked on the map.
 */
import { shareWords, swatchOf } from "./basin-layer.js";
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { MARKS } from "./map-panel.js";
import { ending, letters, placeWords } from "./terrain-words.js";

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
    const end = quiet("lossviz-why");
    const name = make("span", { class: "lossviz-name" }, texts.score);
    if (count > 1) name.prepend(make("b", { class: `lossviz-number lossviz-ball-${i}` }, String(i + 1)));
    const more = make("span", { class: "lossviz-more" }, slope.element, steps.element, place.element);
    table.append(make("div", { class: "lossviz-ball-row" }, name, score, end, more));
    return { score, slope: slope.output, steps: steps.output, place: place.output, end };
  });
  const key = make("div", { class: "lossviz-key lossviz-aside" });
  readout.append(table, key);
  let keyed = "";

  /** @param {import("./terrain-words.js").State} state */
  function show(state) {
    state.walks.forEach((walk, i) => {
      const last = walk.places.length - 1;
      rows[i].score.textContent = threeDigits(walk.losses[last]);
      rows[i].slope.textContent = threeDigits(walk.slopes[last]);
      rows[i].steps.textContent = short(last);
      rows[i].place.textContent = fill(texts.place_value, placeWords(state.land, walk.places[last]));
      rows[i].end.textContent = ending(texts, walk, state);
    });
  }

  /**
   * @param {import("./terrain-words.js").State} state
   * @param {boolean} critical  whether critical points are marked
   * @param {(code: number) => string} paint  of a basin
   */
  function showKey({ marks, shares, here }, critical, paint) {
    const kinds = Object.keys(MARKS).filter((kind) => critical && marks.some((mark) => mark.kind === kind));
    const words = shareWords(texts, shares, letters(marks));
    const entries = [
      ...kinds.map((kind) => ({ picture: () => picture(kind), text: texts[kind] })),
      ...(here ? [{ picture: () => "", text: texts.ring_key }] : []),
      ...shares.map(({ code }, i) => ({
        picture: () => (code >= 0 ? swatchOf(paint(code)) : ""),
        text: words[i],
      })),
    ];
    const now = entries.map(({ text }) => text).join();
    if (now === keyed) return;
    keyed = now;
    key.replaceChildren(
      ...entries.map(({ picture, text }) => make("span", { class: "lossviz-entry" }, picture(), text)),
    );
  }

  return { show, showKey };
}

/** The mark of a kind of critical point, to stand before its name. @param {string} kind */
function picture(kind) {
  const name = (/** @type {string} */ tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = name("svg");
  svg.setAttribute("class", "lossviz-mark-key");
  svg.setAttribute("viewBox", "-9 -9 18 18");
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(name("path"));
  path.setAttribute("class", "lossviz-level");
  path.setAttribute("d", MARKS[kind]);
  return svg;
}
