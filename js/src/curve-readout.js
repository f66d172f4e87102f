/**
 * What LossCurve says of each loss, in numbers and in words.
 */
import { fill, short, threeDigits } from "./format.js";
import { make } from "./frame.js";
import { dashOf, styleOf, swatch } from "./look.js";

/**
 * @typedef {{ name: string, label: string, samples: import("./curve.js").Samples }} Shown
 * @typedef {import("./curve.js").Reading} Reading
 */

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} texts
 * @param {boolean} showSlope
 */
export function curveReadout(element, texts, showSlope) {
  /**
   * The slope, or at a corner the slopes on both sides.
   * @param {Reading} now
   * @param {(x: number) => string} format
   */
  function slopeText({ slope, sides }, format) {
    if (!sides || sides[0] === sides[1]) return format(slope);
    return fill(texts.corner, { left: format(sides[0]), right: format(sides[1]) });
  }

  /** Whether a curve only counts: whole numbers and no slope. @param {Shown} curve */
  const counts = ({ samples: { value, slope } }) =>
    value.every(Number.isInteger) && slope.every((s) => s === 0);
  /** @type {((x: number) => string)[]} */
  let formats = []; // of each loss

  /** @param {number} nats */
  function bitsText(nats) {
    const bits = short(nats / Math.LN2);
    return bits === "1" ? texts.bit : fill(texts.bits, { bits });
  }

  return {
    /**
     * Write a line for each loss, without its numbers yet.
     * @param {Shown[]} shown
     */
    list(shown) {
      formats = shown.map((each) => (counts(each) ? short : threeDigits));
      element.classList.toggle("lossviz-table", shown.length > 1);
      element.replaceChildren(
        ...shown.map(({ name, label }, i) =>
          make(
            "div",
            { class: "lossviz-reading" },
            make("span", { class: "lossviz-name" }, swatch(styleOf(name, i), dashOf(name, i)), label),
            make("output", { class: "lossviz-score" }),
            ...(texts.bits
              ? [
                  make("span", { class: "lossviz-aside" }, texts.nats),
                  make(
                    "span",
                    { class: "lossviz-aside lossviz-also" },
                    make("output", { class: "lossviz-bits" }),
                  ),
                ]
              : []),
            ...(showSlope
              ? [
                  make(
                    "span",
                    { class: "lossviz-aside lossviz-also" },
                    `${texts.slope} `,
                    make("output", { class: "lossviz-slope" }),
                  ),
                ]
              : []),
          ),
        ),
      );
    },

    /** Whether some of these losses are long to write, with a power of ten. @param {Reading[]} read */
    long: (read) => read.some(({ value }) => threeDigits(value).includes("×")),

    /** @param {Reading[]} read */
    show(read) {
      for (const [i, line] of [...element.children].entries()) {
        /** @type {[string, string][]} */
        const parts = [["score", formats[i](read[i].value)]];
        if (texts.bits) parts.push(["bits", bitsText(read[i].value)]);
        if (showSlope) parts.push(["slope", slopeText(read[i], threeDigits)]);
        for (const [part, text] of parts) {
          const output = /** @type {HTMLOutputElement} */ (line.querySelector(`.lossviz-${part}`));
          output.textContent = text;
        }
      }
    },

    /**
     * @param {Shown[]} shown
     * @param {Reading[]} read
     */
    sentences: (shown, read) =>
      shown
        .map(({ label }, i) =>
          fill(texts.each, {
            label,
            value: short(read[i].value),
            bits: texts.bits && bitsText(read[i].value),
            slope: slopeText(read[i], short),
          }),
        )
        .join("; "),
  };
}
