/**
 * Makes the anywidgets of a static page alive, without a kernel.
 *
 * The page holds
 *   - for each widget output `<div class="anywidget-host" data-model-id="…">`, with its still picture inside;
 *   - the state of its models: JSON in a script of type `application/vnd.jupyter.widget-state+json`;
 *   - a script for each distinct `_esm` and `_css`, which puts that text into `anywidgetHost.texts`, under the
 *     hash that stands for it in the state.
 * It does what the front end of anywidget 0.11 does, as far as that goes without Python. It is a classic script,
 * because a page opened from a disk may not import files. Its one global is `anywidgetHost`.
 */
(() => {
  /**
   * @typedef {Record<string, any>} State
   * @typedef {{ path: (string | number)[], data: string }} SavedBuffer
   * @typedef {{ model_name: string, model_module: string, state: State, buffers?: SavedBuffer[] }} SavedModel
   * @typedef {{ name: string, callback: Function, owner: object }} Listener
   * @typedef {{ render?: Function, exports?: unknown }} Bound  a widget, initialised
   */

  /** @type {{ texts: Record<string, string>, models: Map<string, Model>, ready: Promise<unknown> }} */
  const page = Object.assign({ texts: {} }, /** @type {any} */ (globalThis).anywidgetHost, {
    models: new Map(),
  });
  Object.assign(globalThis, { anywidgetHost: page });

  /** Named values, and who wants to hear of their changes. */
  class Model {
    /** @type {Listener[]} */
    listeners = [];
    changing = false;
    pending = false;
    /** @type {Promise<Bound> | undefined} for anywidgets only */
    bound;

    /** @param {SavedModel} saved */
    constructor({ model_name, model_module, state, buffers = [] }) {
      this.name = model_name;
      this.module = model_module;
      this.state = state;
      for (const { path, data } of buffers) {
        const holder = path.slice(0, -1).reduce((at, key) => at[key], state);
        const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
        holder[path[path.length - 1]] = new DataView(bytes.buffer);
      }
      for (const key of ["_esm", "_css"]) {
        if (key in state) state[key] = page.texts[state[key]] ?? state[key];
      }
    }

    /** @param {string} key */
    get(key) {
      return this.state[key];
    }

    /**
     * As Backbone does: one `change:key` for each value that differs, then one `change`, even if listeners set more.
     *
     * @param {string | State} key
     * @param {unknown} [value]
     */
    set(key, value) {
      const values = typeof key === "string" ? { [key]: value } : key;
      const changed = Object.keys(values).filter((name) => !equal(this.state[name], values[name]));
      Object.assign(this.state, values);
      const outermost = !this.changing;
      this.changing = true;
      this.pending ||= changed.length > 0;
      for (const name of changed) this.emit(`change:${name}`, this.state[name]);
      if (!outermost) return;
      while (this.pending) {
        this.pending = false;
        this.emit("change");
      }
      this.changing = false;
    }

    /**
     * @param {string} event
     * @param {unknown} [value]
     */
    emit(event, value) {
      for (const { callback, owner } of this.listeners.filter(({ name }) => name === event)) {
        try {
          callback.call(owner, this.seenBy(owner), value);
        } catch (error) {
          console.error(error); // the other listeners, perhaps of other widgets, still hear it
        }
      }
    }

    /**
     * The model as a widget's code sees it. `off` removes only what the same owner has put `on`.
     *
     * @param {object} owner
     */
    seenBy(owner) {
      return {
        get: this.get.bind(this),
        set: this.set.bind(this),
        save_changes() {}, // there is no kernel to save to
        send() {},
        /** @type {(names: string, callback: Function) => void} */
        on: (names, callback) => {
          for (const name of names.split(" ")) this.listeners.push({ name, callback, owner });
        },
        /** @type {(names?: string | null, callback?: Function | null) => void} */
        off: (names, callback) => {
          this.listeners = this.listeners.filter(
            (each) =>
              each.owner !== owner ||
              (names && !names.split(" ").includes(each.name)) ||
              (callback && each.callback !== callback),
          );
        },
        widget_manager: { get_model: async (/** @type {string} */ id) => find(id).seenBy(owner) },
      };
    }
  }

  /**
   * Equal in value. A `set` to an equal value is no change.
   *
   * @param {any} a
   * @param {any} b
   * @returns {boolean}
   */
  function equal(a, b) {
    if (a === b || Object.is(a, b)) return true;
    const kind = a && b && Object.getPrototypeOf(a);
    if (!kind || kind !== Object.getPrototypeOf(b)) return false;
    if (ArrayBuffer.isView(a)) {
      const [x, y] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return x.length === y.length && x.every((byte, i) => byte === y[i]);
    }
    if (kind !== Array.prototype && kind !== Object.prototype) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
  }

  /**
   * The model of an id, or of a reference to it as Python writes them.
   *
   * @param {string} reference
   */
  function find(reference) {
    const model = page.models.get(reference.replace(/^(IPY_MODEL_|anywidget:)/, ""));
    if (!model) throw new Error(`This page has no widget model ${reference}`);
    return model;
  }

  /** @type {Map<string, Promise<any>>} */
  const modules = new Map();

  /**
   * Imports a module once, however many models share its text.
   *
   * @param {string} esm text or address
   */
  function load(esm) {
    let module = modules.get(esm);
    if (!module) {
      module = import(
        /^https?:/.test(esm) ? esm : URL.createObjectURL(new Blob([esm], { type: "text/javascript" }))
      );
      modules.set(esm, module);
    }
    return module;
  }

  /** @type {Set<string>} */
  const styles = new Set();

  /** @param {string | undefined} css text or address */
  function addStyle(css) {
    if (!css || styles.has(css)) return;
    styles.add(css);
    const [tag, props] = /^https?:/.test(css)
      ? ["link", { rel: "stylesheet", href: css }]
      : ["style", { textContent: css }];
    document.head.append(Object.assign(document.createElement(tag), props));
  }

  const experimental = {
    /** @param {string} name */
    invoke: async (name) => {
      throw new Error(`"${name}" is a Python function, and this page has no kernel to run it`);
    },
  };

  /**
   * Loads a model's widget and lets it `initialize`.
   *
   * @param {Model} model
   * @returns {Promise<Bound>}
   */
  async function bind(model) {
    try {
      addStyle(model.get("_css"));
      const module = await load(model.get("_esm"));
      const given = module.render ? { render: module.render } : module.default;
      const widget = typeof given === "function" ? await given() : given;
      const { signal } = new AbortController(); // never aborts: a model lives as long as its page
      const result = await widget.initialize?.({ model: model.seenBy(model), signal, experimental });
      return {
        render: widget.render?.bind(widget),
        exports: typeof result === "object" ? result : undefined,
      };
    } catch (error) {
      console.error(error);
      return {}; // nothing to render: its pictures stay
    }
  }

  /**
   * Renders one view of a model into `el`, until `signal` aborts.
   *
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {AbortSignal} signal
   */
  async function render(model, el, signal) {
    const bound = await model.bound;
    const view = {};
    /** @type {unknown} */
    let cleanUp;
    const dispose = () => {
      model.seenBy(view).off();
      if (typeof cleanUp === "function") cleanUp();
    };
    signal.addEventListener("abort", dispose);
    cleanUp = await bound?.render?.({
      model: model.seenBy(view),
      el,
      signal,
      experimental,
      host: host(signal),
    });
    if (signal.aborted) dispose();
  }

  /**
   * What lets a widget use other widgets.
   *
   * @param {AbortSignal} signal
   */
  const host = (signal) => ({
    /** @param {string} reference */
    async getModel(reference) {
      const model = find(reference).seenBy({});
      signal.addEventListener("abort", () => model.off());
      return model;
    },
    /** @param {string} reference */
    async getWidget(reference) {
      const model = find(reference);
      return {
        exports: (await model.bound)?.exports,
        /** @param {{ el: HTMLElement, signal?: AbortSignal }} place */
        render: (place) => render(model, place.el, place.signal ?? signal),
      };
    },
  });

  /**
   * What `jslink` and `jsdlink` tie together stays equal, from the start.
   *
   * @param {Model} link
   */
  function tie(link) {
    let busy = false;
    /** @type {(from: [string, string], to: [string, string]) => () => void} */
    const copier = (from, to) => () => {
      if (busy) return; // a copy must not come back
      busy = true;
      find(to[0]).set(to[1], find(from[0]).get(from[1]));
      busy = false;
    };
    const { source, target } = link.state;
    const forth = copier(source, target);
    forth();
    find(source[0]).seenBy(link).on(`change:${source[1]}`, forth);
    if (link.name === "LinkModel") {
      find(target[0]).seenBy(link).on(`change:${target[1]}`, copier(target, source));
    }
  }

  /**
   * Renders beside the still picture, which gives way only when that has worked.
   *
   * @param {HTMLElement} place
   */
  async function show(place) {
    const model = page.models.get(place.dataset.modelId ?? "");
    if (!(await model?.bound)?.render) return;
    const live = Object.assign(document.createElement("div"), { className: "anywidget-live" });
    const controller = new AbortController();
    place.append(live);
    try {
      await render(/** @type {Model} */ (model), live, controller.signal);
      place.classList.add("anywidget-alive");
    } catch (error) {
      console.error(error);
      controller.abort(error);
      live.remove();
    }
  }

  for (const script of document.querySelectorAll(
    'script[type="application/vnd.jupyter.widget-state+json"]',
  )) {
    const { state } = JSON.parse(script.textContent ?? "");
    for (const id in state) page.models.set(id, new Model(state[id]));
  }
  for (const model of page.models.values()) {
    // Of all references, an ipywidget has only these two unpacked unless its class asks for more.
    for (const key of ["layout", "style"]) {
      if (model.state[key]) model.state[key] = find(model.state[key]);
    }
    if (/^(Directional)?LinkModel$/.test(model.name)) tie(model);
  }
  for (const model of page.models.values()) {
    if (model.module === "anywidget") model.bound = bind(model);
  }
  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll(".anywidget-host");
  page.ready = Promise.all([...places].map(show));
})();
