/**
 * The panel of points and lines: errors as bars or squares, pulls as arrows, two rings to hold the line by.
 */
import { chart } from "./chart.js";
import { fill, short } from "./format.js";
import { handle, keysHint, nameHandle } from "./handles.js";
import { BEST_DASH, dashOf, styleOf } from "./look.js";

const MANY = 60; // more points than these are drawn smaller and fainter
const PULL = 40; // px: the arrow of an error a quarter as large as the picture is high, on paper too

/**
 * @typedef {import("./line-moves.js").Line} Line
 * @typedef {import("./line-moves.js").Hold} Hold
 */

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 * @param {boolean} movable  whether one point carries a ring
 */
export function linePanel(parent, texts, movable) {
  const { svg, cut, above, x, y, box, layout } = chart(parent, texts.points_label, false);
  const errors = above.append("g").attr("clip-path", cut);
  const squares = errors.append("path").attr("class", "lossviz-squares");
  const bars = errors.append("path").attr("class", "lossviz-bars");
  const points = above.append("g").attr("class", "lossviz-points"); // whole, also on the edge
  const lines = above.append("g").attr("clip-path", cut);
  const refits = lines.append("g");
  const best = lines.append("path").attr("class", "lossviz-best").attr("stroke-dasharray", BEST_DASH);
  const now = lines.append("path").attr("class", "lossviz-now");
  const pulls = lines.append("path").attr("class", "lossviz-pulls");
  const rings = [0, 1].map(() => handle(above, 9));
  const grip = movable ? handle(above, 8, "lossviz-grip") : undefined;
  const placeHint = grip && keysHint(above, grip, [texts.point_keys, texts.point_page]);
  const place = above.append("text").attr("class", "lossviz-grip-place").attr("aria-hidden", "true");

  /** Pixels of a height; a line that leaves the picture keeps its rings at the edge. @param {number} height */
  const edge = (height) => Math.max(box.top, Math.min(box.bottom, y(height)));
  /** @param {Line} line */
  const across = ({ weight, bias }) => {
    const [low, high] = x.domain();
    return `M${x(low)},${y(weight * low + bias)}L${x(high)},${y(weight * high + bias)}`;
  };
  /** Where a ring is drawn. @param {Hold} hold */
  const ringPlace = ({ at, height }) => ({ x: x(at), y: edge(height) });

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
   * The line, with its rings and what a screen reader says of them.
   * @param {Line} line
   * @param {Hold[]} holds
   */
  function drawLine(line, holds) {
    now.attr("d", across(line));
    const [low, high] = y.domain();
    rings.forEach((ring, i) => {
      const { at, height } = holds[i];
      const place = ringPlace(holds[i]);
      const value = fill(texts.handle_value, { x: short(at), y: short(height) });
      ring.attr("transform", `translate(${place.x},${place.y})`).attr("aria-orientation", "vertical");
      nameHandle(ring, [texts.left_handle, texts.right_handle][i], { low, high, now: height }, value);
    });
  }

  /**
   * @param {Line} line
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   * @param {string} errors
   */
  function drawErrors(line, xs, ys, errors) {
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
      if (Math.abs(length) < 1 || height < low || height > high) continue; // no arrow whose shaft is cut off
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

  /** @param {boolean} hidden */
  function hidePoints(hidden) {
    for (const part of [points, place, ...(grip ? [grip] : [])]) part.attr("display", hidden ? "none" : null);
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
    const [left, below] = [x(xs[i]) > (box.left + box.right) / 2, y(ys[i]) < box.top + 30];
    place
      .attr("x", x(xs[i]) + (left ? -14 : 14))
      .attr("y", y(ys[i]) + (below ? 22 : -12))
      .attr("text-anchor", left ? "end" : "start")
      .text(fill(texts.point_place, said));
    placeHint?.(box, y(ys[i]));
  }

  return {
    svg,
    x,
    y,
    layout,
    rings,
    grip,
    ringPlace,
    drawPoints,
    hidePoints,
    drawLine,
    drawErrors,
    drawGrip,
    drawPulls,
    drawBests,
  };
}
