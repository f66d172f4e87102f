/**
 * A clumsy reader of a page of figures: `clumsy.play(seed, count)` does random things to them, `clumsy.end()` tells
 * what came of it. It shows the figures itself, so that it can also take them away; whatever they then leave behind
 * (frames, timers, observers, listeners on the page) is a failure, and so are errors and NaN.
 */
(() => {
  const EVENTS_A_FRAME = 8;
  const KEYS = "ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End Enter Escape Delete Tab a".split(" ");
  const WIDTHS = ["0", "1px", "40px", "320px", "700px", ""];
  const HOLDS = ".lossviz-target, .lossviz-handle, .lossviz-drawing svg, canvas, label";
  const CONTROLS = "button, input, select, summary, a";

  // ---- what a figure may leave behind

  const left = { frames: new Set(), timers: new Set(), observers: new Set(), listeners: new Map() };
  const frame = requestAnimationFrame.bind(globalThis);
  const nextFrame = () => new Promise(frame);
  const patch = (begin, end, kept) => {
    const [original, originalEnd] = [globalThis[begin].bind(globalThis), globalThis[end].bind(globalThis)];
    globalThis[begin] = (callback, ...rest) => {
      const id = original((...all) => {
        kept.delete(id);
        callback(...all);
      }, ...rest);
      kept.add(id);
      return id;
    };
    globalThis[end] = (id) => {
      kept.delete(id);
      originalEnd(id);
    };
  };
  patch("requestAnimationFrame", "cancelAnimationFrame", left.frames);
  patch("setTimeout", "clearTimeout", left.timers);
  patch("setInterval", "clearInterval", left.timers);
  for (const kind of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
    globalThis[kind] = class extends globalThis[kind] {
      observe(...all) {
        left.observers.add(this);
        super.observe(...all);
      }
      disconnect() {
        left.observers.delete(this);
        super.disconnect();
      }
    };
  }
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  // A listener on an element of the figure goes with it; one on the page, or on a media query, stays.
  const stays = (target) => !(target instanceof Element) || [document.body, document.documentElement].includes(target);
  EventTarget.prototype.addEventListener = function (name, callback, ...rest) {
    const target = this ?? globalThis;
    if (stays(target) && !(target instanceof AbortSignal)) left.listeners.set(callback, name);
    add.call(target, name, callback, ...rest);
  };
  EventTarget.prototype.removeEventListener = function (name, callback, ...rest) {
    left.listeners.delete(callback);
    remove.call(this ?? globalThis, name, callback, ...rest);
  };

  // ---- what goes wrong

  const failures = [];
  add.call(globalThis, "error", ({ message, error }) => {
    if (!message.startsWith("ResizeObserver loop")) failures.push(`${message} ${error?.stack ?? ""}`); // no error: told in the next frame
  });
  add.call(globalThis, "unhandledrejection", ({ reason }) => failures.push(String(reason)));
  console.error = (...all) => failures.push(all.map((each) => each?.stack ?? each).join(" "));

  // ---- a pointer that figures can hold, as the browser's own

  let holder;
  let down = false;
  Element.prototype.setPointerCapture = function () {
    holder = this;
  };
  Element.prototype.hasPointerCapture = function () {
    return holder === this;
  };
  Element.prototype.releasePointerCapture = lose;
  function lose() {
    const lost = holder;
    holder = undefined;
    if (lost) send(lost, "lostpointercapture", 0, 0);
  }
  function send(target, kind, clientX, clientY, pointerType = "mouse") {
    const all = { bubbles: true, cancelable: true, pointerId: 1, clientX, clientY, pointerType };
    target.dispatchEvent(new PointerEvent(kind, all));
  }

  // ---- the figures, and their coming and going

  const models = [...anywidgetHost.models.values()].filter((model) => model.module === "anywidget");
  const plain = (state) =>
    Object.fromEntries(
      Object.entries(state).filter(([name, value]) => !/^_(esm|css)$/.test(name) && !hasBytes(value) && name !== "layout"),
    );
  const hasBytes = (value) =>
    ArrayBuffer.isView(value) || (value && typeof value === "object" && Object.values(value).some(hasBytes));
  const first = models.map((model) => JSON.stringify(plain(model.state)));
  const all = document.body.appendChild(document.createElement("div"));
  let views = [];

  async function show() {
    views = await Promise.all(
      models.map(async (model) => {
        const el = all.appendChild(document.createElement("div"));
        const owner = {};
        const { render } = await model.bound;
        return { el, owner, model, stop: await render({ model: model.seenBy(owner), el }) };
      }),
    );
  }

  function hide() {
    for (const { el, owner, model, stop } of views) {
      model.seenBy(owner).off();
      stop();
      el.remove();
    }
    [views, holder, down] = [[], undefined, false];
    const counts = Object.entries(left).filter(([, kept]) => kept.size > 0);
    for (const [kind, kept] of counts) failures.push(`removed, and left ${kept.size} ${kind} behind`);
    for (const [, kept] of counts) kept.clear();
  }

  // ---- what one does to them

  /** @param {number} seed  random numbers from 0 to 1, the same for the same seed (mulberry32) */
  const randoms = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  function acts(random) {
    const pick = (list) => list[Math.floor(random() * list.length)];
    const found = (selector) => pick([...all.querySelectorAll(selector)]) ?? all;
    const place = (target) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      return [left + width / 2 + 300 * (random() - 0.5), top + height / 2 + 300 * (random() - 0.5)];
    };
    let pointerType = "mouse";
    let hidden = false;
    return {
      pointer() {
        const target = holder ?? found(HOLDS);
        const [x, y] = place(target);
        if (!down) {
          down = true;
          pointerType = pick(["mouse", "touch", "pen"]);
          const box = target.getBoundingClientRect(); // on the thing itself, or there is nothing to hold
          send(target, "pointerdown", box.x + random() * box.width, box.y + random() * box.height, pointerType);
        } else if (random() < 0.7) send(target, "pointermove", x, y, pointerType);
        else {
          down = false;
          send(target, random() < 0.8 ? "pointerup" : "pointercancel", x, y, pointerType);
          lose();
        }
      },
      key() {
        const target = found("[tabindex], input, button, select");
        target.focus();
        const told = { key: pick(KEYS), bubbles: true, cancelable: true };
        target.dispatchEvent(new KeyboardEvent("keydown", told));
        target.dispatchEvent(new KeyboardEvent("keyup", told));
        if (random() < 0.2) target.blur();
      },
      control() {
        const target = found(CONTROLS);
        if (target.type === "range") {
          const [low, high] = [Number(target.min), Number(target.max)];
          target.value = low + Math.round(random() * 4) / 4 * (high - low);
          for (const kind of ["input", "change"]) target.dispatchEvent(new Event(kind, { bubbles: true }));
        } else if (target instanceof HTMLSelectElement) {
          target.selectedIndex = Math.floor(random() * target.options.length);
          target.dispatchEvent(new Event("change", { bubbles: true }));
        } else target.click?.();
      },
      width: () => {
        all.style.width = pick(WIDTHS);
      },
      display: () => {
        all.style.display = all.style.display ? "" : "none";
      },
      tab() {
        hidden = !hidden;
        for (const [name, value] of [["hidden", hidden], ["visibilityState", hidden ? "hidden" : "visible"]])
          Object.defineProperty(document, name, { configurable: true, get: () => value });
        document.dispatchEvent(new Event("visibilitychange"));
      },
      theme: () => {
        document.documentElement.dataset.theme = pick(["light", "dark"]);
      },
      async again() {
        hide();
        await show();
      },
    };
  }
  const OFTEN = { pointer: 45, key: 20, control: 20, width: 6, display: 3, tab: 2, theme: 2, again: 2 };

  function check() {
    const wrong = all.innerHTML.match(/.{60}(NaN|Infinity|undefined).{20}/s);
    if (wrong) failures.push(`the page holds ${wrong[1]}: …${wrong[0]}…`);
    for (const { state } of models)
      for (const [name, value] of Object.entries(plain(state)))
        if ([value].flat(3).some(Number.isNaN)) failures.push(`${name} is ${JSON.stringify(value)}`);
  }

  globalThis.clumsy = {
    /** Do so many random things; return what went wrong first, and after how many. */
    async play(seed, count) {
      const random = randoms(seed);
      const possible = acts(random);
      const bag = Object.entries(OFTEN).flatMap(([name, times]) => Array(times).fill(name));
      const done = [];
      await show();
      for (let i = 0; i < count && failures.length === 0; i++) {
        done.push(bag[Math.floor(random() * bag.length)]);
        await possible[done.at(-1)]();
        if (i % EVENTS_A_FRAME === 0) {
          await nextFrame();
          check();
        }
      }
      return failures.map((failure) => `after ${done.length} (last: ${done.slice(-8).join(", ")}): ${failure}`);
    },
    /** Show the figures once more, at rest; return what each says, and which of its traits are others than at first. */
    async end() {
      Object.assign(all.style, { width: "", display: "" });
      hide();
      await show();
      for (let i = 0; i < 3; i++) await nextFrame();
      check();
      const told = views.map(({ el, model }, i) => {
        const before = JSON.parse(first[i]);
        const changed = Object.entries(plain(model.state)).filter(
          ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
        );
        const spoken = el.querySelector(".lossviz-spoken").textContent;
        return { name: model.get("name"), spoken, changed: Object.fromEntries(changed) };
      });
      hide();
      return { told, failures };
    },
  };
})();
