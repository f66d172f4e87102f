/**
 * ClassProbabilities: what a classifier says of one picture, a row for each class.
 */
import { tickStep } from "d3-array";
import { classRow, heads } from "./class-row.js";
import { button, buttons, choice } from "./controls.js";
import { fill, probability, short, threeDigits } from "./format.js";
import { frame, listen, make, onceAFrame, watchWidth } from "./frame.js";
import { allAhead, gaps, softmax, together } from "./softmax.js";

/** @typedef {{ text: string, move: (z: number) => number }} Move  of all logits at once */

/** @param {import("./frame.js").Context} context */
export function classProbabilities({ model, el }) {
  const texts = model.get("_texts");
  const { drawing, controls, readout, say, hush } = frame({ model, el }, "class-probabilities", texts.label);
  /** @type {string[]} */
  const classes = model.get("classes");
  /** @type {() => number[]} */
  const logits = () => model.get("logits");
  let width = 0; // of a bar's whole scale, in pixels

  /** @param {Record<string, unknown>} values */
  function put(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }

  /** @param {number} count  about how many steps there shall be from end to end */
  function scale(count) {
    const [low, high] = model.get("range");
    return { low, high, step: tickStep(low, high, count) };
  }

  const rows = classes.map((name, i) =>
    classRow(name, texts, {
      scale: () => scale(100),
      value: () => logits()[i],
      move: (z) => {
        if (z !== logits()[i]) put({ logits: logits().map((each, k) => (k === i ? z : each)) });
      },
    }),
  );
  drawing.append(
    make("div", { class: "lossviz-classes" }, heads(texts), ...rows.map(({ element }) => element)),
    make("p", { class: "lossviz-class-key" }, texts.key),
  );

  const kinds = classes.map((name, i) => ({ name, text: texts.kinds[i] }));
  const select = choice(controls, texts.picture, kinds, (actual) => put({ actual }));
  const movers = [mover(texts.shift, shifts), mover(texts.scale, scales)];
  const last = make("div", { class: "lossviz-buttons" });
  controls.append(last);
  button(last, texts.again, () => put(model.get("_start")));

  /** @returns {Move[]} */
  function shifts() {
    const { step } = scale(12);
    return [-step, step].map((by) => ({
      text: (by > 0 ? "+" : "") + short(by),
      move: (z) => Number((z + by).toPrecision(12)), // 0.3, not 0.30000000000000004
    }));
  }

  /** @returns {Move[]} */
  function scales() {
    return [
      { text: "×½", move: (z) => z / 2 },
      { text: "×2", move: (z) => z * 2 },
    ];
  }

  /**
   * Buttons that move all logits at once: whole, or not at all where one of them would leave the range.
   * @param {string} label
   * @param {() => Move[]} moves
   */
  function mover(label, moves) {
    const group = buttons(controls, label);
    const after = (/** @type {Move} */ { move }) => together(logits(), move, model.get("range"));
    return () =>
      group.show(
        moves().map((move) => ({ text: move.text, able: after(move) !== undefined })),
        (index) => {
          const moved = after(moves()[index]);
          if (moved) put({ logits: moved });
        },
      );
  }

  const nats = make("output", { class: "lossviz-score" });
  const bits = make("output", {});
  const chance = make("output", {});
  readout.append(
    make(
      "div",
      { class: "lossviz-reading" },
      make("span", { class: "lossviz-name" }, texts.loss),
      nats,
      make("span", {}, texts.nats),
      make("span", { class: "lossviz-aside" }, `${texts.bits} `, bits),
    ),
    make("span", { class: "lossviz-aside" }, `${texts.chance} `, chance),
  );

  function draw() {
    const correct = classes.indexOf(model.get("actual"));
    const probabilities = softmax(logits());
    const pulls = gaps(probabilities, correct);
    rows.forEach(({ show }, i) => {
      show({ probability: probabilities[i], pull: pulls[i], correct: i === correct }, width);
    });
    select.show(classes[correct]);
    for (const show of movers) show();
    const loss = { nats: allAhead(logits(), correct), bits: allAhead(logits(), correct) / Math.LN2 };
    nats.textContent = threeDigits(loss.nats);
    bits.textContent = threeDigits(loss.bits);
    chance.textContent = probability(probabilities[correct]);
    const each = classes.map((name, i) => fill(texts.each, { name, p: short(probabilities[i]) })).join(", ");
    const told = { kind: texts.kinds[correct], each, nats: short(loss.nats), bits: short(loss.bits) };
    say(fill(texts.sentence, told));
  }

  const frames = onceAFrame(draw);
  const stops = [
    watchWidth(rows[0].bar, (now) => {
      width = now;
      draw();
    }),
    listen(model, ["logits", "actual", "range"], frames.ask),
    frames.stop,
    hush,
  ];
  draw();
  return () => {
    for (const stop of stops) stop();
  };
}
