/**
 * One lane of a race: its name, its map with the ball, where it stands in numbers, and who pulls.
 */
import { decode, reader } from "./curve.js";
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { decodeGrid } from "./grid.js";
import { dashOf, styleOf, swatch } from "./look.js";
import { mapPanel } from "./map-panel.js";
import { lineScore } from "./pulling.js";
import { racePulls, roundTop } from "./race-pulls.js";
import { last, notes, pulling } from "./race-words.js";
import { groundOf } from "./walk.js";

/**
 * @typedef {{ map: import("./map-panel.js").Land, ground: import("./walk.js").Ground,
 *   pulls?: (weight: number, bias: number) => number[] }} Ground  what a lane shows, and what its ball rolls on
 */

/**
 * Unpack a landscape: a grid, or the examples and the curve that make one.
 * @param {any} sent
 * @returns {Ground}
 */
export function unpack(sent) {
  if (!sent.curve) {
    const map = { ...sent, ...decodeGrid(sent) };
    return { map, ground: groundOf(map) };
  }
  const { x, y, columns, examples, signs, offsets } = sent;
  const score = lineScore(reader(decode(sent.curve)), examples, signs, offsets);
  return {
    map: { ...sent, ...score.landscape(x, y, columns) },
    ground: { ...score, bounds: [x, y] },
    pulls: score.pulls,
  };
}

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {{ title: string, stroke: string, place: number }} lane
 * @param {{ classes: ("minus" | "plus" | "")[], goal: boolean }} figure
 * @param {(x: number, y: number) => void} moved  called when the start is moved
 */
export function raceLane(parent, texts, { title, stroke, place }, { classes, goal }, moved) {
  const style = styleOf(stroke, place);
  const land = make("div");
  const quiet = (/** @type {string} */ kind) => make("output", { class: kind, "aria-live": "off" });
  const loss = quiet("lossviz-score");
  const gradient = quiet("");
  const note = make("p", { class: "lossviz-lane-note", style: `--lossviz-lines: ${goal ? 2 : 1}` });
  const who = make("div");
  parent.append(
    make(
      "div",
      { class: "lossviz-lane", role: "group", "aria-label": title },
      make("div", { class: "lossviz-name lossviz-lane-title" }, swatch(style, dashOf(stroke, place)), title),
      land,
      make(
        "div",
        { class: "lossviz-reading" },
        make("span", { class: "lossviz-aside" }, texts.loss),
        loss,
        make("span", { class: "lossviz-aside" }, `${texts.gradient} `, gradient),
      ),
      note,
      who,
    ),
  );
  const panel = mapPanel(land, { ...texts, map_label: fill(texts.map_label, { title }) }, 1, (_, x, y) =>
    moved(x, y),
  );
  const speaking = make("p", { class: "lossviz-aside lossviz-lane-note" });
  /** @type {ReturnType<typeof racePulls> | undefined} */
  let drawPulls;

  return {
    /** Draw the map anew. @param {Ground} ground @param {number} width @param {number} tall */
    layout({ map }, width, tall) {
      panel.setLand(map, width, tall, { shortest: 210, tallest: 320 });
    },
    /**
     * @param {Ground} ground
     * @param {import("./walk.js").Walk} walk
     * @param {number} width
     * @param {number | null} aim
     */
    draw({ pulls }, walk, width, aim) {
      panel.drawWalks([walk]);
      loss.textContent = threeDigits(last(walk.losses));
      gradient.textContent = threeDigits(last(walk.slopes));
      note.textContent = notes(texts, walk, aim).join("\n");
      if (!pulls) return undefined;
      const [before, now] = [walk.places[0], walk.places[walk.places.length - 1]].map((at) => pulls(...at));
      if (!drawPulls) {
        who.append(speaking);
        drawPulls = racePulls(who, texts, classes);
      }
      speaking.textContent = `${texts.pulls}: ${pulling(texts, now)}`;
      drawPulls(width, now, roundTop([...before, ...now]), style);
      return now;
    },
  };
}
