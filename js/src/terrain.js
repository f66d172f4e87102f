/**
 * Terrain: balls that roll downhill on a loss landscape.
 */
import { floats } from "./curve.js";
import { frame, listen, onceAFrame, watchWidth } from "./frame.js";
import { decodeGrid } from "./grid.js";
import { MARKS, mapPanel } from "./map-panel.js";
import { rollControls } from "./roll-controls.js";
import { surfacePanel } from "./surface-panel.js";
import { terrainReadout } from "./terrain-readout.js";
import { sentence } from "./terrain-words.js";
import { groundOf, walker } from "./walk.js";

const BESIDE = 640; // px: map and surface stand side by side above this width
const GAP = 16;
const TALL = { alone: 0.6, beside: 0.85, below: 0.75 }; // the map's height as a share of its width
const COLOURS = ["accent", "best", "right", "wrong"].map((name) => `var(--lossviz-${name})`); // of the balls
const SETTINGS = ["optimiser", "rate", "momentum", "noise"];

/** @typedef {import("./walk.js").Place} Place */

/** @param {import("./frame.js").Context} context */
export function terrain({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, hush } = frame({ model, el }, "terrain", texts.label);
  drawing.classList.add("lossviz-panels");
  const count = model.get("starts").length;
  const map = mapPanel(drawing, texts, count, move);
  const block = model.get("surface")
    ? surfacePanel(drawing, texts, {
        azimuth: model.get("azimuth"),
        elevation: model.get("elevation"),
        onTurn: (azimuth, elevation) => put({ azimuth, elevation }),
      })
    : undefined;
  const tell = terrainReadout(readout, texts, count);

  /** @type {import("./map-panel.js").Land} */
  let land;
  /** @type {import("./walk.js").Ground} */
  let ground;
  let width = 0;
  let resized = true;

  /** @param {Record<string, unknown>} values */
  const put = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  /** @returns {Place[]} */
  const starts = () => model.get("starts");
  const settings = () =>
    /** @type {import("./walk.js").Settings} */ (
      Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]))
    );

  /** @param {number} ball @param {number} x @param {number} y */
  function move(ball, x, y) {
    put({ starts: starts().map((start, i) => (i === ball ? [x, y] : start)) });
  }

  // ---- walking

  /** What has been walked is kept, until the start or a setting changes. @type {{ from: string, walker: import("./walk.js").Walker }[]} */
  const kept = [];

  function walkers() {
    const now = settings();
    const noise = model.get("_shakes");
    return starts().map((start, ball) => {
      const from = JSON.stringify([start, now]);
      if (kept[ball]?.from !== from) {
        const [x, y] = start;
        kept[ball] = { from, walker: walker(ground, [x, y], now, noise[ball] && floats(noise[ball])) };
      }
      return kept[ball].walker;
    });
  }
  /** After how many steps, up to these, nothing rolls any more. @param {number} steps */
  const over = (steps) => Math.max(...walkers().map((each) => each.over(steps)));

  const rolling = rollControls(controls, model, texts, { put, over, redraw: () => frames.ask() });

  // ---- drawing

  const frames = onceAFrame(draw);

  function readLand() {
    const sent = model.get("_land");
    land = { ...sent, ...decodeGrid(sent) };
    ground = groundOf(land);
    kept.length = 0;
    resized = true;
  }

  function layout() {
    const pair = block && width > BESIDE;
    const each = pair ? (width - GAP) / 2 : width;
    map.setLand(land, each, pair ? TALL.beside : block ? TALL.below : TALL.alone);
    block?.setGrid(land, land.levels);
    block?.layout(each, Number(map.svg.attr("height")));
  }

  function draw() {
    const steps = model.get("steps");
    const walks = walkers().map((each) => each.to(steps));
    const marks = model.get("_marks");
    const now = { ...settings(), steps, most: model.get("_most") };
    const shown = model.get("critical") ? marks : [];
    tell.show(now, walks, marks);
    tell.showKey(shown);
    rolling.show();
    say(sentence(texts, now, walks, marks));
    if (width === 0) return;
    if (resized) layout();
    resized = false;
    map.drawMarks(shown);
    map.drawWalks(walks);
    block?.draw({
      balls: walks.map(({ places }, i) => {
        const [x, y] = places[places.length - 1];
        return { x, y, colour: COLOURS[i], ...(count > 1 ? { label: String(i + 1) } : {}) };
      }),
      trails: walks.map(({ places }, i) => ({ points: places, colour: COLOURS[i] })),
      marks: shown.map((/** @type {import("./map-panel.js").Mark} */ { x, y, kind }) => ({
        ...{ x, y },
        shape: MARKS[kind],
      })),
    });
  }

  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      resized = true;
      draw();
    }),
    listen(model, ["_land"], () => {
      readLand();
      frames.ask();
    }),
    listen(model, ["azimuth", "elevation"], () => {
      block?.look(model.get("azimuth"), model.get("elevation"));
    }),
    listen(model, ["_shakes"], () => {
      kept.length = 0;
      frames.ask();
    }),
    listen(model, [...SETTINGS, "starts", "steps", "speed", "critical", "_marks"], frames.ask),
    rolling.stop,
    () => block?.stop(),
    frames.stop,
    hush,
  ];
  readLand();
  draw();
  return () => {
    for (const stop of stops) stop();
  };
}
