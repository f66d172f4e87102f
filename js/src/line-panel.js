/**
 * The panel of points and lines: errors as bars or squares, pulls as arrows, two rings to hold the line by.
 */
import { chart } from "./chart.js";
import { fill, short } from "./format.js";
import { handle, nameHandle } from "./handles.js";
import { BEST_DASH, dashOf, styleOf } from "./look.js";

export const HANDLES = [0.08, 0.92]; // where the rings are, as shares of the x range
const MANY = 60; // more points than these are drawn smaller and fainter
const PULL = 40; // px: the arrow of an error a quarter as large as the picture is high, on paper too
let hints = 0; // makes ids unique in a page with many figures

/** @typedef {{ weight: number, bias: number }} Line */

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {boolean} movable  whether one point carries a ring
 */
export function linePanel(parent, texts, movable) {
  const { svg, clipped, above, x, y, box, layout } = chart(parent, texts.points_label, false);
  const squares = clipped.append("path").attr("class", "lossviz-squares");
  const bars = clipped.append("path").attr("class", "lossviz-bars");
  const points = clipped.append("g").attr("class", "lossviz-points");
  const refits = clipped.append("g");
  const best = clipped.append("path").attr("class", "lossviz-best").attr("stroke-dasharray", BEST_DASH);
  const now = clipped.append("path").attr("class", "lossviz-now");
  const pulls = clipped.append("path").attr("class", "lossviz-pulls");
  const rings = HANDLES.map(() => handle(above, 9));
  const grip = movable ? handle(above, 8, "lossviz-grip") : undefined;
  const hint = grip && keysHint(grip);

  /**
   * What the keys do, for the eye while they are used and for a screen reader.
   * @param {ReturnType<typeof handle>} described
   */
  function keysHint(described) {
    const id = `lossviz-keys-${++hints}`;
    const text = above.append("text").attr("class", "lossviz-hint").attr("id", id);
    const lines = [texts.point_keys, texts.point_page].map((line) => text.append("tspan").text(`${line} `));
    described.attr("aria-describedby", id);
    // Browsers call a focus given by a script visible; who holds the point by a pointer needs no keys.
    described.on("keydown.hint blur.hint", () => described.classed("lossviz-by-pointer", false));
    return lines;
  }

  /** Pixels of a height; a line that leaves the picture keeps its rings at the edge. @param {number} height */
  const edge = (height) => Math.max(box.top, Math.min(box.bottom, y(height)));
  /** @param {Line} line */
  const across = ({ weight, bias }) => {
    const [low, high] = x.domain();
    return `M${x(low)},${y(weight * low + bias)}L${x(high)},${y(weight * high + bias)}`;
  };
  const at = (/** @type {number} */ i) => {
    const [low, high] = x.domain();
    return low + HANDLES[i] * (high - low);
  };
  const handlePlace = (/** @type {number} */ i, /** @type {Line} */ { weight, bias }) => ({
    x: x(at(i)),
    y: edge(weight * at(i) + bias),
  });

  /**
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   */
  function drawPoints(xs, ys) {
    points
      .classed("lossviz-many", xs.length > MANY)
      .selectAll("circle")
      .data(xs)
      .join("circle")
      .attr("r", xs.length > MANY ? 3 : 4.5)
      .attr("cx", (each) => x(each))
      .attr("cy", (_, i) => y(ys[i]));
  }

  /**
   * @param {Line} line
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   * @param {string} errors
   */
  function drawLine(line, xs, ys, errors) {
    now.attr("d", across(line));
    rings.forEach((ring, i) => {
      const place = handlePlace(i, line);
      ring.attr("transform", `translate(${place.x},${place.y})`);
    });
    const side = line.weight >= 0 ? 1 : -1;
    let ends = "";
    let areas = "";
    for (let i = 0; i < xs.length && errors !== "none"; i++) {
      const left = x(xs[i]).toFixed(1);
      const [from, to] = [y(ys[i]), y(line.weight * xs[i] + line.bias)];
      if (errors === "bars") ends += `M${left},${from.toFixed(1)}V${to.toFixed(1)}`;
      // To the side on which a square does not cross the line.
      else
        areas += `M${left},${from.toFixed(1)}V${to.toFixed(1)}h${(side * (from - to)).toFixed(1)}V${from.toFixed(1)}Z`;
    }
    bars.attr("d", ends);
    squares.classed("lossviz-many", xs.length > MANY).attr("d", areas);
  }

  /**
   * @param {Line} line
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   * @param {import("./curve.js").Reader | undefined} loss  none: no arrows
   */
  function drawPulls({ weight, bias }, xs, ys, loss) {
    let arrows = "";
    const [low, high] = y.domain();
    // A fixed scale for each loss, so that arrows grow and shrink with the pull and not with their neighbours.
    const scale = loss ? PULL / Math.abs(loss.slope((high - low) / 4) || 1) : 0;
    for (let i = 0; i < xs.length && loss; i++) {
      const height = weight * xs[i] + bias;
      const length = loss.slope(height - ys[i]) * scale; // px, down the screen: minus the slope
      if (Math.abs(length) < 1) continue;
      const head = Math.sign(length) * Math.min(5, Math.abs(length));
      arrows += `M${x(xs[i]).toFixed(1)},${y(height).toFixed(1)}v${length.toFixed(1)}m-3.5,${-head}l3.5,${head}l3.5,${-head}`;
    }
    pulls.classed("lossviz-many", xs.length > MANY).attr("d", arrows);
  }

  /**
   * @param {(Line & { name: string, place: number })[]} lines
   * @param {Line | undefined} winner
   */
  function drawBests(lines, winner) {
    refits
      .selectAll("path")
      .data(lines)
      .join("path")
      .attr("class", "lossviz-curve")
      .attr("style", ({ name, place }) => styleOf(name, place))
      .attr("stroke-dasharray", ({ name, place }) => dashOf(name, place))
      .attr("d", across);
    best.attr("d", winner ? across(winner) : "");
  }

  /** What a screen reader says of the rings. @param {Line} line */
  function nameRings({ weight, bias }) {
    const [low, high] = y.domain();
    rings.forEach((ring, i) => {
      const height = weight * at(i) + bias;
      const value = fill(texts.handle_value, { x: short(at(i)), y: short(height) });
      nameHandle(ring, [texts.left_handle, texts.right_handle][i], { low, high, now: height }, value);
      ring.attr("aria-orientation", "vertical");
    });
  }

  /**
   * The ring of the point that keys move.
   * @param {Line} line
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   * @param {number} i
   */
  function drawGrip({ weight, bias }, xs, ys, i) {
    if (!grip) return;
    const [low, high] = y.domain();
    const said = { x: short(xs[i]), y: short(ys[i]), error: short(weight * xs[i] + bias - ys[i]) };
    grip.attr("transform", `translate(${x(xs[i])},${y(ys[i])})`);
    nameHandle(
      grip,
      fill(texts.point, { number: String(i + 1), count: String(xs.length) }),
      { low, high, now: ys[i] },
      fill(texts.point_value, { x_label: texts.x, y_label: texts.y, ...said }),
    );
    // Out of the way of the point it is about.
    const top = y(ys[i]) > (box.top + box.bottom) / 2 ? box.top + 18 : box.bottom - 28;
    hint?.forEach((line, row) => {
      line.attr("x", box.left + 8).attr("y", top + 18 * row);
    });
  }

  return {
    svg,
    nameRings,
    drawGrip,
    x,
    y,
    layout,
    at,
    rings,
    grip,
    handlePlace,
    drawPoints,
    drawLine,
    drawPulls,
    drawBests,
  };
}
