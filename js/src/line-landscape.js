/**
 * The landscape panel of LineFit: the score over weight and bias as a contour map, with the line as a dot.
 */
import { chart } from "./chart.js";
import { contourMap } from "./contour-map.js";
import { levels } from "./contours.js";
import { fill, short } from "./format.js";
import { uniqueId } from "./frame.js";
import { styleOf } from "./look.js";
import { scoreGrid } from "./score-grid.js";

const FAINTEST = 0.3; // of the steps in a trail

/** @typedef {import("./line-moves.js").Line} Line */

/**
 * @param {HTMLElement} parent
 * @param {Record<string, string>} texts
 */
export function lineLandscape(parent, texts) {
  const { svg, clipped, above, x, y, box, layout } = chart(parent, texts.landscape_label, false);
  const ground = contourMap(clipped, box);
  const trail = clipped.append("g").attr("class", "lossviz-trail").attr("aria-hidden", "true");
  const bests = clipped.append("g").attr("aria-hidden", "true");
  const dot = above.append("g").attr("class", "lossviz-handle").attr("role", "slider").attr("tabindex", 0);
  dot.append("circle").attr("class", "lossviz-target").attr("r", 18);
  dot.append("circle").attr("class", "lossviz-halo").attr("r", 14);
  dot.append("circle").attr("class", "lossviz-place").attr("r", 8);
  const id = uniqueId("dot-keys");
  dot.append("desc").attr("id", id).text(texts.dot_keys);
  dot.attr("aria-describedby", id);
  const title = svg
    .append("text")
    .attr("class", "lossviz-axis-label")
    .attr("text-anchor", "end")
    .attr("y", 16);
  const update = scoreGrid();

  /**
   * @param {import("./curve.js").Reader} loss
   * @param {Float64Array} xs
   * @param {Float64Array} ys
   */
  function drawGround(loss, xs, ys) {
    const [weights, biases] = [x.domain(), y.domain()].map(
      ([low, high]) => /** @type {[number, number]} */ ([low, high]),
    );
    title.attr("x", box.right).text(texts.landscape);
    const heights = update(loss, xs, ys, weights, biases);
    ground.draw(heights, levels(heights.low, heights.high));
  }

  /** @param {import("./refit.js").Fit} line */
  function drawDot({ weight, bias, score }) {
    const said = fill(texts.dot_value, { weight: short(weight), bias: short(bias), score: short(score) });
    const [low, high] = x.domain();
    dot
      .attr("transform", `translate(${x(weight)},${y(bias)})`)
      .attr("aria-label", texts.dot)
      .attr("aria-valuemin", low)
      .attr("aria-valuemax", high)
      .attr("aria-valuenow", weight)
      .attr("aria-valuetext", said);
  }

  /**
   * @param {(Line & { name: string, place: number })[]} refits
   * @param {Line | undefined} best
   */
  function drawBests(refits, best) {
    bests
      .selectAll("path.lossviz-peak")
      .data(refits)
      .join("path")
      .attr("class", "lossviz-peak")
      .attr("style", ({ name, place }) => styleOf(name, place))
      .attr("transform", ({ weight, bias }) => `translate(${x(weight)},${y(bias)})`)
      .attr("d", "M0,-7 L7,0 L0,7 L-7,0 Z");
    bests
      .selectAll("path.lossviz-star")
      .data(best ? [best] : [])
      .join("path")
      .attr("class", "lossviz-star")
      .attr("transform", ({ weight, bias }) => `translate(${x(weight)},${y(bias)})`)
      .attr(
        "d",
        "M0,-10 L2.9,-3.6 L10,-2.9 L4.7,1.8 L6.2,8.8 L0,5.1 L-6.2,8.8 L-4.7,1.8 L-10,-2.9 L-2.9,-3.6 Z",
      );
  }

  /**
   * The walk so far, a step for each move; the older, the fainter.
   * @param {[number, number][]} places  weight and bias
   */
  function drawTrail(places) {
    const last = places.length - 1;
    trail
      .selectAll("path")
      .data(places.slice(1))
      .join("path")
      .attr("opacity", (_, i) => FAINTEST + (1 - FAINTEST) * ((i + 1) / last))
      .attr("d", ([weight, bias], i) => {
        const [from, to] = [places[i], [weight, bias]].map((place) => `${x(place[0])},${y(place[1])}`);
        return `M${from}L${to}`;
      });
    trail
      .selectAll("circle")
      .data(last > 0 ? places : [])
      .join("circle")
      .attr("r", 2.5)
      .attr("cx", ([weight]) => x(weight))
      .attr("cy", ([, bias]) => y(bias));
  }

  /** Whether a place on the screen is on the map. @param {number} left @param {number} top */
  const holds = (left, top) => left >= box.left && left <= box.right && top >= box.top && top <= box.bottom;

  return { svg, dot, x, y, layout, holds, drawGround, drawTrail, drawDot, drawBests };
}
