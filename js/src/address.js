/**
 * A figure's state in the page's address: `02-mse.html#squared-error.value=3` opens it there. What an address
 * says is not trusted: each value is checked against what the figure can show, brought to the nearest such
 * value, or ignored.
 */
import { decodePath } from "./plane-path.js";

/**
 * @typedef {(text: string) => unknown} Rule  the value that a text stands for, or undefined for none
 * @typedef {Record<string, Rule>} Rules  by the name of the trait
 * @typedef {(trait: string) => any} Get
 */

/** A number between two ends. @param {[number, number]} ends @returns {Rule} */
export const within = ([low, high]) => {
  return (text) => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(number) ? Math.min(high, Math.max(low, number)) : undefined;
  };
};

/** A whole number between two ends. @param {[number, number]} ends @returns {Rule} */
export const whole = (ends) => (text) => {
  const number = within(ends)(text);
  return number === undefined ? undefined : Math.round(/** @type {number} */ (number));
};

/** One of several values. @param {(string | boolean)[]} values @returns {Rule} */
export const among = (values) => (text) => values.find((value) => String(value) === text);

/** The nearest of several numbers. @param {number[]} numbers @returns {Rule} */
export const nearest = (numbers) => (text) => {
  const wanted = within([Math.min(...numbers), Math.max(...numbers)])(text);
  if (wanted === undefined) return undefined;
  const away = numbers.map((number) => Math.abs(number - /** @type {number} */ (wanted)));
  return numbers[away.indexOf(Math.min(...away))];
};

export const flag = among([true, false]);

/** Several values with commas between, a rule for each. @param {Rule[]} rules @returns {Rule} */
export const each = (rules) => (text) => {
  const parts = text.split(",");
  const values = rules.map((rule, i) => (i < parts.length ? rule(parts[i]) : undefined));
  return parts.length === rules.length && !values.includes(undefined) ? values : undefined;
};

/** Pairs of values, one after another. @param {Rule[]} rules @returns {Rule} */
const pairs = (rules) => (text) => {
  const values = /** @type {unknown[] | undefined} */ (each(rules)(text));
  return values && rules.flatMap((_, i) => (i % 2 ? [[values[i - 1], values[i]]] : []));
};

/** Of curves or of optimisers. @param {any[]} things */
const names = (things) => things.map(({ name }) => name);

/** A place on a map. @param {{ x: [number, number], y: [number, number] }} land */
const place = ({ x, y }) => [within(x), within(y)];

/** What a roll depends on, but for where it starts. @param {Get} get @returns {Rules} */
const rolling = (get) => ({
  ...(get("_optimisers").length === 0 ? {} : { optimiser: among(names(get("_optimisers"))) }),
  rate: within(get("rate_range")),
  momentum: within([0, 0.999]),
  ...(get("noise_most") === null ? {} : { noise: within([0, get("noise_most")]) }),
  steps: whole([0, get("_most")]),
});

/** @type {Record<string, (get: Get) => Rules>} */
const views = {
  chooser: (get) =>
    Object.fromEntries(
      get("_questions").map(
        (/** @type {{ name: string, answers: { value: string | boolean }[] }} */ asked) => [
          asked.name,
          among(asked.answers.map(({ value }) => value)),
        ],
      ),
    ),
  "class-probabilities": (get) => ({
    logits: each(get("logits").map(() => within(get("range")))),
    actual: among(get("classes")),
  }),
  "line-fit": (get) => ({
    weight: within(get("_weight_range")),
    bias: within(get("_bias_range")),
    loss: among(names(get("_curves"))),
    errors: among(["bars", "squares", "none"]),
    show_pulls: flag,
    ...(get("goal") === null ? { show_best: flag } : {}), // a challenge keeps the best line to itself
  }),
  "loss-curve": (get) => ({ value: within(get("range")) }),
  separator(get) {
    // Three shares of the largest margin that the curves hold, so that no corner of the picture exceeds it.
    const third = get("_limit") / 3;
    const weight = (/** @type {[number, number]} */ ends) => {
      const most = third / Math.max(1, ...ends.map(Math.abs));
      return within([-most, most]);
    };
    return {
      weights: each([weight(get("_x_range")), weight(get("_y_range"))]),
      bias: within([-third, third]),
      loss: among(names(get("_curves"))),
    };
  },
  race: (get) => ({
    start: each(place(get("_sent_lands")[0])),
    ...rolling(get),
    ...(get("_variants").length === 0 ? {} : { variant: nearest(get("_variants")) }),
  }),
  terrain: (get) => ({
    starts: pairs(get("starts").flatMap(() => place(get("_land")))),
    ...(get("_walk").places ? { walk_step: whole([0, decodePath(get("_walk")).places.length - 1]) } : {}),
    ...rolling(get),
    ...(get("basins") === null ? {} : { basins: flag }),
    azimuth: within([-180, 180]),
    elevation: within([10, 80]),
  }),
};

/**
 * What an address may set in a figure of a kind.
 * @param {string} view
 * @param {Get} get
 */
export const rulesOf = (view, get) => views[view]?.(get) ?? {};

/**
 * The values that an address gives to a figure.
 * @param {string} hash  with its #
 * @param {string} figure  its name
 * @param {Rules} rules
 */
export function readAddress(hash, figure, rules) {
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const part of hash.slice(1).split("&")) {
    const [path, text = ""] = part.split("=");
    const [name, trait] = path.split(".");
    if (name !== figure || !trait || !Object.hasOwn(rules, trait)) continue;
    const value = rules[trait](decode(text));
    if (value !== undefined) found[trait] = value;
  }
  return found;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // a broken escape stands for nothing
  }
}

/**
 * The address of a figure as it is now: what differs from how it was at first.
 * @param {string} figure
 * @param {Record<string, unknown>} first
 * @param {Record<string, unknown>} now
 */
export function writeAddress(figure, first, now) {
  const parts = Object.keys(now)
    .filter((trait) => text(now[trait]) !== text(first[trait]))
    .map((trait) => `${figure}.${trait}=${encodeURIComponent(text(now[trait])).replaceAll("%2C", ",")}`);
  return `#${parts.join("&") || figure}`;
}

/** @param {unknown} value @returns {string} */
function text(value) {
  if (Array.isArray(value)) return value.map(text).join(",");
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
}
