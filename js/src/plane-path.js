/**
 * A path through many parameters as it is seen in a plane: the foot of each of its points, with a slider along them. A ring
 * around the foot is as wide as the point is far from the plane, in the unit of the map.
 */
import { polyline } from "./chart.js";
import { slider } from "./controls.js";
import { floats } from "./curve.js";
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";

const HAIRS = 60; // points at the most that stand on the surface with a hair line
const DIAMOND = "M0,-7L7,0L0,7L-7,0Z";

/**
 * @typedef {import("./contour-map.js").Group} Group
 * @typedef {import("./walk.js").Place} Place
 * @typedef {{ places: Place[], distances: Float64Array, losses: Float64Array | undefined }} PlanePath
 * @typedef {{ place: Place, step: number, steps: number, plane: number, distance: number, loss: number | undefined }} Here
 */

/**
 * @param {{ places: DataView, distances: DataView, losses: DataView | null }} sent
 * @returns {PlanePath}
 */
export function decodePath(sent) {
  const flat = floats(sent.places);
  return {
    places: Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]),
    distances: floats(sent.distances),
    losses: sent.losses ? floats(sent.losses) : undefined,
  };
}

/**
 * The point of a path after so many steps.
 * @param {PlanePath} path
 * @param {number} step
 * @param {(x: number, y: number) => number} valueAt  the loss on the plane
 * @returns {Here}
 */
export const pointAt = ({ places, distances, losses }, step, valueAt) => ({
  place: places[step],
  step,
  steps: places.length - 1,
  plane: valueAt(...places[step]),
  distance: distances[step],
  loss: losses?.[step],
});

/**
 * Points with their true height, for the surface: not more than can be told apart.
 * @param {PlanePath} path
 * @returns {[number, number, number][]}
 */
export function hairs({ places, losses }) {
  if (!losses) return [];
  const every = Math.ceil(places.length / HAIRS);
  return places.flatMap(([x, y], i) =>
    i % every === 0 || i === places.length - 1
      ? [/** @type {[number, number, number]} */ ([x, y, losses[i]])]
      : [],
  );
}

/**
 * @param {Record<string, string>} texts
 * @param {Here} here
 * @param {{ x: string, y: string }} place  in words
 */
export function pathWords(texts, here, place) {
  const { step, steps, plane, distance, loss } = here;
  return fill(loss === undefined ? texts.path_place : texts.path, {
    ...place,
    step: short(step),
    steps: short(steps),
    plane: short(plane),
    distance: short(distance),
    loss: short(loss ?? 0),
  });
}

/**
 * @param {{ ways: Group, above: Group }} map
 * @param {{ controls: HTMLElement, readout: HTMLElement }} parents
 * @param {Record<string, string>} texts
 * @param {PlanePath} path
 * @param {{ step: () => number, move: (step: number) => void }} dial
 * @param {number} colour  the number of a ball whose colour is free
 */
export function planePath({ ways, above }, { controls, readout }, texts, path, { step, move }, colour) {
  /** @param {Group} group */
  const layer = (group) =>
    group.append("g").attr("class", `lossviz-way lossviz-ball-${colour}`).attr("aria-hidden", "true");
  const way = layer(ways);
  const [casing, line, dots, ring] = ["way-casing", "way-line", "way-dots", "off-plane"].map((kind) =>
    way.append("path").attr("class", `lossviz-${kind}`),
  );
  const point = layer(above).append("path").attr("class", "lossviz-point").attr("d", DIAMOND);
  const steps = path.places.length - 1;
  const scrub = slider(controls, texts.path_step, {
    scale: () => ({ low: 0, high: steps, step: 1 }),
    value: step,
    move,
  });
  const parts = (path.losses ? ["true_loss", "plane_loss", "distance"] : ["plane_loss", "distance"]).map(
    (name, i) => {
      const output = make("output", { class: i === 0 ? "lossviz-score" : "", "aria-live": "off" });
      const label = make("span", { class: i === 0 ? "lossviz-name" : "" }, texts[name]);
      readout.append(
        make("span", { class: i === 0 ? "lossviz-reading" : "lossviz-aside" }, label, " ", output),
      );
      return { name, output };
    },
  );

  /**
   * @param {Here} here
   * @param {(x: number) => number} x
   * @param {(y: number) => number} y
   */
  function draw(here, x, y) {
    const pixels = path.places.map((place) => /** @type {Place} */ ([x(place[0]), y(place[1])]));
    const trail = polyline(pixels);
    casing.attr("d", trail);
    line.attr("d", trail);
    dots.attr("d", pixels.map(([left, top]) => `M${left.toFixed(1)},${top.toFixed(1)}h0`).join(""));
    const [left, top] = pixels[here.step];
    const [across, up] = [x(here.distance) - x(0), y(0) - y(here.distance)];
    ring.attr(
      "d",
      `M${left - across},${top}a${across},${up} 0 1,0 ${2 * across},0a${across},${up} 0 1,0 ${-2 * across},0z`,
    );
    point.attr("transform", `translate(${left},${top})`);
  }

  /** @param {Here} here */
  function show(here) {
    scrub.show(fill(texts.path_step_value, { step: short(here.step), steps: short(here.steps) }));
    const values = { true_loss: here.loss, plane_loss: here.plane, distance: here.distance };
    for (const { name, output } of parts)
      output.textContent = threeDigits(values[/** @type {keyof typeof values} */ (name)] ?? 0);
  }

  return { draw, show };
}
