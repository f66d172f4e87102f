/**
 * Chooser: three questions that lead to a loss. Each answer strikes out the losses that it rules out.
 */
import { button } from "./controls.js";
import { fill } from "./format.js";
import { frame, listen, make, uniqueId } from "./frame.js";
import { dashOf, styleOf, swatch } from "./look.js";

/**
 * @typedef {string | boolean} Answer
 * @typedef {{ name: string, text: string, answers: { value: Answer, text: string }[] }} Asked
 * @typedef {{ answers: Record<string, Answer>, loss: string, sentence: string }} Row
 */

/** @param {import("./frame.js").Context} context */
export function chooser({ model, el }) {
  const texts = model.get("_texts");
  const { controls, readout, say, reserve, hush } = frame({ model, el }, "chooser", texts.label);
  /** @type {Asked[]} */
  const questions = model.get("_questions");
  /** @type {{ name: string, title: string }[]} */
  const losses = model.get("_losses");
  /** @type {Row[]} */
  const table = model.get("_table");
  const traits = questions.map(({ name }) => name);

  const groups = questions.map(({ name, text, answers }) => {
    const group = uniqueId(name); // radio buttons of one question share a name that no other has
    const choices = answers.map((answer) => {
      const input = make("input", { type: "radio", name: group });
      input.addEventListener("change", () => {
        model.set(name, answer.value);
        model.save_changes();
      });
      return {
        input,
        value: answer.value,
        row: make("label", { class: "lossviz-choice" }, input, answer.text),
      };
    });
    const row = make("div", { class: "lossviz-answers" }, ...choices.map((choice) => choice.row));
    controls.append(make("fieldset", {}, make("legend", {}, text), row));
    return { name, choices };
  });
  const buttons = make("div", { class: "lossviz-buttons" });
  const restart = button(buttons, texts.restart, () => {
    for (const name of traits) model.set(name, null);
    model.save_changes();
  });
  controls.append(buttons);

  const entries = losses.map(({ name, title }, place) => {
    const mark = swatch(styleOf(name, place), dashOf(name, place));
    const entry = make("span", { class: "lossviz-name lossviz-option" }, mark, make("span", {}, title));
    readout.append(entry);
    return { name, title, entry };
  });

  /** @param {Row} row  @returns whether the answers so far lead to it, or may still do so */
  const fits = ({ answers }) => traits.every((trait) => [null, answers[trait]].includes(model.get(trait)));

  function show() {
    const rows = table.filter(fits);
    const possible = entries.filter(({ name }) => rows.some(({ loss }) => loss === name));
    for (const { name, choices } of groups)
      for (const { input, value } of choices) input.checked = model.get(name) === value;
    for (const each of entries) {
      each.entry.classList.toggle("lossviz-out", !possible.includes(each));
      each.entry.classList.toggle("lossviz-found", possible.length === 1 && possible[0] === each);
    }
    restart.enable(rows.length < table.length);
    const titles = possible.map(({ title }) => title).join(", ");
    if (rows.length === 1) say(rows[0].sentence);
    else if (rows.length === table.length) say(texts.open);
    else say(fill(possible.length === 1 ? texts.sure : texts.left, { losses: titles }));
  }

  const stop = listen(model, traits, show);
  reserve(table.map((row) => row.sentence));
  show();
  return () => {
    stop();
    hush();
  };
}
