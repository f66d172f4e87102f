/**
 * Result: how many questions of the page are answered, how many rightly, and what to read again.
 */
import { fill } from "./format.js";
import { frame, listen, make } from "./frame.js";

/** @typedef {import("./frame.js").Model} Model */

/** @param {import("./frame.js").Context} context */
export function result({ model, el }) {
  const texts = model.get("_texts");
  const { readout, say, hush } = frame({ model, el }, "result", texts.label);
  const score = make("output", { class: "lossviz-score" });
  readout.append(make("span", { class: "lossviz-name" }, texts.score_name), score);
  /** @type {Model[]} */
  let questions = [];
  /** @type {(() => void)[]} */
  let stops = [];
  let gone = false;

  function show() {
    const answers = questions.map((question) => question.get("chosen"));
    const right = questions.map(
      (question, i) => answers[i] !== null && question.get("_choices")[answers[i]].right,
    );
    const counts = {
      answered: String(answers.filter((answer) => answer !== null).length),
      count: String(questions.length),
      right: String(right.filter(Boolean).length),
    };
    score.textContent = fill(texts.score, counts);
    say(fill(counts.answered === "0" ? texts.none : texts.some, counts) + advice(answers, right));
  }

  /** @param {(number | null)[]} answers @param {boolean[]} right */
  function advice(answers, right) {
    const wrong = model.get("_about").filter((/** @type {string} */ _, /** @type {number} */ i) => {
      return answers[i] !== null && !right[i];
    });
    if (wrong.length > 0) return fill(texts.again, { places: [...new Set(wrong)].join(", ") });
    return right.every(Boolean) ? texts.all : "";
  }

  // The questions are models of their own; they come as references.
  const manager = /** @type {any} */ (model).widget_manager;
  const found = model
    .get("_questions")
    .map((/** @type {string} */ reference) => manager.get_model(reference.replace("IPY_MODEL_", "")));
  Promise.all(found).then((models) => {
    if (gone) return;
    questions = models;
    stops = questions.map((question) => listen(question, ["chosen"], show));
    show();
  });
  return () => {
    gone = true;
    for (const stop of stops) stop();
    hush();
  };
}
