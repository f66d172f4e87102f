/**
 * Separator: a line between two classes, moved by hand or trained by gradient descent.
 */
import { tickStep } from "d3-array";
import { button, choice, moveByArrows, moveByKeys, slider } from "./controls.js";
import { decode, reader } from "./curve.js";
import { dragging } from "./drag.js";
import { fill, short } from "./format.js";
import { frame, listen, make, onceAFrame, watchWidth } from "./frame.js";
import { nameHandle } from "./handles.js";
import { styleOf } from "./look.js";
import { silentAt, slopeOf, tally } from "./separating.js";
import * as geometry from "./separator-geometry.js";
import { separatorPanel } from "./separator-panel.js";
import { separatorPoints } from "./separator-points.js";
import { separatorReadout } from "./separator-readout.js";
import { separatorTraining } from "./separator-training.js";
import { sentence } from "./separator-words.js";

const REACH = { mouse: 14, finger: 22 }; // px: how near a point is taken

/** @typedef {import("./separator-geometry.js").Pose} Pose */
/** @typedef {{ name: string, label: string, title: string, loss: import("./curve.js").Reader }} Scorer */
/** @typedef {"move" | "turn" | "band"} Part */
/** @typedef {{ part: Part } | { point: number }} Held */

/** @param {import("./frame.js").Context} context */
export function separator({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, hush } = frame({ model, el }, "separator", texts.label);
  const movable = model.get("movable");
  const panel = separatorPanel(drawing, texts, movable);
  // Its sliders already turn and widen the line while nothing is drawn, as in a hidden tab.
  panel.x.domain(model.get("_x_range"));
  panel.y.domain(model.get("_y_range"));
  const tell = separatorReadout(readout, texts);

  /** @type {Scorer[]} */
  let scorers = [];
  let width = 0;
  /** @type {[number, number]} where the line is held */
  let grip = [0, 0];
  /** @type {{ turn: number, band: number } | undefined} where the handles stay while one is dragged */
  let sides;
  let lastAngle = 0;

  /** @returns {[number, number, number]} */
  const line = () => {
    const [w1, w2] = model.get("weights");
    return [w1, w2, model.get("bias")];
  };
  const scorer = () => scorers.find(({ name }) => name === model.get("loss")) ?? scorers[0];
  const count = () => tally(scorer().loss, points, line(), model.get("penalty"));
  const box = () => panel.view();
  const diagonal = () => Math.hypot(box().right - box().left, box().top - box().bottom);
  /** Where there is no line the controls begin with one through the middle. */
  const pose = () => {
    const { left, right, bottom, top } = box();
    const now = geometry.poseOf(line());
    lastAngle = now?.angle ?? lastAngle;
    const none = { angle: lastAngle, distance: 0, width: diagonal() };
    return now ?? geometry.movedThrough(none, [(left + right) / 2, (bottom + top) / 2]);
  };

  /** @param {Record<string, unknown>} values */
  const put = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  /** What a reader does ends the training, and the steps are counted from there. @param {Record<string, unknown>} values */
  function byHand(values) {
    trainer.stop();
    trainer.ranAway = false;
    put({ ...values, steps: 0 });
  }

  const points = separatorPoints(model, byHand, box);
  const slope = () => slopeOf(scorer().loss, points, model.get("penalty"));
  const trainer = separatorTraining(model, put, line, slope, () => frames.ask());

  const removeSilent = () => points.remove(silentAt(scorer().loss, points, trainer.ahead()));

  // ---- moving the line

  /** @param {Pose} to */
  function movePose(to) {
    const [low, high] = geometry.reach(to.angle, box());
    const distance = Math.min(high, Math.max(low, to.distance));
    const [narrow, wide] = [diagonal() / 100, 2 * diagonal()];
    const [w1, w2, bias] = geometry.lineOf({
      angle: to.angle,
      distance,
      width: Math.min(wide, Math.max(narrow, to.width)),
    });
    byHand({ weights: [w1, w2], bias });
  }

  /**
   * A scale whose ends are multiples of its step.
   * @param {number} low
   * @param {number} high
   */
  function scale(low, high) {
    const step = tickStep(low, high, 200);
    const even = (/** @type {number} */ n) => Number((n * step).toPrecision(12));
    return { low: even(Math.ceil(low / step)), high: even(Math.floor(high / step)), step };
  }
  /** To a tenth of a step: room for 0.00213 would be taken from the slider. @type {(value: number, part: Part) => string} */
  const tenths = (value, part) => {
    const tenth = dials[part].scale().step / 10;
    return short(Number((Math.round(value / tenth) * tenth).toPrecision(12)));
  };
  const words = {
    turn: (/** @type {number} */ angle) => fill(texts.turn_value, { angle: short(Math.round(angle)) }),
    move: (/** @type {number} */ distance) => fill(texts.move_value, { distance: tenths(distance, "move") }),
    band: (/** @type {number} */ width) => fill(texts.band_value, { width: tenths(width, "band") }),
  };
  const dials = {
    turn: {
      words: words.turn,
      scale: () => ({ low: -180, high: 180, step: 1 }),
      value: () => pose().angle,
      move: (/** @type {number} */ to) => movePose(geometry.turnedTo(pose(), grip, to)),
    },
    move: {
      ...{ fine: true, words: words.move },
      scale: () => scale(...geometry.reach(pose().angle, box())),
      value: () => pose().distance,
      move: (/** @type {number} */ distance) => movePose({ ...pose(), distance }),
    },
    band: {
      ...{ fine: true, words: words.band },
      scale: () => scale(diagonal() / 100, diagonal()),
      value: () => pose().width,
      move: (/** @type {number} */ to) => movePose({ ...pose(), width: to }),
    },
  };
  const parts = /** @type {Part[]} */ (["turn", "move", "band"]);

  // ---- controls

  const sliders = make("div", { class: "lossviz-dials" });
  controls.append(sliders);
  const slides = parts.map((part) => slider(sliders, texts[part], dials[part]));
  const options = model.get("_curves").map((/** @type {any} */ { name, title }) => ({ name, text: title }));
  const select =
    options.length > 1 ? choice(controls, texts.loss, options, (loss) => byHand({ loss })) : undefined;
  const row = make("div", { class: "lossviz-buttons" });
  controls.append(row);
  const play = button(row, texts.train, trainer.toggle);
  button(row, texts.step, trainer.step);
  button(row, texts.again, () => {
    const [w1, w2, bias] = model.get("_start");
    byHand({ weights: [w1, w2], bias });
  });
  const outlier = model.get("outlier");
  const removable = model.get("removable");
  const edits = make("div", { class: "lossviz-buttons" });
  if (movable || outlier || removable) controls.append(edits);
  const removing = removable ? button(edits, texts.remove, removeSilent) : undefined;
  const adding = outlier ? button(edits, texts.add, () => points.add(outlier)) : undefined;
  const putBack = button(edits, texts.put_back, points.putBack);

  for (const part of parts) moveByKeys(/** @type {SVGGElement} */ (panel.holds[part].node()), dials[part]);
  if (panel.grip) {
    const dial = (/** @type {"x1" | "x2"} */ axis, /** @type {(to: number) => void} */ move) => ({
      scale: () => (axis === "x1" ? scale(box().left, box().right) : scale(box().bottom, box().top)),
      value: () => points[axis][points.chosen],
      move,
    });
    moveByArrows(/** @type {SVGGElement} */ (panel.grip.node()), {
      across: dial("x1", (to) => points.move(points.chosen, to, points.x2[points.chosen])),
      up: dial("x2", (to) => points.move(points.chosen, points.x1[points.chosen], to)),
      page: (by) => {
        points.next(by);
        frames.ask();
      },
    });
  }

  dragging(/** @type {SVGSVGElement} */ (panel.svg.node()), {
    pick(x, y, finger) {
      const places = panel.held(pose(), grip);
      /** @type {[number, Held][]} */
      const near = geometry.poseOf(line())
        ? parts.map((part) => [away(panel.place(places[part]), x, y) - 4, { part }])
        : [];
      if (movable) {
        const { point, distance } = points.nearest(panel.place, x, y);
        near.push([distance, { point }]);
      }
      const [distance, held] = near.reduce((a, b) => (b[0] < a[0] ? b : a), [Infinity, { point: 0 }]);
      if (distance > (finger ? REACH.finger : REACH.mouse)) return undefined;
      trainer.stop();
      if ("point" in held) {
        points.chosen = held.point;
        panel.grip?.classed("lossviz-by-pointer", true);
      } else [grip, sides] = [places.move, places.sides];
      frames.ask();
      const ring = "point" in held ? panel.grip : panel.holds[held.part];
      ring?.node()?.focus({ preventScroll: true });
      return held;
    },
    place: (held) =>
      panel.place(
        "point" in held
          ? [points.x1[held.point], points.x2[held.point]]
          : panel.held(pose(), grip, sides)[held.part],
      ),
    move(held, x, y) {
      /** @type {[number, number]} */
      const to = [panel.x.invert(x), panel.y.invert(y)];
      if ("point" in held) points.move(held.point, ...to);
      else if (held.part === "turn") movePose(geometry.turnedThrough(pose(), grip, to, sides?.turn ?? 1));
      else if (held.part === "band") movePose(geometry.widenedTo(pose(), to));
      else {
        grip = geometry.into(box(), to);
        movePose(geometry.movedThrough(pose(), grip));
      }
    },
    drop() {
      sides = undefined;
      frames.ask();
    },
  });

  // ---- drawing

  let resized = true;
  const frames = onceAFrame(draw);

  function readCurves() {
    scorers = model
      .get("_curves")
      .map((/** @type {any} */ each) => ({ ...each, loss: reader(decode(each)) }));
  }

  function draw() {
    const now = count();
    const place = scorers.indexOf(scorer());
    const state = { ...now, line: line(), steps: model.get("steps"), title: scorer().title };
    tell({ ...state, ranAway: trainer.ranAway, style: styleOf(scorer().name, place) });
    say(sentence(texts, state));
    if (width === 0) return;
    if (resized) panel.resize(width, model.get("_x_range"), model.get("_y_range"));
    if (resized) grip = [(box().left + box().right) / 2, (box().bottom + box().top) / 2];
    resized = false;
    select?.show(model.get("loss"));
    play.name(trainer.playing() ? texts.pause : texts.train);
    removing?.enable(now.matter > 0 && now.matter < points.index.length);
    adding?.enable(!points.holds(outlier));
    putBack.enable(points.changed());
    if (!sides) grip = panel.held(pose(), grip).move;
    panel.drawPoints(points, now, { name: scorer().name, place });
    panel.drawLine(geometry.poseOf(line()), grip, sides);
    panel.drawGrip(points, now.margins, points.chosen);
    parts.forEach((part, i) => {
      const said = words[part](dials[part].value());
      slides[i].show(said);
      const value = { ...dials[part].scale(), now: dials[part].value() };
      nameHandle(panel.holds[part], texts[`${part}_handle`], value, said);
    });
  }

  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      resized = true;
      draw();
    }),
    listen(model, ["_curves"], () => {
      readCurves();
      frames.ask();
    }),
    listen(model, ["_points", "_moved", "_added", "_removed"], () => {
      points.read();
      frames.ask();
    }),
    listen(model, ["_x_range", "_y_range"], () => {
      resized = true;
      frames.ask();
    }),
    listen(model, ["weights", "bias", "loss", "penalty", "rate", "steps"], frames.ask),
    trainer.stop,
    frames.stop,
    hush,
  ];
  readCurves();
  draw();
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * @param {{ x: number, y: number }} place
 * @param {number} x
 * @param {number} y
 */
const away = (place, x, y) => Math.hypot(place.x - x, place.y - y);
