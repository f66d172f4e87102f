/**
 * The panel of Separator: two classes of points, the ring of each loss, the line, its band and its handles.
 */
import { chart } from "./chart.js";
import { fill, short } from "./format.js";
import { handle, keysHint, nameHandle } from "./handles.js";
import { look, styleOf } from "./look.js";
import { handles, pointOf, sideSpan } from "./separator-geometry.js";

const ARM = 90; // px from the moving to the turning handle
const MANY = 60; // more points than these are drawn smaller
const TALLEST = 520; // px
const CORNER = 1.35; // how far a diamond reaches, in radii of a disc
const STRIP = 20; // px at the top and at the bottom, for the names of the classes
const ACROSS = "M-13,-4l-4,4l4,4M13,-4l4,4l-4,4"; // two arrow heads: that way it can be pulled

/** @typedef {import("./separator-geometry.js").Pose} Pose */
/** @typedef {import("./separator-geometry.js").Point} Point */
/** @typedef {import("./separating.js").Points} Points */

/** A mark of each class, as a path around a place: a disc for −1, a diamond for +1. */
export const MARKS = {
  minus: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => circle(x, y, r),
  plus: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) =>
    `M${px(x)},${px(y - CORNER * r)}l${px(CORNER * r)},${px(CORNER * r)}l${px(-CORNER * r)},${px(CORNER * r)}l${px(-CORNER * r)},${px(-CORNER * r)}z`,
  wrong: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) =>
    `M${px(x - r)},${px(y - r)}l${px(2 * r)},${px(2 * r)}M${px(x + r)},${px(y - r)}l${px(-2 * r)},${px(2 * r)}`,
};

/** @param {number} x */
const px = (x) => x.toFixed(1);

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function circle(x, y, r) {
  return `M${px(x - r)},${px(y)}a${px(r)},${px(r)} 0 1,0 ${px(2 * r)},0a${px(r)},${px(r)} 0 1,0 ${px(-2 * r)},0z`;
}

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {boolean} movable  whether one point carries a ring
 */
