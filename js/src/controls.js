/**
 * Controls a reader already knows: the browser's own, labelled, with the value beside them.
 */
import { short } from "./format.js";
import { make } from "./frame.js";

/** @typedef {{ low: number, high: number, step: number }} Scale */

/**
 * The nearest value a control can take.
 * @param {Scale} scale
 * @param {number} value
 */
export function snap({ low, high, step }, value) {
  const stepped = Number((Math.round(value / step) * step).toPrecision(12));
  return Math.min(high, Math.max(low, stepped));
}

/**
 * Every value a control can take, from one end to the other.
 * @param {Scale} scale
 */
export function everyStop({ low, high, step }) {
  const all = [low];
  for (let k = Math.floor(low / step) + 1; k * step < high; k++)
    all.push(snap({ low, high, step }, k * step));
  return [...all, high];
}

/**
 * How many characters the longest value on a scale has.
 * @param {Scale} scale
 * @param {boolean} [fine]  whether values between the steps are shown too
 * @param {(value: number) => string} [words]
 */
export function longest({ low, high, step }, fine = false, words = short) {
  let most = Math.max(words(low).length, words(high).length);
  for (let k = Math.ceil(low / step); k * step <= high; k++) {
    most = Math.max(most, words(snap({ low, high, step }, k * step)).length);
    if (fine) most = Math.max(most, words(Math.min(high, (k + 1 / 9) * step)).length);
  }
  return most;
}

/** How many digits a number has before the point, with its sign. @param {number} x */
const places = (x) => Math.sign(x) * Math.ceil(Math.log10(1 + Math.abs(x)));

/**
 * The value a key asks for, or undefined when the key means nothing here.
 * @param {Scale} scale
 * @param {number} value
 * @param {string} key
 */
export function keyed(scale, value, key) {
  const { low, high, step } = scale;
  /** @type {Record<string, number>} */
  const wanted = {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10 * step,
    PageDown: value - 10 * step,
    Home: low,
    End: high,
  };
  return key in wanted ? snap(scale, wanted[key]) : undefined;
}

/**
 * @typedef {object} Dial  a value that a reader can move
 * @property {() => Scale} scale
 * @property {() => number} value
 * @property {(value: number) => void} move
 * @property {boolean} [fine]  whether the value can also lie between the steps, as one that is dragged
 * @property {(value: number) => string} [words]  how the value is written, if not as a short number
 */

/**
 * Let the keys of a slider move a value while an element has the focus.
 * @param {Element} element
 * @param {Dial} dial
 */
export function moveByKeys(element, { scale, value, move }) {
  element.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = /** @type {KeyboardEvent} */ (event);
    const wanted = keyed(scale(), value(), key);
    if (wanted === undefined || ctrlKey || metaKey || altKey) return;
    event.preventDefault();
    move(wanted);
  });
}

/** @type {Record<string, "across" | "up">} */
const ARROWS = { ArrowLeft: "across", ArrowRight: "across", ArrowUp: "up", ArrowDown: "up" };
/** @type {Record<string, "across" | "up">} */
const ALL_KEYS = { ...ARROWS, Home: "across", End: "across", PageUp: "up", PageDown: "up" };

/**
 * Let the arrow keys move something across and up. The page keys go from one thing to the next, if there are
 * several; or else they take ten steps up or down, and Home and End go all the way across.
 * @param {Element} element
 * @param {{ across: Dial, up: Dial, page?: (by: number) => void }} dials
 */
export function moveByArrows(element, { page, ...dials }) {
  element.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = /** @type {KeyboardEvent} */ (event);
    if (ctrlKey || metaKey || altKey) return;
    const dial = (page ? ARROWS : ALL_KEYS)[key];
    if (dial) dials[dial].move(/** @type {number} */ (keyed(dials[dial].scale(), dials[dial].value(), key)));
    else if (page && /^Page(Up|Down)$/.test(key)) page(key === "PageUp" ? 1 : -1);
    else return;
    event.preventDefault();
  });
}

/**
 * A labelled slider with its value beside it.
 * @param {HTMLElement} parent
 * @param {string} label
 * @param {Dial} dial
 */
export function slider(parent, label, dial) {
  const { input, output, show } = track(dial);
  const element = make("label", { class: "lossviz-slider" }, make("span", {}, label), input, output);
  parent.append(element);
  return { element, show };
}

/**
 * A slider and its value, to be laid out by who asks.
 * @param {Dial} dial
 */
