/**
 * LineFit: a line to lay through points, its score, and its place on the landscape of all lines.
 */
import { tickStep } from "d3-array";
import { button, choice, moveByArrows, moveByKeys, slider } from "./controls.js";
import { decode, floats, reader } from "./curve.js";
import { dragging } from "./drag.js";
import { short } from "./format.js";
import { frame, listen, make, onceAFrame, watchWidth } from "./frame.js";
import { landscape } from "./landscape.js";
import { linePanel } from "./line-panel.js";
import { gripKeys, linePoints } from "./line-points.js";
import { lineReadout } from "./line-readout.js";
import { sentence } from "./line-words.js";
import { moveCounter } from "./moves.js";
import { refit, scoreOf } from "./refit.js";

const BESIDE = 640; // px: two panels stand side by side above this width
const GAP = 16;
const REACH = { mouse: 14, finger: 22 }; // px: how near a point is taken

/** @typedef {import("./refit.js").Fit} Fit */
/** @typedef {{ name: string, label: string, title: string, loss: import("./curve.js").Reader }} Scorer */
/** @typedef {{ ring: number } | { point: number }} Held */

/** @param {import("./frame.js").Context} context */
export function lineFit({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, hush } = frame({ model, el }, "line-fit", texts.label);
  drawing.classList.add("lossviz-panels");
  const movable = model.get("movable");
  const panel = linePanel(drawing, texts, movable);
  const land = model.get("landscape") ? landscape(drawing, texts) : undefined;
  const tell = lineReadout(readout, texts);

  /** @type {Scorer[]} */
  let scorers = [];
  /** @type {Map<Scorer, Fit>} the best lines for these points, found when asked for */
  const bests = new Map();
  let width = 0;

  const line = () => ({ weight: model.get("weight"), bias: model.get("bias") });
  const scorer = () => scorers.find(({ name }) => name === model.get("loss")) ?? scorers[0];
  const score = () => scoreOf(scorer().loss, points.x, points.y, line().weight, line().bias);
  /** @param {Scorer} each */
  const best = (each) => {
    if (!bests.has(each)) bests.set(each, refit(each.loss, points.x, points.y));
    return /** @type {Fit} */ (bests.get(each));
  };
  /** @param {Record<string, unknown>} values */
  const put = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };

  const points = linePoints(model, put, within);

  // ---- moving the line

  const counter = moveCounter(() => {
    const { weight, bias } = line();
    if (weight !== before.weight || bias !== before.bias)
      put({ history: [...model.get("history"), score()] });
  });
  let before = line();

  /**
   * @param {number} weight
   * @param {number} bias
   */
  function moveLine(weight, bias) {
    const now = line();
    const next = { weight: within("_weight_range", weight), bias: within("_bias_range", bias) };
    if (next.weight === now.weight && next.bias === now.bias) return;
    if (counter.begin()) before = now;
    put(next);
  }

  /**
   * Lift or lower the line at one ring, while it stays where it is at the other.
   * @param {number} i
   * @param {number} height
   */
  function tilt(i, height) {
    const { weight, bias } = line();
    const [here, there] = [panel.at(i), panel.at(1 - i)];
    const other = weight * there + bias;
    const tilted = within("_weight_range", (height - other) / (here - there));
    moveLine(tilted, other - tilted * there);
  }

  /**
   * @param {string} range
   * @param {number} value
   */
  function within(range, value) {
    const [low, high] = model.get(range);
    return Number(Math.min(high, Math.max(low, value)).toPrecision(12));
  }

  /**
   * @param {string} range
   * @param {() => number} value
   * @param {(value: number) => void} move
   * @param {number} [steps]
   */
  function dial(range, value, move, steps = 100) {
    const scale = () => {
      const [low, high] = model.get(range);
      return { low, high, step: tickStep(low, high, steps) };
    };
    return { scale, value, move };
  }

  const weightDial = dial(
    "_weight_range",
    () => line().weight,
    (to) => moveLine(to, line().bias),
    200,
  );
  const biasDial = dial(
    "_bias_range",
    () => line().bias,
    (to) => moveLine(line().weight, to),
    200,
  );

  function again() {
    counter.stop();
    const [weight, bias] = model.get("_start");
    put({ weight, bias, history: [] });
  }

  // ---- controls

  const slides = [slider(controls, texts.weight, weightDial), slider(controls, texts.bias, biasDial)];
  const row = make("div", { class: "lossviz-buttons" });
  controls.append(row);
  const options = model.get("_curves").map((/** @type {any} */ { name, title }) => ({ name, text: title }));
  const select =
    options.length > 1
      ? choice(row, texts.loss, options, (loss) => {
          counter.stop();
          put({ loss, history: [] }); // scores of another loss cannot be compared
        })
      : undefined;
  const toggle = button(row, texts.show_best, () => put({ show_best: !model.get("show_best") }));
  button(row, texts.again, again);
  if (movable) button(row, texts.put_back, () => put({ _moved: [], history: [] }));

  panel.rings.forEach((ring, i) => {
    const height = () => line().weight * panel.at(i) + line().bias;
    moveByKeys(
      /** @type {SVGGElement} */ (ring.node()),
      dial("_y_range", height, (to) => tilt(i, to)),
    );
  });
  if (land) {
    moveByArrows(/** @type {SVGGElement} */ (land.dot.node()), { across: weightDial, up: biasDial });
  }
  if (panel.grip) {
    moveByArrows(
      /** @type {SVGGElement} */ (panel.grip.node()),
      gripKeys(points, dial, () => frames.ask()),
    );
  }
  el.firstElementChild?.addEventListener("keydown", counter.rest);
  controls.addEventListener("change", counter.end);
  el.firstElementChild?.addEventListener("focusout", counter.end);

  const pointPlace = (/** @type {number} */ i) => ({ x: panel.x(points.x[i]), y: panel.y(points.y[i]) });
  dragging(/** @type {SVGSVGElement} */ (panel.svg.node()), {
    pick(x, y, finger) {
      /** @type {[number, Held][]} */
      const near = panel.rings.map((_, ring) => {
        const place = panel.handlePlace(ring, line());
        return [Math.hypot(place.x - x, place.y - y) - 4, { ring }];
      });
      if (movable) {
        const { point, distance } = points.nearest(pointPlace, x, y);
        near.push([distance, { point }]);
      }
      const [distance, held] = near.reduce((a, b) => (b[0] < a[0] ? b : a));
      if (distance > (finger ? REACH.finger : REACH.mouse)) return undefined;
      if ("point" in held) {
        points.chosen = held.point;
        panel.grip?.classed("lossviz-by-pointer", true);
      }
      frames.ask();
      const ring = "point" in held ? panel.grip : panel.rings[held.ring];
      ring?.node()?.focus({ preventScroll: true });
      return held;
    },
    place: (held) => ("point" in held ? pointPlace(held.point) : panel.handlePlace(held.ring, line())),
    move(held, x, y) {
      if ("point" in held) points.move(held.point, panel.x.invert(x), panel.y.invert(y));
      else tilt(held.ring, within("_y_range", panel.y.invert(y)));
    },
    drop: counter.end,
  });
  if (land) {
    dragging(/** @type {SVGSVGElement} */ (land.svg.node()), {
      pick(x, y) {
        if (Math.hypot(land.x(line().weight) - x, land.y(line().bias) - y) > 20) return undefined;
        land.dot.node()?.focus({ preventScroll: true });
        return true;
      },
      place: () => ({ x: land.x(line().weight), y: land.y(line().bias) }),
      move: (_, x, y) => moveLine(land.x.invert(x), land.y.invert(y)),
      drop: counter.end,
    });
  }

  // ---- drawing

  /** @type {Set<"size" | "points">} what has changed since the last frame, beside the line */
  const changed = new Set();
  const frames = onceAFrame(draw);

  function readCurves() {
    scorers = model
      .get("_curves")
      .map((/** @type {any} */ curve) => ({ ...curve, loss: reader(decode(curve)) }));
    readPoints();
    changed.add("size");
  }

  function readPoints() {
    const { x, y } = model.get("_points");
    points.read(floats(x), floats(y));
    bests.clear();
    changed.add("points");
  }

  function layout() {
    const pair = land && width > BESIDE;
    const each = pair ? (width - GAP) / 2 : width;
    const tall = pair ? 0.85 : 0.72;
    panel.layout(each, model.get("_x_range"), model.get("_y_range"), texts.x, texts.y, tall);
    land?.layout(each, model.get("_weight_range"), model.get("_bias_range"), texts.weight, texts.bias, tall);
  }

  function draw() {
    const { x: xs, y: ys, chosen } = points;
    const now = { ...line(), score: score() };
    const winner = model.get("show_best") ? best(scorer()) : undefined;
    const refits = (model.get("refit") ? scorers : []).map((each, place) => ({
      ...each,
      ...best(each),
      place,
    }));
    const history = model.get("history");
    const state = { now, winner, refits, history, goal: model.get("goal"), moves: model.get("moves") };
    slides[0].show(short(now.weight));
    slides[1].show(short(now.bias));
    select?.show(model.get("loss"));
    toggle.show(model.get("show_best"));
    tell({ ...state, title: scorer().title });
    say(sentence(texts, scorer().title, state));
    if (width === 0) return;
    if (changed.has("size")) layout();
    if (changed.size > 0) panel.drawPoints(xs, ys);
    if (changed.size > 0) land?.drawGround(scorer().loss, xs, ys);
    changed.clear();
    panel.drawLine(now, xs, ys, model.get("errors"));
    panel.drawPulls(now, xs, ys, model.get("show_pulls") ? scorer().loss : undefined);
    panel.drawBests(refits, winner);
    land?.drawBests(refits, winner);
    land?.drawDot(now);
    panel.nameRings(now);
    panel.drawGrip(now, xs, ys, chosen);
  }

  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      changed.add("size");
      draw();
    }),
    listen(model, ["_curves"], () => {
      readCurves();
      frames.ask();
    }),
    listen(model, ["_points", "_moved"], () => {
      readPoints();
      frames.ask();
    }),
    listen(model, ["_x_range", "_y_range", "_weight_range", "_bias_range", "loss"], () => {
      changed.add("size");
      frames.ask();
    }),
    listen(model, ["weight", "bias", "history", "errors", "show_pulls", "show_best", "refit"], frames.ask),
    counter.stop,
    frames.stop,
    hush,
  ];
  readCurves();
  draw();
  return () => {
    for (const stop of stops) stop();
  };
}
