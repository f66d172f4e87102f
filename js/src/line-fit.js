/**
 * LineFit: a line to lay through points, its score, and its place on the landscape of all lines.
 */
import { button, choice, moveByArrows, moveByKeys, slider } from "./controls.js";
import { decode, floats, reader } from "./curve.js";
import { dragging } from "./drag.js";
import { short } from "./format.js";
import { frame, listen, make, onceAFrame, watchWidth } from "./frame.js";
import { lineLandscape } from "./line-landscape.js";
import { lineMoves } from "./line-moves.js";
import { linePanel } from "./line-panel.js";
import { gripKeys, linePoints } from "./line-points.js";
import { lineReadout } from "./line-readout.js";
import { outcome, prospects, sentence } from "./line-words.js";
import { refit, scoreOf } from "./refit.js";

const BESIDE = 640; // px: two panels stand side by side above this width
const GAP = 16;
const REACH = { mouse: 14, finger: 22 }; // px: how near a point is taken
const REACH_OF_DOT = 20;

/** @typedef {import("./refit.js").Fit} Fit */
/** @typedef {import("./line-words.js").State} State */
/** @typedef {{ name: string, label: string, title: string, loss: import("./curve.js").Reader }} Scorer */
/** @typedef {{ ring: number, hold: import("./line-moves.js").Hold } | { point: number }} Held */

/** @param {import("./frame.js").Context} context */
export function lineFit({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, reserve, hush } = frame({ model, el }, "line-fit", texts.label);
  drawing.classList.add("lossviz-panels");
  const movable = model.get("movable");
  const panel = linePanel(drawing, texts, movable);
  const land = model.get("landscape") ? lineLandscape(drawing, texts) : undefined;
  const counted = model.get("landscape") || model.get("goal") !== null; // moves count only there
  const tell = lineReadout(readout, texts, counted);

  /** @type {Scorer[]} */
  let scorers = [];
  /** @type {Map<Scorer, Fit>} the best lines for these points, found when asked for */
  const bests = new Map();
  let width = 0;

  const scorer = () => scorers.find(({ name }) => name === model.get("loss")) ?? scorers[0];
  /** @param {{ weight: number, bias: number }} line */
  const scored = ({ weight, bias }) => scoreOf(scorer().loss, points.x, points.y, weight, bias);
  const score = () => scored(line());
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

  const { line, begin, within, move, hold, tilt, dial, dials, counter } = lineMoves(model, put, score);
  const points = linePoints(model, put, within);

  /** Scores of another loss, or of other points, cannot be compared. */
  const forgotten = { history: [], _trail: [] };

  function again() {
    counter.stop();
    const [weight, bias] = model.get("_start");
    // Who takes the challenge once more shall not see the answer.
    put({ weight, bias, ...forgotten, ...(model.get("goal") === null ? {} : { show_best: false }) });
  }

  // ---- controls

  const slides = [slider(controls, texts.weight, dials.weight), slider(controls, texts.bias, dials.bias)];
  const row = make("div", { class: "lossviz-buttons" });
  controls.append(row);
  const options = model.get("_curves").map((/** @type {any} */ { name, title }) => ({ name, text: title }));
  const select =
    options.length > 1
      ? choice(row, texts.loss, options, (loss) => {
          counter.stop();
          put({ loss, ...forgotten });
        })
      : undefined;
  button(row, texts.again, again);
  if (movable) button(row, texts.put_back, () => put({ _moved: [], ...forgotten }));
  const toggle = button(row, texts.show_best, () => put({ show_best: !model.get("show_best") }));

  panel.rings.forEach((ring, i) => {
    moveByKeys(/** @type {SVGGElement} */ (ring.node()), dials.ring(i));
  });
  if (land) {
    moveByArrows(/** @type {SVGGElement} */ (land.dot.node()), { across: dials.weight, up: dials.bias });
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
        const held = hold(ring);
        const place = panel.ringPlace(held);
        return [Math.hypot(place.x - x, place.y - y) - 4, { ring, hold: held }];
      });
      if (movable && model.get("show_points")) {
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
    place(held) {
      if ("point" in held) return pointPlace(held.point);
      return { x: panel.x(held.hold.at), y: panel.y(held.hold.height) };
    },
    move(held, x, y) {
      if ("point" in held) points.move(held.point, panel.x.invert(x), panel.y.invert(y));
      else tilt(held.hold, panel.y.invert(y));
    },
    drop: counter.end,
  });
  if (land) {
    const dotPlace = () => ({ x: land.x(line().weight), y: land.y(line().bias) });
    dragging(/** @type {SVGSVGElement} */ (land.svg.node()), {
      pick(x, y) {
        const dot = dotPlace();
        const near = Math.hypot(dot.x - x, dot.y - y) <= REACH_OF_DOT;
        if (!near && !land.holds(x, y)) return undefined;
        land.dot.node()?.focus({ preventScroll: true });
        return { near };
      },
      place: ({ near }) => (near ? dotPlace() : undefined), // pressed elsewhere, the dot comes there
      move: (_, x, y) => move(land.x.invert(x), land.y.invert(y)),
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

  /** All that the figure shows, in numbers. @returns {State} */
  function state() {
    const trail = begin();
    const [weight, bias] = trail[0];
    return {
      title: scorer().title,
      now: { ...line(), score: score() },
      start: scored({ weight, bias }),
      trail,
      winner: model.get("show_best") ? best(scorer()) : undefined,
      // Each is the best by its own loss; what they score is told in the unit of the loss chosen.
      refits: (model.get("refit") ? scorers : []).map((each, place) => {
        const fit = best(each);
        return { ...each, ...fit, score: scored(fit), place };
      }),
      history: model.get("history"),
      goal: model.get("goal"),
      moves: model.get("moves"),
      hidden: !model.get("show_points"),
    };
  }

  function draw() {
    const { x: xs, y: ys, chosen } = points;
    const now = state();
    const { winner, refits } = now;
    slides[0].show(short(now.now.weight));
    slides[1].show(short(now.now.bias));
    select?.show(model.get("loss"));
    toggle.show(model.get("show_best"));
    toggle.place(model.get("refit") ? "none" : answerable(now) ? "here" : "kept");
    const rooms = counted ? prospects(now) : [];
    tell(now, rooms);
    reserve(rooms.map((room) => sentence(texts, room, counted)));
    say(sentence(texts, now, counted));
    if (width === 0) return;
    if (changed.has("size")) layout();
    if (changed.size > 0) panel.drawPoints(xs, ys);
    if (changed.size > 0) land?.drawGround(scorer().loss, xs, ys);
    changed.clear();
    panel.drawLine(now.now, [hold(0), hold(1)]);
    panel.drawErrors(now.now, xs, ys, now.hidden ? "none" : model.get("errors"));
    panel.drawPulls(now.now, xs, ys, model.get("show_pulls") && !now.hidden ? scorer().loss : undefined);
    panel.hidePoints(now.hidden);
    panel.drawBests(refits, winner);
    land?.drawTrail(now.trail);
    land?.drawBests(refits, winner);
    land?.drawDot(now.now);
    panel.drawGrip(now.now, xs, ys, chosen);
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
    listen(model, ["weight", "bias", "history", "_trail"], frames.ask),
    listen(model, ["errors", "show_points", "show_pulls", "show_best", "refit"], frames.ask),
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

/** Whether the best line gives nothing away: in a challenge it is the answer. @param {State} state */
function answerable({ winner, history, goal, moves }) {
  return winner !== undefined || goal === null || outcome(history, goal, moves).state !== "open";
}
