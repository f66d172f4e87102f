/**
 * Terrain: balls that roll downhill on a loss landscape.
 */
import { basinLayer } from "./basin-layer.js";
import { basins } from "./basins.js";
import { button } from "./controls.js";
import { floats } from "./curve.js";
import { frame, listen, onceAFrame, watchWidth } from "./frame.js";
import { decodeGrid } from "./grid.js";
import { MARKS, mapPanel } from "./map-panel.js";
import { decodePath, hairs, planePath, pointAt } from "./plane-path.js";
import { rollControls } from "./roll-controls.js";
import { surfacePanel } from "./surface-panel.js";
import { terrainReadout } from "./terrain-readout.js";
import { longest, sentence } from "./terrain-words.js";
import { groundOf, walker } from "./walk.js";

const BESIDE = 640; // px: map and surface stand side by side above this width
const GAP = 16;
const TALL = { alone: 0.6, beside: 0.85, below: 0.75 }; // the map's height as a share of its width
const COLOURS = ["accent", "best", "right", "wrong", "text"].map((name) => `var(--lossviz-${name})`); // of the balls
const SETTINGS = ["optimiser", "rate", "momentum", "noise"];

/** @typedef {import("./walk.js").Place} Place */

/** @param {import("./frame.js").Context} context */
export function terrain({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, reserve, hush } = frame({ model, el }, "terrain", texts.label);
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
  let version = 0; // of the landscape
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
        const shakes = noise[ball] && floats(noise[ball]);
        kept[ball] = { from, walker: walker(ground, [x, y], now, shakes, model.get("_still")) };
      }
      return kept[ball].walker;
    });
  }
  /** After how many steps, up to these, nothing rolls any more. @param {number} steps */
  const over = (steps) => Math.max(...walkers().map((each) => each.over(steps)));

  const rolling =
    count > 0 ? rollControls(controls, model, texts, { put, over, redraw: () => frames.ask() }) : undefined;

  // ---- a path through many parameters, seen in this plane

  const seen = model.get("_walk").places ? decodePath(model.get("_walk")) : undefined;
  const pathStep = {
    step: () => model.get("walk_step"),
    move: (/** @type {number} */ to) => put({ walk_step: to }),
  };
  const path = seen && planePath(map, { controls, readout }, texts, seen, pathStep, count);

  // ---- basins

  const layer = basinLayer(map.over, () => frames.ask());
  const basinsButton =
    !rolling || model.get("basins") === null
      ? undefined
      : button(rolling.row, texts.basins, () => put({ basins: !model.get("basins") }));

  /** @param {import("./map-panel.js").Mark[]} marks */
  function walkBasins(marks) {
    const { optimiser, rate, momentum } = settings();
    const heavy = optimiser === "momentum" ? momentum : 0;
    /** @type {Place[]} */
    const minima = marks.filter(({ kind }) => kind === "minimum").map(({ x, y }) => [x, y]);
    const key = model.get("basins") ? [version, optimiser, rate, heavy].join() : "";
    layer.update(key, () => basins(land, { optimiser, rate, momentum }, minima, model.get("_most")));
  }

  // ---- drawing

  const frames = onceAFrame(draw);

  function readLand() {
    const sent = model.get("_land");
    land = { ...sent, ...decodeGrid(sent) };
    ground = groundOf(land);
    version += 1;
    kept.length = 0;
    resized = true;
  }

  function layout() {
    const pair = block && width > BESIDE;
    const each = pair ? (width - GAP) / 2 : width;
    map.setLand(land, marked(), each, pair ? TALL.beside : block ? TALL.below : TALL.alone);
    block?.setGrid(land, land.levels);
    block?.layout(each, Number(map.svg.attr("height")));
  }

  /** The critical points that are shown. @returns {import("./map-panel.js").Mark[]} */
  const marked = () => (model.get("critical") ? model.get("_marks") : []);

  /** All that the figure shows, in numbers. @returns {import("./terrain-words.js").State} */
  function state() {
    const [steps, most, marks] = ["steps", "_most", "_marks"].map((name) => model.get(name));
    const walks = walkers().map((each) => each.to(steps));
    walkBasins(marks);
    const here = seen && pointAt(seen, model.get("walk_step"), ground.valueAt);
    return { settings: settings(), steps, most, walks, marks, land, here, shares: layer.shares() };
  }

  function draw() {
    const now = state();
    tell.show(now);
    tell.showKey(now, model.get("critical"), layer.paint);
    rolling?.show();
    if (now.here) path?.show(now.here);
    basinsButton?.show(model.get("basins"));
    reserve([longest(texts, now, model.get("basins"))]);
    say(sentence(texts, now));
    if (width === 0) return;
    if (resized) layout();
    resized = false;
    layer.draw(map.box);
    map.drawWalks(now.walks);
    if (now.here) path?.draw(now.here, map.x, map.y);
    const balls = now.walks.map(({ places }) => places[places.length - 1]);
    block?.draw({
      balls: [...balls, ...(now.here ? [now.here.place] : [])].map(([x, y], i) => ({
        ...{ x, y, colour: COLOURS[i] },
        ...(count > 1 && i < count ? { label: String(i + 1) } : {}),
      })),
      trails: [...now.walks, ...(seen ? [seen] : [])].map(({ places }, i) => ({
        points: places,
        colour: COLOURS[i],
      })),
      walk: seen && { points: hairs(seen), colour: COLOURS[count] },
      marks: marked().map(({ x, y, kind }) => ({ x, y, shape: MARKS[kind] })),
    });
  }

  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      resized = true;
      draw();
    }),
    listen(model, ["_land", "_marks", "critical"], () => {
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
    listen(model, [...SETTINGS, "starts", "steps", "speed", "basins", "walk_step"], frames.ask),
    () => rolling?.stop(),
    layer.stop,
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
