/**
 * Question: predict first, then read what your choice says about the idea.
 */
import { fill } from "./format.js";
import { frame, listen, make, uniqueId } from "./frame.js";

const LETTERS = "ABCDEFGH";

/** @param {import("./frame.js").Context} context */
export function question({ model, el }) {
  const texts = model.get("_texts");
  const { controls, say, reserve, hush } = frame({ model, el }, "question", texts.label);
  /** @type {{ text: string, feedback: string, right: boolean }[]} */
  const choices = model.get("_choices");
  const group = uniqueId("question"); // radio buttons of one question share a name that no other has

  const rows = choices.map(({ text }, index) => {
    const input = make("input", { type: "radio", name: group });
    input.addEventListener("change", () => {
      model.set("chosen", index);
      model.save_changes();
    });
    const verdict = make("span", { class: "lossviz-verdict", "aria-hidden": "true" });
    const letter = make("span", { class: "lossviz-letter" }, LETTERS[index]);
    return { input, verdict, row: make("label", { class: "lossviz-choice" }, input, letter, text, verdict) };
  });
  const legend = make("legend", {}, model.get("question"));
  controls.append(make("fieldset", {}, legend, ...rows.map(({ row }) => row)));

  function show() {
    /** @type {number | null} */
    const chosen = model.get("chosen");
    rows.forEach(({ input, verdict, row }, index) => {
      const { right } = choices[index];
      const taken = index === chosen;
      input.checked = taken;
      row.classList.toggle("lossviz-right", taken && right);
      row.classList.toggle("lossviz-wrong", taken && !right);
      verdict.textContent = taken ? (right ? "✓" : "✗") : "";
    });
    if (chosen === null) {
      say(texts.open);
      return;
    }
    say(answer(chosen));
  }

  /** What is said of a choice. @param {number} index */
  function answer(index) {
    const { right, feedback } = choices[index];
    return fill(right ? texts.right : texts.wrong, { letter: LETTERS[index], feedback });
  }

  const stop = listen(model, ["chosen"], show);
  reserve(choices.map((_, index) => answer(index)));
  show();
  return () => {
    stop();
    hush();
  };
}
