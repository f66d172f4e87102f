/**
 * LossCurve: one or several losses over their natural variable, with a value to drag.
 */
import { chart, heightOn, polyline } from "./chart.js";
import { buttons, everyStop, moveByKeys, slider, snap } from "./controls.js";
import { decode, interpolate, jumps, runs } from "./curve.js";
import { curveReadout } from "./curve-readout.js";
import { fill, short } from "./format.js";
import { frame, listen, onceAFrame, watchWidth } from "./frame.js";
import { dashOf, styleOf } from "./look.js";
import { scrub } from "./scrub.js";
import { dot, PANEL, slopePanel } from "./slope-panel.js";

const RING = 11; // how far the ring hangs under the axis, in pixels, so that it hides nothing
const TANGENT = 0.22; // half its length, as a share of the width
const CROWDED = 20; // more ends of steps than these would hide the steps
const NARROW = 480; // below, a reading takes two lines

/** @param {import("./frame.js").Context} context */
export function lossCurve({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, reserve, say, hush } = frame({ model, el }, "loss-curve", texts.label);
  const ground = chart(drawing, texts.label);
  const { svg, clipped, above, x, y, box, layout } = ground;
  const tangents = clipped.append("g"); // under the curves: along a straight one they would hide the dashes
  const curves = clipped.append("g");
  const panel = slopePanel(ground);
  const guide = above.append("line").attr("class", "lossviz-guide");
  const ends = above.append("g");
  const marks = above.append("g");
  const dots = above.append("g");
  const handle = above.append("g").attr("class", "lossviz-handle").attr("role", "slider").attr("tabindex", 0);
  handle.append("circle").attr("class", "lossviz-target").attr("r", 18);
  handle.append("circle").attr("class", "lossviz-halo").attr("r", 14);
  handle.append("circle").attr("class", "lossviz-ring").attr("r", 9);
  // Wherever a dial stops, the sampled curve has a row, so that the numbers there are exact.
  const dial = {
    scale,
    value: () => model.get("value"),
    move: (/** @type {number} */ value) => moveTo(snap(scale(), value)),
    words: (/** @type {number} */ value) => short(value, model.get("_decimals")),
  };
  const slide = slider(controls, texts.variable, dial);
  moveByKeys(/** @type {SVGGElement} */ (handle.node()), dial);
  const rows = buttons(controls, texts.marks);
  const says = curveReadout(readout, texts, model.get("show_slope"));

  /** @type {{ name: string, label: string, samples: import("./curve.js").Samples }[]} */
  let shown = [];
  let width = 0;

  function scale() {
    const [low, high] = model.get("range");
    return { low, high, step: model.get("_step") };
  }

  /** @param {number} value */
  function moveTo(value) {
    if (value === model.get("value")) return;
    model.set("value", value);
    model.save_changes();
  }

  /** What changes with the width or the losses, but not with the value. */
  function drawGround() {
    shown = model.get("_curves").map((/** @type {any} */ curve) => ({ ...curve, samples: decode(curve) }));
    const [low, high] = model.get("range");
    const slopes = model.get("_slope_axis");
    const below = slopes.ticks ? PANEL : 0;
    if (width > 0)
      layout(width, [low, high], model.get("_window"), texts.axis, texts.loss, undefined, { below });
    if (width > 0 && below > 0) panel.drawGround(slopes, shown, (high - low) / 300);
    const path = (/** @type {[number, number][]} */ run) =>
      polyline(run.map(([u, value]) => [x(u), y(value)]));
    curves
      .selectAll("path")
      .data(shown)
      .join("path")
      .attr("class", "lossviz-curve")
      .attr("style", ({ name }, i) => styleOf(name, i))
      .attr("stroke-dasharray", ({ name }, i) => dashOf(name, i))
      .attr("d", ({ samples }) =>
        runs(samples, (high - low) / 300)
          .map(path)
          .join(""),
      );
    ends
      .selectAll("circle")
      .data(
        shown.flatMap(({ name, samples }, i) => {
          const each = jumps(samples).map((end) => ({ ...end, name, i }));
          return each.length > CROWDED ? [] : each;
        }),
      )
      .join("circle")
      .attr("class", ({ taken }) => (taken ? "lossviz-end lossviz-taken" : "lossviz-end"))
      .attr("style", ({ name, i }) => styleOf(name, i))
      .attr("r", 4)
      .attr("cx", ({ u }) => x(u))
      .attr("cy", ({ value }) => y(value))
      .attr("display", ({ value }) => (y(value) < box.top || y(value) > box.bottom ? "none" : null));
    says.list(shown);
    readout.classList.toggle("lossviz-narrow", width < NARROW);
    keepRoom();
    drawValue();
  }

  /** Leave room for the longest that the figure may come to say, so that it does not grow under the finger. */
  function keepRoom() {
    const all = everyStop(scale()).map((value) => ({ value, read: readAt(value) }));
    reserve([
      all.map(({ value, read }) => sentence(value, read)).reduce((a, b) => (b.length > a.length ? b : a)),
    ]);
    readout.classList.toggle("lossviz-long", says.long(all.flatMap(({ read }) => read)));
  }

  /** @param {number} value */
  function readAt(value) {
    return shown.map(({ samples }) => interpolate(samples, value));
  }

  /**
   * @param {number} value
   * @param {import("./curve.js").Reading[]} read
   */
  function sentence(value, read) {
    return fill(texts.sentence, { u: dial.words(value), each: says.sentences(shown, read) });
  }

  /** What changes with the value. */
  function drawValue() {
    const value = model.get("value");
    const said = dial.words(value);
    const read = readAt(value);
    slide.show(said);
    rows.show(
      model
        .get("marks")
        .map((/** @type {number} */ mark) => ({ text: dial.words(mark), pressed: mark === value })),
      (index) => moveTo(model.get("marks")[index]),
    );
    says.show(read);
    say(sentence(value, read));
    if (width > 0) drawPlot(value, said, read);
  }

  /**
   * @param {number} value
   * @param {string} said
   * @param {import("./curve.js").Reading[]} read
   */
  function drawPlot(value, said, read) {
    const { low, high } = scale();
    const at = x(value);
    // A loss may be above the picture (or infinite): its dot then waits at the upper edge, as an arrow.
    const wanted = read.map((now) => heightOn(y, now.value));
    const heights = wanted.map((height) => Math.max(box.top, Math.min(box.bottom, height)));
    guide
      .attr("x1", at)
      .attr("x2", at)
      .attr("y1", box.floor)
      .attr("y2", Math.min(...heights));
    handle
      .attr("transform", `translate(${at},${box.floor + RING})`)
      .attr("aria-label", texts.variable)
      .attr("aria-valuemin", low)
      .attr("aria-valuemax", high)
      .attr("aria-valuenow", value)
      .attr("aria-valuetext", said);
    dots
      .selectAll("path")
      .data(read)
      .join("path")
      .attr("class", "lossviz-dot")
      .attr("style", (_, i) => styleOf(shown[i].name, i))
      .attr("transform", (_, i) => `translate(${at},${heights[i]})`)
      .attr("d", (_, i) => dot(wanted[i], box.top, box.bottom));
    if (model.get("_slope_axis").ticks) panel.drawValue(at, shown, read);
    tangents
      .selectAll("path")
      .data(model.get("show_slope") ? read : [])
      .join("path")
      .attr("class", "lossviz-tangent")
      .attr("d", (now) => tangent(at, now));
    drawMarks();
  }

  /**
   * A piece of the tangent that is equally long however steep it is; none at a corner, a jump or a wall.
   * @param {number} at
   * @param {import("./curve.js").Reading} now
   */
  function tangent(at, { value, slope, sides }) {
    if (sides || !Number.isFinite(value) || !Number.isFinite(slope)) return "";
    const run = x(1) - x(0);
    const rise = (y(1) - y(0)) * slope;
    const half = (TANGENT * width) / Math.hypot(run, rise);
    return `M${at - half * run},${y(value) - half * rise} L${at + half * run},${y(value) + half * rise}`;
  }

  /** The rows of a table, where they lie on each curve. */
  function drawMarks() {
    const [low, high] = y.domain();
    const points = shown.flatMap(({ name, samples }, i) =>
      model
        .get("marks")
        .map((/** @type {number} */ mark) => ({ name, i, mark, ...interpolate(samples, mark) })),
    );
    marks
      .selectAll("path")
      .data(points.filter(({ value }) => value >= low && value <= high))
      .join("path")
      .attr("class", "lossviz-mark")
      .attr("style", ({ name, i }) => styleOf(name, i))
      .attr("transform", (point) => `translate(${x(point.mark)},${y(point.value)})`)
      .attr("d", "M0,-6 L6,0 L0,6 L-6,0 Z");
  }

  const surface = /** @type {SVGSVGElement} */ (svg.node());
  scrub(
    surface,
    (event) => dial.move(x.invert(event.clientX - surface.getBoundingClientRect().left)),
    () => handle.node()?.focus({ preventScroll: true }),
  );

  const frames = onceAFrame(drawValue);
  const stops = [
    watchWidth(drawing, (now) => {
      width = now;
      drawGround();
    }),
    listen(model, ["_curves"], drawGround),
    listen(model, ["value", "marks"], frames.ask),
    frames.stop,
    hush,
  ];
  drawGround();
  return () => {
    for (const stop of stops) stop();
  };
}
