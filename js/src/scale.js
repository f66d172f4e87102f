/**
 * A linear scale: numbers to pixels and back. It stands for `scaleLinear` of d3-scale, which brings along colours,
 * dates and number formats that no figure uses: 9 KB of the 60 a page may cost.
 */
import { ticks } from "d3-array";

/**
 * @typedef {[number, number]} Ends
 * @typedef {object} Parts
 * @property {{ (): Ends, (ends: Ends): Scale }} domain  the numbers at both ends
 * @property {{ (): Ends, (ends: Ends): Scale }} range  the pixels there
 * @property {(pixel: number) => number} invert
 * @property {(count?: number) => number[]} ticks  round numbers between the ends, about so many
 * @property {() => Scale} copy
 *
 * @typedef {((value: number) => number) & Parts} Scale
 */

/** @returns {Scale} */
export function linear() {
  /** @type {Ends} */
  let domain = [0, 1];
  /** @type {Ends} */
  let range = [0, 1];
  /** @type {(value: number, from: Ends, to: Ends) => number} */
  const between = (value, from, to) => {
    const share = (value - from[0]) / (from[1] - from[0]);
    return to[0] * (1 - share) + to[1] * share;
  };
  const scale = (/** @type {number} */ value) => between(value, domain, range);
  /** @type {Scale} */
  const whole = Object.assign(scale, {
    domain: /** @type {Parts["domain"]} */ (
      (/** @type {Ends | undefined} */ ends) => {
        if (!ends) return [...domain];
        domain = [...ends];
        return whole;
      }
    ),
    range: /** @type {Parts["range"]} */ (
      (/** @type {Ends | undefined} */ ends) => {
        if (!ends) return [...range];
        range = [...ends];
        return whole;
      }
    ),
    invert: (/** @type {number} */ pixel) => between(pixel, range, domain),
    ticks: (count = 10) => ticks(...domain, count),
    copy: () => linear().domain(domain).range(range),
  });
  return whole;
}
