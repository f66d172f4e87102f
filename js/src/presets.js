/**
 * A figure that opens as the page's address says, and a button that gives the address of how it is now. Only
 * in the page of a book: the address of a notebook is its server's.
 */
import { readAddress, rulesOf, writeAddress } from "./address.js";
import { make } from "./frame.js";

const TOLD = 4000; // ms that "copied" is shown

/**
 * @param {import("./frame.js").Model} model
 * @param {HTMLElement} el
 */
export function presets(model, el) {
  const get = (/** @type {string} */ trait) => model.get(trait);
  const rules = rulesOf(get("_view"), get);
  const [name, words] = [get("name"), get("_words")];
  const now = () => Object.fromEntries(Object.keys(rules).map((trait) => [trait, get(trait)]));
  const first = now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  if (!el.closest(".anywidget-host") || Object.keys(rules).length === 0) return { show() {}, stop() {} };

  function open() {
    for (const [trait, value] of Object.entries(readAddress(location.hash, name, rules)))
      model.set(trait, value);
    model.save_changes();
  }

  /** Bring the figure into view if the address is of it. */
  function scroll() {
    if (location.hash.slice(1).split(/[.&]/)[0] === name)
      requestAnimationFrame(() => el.firstElementChild?.scrollIntoView());
  }

  function changed() {
    open();
    scroll();
  }

  function show() {
    const button = make("button", { type: "button", class: "lossviz-link" }, words.link);
    const said = make("span", { role: "status" });
    button.addEventListener("click", async () => {
      const address = new URL(writeAddress(name, first, now()), location.href).href;
      // The page is not opened anew: only what stands in the address bar changes.
      history.replaceState(history.state, "", address);
      said.textContent = await navigator.clipboard.writeText(address).then(
        () => words.copied,
        () => words.in_bar,
      );
      clearTimeout(timer);
      timer = setTimeout(() => {
        said.textContent = "";
      }, TOLD);
    });
    el.firstElementChild?.append(make("div", { class: "lossviz-share" }, button, said));
  }

  open();
  scroll();
  addEventListener("hashchange", changed);
  return {
    show,
    stop() {
      removeEventListener("hashchange", changed);
      clearTimeout(timer);
    },
  };
}
