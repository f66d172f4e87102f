/**
 * Numbers as a reader sees them. `lossviz.text.three_digits` is the same in Python; a test compares the two.
 */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number with three significant digits: 0.693, 25.0, 2,500, 9.08 × 10⁻⁵.
 * Whole digits are never rounded away below a million, so 2,501 stays 2,501; nor are the first `decimals`
 * after the point.
 * @param {number} x
 * @param {number} [decimals]
 */
export function threeDigits(x, decimals = 0) {
  const sign = x < 0 ? "−" : "";
  const size = Math.abs(x);
  if (size === 0) return "0";
  if (size === Infinity) return `${sign}∞`;
  const [mantissa, exponent] = size.toExponential(2).split("e");
  if (size >= 1e6 || size < 1e-3) return `${sign}${mantissa} × 10${superscript(Number(exponent))}`;
  const [whole, ...rest] = size.toFixed(Math.max(decimals, 2 - Number(exponent), 0)).split(".");
  return sign + [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

/**
 * A probability, or a difference of two, with three decimals, so that those in a column line up; one too small
 * for that with three digits.
 * @param {number} p
 */
export function probability(p) {
  return Math.abs(p) < 1e-3 ? threeDigits(p) : (p < 0 ? "−" : "") + Math.abs(p).toFixed(3);
}

/** @param {number} n */
function superscript(n) {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return (n < 0 ? "⁻" : "") + digits;
}

/**
 * 10 to the power of n, for the ticks of a logarithmic axis; `lossviz.text.power_of_ten` is the same.
 * @param {number} n
 */
export const powerOfTen = (n) => (n === 0 ? "1" : n === 1 ? "10" : `10${superscript(n)}`);

/**
 * Put values into a template written in Python: `fill("loss {value}", { value: "25.0" })`.
 * @param {string} template
 * @param {Record<string, string>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/**
 * Fill a text that reads differently when there is one of something.
 * @param {Record<string, string>} texts
 * @param {string} name
 * @param {number} number
 * @param {Record<string, string>} values
 */
export const counted = (texts, name, number, values) =>
  fill(texts[number === 1 ? `${name}_one` : name], values);

/**
 * The same number without idle zeros, for sentences and buttons: 25 rather than 25.0.
 * @param {number} x
 * @param {number} [decimals]
 */
export function short(x, decimals) {
  const text = threeDigits(x, decimals);
  return text.includes(".") ? text.replace(/\.?0+(?= |$)/, "") : text;
}