function track(dial) {
  const input = make("input", { type: "range" });
  const output = make("output", {});
  let measured = "";
  input.addEventListener("input", () => dial.move(input.valueAsNumber));
  moveByKeys(input, dial);
  return {
    input,
    output,
    /** @param {string} text  the value in words */
    show(text) {
      const { low, high, step } = dial.scale();
      // The value's room must not change with its digits, or the thumb would stray from the pointer. It is found
      // by trying every step, so not in each frame while a drag moves the ends a little.
      const digits = `${step} ${places(low)} ${places(high)}`;
      if (measured !== digits) {
        measured = digits;
        output.style.minWidth = `${longest({ low, high, step }, dial.fine, dial.words)}ch`;
      }
      Object.assign(input, { min: low, max: high, step, value: dial.value() });
      input.setAttribute("aria-valuetext", text);
      output.textContent = text;
    },
  };
}

/**
 * A slider between two buttons that move it by a step, and its value for another place. The labels are for
 * the ear; what the eye reads stands beside it.
 * @param {{ value: string, lower: string, raise: string }} labels
 * @param {Dial} dial
 */
export function stepper(labels, dial) {
  const { input, output, show } = track(dial);
  const element = make("div", { class: "lossviz-buttons lossviz-stepper" });
  const by = (/** @type {number} */ steps) => () =>
    dial.move(snap(dial.scale(), dial.value() + steps * dial.scale().step));
  const less = button(element, "−", by(-1), labels.lower);
  element.append(input);
  const more = button(element, "+", by(1), labels.raise);
  input.setAttribute("aria-label", labels.value);
  return {
    element,
    output,
    /** @param {string} text  the value in words */
    show(text) {
      show(text);
      less.enable(dial.value() > dial.scale().low);
      more.enable(dial.value() < dial.scale().high);
    },
  };
}

/**
 * A group of buttons that each set a value, or (without `pressed`) do something.
 * @param {HTMLElement} parent
 * @param {string} label
 */
export function buttons(parent, label) {
  const group = make("div", { class: "lossviz-buttons", role: "group", "aria-label": label });
  parent.append(group);
  return {
    /**
     * @param {{ text: string, pressed?: boolean, able?: boolean }[]} each
     * @param {(index: number) => void} pressed
     */
    show(each, pressed) {
      group.hidden = each.length === 0;
      if (group.children.length !== each.length + 1) {
        const made = each.map((_, index) => {
          const element = make("button", { type: "button" });
          element.addEventListener("click", () => pressed(index));
          return element;
        });
        group.replaceChildren(make("span", { "aria-hidden": "true" }, label), ...made);
      }
      each.forEach(({ text, pressed, able }, index) => {
        const element = group.children[index + 1];
        element.textContent = text;
        if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
        if (able !== undefined) enable(element, able);
      });
    },
  };
}

/**
 * A button that does something, or (with `show`) is pressed or not. It keeps the focus while it has nothing to do.
 * @param {HTMLElement} parent
 * @param {string} label
 * @param {() => void} act
 * @param {string} [spoken]  what a screen reader calls it, if a sign alone would not do
 */
export function button(parent, label, act, spoken) {
  const element = make("button", { type: "button", ...(spoken ? { "aria-label": spoken } : {}) }, label);
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") !== "true") act();
  });
  parent.append(element);
  return {
    /** @param {boolean} pressed */
    show: (pressed) => element.setAttribute("aria-pressed", String(pressed)),
    /** @param {boolean} able */
    enable: (able) => enable(element, able),
    /** @param {"here" | "kept" | "none"} where  here, or not seen while its place is kept, or not at all */
    place: (where) => {
      element.hidden = where === "none";
      element.style.visibility = where === "kept" ? "hidden" : "";
    },
    /** @param {string} text */
    name: (text) => {
      if (element.textContent !== text) element.textContent = text;
    },
  };
}

/**
 * Show whether a button can do something now. One that cannot keeps the focus, so that who works by keys does
 * not lose their place: what it calls must do nothing then.
 * @param {Element} element
 * @param {boolean} able
 */
function enable(element, able) {
  element.setAttribute("aria-disabled", String(!able));
}

/**
 * A labelled choice of one among several.
 * @param {HTMLElement} parent
 * @param {string} label
 * @param {{ name: string, text: string }[]} each
 * @param {(name: string) => void} chosen
 */
export function choice(parent, label, each, chosen) {
  const select = make("select", {}, ...each.map(({ name, text }) => make("option", { value: name }, text)));
  select.addEventListener("change", () => chosen(select.value));
  parent.append(make("label", { class: "lossviz-select" }, label, select));
  return {
    /** @param {string} name */
    show: (name) => {
      select.value = name;
    },
  };
}