export function separatorPanel(parent, texts, movable) {
  const { svg, clipped, above, x, y, box, layout } = chart(parent, texts.points_label, false);
  const path = (/** @type {string} */ kind) => clipped.append("path").attr("class", kind);
  const band = path("lossviz-band");
  const rings = path("lossviz-loss-rings");
  const marks = ["minus", "plus"].map((kind) => ({
    silent: path(`lossviz-${kind} lossviz-silent`),
    heard: path(`lossviz-${kind}`),
  }));
  const wrong = path("lossviz-cross");
  const edges = path("lossviz-edges");
  const now = path("lossviz-now");
  const names = [texts.minus, texts.plus].map((name) =>
    above.append("text").attr("class", "lossviz-side").text(name),
  );
  const holds = {
    turn: handle(above, 7, "lossviz-turn"),
    band: handle(above, 6, "lossviz-widen"),
    move: handle(above, 9),
  };
  for (const each of Object.values(holds))
    each.append("path").attr("class", "lossviz-arrows").attr("d", ACROSS);
  const grip = movable ? handle(above, 8, "lossviz-grip") : undefined;
  const placeHint = grip && keysHint(above, grip, [texts.point_keys, texts.point_page], STRIP);

  /** @type {number[]} px; to ask for them in every frame would make the browser lay out the page once more */
  let lengths = [];
  /** @type {{ x1?: Float64Array, x2?: Float64Array, marks: string[], crosses: string[] }} where the points are now */
  let outlines = { marks: [], crosses: [] };

  /** The visible part of the plane. */
  function view() {
    const [[left, right], [bottom, top]] = [x.domain(), y.domain()];
    return { left, right, bottom, top };
  }
  /** @param {Point} point */
  const place = ([x1, x2]) => ({ x: x(x1), y: y(x2) });
  const unit = () => Math.abs(x(1) - x(0)); // px

  /**
   * @param {number} width
   * @param {[number, number]} xs
   * @param {[number, number]} ys
   */
  function resize(width, xs, ys) {
    const tall = 0.9 * ((ys[1] - ys[0]) / (xs[1] - xs[0])) + 0.15;
    layout(width, xs, ys, texts.x1, texts.x2, Math.min(1.1, tall), { tallest: TALLEST, same: true });
    lengths = names.map((name) => name.node()?.getComputedTextLength() ?? 0);
    outlines = { marks: [], crosses: [] };
  }

  /** The marks of the points: they stay while only the line moves. @param {Points} points @param {number} size */
  function outline({ x1, x2, actual }, size) {
    if (outlines.x1 === x1 && outlines.x2 === x2) return outlines;
    const places = Array.from(x1, (at, i) => /** @type {const} */ ([x(at), y(x2[i])]));
    const marks = places.map((at, i) => (actual[i] > 0 ? MARKS.plus : MARKS.minus)(...at, size));
    outlines = { x1, x2, marks, crosses: places.map((at) => MARKS.wrong(...at, size + 2)) };
    return outlines;
  }

  /**
   * @param {Points} points
   * @param {import("./separating.js").Tally} tally
   * @param {{ name: string, place: number }} loss
   */
  function drawPoints(points, { losses, margins, matters }, loss) {
    const { x1, x2, actual } = points;
    const size = x1.length > MANY ? 3.6 : 5;
    const at = outline(points, size);
    let circles = "";
    let crosses = "";
    const d = [0, 1].map(() => ({ silent: "", heard: "" }));
    for (let i = 0; i < x1.length; i++) {
      // Beyond the mark, so that a small one shows, the area of the ring is the loss.
      const ring = Math.hypot(CORNER * size, look.size.loss_ring * Math.sqrt(losses[i]));
      if (losses[i] > 0) circles += circle(x(x1[i]), y(x2[i]), ring);
      d[actual[i] > 0 ? 1 : 0][matters[i] ? "heard" : "silent"] += at.marks[i];
      if (margins[i] <= 0) crosses += at.crosses[i];
    }
    rings.attr("d", circles).attr("style", styleOf(loss.name, loss.place));
    wrong.attr("d", crosses);
    marks.forEach(({ silent, heard }, kind) => {
      silent.attr("d", d[kind].silent);
      heard.attr("d", d[kind].heard);
    });
  }

  /**
   * @param {Pose} pose
   * @param {Point} at  where the line is held
   * @param {Parameters<typeof handles>[4]} [sides]
   */
  const held = (pose, at, sides) => handles(pose, at, view(), ARM / unit(), sides);

  /**
   * @param {Pose | undefined} pose  none: there is no line
   * @param {Point} at
   * @param {Parameters<typeof handles>[4]} [sides]
   */
  function drawLine(pose, at, sides) {
    for (const each of [band, edges, now, ...names, ...Object.values(holds)])
      each.attr("visibility", pose ? null : "hidden");
    if (!pose) return;
    const { left, right, bottom, top } = view();
    const far = Math.hypot(right - left, top - bottom) + Math.abs(pose.distance);
    const ends = [-1, 0, 1].map((side) =>
      [-far, far].map((along) => {
        const { x, y } = place(pointOf(pose, [0, 0], along, (side * pose.width) / 2));
        return `${px(x)},${px(y)}`;
      }),
    );
    band.attr("d", `M${ends[0].join("L")}L${[...ends[2]].reverse().join("L")}Z`);
    edges.attr("d", `M${ends[0].join("L")}M${ends[2].join("L")}`);
    now.attr("d", `M${ends[1].join("L")}`);
    const places = held(pose, at, sides);
    for (const [name, each] of Object.entries(holds)) {
      const spot = place(places[/** @type {keyof typeof holds} */ (name)]);
      each.attr("transform", `translate(${px(spot.x)},${px(spot.y)}) rotate(${(-pose.angle).toFixed(2)})`);
    }
    nameSides(pose);
  }

  /**
   * Each class's name on its side of the line: at the top or the bottom, where the axes spare room around the
   * points, and there in the middle of the longer part.
   * @param {Pose} pose
   */
  function nameSides(pose) {
    names.forEach((name, k) => {
      const [top, bottom] = [box.top, box.bottom - STRIP].map((upper) => {
        const parts = [upper, upper + STRIP].map((at) => sideSpan(pose, view(), y.invert(at), k ? 1 : -1));
        const [left, right] = [0, 1].map((end) => parts.map((part) => x(part[end])));
        const [from, to] = [Math.max(...left), Math.min(...right)];
        return { upper, middle: (from + to) / 2, length: to - from };
      });
      const best = bottom.length > top.length + 1 ? bottom : top;
      name.attr("x", px(best.middle)).attr("y", px(best.upper + 15));
      if (best.length < lengths[k] + 12) name.attr("visibility", "hidden");
    });
  }

  /**
   * The ring of the point that keys move.
   * @param {Points} points
   * @param {Float64Array} margins
   * @param {number} i
   */
  function drawGrip({ x1, x2, actual }, margins, i) {
    if (!grip) return;
    const [low, high] = y.domain();
    grip.attr("transform", `translate(${px(x(x1[i]))},${px(y(x2[i]))})`);
    placeHint?.(box, y(x2[i]));
    nameHandle(
      grip,
      fill(texts.point, { number: String(i + 1), count: String(x1.length) }),
      { low, high, now: x2[i] },
      fill(texts.point_value, {
        x1_label: texts.x1,
        x2_label: texts.x2,
        x1: short(x1[i]),
        x2: short(x2[i]),
        class: actual[i] > 0 ? texts.plus : texts.minus,
        margin: short(margins[i]),
      }),
    );
  }

  return { svg, x, y, view, place, resize, held, holds, grip, drawPoints, drawLine, drawGrip };
}
