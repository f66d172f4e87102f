/**
 * The points of Separator: where Python put them, what a reader changed, and the one that the grip holds.
 */
import { floats } from "./curve.js";
import { edited } from "./separating.js";
import { into } from "./separator-geometry.js";

const EDITS = ["_moved", "_added", "_removed"];

/**
 * @param {Pick<import("@anywidget/types").AnyModel, "get">} model
 * @param {(values: Record<string, unknown>) => void} put  sets traits
 * @param {() => import("./separator-geometry.js").Box} box  where points can be
 */
export function separatorPoints(model, put, box) {
  const points = {
    ...present(),
    chosen: 0,
    read,
    move,
    next,
    nearest,
    add,
    holds,
    remove,
    putBack,
    changed: () => EDITS.some((name) => model.get(name).length > 0),
  };

  /** The points as Python gave them, after what was dragged, added and removed. */
  function present() {
    const { x1, x2, actual } = model.get("_points");
    const given = { x1: floats(x1), x2: floats(x2), actual: floats(actual) };
    return edited(given, model.get("_moved"), model.get("_added"), model.get("_removed"));
  }

  function read() {
    Object.assign(points, present());
    points.chosen = Math.min(points.chosen, points.index.length - 1);
  }

  /**
   * @param {number} i
   * @param {number} toX
   * @param {number} toY
   */
  function move(i, toX, toY) {
    const [x1, x2] = into(box(), [toX, toY]).map((at) => Number(at.toPrecision(12)));
    if (x1 === points.x1[i] && x2 === points.x2[i]) return;
    const index = points.index[i];
    const others = model.get("_moved").filter((/** @type {number[]} */ [each]) => each !== index);
    put({ _moved: [...others, [index, x1, x2]] });
  }

  /** Choose the next point from left to right, and the first after the last. @param {number} by  1 or -1 */
  function next(by) {
    const { x1, x2, chosen } = points;
    const order = [...x1.keys()].sort((a, b) => x1[a] - x1[b] || x2[a] - x2[b] || a - b);
    points.chosen = order[(order.indexOf(chosen) + by + order.length) % order.length];
  }

  /**
   * The point nearest to a place on the screen, and how far it is.
   * @param {(point: [number, number]) => { x: number, y: number }} place  where each point is on the screen
   * @param {number} x
   * @param {number} y
   */
  function nearest(place, x, y) {
    let [point, distance] = [0, Infinity];
    for (let i = 0; i < points.index.length; i++) {
      const at = place([points.x1[i], points.x2[i]]);
      const away = Math.hypot(at.x - x, at.y - y);
      if (away < distance) [point, distance] = [i, away];
    }
    return { point, distance };
  }

  /** @param {number[]} row  x1, x2 and class */
  function add(row) {
    put({ _added: [...model.get("_added"), [...row]] });
  }

  /** Whether a point of that class stands exactly there: another would hide it. @param {number[]} row */
  function holds([x1, x2, label]) {
    return points.index.some(
      (_, i) => points.x1[i] === x1 && points.x2[i] === x2 && points.actual[i] === label,
    );
  }

  /** Take points away, unless none would be left. @param {number[]} gone */
  function remove(gone) {
    if (gone.length < points.index.length)
      put({ _removed: [...model.get("_removed"), ...gone.map((i) => points.index[i])] });
  }

  function putBack() {
    put({ _moved: [], _added: [], _removed: [] });
  }

  return points;
}
