/**
 * One lane of a race: its name, its map with the ball, where it stands in numbers, and who pulls.
 */
import { fill, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { dashOf, styleOf, swatch } from "./look.js";
import { mapPanel } from "./map-panel.js";
import { racePulls, roundTop } from "./race-pulls.js";
import { last, notes, pulling } from "./race-words.js";

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
    /** Draw the map anew. @param {import("./race-ground.js").Ground} ground @param {number} width @param {number} tall */
    layout({ map }, width, tall) {
      panel.setLand(map, [], width, tall, { shortest: 210, tallest: 320 });
    },
    /**
     * @param {import("./race-ground.js").Ground} ground
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
      const now = pulls(...walk.places[walk.places.length - 1]);
      if (!drawPulls) {
        who.append(speaking);
        drawPulls = racePulls(who, texts, classes, style);
      }
      speaking.textContent = `${texts.pulls}: ${pulling(texts, now)}`;
      drawPulls(width, now, roundTop(now));
      return now;
    },
  };
}
