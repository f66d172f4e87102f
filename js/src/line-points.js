/**
 * The points of LineFit: where Python put them, where a reader moved them to, and the one that the grip holds.
 */

/**
 * @typedef {import("./controls.js").Dial} Dial
 * @typedef {(range: string, value: number) => number} Within  a value, kept between the ends that a trait names
 * @typedef {(range: string, value: () => number, move: (to: number) => void) => Dial} MakeDial
 */

/**
 * @param {Pick<import("@anywidget/types").AnyModel, "get">} model
 * @param {(values: Record<string, unknown>) => void} put  sets traits
 * @param {Within} within
 */
export function linePoints(model, put, within) {
  // The grip is on the last point at first: in the book that is the one to drag.
  const points = {
    x: new Float64Array(0),
    y: new Float64Array(0),
    chosen: Infinity,
    read,
    move,
    next,
    nearest,
  };

  /**
   * @param {Float64Array} x  the points as Python gave them
   * @param {Float64Array} y
   */
  function read(x, y) {
    [points.x, points.y] = [x.slice(), y.slice()];
    for (const [i, toX, toY] of model.get("_moved")) [points.x[i], points.y[i]] = [toX, toY];
    points.chosen = Math.min(points.chosen, x.length - 1);
  }

  /**
   * @param {number} i
   * @param {number} toX
   * @param {number} toY
   */
  function move(i, toX, toY) {
    const { x, y } = points;
    const place = [i, within("_x_range", toX), within("_y_range", toY)];
    if (place[1] === x[i] && place[2] === y[i]) return;
    if (x.every((each, k) => k === i || each === place[1])) return; // all at one x: no line would fit them
    put({ _moved: [...model.get("_moved").filter((/** @type {number[]} */ [k]) => k !== i), place] });
    if (model.get("history").length > 0) put({ history: [], _trail: [] }); // scores of other points cannot be compared
  }

  /** Choose the next point from left to right, and the first after the last. @param {number} by  1 or -1 */
  function next(by) {
    const { x, y, chosen } = points;
    const order = Array.from(x.keys()).sort((a, b) => x[a] - x[b] || y[a] - y[b] || a - b);
    points.chosen = order[(order.indexOf(chosen) + by + order.length) % order.length];
  }

  /**
   * The point nearest to a place on the screen, and how far it is.
   * @param {(i: number) => { x: number, y: number }} place  where each point is on the screen
   * @param {number} x
   * @param {number} y
   */
  function nearest(place, x, y) {
    let [point, distance] = [0, Infinity];
    for (let i = 0; i < points.x.length; i++) {
      const at = place(i);
      const away = Math.hypot(at.x - x, at.y - y);
      if (away < distance) [point, distance] = [i, away];
    }
    return { point, distance };
  }

  return points;
}

/**
 * What the keys do while the grip has the focus: arrows move its point, page keys give it another.
 * @param {ReturnType<typeof linePoints>} points
 * @param {MakeDial} dial
 * @param {() => void} redraw
 */
export function gripKeys(points, dial, redraw) {
  return {
    across: dial(
      "_x_range",
      () => points.x[points.chosen],
      (to) => points.move(points.chosen, to, points.y[points.chosen]),
    ),
    up: dial(
      "_y_range",
      () => points.y[points.chosen],
      (to) => points.move(points.chosen, points.x[points.chosen], to),
    ),
    page: (/** @type {number} */ by) => {
      points.next(by);
      redraw();
    },
  };
}
