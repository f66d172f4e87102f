/**
 * What all figures share: their anatomy, drawing at most once a frame, and a clean-up that leaves nothing behind.
 */

/**
 * @typedef {import("@anywidget/types").AnyModel} Model
 * @typedef {{ model: Model, el: HTMLElement }} Context
 */

const NARROWEST = 120; // px a figure is drawn for: less than its margins is no width to draw in
const SPOKEN_PAUSE = 250; // ms of rest before the sentence changes, so that a screen reader is not flooded

/**
 * Make an element: `make("p", { class: "note" }, "text")`. Text is always text, never HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * A name for an element that no other of the page has. JupyterLab gives each figure a copy of this module, so
 * that a counter would begin anew in each.
 * @param {string} kind
 */
export const uniqueId = (kind) => `lossviz-${kind}-${Math.random().toString(36).slice(2)}`;

/**
 * Put an empty figure into the page, in the order every figure has.
 * @param {Context} context
 * @param {string} kind   names the figure's class, `lossviz-kind`
 * @param {string} label  what a screen reader calls the figure
 */
export function frame({ model, el }, kind, label) {
  const drawing = make("div", { class: "lossviz-drawing" });
  const controls = make("div", { class: "lossviz-controls" });
  const readout = make("div", { class: "lossviz-readout" });
  const { element: spoken, stack, reserve } = roomy("p", "lossviz-spoken");
  spoken.setAttribute("aria-hidden", "true");
  const live = make("p", { class: "lossviz-live", "aria-live": "polite" });
  const root = make(
    "div",
    { class: `lossviz lossviz-${kind}`, "data-name": model.get("name"), role: "group", "aria-label": label },
    drawing,
    controls,
    readout,
    stack,
    live,
  );
  // JupyterLab takes single keys for its own (B inserts a cell), even while a reader moves a slider with them.
  root.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (plain && event.key !== "Escape") event.stopPropagation();
  });
  el.replaceChildren(root);
  return { drawing, controls, readout, reserve, ...speaker(spoken, live) };
}

/**
 * An element that keeps room for the tallest of several texts, so that nothing below it jumps when it changes.
 * @param {"p" | "div"} tag
 * @param {string} kind  its class
 */
export function roomy(tag, kind) {
  const element = make(tag, { class: kind });
  const stack = make("div", { class: `lossviz-stack ${kind}-stack` }, element);
  return {
    element,
    stack,
    /** @param {string[]} texts  what it may come to say */
    reserve(texts) {
      const rooms = [...stack.querySelectorAll(".lossviz-room")];
      if (texts.length === rooms.length && texts.every((text, i) => text === rooms[i].textContent)) return;
      for (const room of rooms) room.remove();
      stack.append(...texts.map((text) => make(tag, { class: "lossviz-room", "aria-hidden": "true" }, text)));
    },
  };
}

/**
 * Say a sentence: to the eye at once, to the ear when the figure has come to rest.
 * @param {HTMLElement} spoken
 * @param {HTMLElement} live
 */
function speaker(spoken, live) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return {
    /** @param {string} sentence */
    say(sentence) {
      spoken.textContent = sentence;
      clearTimeout(timer);
      if (live.textContent === "") live.textContent = sentence;
      else timer = setTimeout(() => (live.textContent = sentence), SPOKEN_PAUSE);
    },
    hush: () => clearTimeout(timer),
  };
}

/**
 * Call `draw` at most once a frame, however often it is asked for.
 * @param {() => void} draw
 */
export function onceAFrame(draw) {
  /** @type {number | undefined} */
  let waiting;
  return {
    ask() {
      waiting ??= requestAnimationFrame(() => {
        waiting = undefined;
        draw();
      });
    },
    stop() {
      if (waiting !== undefined) cancelAnimationFrame(waiting);
    },
  };
}

/**
 * Tell the width of an element now and whenever it changes. A figure that is hidden (width 0) is not told.
 * @param {HTMLElement} element
 * @param {(width: number) => void} tell
 */
export function watchWidth(element, tell) {
  let last = 0;
  const observer = new ResizeObserver(([entry]) => {
    const shown = Math.round(entry.contentRect.width);
    const width = Math.max(NARROWEST, shown);
    if (shown > 0 && width !== last) {
      last = width;
      tell(width);
    }
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/**
 * Listen to several traits of a model, and stop.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} heard
 */
export function listen(model, names, heard) {
  for (const name of names) model.on(`change:${name}`, heard);
  return () => {
    for (const name of names) model.off(`change:${name}`, heard);
  };
}
