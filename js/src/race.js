/**
 * Race: balls that start at the same place on several landscapes, under one clock.
 */
import { slider } from "./controls.js";
import { floats } from "./curve.js";
import { fill, short } from "./format.js";
import { frame, listen, make, onceAFrame, watchWidth } from "./frame.js";
import { dashOf, styleOf, swatch } from "./look.js";
import { raceChart } from "./race-chart.js";
import { unpack } from "./race-ground.js";
import { raceLane } from "./race-lane.js";
import { sentence } from "./race-words.js";
import { rollControls } from "./roll-controls.js";
import { MARKS } from "./separator-panel.js";
import { entry } from "./separator-readout.js";
import { walker } from "./walk.js";

/** @typedef {{ title: string, stroke: string, lands: number[], place: number } & ReturnType<typeof raceLane>} Lane */

const GAP = 16; // px between panels
const BESIDE = 640; // px from which panels stand side by side
const KINDS = /** @type {Record<string, "minus" | "plus" | "">} */ ({ "-1": "minus", 0: "", 1: "plus" });
const SETTINGS = ["optimiser", "rate", "momentum", "noise"];

/** How many lanes stand in a row. @param {number} width @param {number} count */
export const columnsOf = (width, count) => (width < BESIDE ? 1 : count === 4 ? 2 : count);

/** @param {import("./frame.js").Context} context */
export function race({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, hush } = frame({ model, el }, "race", texts.label);
  /** @type {number[]} */
  const variants = model.get("_variants");
  const classes = model.get("_classes").map((/** @type {number} */ label) => KINDS[label]);
  const grounds = model.get("_sent_lands").map(unpack);
  const row = make("div", { class: "lossviz-lanes" });
  drawing.append(row);
  /** @type {Lane[]} */
  const lanes = model
    .get("_sent_lanes")
    .map(
      (
        /** @type {{ title: string, stroke: string, lands: number[] }} */ lane,
        /** @type {number} */ place,
      ) => ({
        ...lane,
        place,
        ...raceLane(row, texts, { ...lane, place }, { classes, goal: model.get("goal") !== null }, (x, y) =>
          put({ start: [x, y] }),
        ),
      }),
    );

  /** @param {Record<string, unknown>} values */
  function put(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }

  // ---- the walks

  const which = () => Math.max(0, variants.indexOf(model.get("variant")));
  /** What a lane rolls on now. @param {Lane} lane @returns {import("./race-ground.js").Ground} */
  const groundOf = ({ lands }) => grounds[lands[lands.length > 1 ? which() : 0]];
  /** @param {Lane} lane @returns {string} */
  const optimiserOf = ({ place }) => model.get("each_optimiser")[place] ?? model.get("optimiser");
  let key = "";
  /** @type {import("./walk.js").Walker[]} */
  let walkers = [];
  /** What has been walked is kept as long as the settings are. */
  function walking() {
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
    const now = JSON.stringify([settings, model.get("start"), model.get("variant"), model.get("seed")]);
    if (now !== key) {
      key = now;
      const shakes = model.get("_shakes").map(floats)[0];
      walkers = lanes.map((lane) => {
        const own = /** @type {any} */ ({ ...settings, optimiser: optimiserOf(lane) });
        return walker(groundOf(lane).ground, model.get("start"), own, shakes);
      });
    }
    return walkers;
  }

  // ---- controls

  const roll = rollControls(controls, model, texts, {
    put,
    over: (steps) => Math.max(...walking().map(({ over }) => over(steps))),
    redraw: () => frames.ask(),
    momentum: () => lanes.some((lane) => optimiserOf(lane) === "momentum"),
  });
  const count = make("output", { class: "lossviz-race-steps", "aria-live": "off" });
  roll.row.append(count);
  const variant =
    variants.length > 1
      ? slider(roll.dials, texts.variant, {
          scale: () => ({ low: 0, high: variants.length - 1, step: 1 }),
          value: which,
          move: (to) => put({ variant: variants[to] }),
          words: (at) => short(variants[at]),
        })
      : undefined;
  // The clock stands right under the lanes; where these are stacked it stays in sight while one looks at them.
  roll.row.classList.add("lossviz-race-clock");
  drawing.after(roll.row);
  const select = /** @type {HTMLElement | null} */ (roll.row.querySelector("label"));

  // ---- drawing

  const charts = make("div", { class: "lossviz-race-charts" });
  readout.append(
    make(
      "div",
      { class: "lossviz-key", "aria-hidden": "true" },
      ...lanes.map(({ title, stroke, place }) =>
        make(
          "span",
          { class: "lossviz-entry" },
          swatch(styleOf(stroke, place), dashOf(stroke, place)),
          title,
        ),
      ),
      ...(classes.some(Boolean)
        ? [
            entry(texts.minus, "lossviz-minus", MARKS.minus(9, 9, 5)),
            entry(texts.plus, "lossviz-plus", MARKS.plus(9, 9, 5)),
            ...(texts.silent
              ? [entry(texts.silent, "lossviz-minus lossviz-silent", MARKS.minus(9, 9, 5))]
              : []),
          ]
        : []),
    ),
    charts,
  );
  const chartOf = (/** @type {"loss" | "gradient"} */ what, /** @type {boolean} */ log) =>
    raceChart(
      charts,
      { label: texts[`${what}_chart`], across: texts.step_axis, up: texts[`${what}_axis`] },
      log,
    );
  const drawLoss = chartOf("loss", model.get("log_loss"));
  const drawGradient = chartOf("gradient", true);

  let width = 0;
  let drawn = ""; // the width and the variant of the maps
  const frames = onceAFrame(draw);

  function draw() {
    const [steps, start, goal] = ["steps", "start", "goal"].map((name) => model.get(name));
    const walks = walking().map(({ to }) => to(steps));
    const columns = columnsOf(width, lanes.length);
    const each = Math.floor((width - (columns - 1) * GAP) / columns);
    if (width > 0 && drawn !== `${width} ${which()}`) {
      drawn = `${width} ${which()}`;
      row.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      roll.row.classList.toggle("lossviz-in-sight", columns === 1);
      if (select && columns === 1) controls.append(select);
      else if (select) count.before(select);
      for (const lane of lanes) lane.layout(groundOf(lane), each, columns === 3 ? 1 : 0.7);
    }
    if (width === 0) return;
    const standings = lanes.map((lane, i) => ({
      title: lane.title,
      walk: walks[i],
      pulls: lane.draw(groundOf(lane), walks[i], each, goal),
    }));
    const half = width < BESIDE ? width : Math.floor((width - GAP) / 2);
    const series = (/** @type {"losses" | "slopes"} */ what) =>
      lanes.map(({ stroke, place }, i) => ({ name: stroke, place, values: walks[i][what] }));
    drawLoss(half, series("losses"), goal);
    drawGradient(half, series("slopes"));
    roll.show();
    variant?.show(short(variants[which()]));
    count.textContent = fill(texts.steps, { steps: short(steps) });
    say(sentence(texts, { start, steps, goal, optimiser: model.get("optimiser") }, standings));
  }

  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      draw();
    }),
    listen(model, ["start", "steps", "speed", "variant", "goal", "seed", "_shakes", ...SETTINGS], frames.ask),
    roll.stop,
    frames.stop,
    hush,
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
