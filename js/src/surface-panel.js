/**
 * The surface panel: a landscape as a block of land that turns under mouse, pen, finger and keys.
 *
 *     const panel = surfacePanel(parent, texts, { onTurn });   // texts: surface, surface_keys, surface_from, surface_sides
 *     panel.setGrid(grid, levels);                             // a decoded grid, and the heights of the map's contour lines
 *     panel.layout(width, height);                             // height: as the caller likes, or what suits the width
 *     panel.draw({ balls, trails, marks, walk });
 *     panel.look(azimuth, elevation);                          // degrees; from Python, or to follow another panel
 *     panel.stop();
 *
 * Everything but `look` waits for the next frame, so it may be called as often as one likes.
 */
import { dragging } from "./drag.js";
import { fill } from "./format.js";
import { make, onceAFrame, uniqueId } from "./frame.js";
import { camera, cellOf, drape, mesh, placeOn, relief } from "./surface.js";
import { paintAxes, paintWalls } from "./surface-axes.js";
import { paintLand, paintSides, paints } from "./surface-paint.js";

const FINE = 67; // cells along each side at rest ...
const COARSE = 34; // ... and while it turns
const REST = 150; // ms without a turn
const SPEED = 0.5; // degrees a pixel
/** @type {Record<string, [number, number]>} degrees a press, across and up */
const TURNS = {
  ArrowLeft: [5, 0],
  ArrowRight: [-5, 0],
  ArrowUp: [0, 5],
  ArrowDown: [0, -5],
  PageUp: [45, 0],
  PageDown: [-45, 0],
  Home: [0, 0],
};
const LOWEST = 10; // degrees
const HIGHEST = 80;
const BALL = 7; // px
const NARROW = 480; // px

/**
 * @typedef {import("./grid.js").Grid & { names: [string, string], label: string }} Land
 * @typedef {[number, number]} Point  x and y on the map
 * @typedef {{ x: number, y: number, colour: string, label?: string }} Ball  `colour` is a CSS colour or var(--…)
 * @typedef {{ points: Point[], colour: string }} Trail
 * @typedef {{ x: number, y: number, shape: string }} Mark  `shape` is an SVG path about the place
 * @typedef {{ points: [number, number, number][], colour: string }} Walk  x, y and the true height
 * @typedef {{ balls?: Ball[], trails?: Trail[], marks?: Mark[], walk?: Walk }} Shown
 */

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {{ azimuth?: number, elevation?: number, onTurn?: (azimuth: number, elevation: number) => void }} [options]
 */
