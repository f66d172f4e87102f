/**
 * The surface panel: a landscape as a block of land that turns under mouse, pen, finger and keys.
 *
 *     const panel = surfacePanel(parent, texts, { azimuth, elevation, onTurn });
 *     panel.setGrid(grid, levels);       // a decoded grid with names and label; the heights of the map's contour lines
 *     panel.layout(width, height);       // px; without a height, what suits the width
 *     panel.draw({ balls, trails, marks, walk });
 *     panel.look(azimuth, elevation);    // degrees: to follow Python; `onTurn` is told of a reader's turns alone
 *     panel.stop();
 *
 * Each only asks for the next frame, so it may be called as often as one likes. The texts are `surface` (what it is
 * called), `surface_keys`, `surface_from` ("seen from {side}, {elevation}° up"), `surface_sides` (a list with commas,
 * anticlockwise from where x is high) and `surface_squeezed` ("{label}, squeezed above {height}").
 */
import { dragging } from "./drag.js";
import { fill, short } from "./format.js";
import { make, onceAFrame, uniqueId } from "./frame.js";
import { camera, drape, mesh, relief } from "./surface.js";
import { besides, paintAxes, paintWalls } from "./surface-axes.js";
import { paintLand, paintSides, paints } from "./surface-paint.js";
import { things } from "./surface-things.js";

const FINE = 67; // cells along each side at rest ...
const COARSE = 26; // ... and while it moves
const REST = 150; // ms without a change
const OFTEN = 60; // ms from change to change, or less, is a movement
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
const HAIR = 0.75; // px
const MOST = 260_000; // pixels of the screen that are painted while it moves: more take longer than a frame
const [TOP, BOTTOM] = [28, 38]; // px that the names need

/**
 * @typedef {import("./surface-things.js").Land} Land
 * @typedef {import("./surface-things.js").Shown} Shown
 * @typedef {{ points: import("./surface-things.js").Point[], pieces: import("./surface.js").Piece[] }} Draped
 * @typedef {import("./surface-paint.js").Ground & { trails: Draped[] }} Fineness
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
  const size = { width: 0, height: 0 };
  /** @type {{ grid: Land, relief: import("./surface.js").Relief, fine: Fineness, coarse: Fineness } | undefined} */
  let land;
  /** @type {Shown} */
  let shown = {};
  let moving = false;
  let drawn = 0;
  /** @type {ReturnType<typeof inks> | undefined} */
  let ink; // read anew when the block comes to rest
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

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
      return { mesh: made, colours: paints(made, cells === COARSE), trails: [] };
    };
    land = { grid, relief: shape, fine: fineness(FINE), coarse: fineness(COARSE) };
    ask();
  }

  /** @param {number} width @param {number} [height] */
  function layout(width, height = Math.round(Math.min(560, width * 0.8))) {
    Object.assign(size, { width, height });
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    ask();
  }

  /** @param {Shown} next */
  function draw(next) {
    shown = next;
    const now = performance.now();
    if (now - drawn < OFTEN) move(); // a ball that rolls, a start that is dragged
    drawn = now;
    ask();
  }

  function paint() {
    if (!land || !size.width) return;
    const { grid, relief } = land;
    const fineness = moving ? land.coarse : land.fine;
    const { cells } = fineness.mesh;
    const draped = fineness.trails;
    fineness.trails = (shown.trails ?? []).map(({ points }, i) =>
      points === draped[i]?.points ? draped[i] : { points, pieces: drape(grid, relief, points, cells) },
    );
    const { width, height } = size;
    const sharp = devicePixelRatio || 1;
    const ratio = moving ? Math.min(sharp, Math.sqrt(MOST / (width * height))) : sharp;
    const pixels = [width, height].map((length) => Math.round(length * ratio));
    if (pixels[0] !== canvas.width || pixels[1] !== canvas.height) [canvas.width, canvas.height] = pixels;
    const colours = moving && ink ? ink : inks(canvas);
    ink = colours;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const margin = { side: besides(context, relief, colours), top: TOP, bottom: BOTTOM };
    const eye = camera(view.azimuth, view.elevation, width, height, margin);
    const lines = fineness.trails.map(({ pieces }, i) => ({
      pieces,
      colour: colours.of(shown.trails?.[i].colour ?? ""),
    }));
    const { standing, below } = things(grid, relief, shown, cells, colours);
    context.clearRect(0, 0, width, height);
    paintWalls(context, eye, relief, colours);
    // A line of more than a pixel of the screen takes far longer to draw.
    const hair = moving ? HAIR / ratio : HAIR;
    paintLand(context, eye, fineness, lines, standing, at, hair);
    paintSides(context, eye, fineness.mesh, at, { side: colours.grid, edge: colours.line });
    for (const thing of below) thing.paint(context, eye);
    const label = relief.knee < relief.high ? texts.surface_squeezed : "{label}";
    const title = fill(label, { label: grid.label, height: short(relief.knee) });
    paintAxes(context, eye, relief, grid, title, colours);
    name();
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
    move();
    onTurn?.(view.azimuth, view.elevation);
  }
  function move() {
    moving = true;
    clearTimeout(timer);
    timer = setTimeout(rest, REST);
  }
  function rest() {
    clearTimeout(timer);
    if (!moving) return;
    moving = false;
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
  canvas.addEventListener("transitionend", () => {
    ink = undefined;
    ask();
  });

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
