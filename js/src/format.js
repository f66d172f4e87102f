/**
 * Numbers as a reader sees them. `lossviz.text.three_digits` is the same in Python; a test compares the two.
 */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number with three significant digits: 0.693, 25.0, 2,500, 9.08 × 10⁻⁵.
 * Whole digits are never rounded away below a million, so 2,501 stays 2,501.
 * @param {number} x
 */
export function threeDigits(x) {
  const sign = x < 0 ? "−" : "";
  const size = Math.abs(x);
  if (size === 0) return "0";
  if (size === Infinity) return `${sign}∞`;
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa, exponent] = size.toExponential(2).split("e");
    return `${sign}${mantissa} × 10${superscript(Number(exponent))}`;
  }
  if (size < 100) return sign + size.toPrecision(3);
  return sign + size.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @param {number} n */
function superscript(n) {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return (n < 0 ? "⁻" : "") + digits;
}

/**
 * Put values into a template written in Python: `fill("loss {value}", { value: "25.0" })`.
 * @param {string} template
 * @param {Record<string, string>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/**
 * The same number without idle zeros, for sentences and buttons: 25 rather than 25.0.
 * @param {number} x
 */
export function short(x) {
  const text = threeDigits(x);
  return text.includes(".") ? text.replace(/\.?0+(?= |$)/, "") : text;
}