export function surfacePanel(parent, texts, { azimuth = -120, elevation = 35, onTurn } = {}) {
  const canvas = make("canvas", { class: "lossviz-surface", role: "slider", tabindex: "0" });
  const keys = make("p", { class: "lossviz-surface-keys", id: uniqueId("keys") }, texts.surface_keys);
  const element = make("div", { class: "lossviz-surface-panel" }, canvas, keys);
  canvas.setAttribute("aria-label", texts.surface);
  canvas.setAttribute("aria-describedby", keys.id);
  canvas.setAttribute("aria-valuemin", "-180");
  canvas.setAttribute("aria-valuemax", "180");
  parent.append(element);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const first = { azimuth, elevation };
  const view = { ...first };
  const size = { width: 0, height: 0, ratio: 1 };
  /** @type {{ grid: Land, relief: import("./surface.js").Relief, fine: Fineness, coarse: Fineness } | undefined} */
  let land;
  /** @type {Shown} */
  let shown = {};
  let turning = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @typedef {{ mesh: import("./surface.js").Mesh, colours: string[], lines: import("./surface-paint.js").Line[] | undefined }} Fineness */
  const { ask, stop } = onceAFrame(paint);
  const at = new Float64Array(2 * (FINE + 1) ** 2);

  /**
   * @param {Land} grid
   * @param {number[]} levels
   */
  function setGrid(grid, levels) {
    const shape = relief(grid.z, levels);
    const fineness = (/** @type {number} */ cells) => {
      const made = mesh(grid, shape, levels, cells);
      return { mesh: made, colours: paints(made), lines: undefined };
    };
    land = { grid, relief: shape, fine: fineness(FINE), coarse: fineness(COARSE) };
    ask();
  }

  /** @param {number} width @param {number} [height] */
  function layout(width, height = Math.round(Math.min(560, width * 0.8))) {
    Object.assign(size, { width, height, ratio: devicePixelRatio || 1 });
    canvas.width = Math.round(width * size.ratio);
    canvas.height = Math.round(height * size.ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    ask();
  }

  /** @param {Shown} next */
  function draw(next) {
    shown = next;
    if (land) land.fine.lines = land.coarse.lines = undefined;
    ask();
  }

  function paint() {
    if (!land || !size.width) return;
    const { grid, relief, fine, coarse } = land;
    const now = turning ? coarse : fine;
    const ink = inks(canvas);
    const { cells } = now.mesh;
    now.lines ??= (shown.trails ?? []).map(({ points, colour }) => ({
      pieces: drape(grid, relief, points, cells),
      colour: ink.of(colour),
      casing: "#fff",
    }));
    const [wide, narrow] = [
      { side: 56, top: 30, bottom: 34 },
      { side: 46, top: 26, bottom: 34 },
    ];
    const eye = camera(
      view.azimuth,
      view.elevation,
      size.width,
      size.height,
      size.width < NARROW ? narrow : wide,
    );
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    paintWalls(context, eye, relief, ink);
    paintLand(context, eye, now.mesh, now.colours, now.lines, things(cells, ink), at);
    paintSides(context, eye, now.mesh, at, { side: ink.grid, edge: ink.line });
    paintAxes(context, eye, relief, grid, ink);
    name();
  }

  /**
   * What stands on the land.
   * @param {number} cells
   * @param {Ink} ink
   * @returns {import("./surface-paint.js").Thing[]}
   */
  function things(cells, ink) {
    if (!land) return [];
    const { grid, relief } = land;
    const put = (/** @type {number} */ x, /** @type {number} */ y) => {
      const place = placeOn(grid, relief, x, y);
      return { place, row: cellOf(place.v, cells), column: cellOf(place.u, cells) };
    };
    /** @type {import("./surface-paint.js").Thing[]} */
    const found = [];
    for (const { x, y, shape } of shown.marks ?? []) {
      const { place, ...cell } = put(x, y);
      found.push({ ...cell, paint: paintMark(place, shape, ink) });
    }
    for (const [x, y, z] of shown.walk?.points ?? []) {
      const { place, ...cell } = put(x, y);
      const above = placeOn(grid, relief, x, y, z);
      found.push({ ...cell, paint: paintHover(place, above, ink.of(shown.walk?.colour ?? "")) });
    }
    for (const { x, y, colour, label } of shown.balls ?? []) {
      const { place, ...cell } = put(x, y);
      found.push({ ...cell, paint: paintBall(place, ink.of(colour), label, ink) });
    }
    return found;
  }

  function name() {
    const sides = texts.surface_sides.split(", ");
    const side = sides[Math.round((((view.azimuth + 360) % 360) / 360) * sides.length) % sides.length];
    canvas.setAttribute("aria-valuenow", String(Math.round(view.azimuth)));
    canvas.setAttribute(
      "aria-valuetext",
      fill(texts.surface_from, { side, elevation: String(Math.round(view.elevation)) }),
    );
  }

  /** @param {number} azimuth @param {number} elevation */
  function look(azimuth, elevation) {
    view.azimuth = ((((azimuth + 180) % 360) + 360) % 360) - 180;
    view.elevation = Math.min(HIGHEST, Math.max(LOWEST, elevation));
    ask();
  }

  /** @param {number} azimuth @param {number} elevation */
  function turn(azimuth, elevation) {
    look(azimuth, elevation);
    turning = true;
    clearTimeout(timer);
    timer = setTimeout(rest, REST);
    onTurn?.(view.azimuth, view.elevation);
  }
  function rest() {
    turning = false;
    ask();
  }

  dragging(/** @type {any} */ (canvas), {
    pick: (x, y) => ({ x, y, ...view }),
    place: () => undefined,
    move: (from, x, y) => turn(from.azimuth - SPEED * (x - from.x), from.elevation + SPEED * (y - from.y)),
    drop: rest,
  });
  canvas.addEventListener("keydown", (event) => {
    const { azimuth, elevation } = event.key === "Home" ? first : view;
    const [across, up] = TURNS[event.key] ?? [];
    if (across === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    turn(azimuth + across, elevation + up);
  });
  canvas.addEventListener("transitionend", ask);

  return {
    element,
    setGrid,
    layout,
    draw,
    look,
    stop() {
      stop();
      clearTimeout(timer);
    },
  };
}

/** @typedef {ReturnType<typeof inks>} Ink */
/** @typedef {import("./surface.js").Place} Place */
/** @typedef {import("./surface-paint.js").Thing["paint"]} Paint */

/**
 * A ball that touches the land where it stands.
 * @param {Place} place
 * @param {string} colour
 * @param {string | undefined} label
 * @param {Ink} ink
 * @returns {Paint}
 */
const paintBall =
  ({ u, v, h }, colour, label, ink) =>
  (context, { project }) => {
    const [left, foot] = project(u, v, h);
    const top = foot - BALL * 0.8;
    context.beginPath();
    context.arc(left, top, label ? BALL + 2 : BALL, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = "#fff";
    context.lineWidth = 2.5;
    context.stroke();
    if (!label) return;
    context.font = `600 12px ${ink.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = ink.surface;
    context.fillText(label, left, top + 1);
  };

/**
 * @param {Place} place
 * @param {string} shape  an SVG path
 * @param {Ink} ink
 * @returns {Paint}
 */
const paintMark =
  ({ u, v, h }, shape, ink) =>
  (context, { project }) => {
    const path = new Path2D();
    path.addPath(new Path2D(shape), new DOMMatrix().translate(...project(u, v, h)));
    context.fillStyle = "#111";
    context.strokeStyle = "#fff";
    context.lineWidth = 1.5;
    context.stroke(path);
    void ink;
  };

/**
 * A point off the land, with a hair line to the place on it.
 * @param {Place} foot
 * @param {Place} place
 * @param {string} colour
 * @returns {Paint}
 */
const paintHover =
  (foot, { u, v, h }, colour) =>
  (context, { project }) => {
    const [left, top] = project(u, v, h);
    context.beginPath();
    context.moveTo(...project(foot.u, foot.v, foot.h));
    context.lineTo(left, top);
    context.strokeStyle = "#fff";
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(left, top, 3, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.stroke();
  };

/** @param {HTMLElement} element */
function inks(element) {
  const style = getComputedStyle(element);
  const of = (/** @type {string} */ colour) =>
    colour.startsWith("var(") ? style.getPropertyValue(colour.slice(4, -1)).trim() : colour;
  const [text, muted, line, grid, surface] = ["text", "muted", "line", "grid", "surface"].map((kind) =>
    of(`var(--lossviz-${kind})`),
  );
  return {
    text,
    muted,
    line,
    grid,
    surface,
    of,
    font: style.fontFamily,
    size: Number.parseFloat(style.fontSize),
  };
}
