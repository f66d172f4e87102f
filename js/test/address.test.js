import assert from "node:assert/strict";
import { test } from "node:test";
import {
  among,
  each,
  flag,
  nearest,
  readAddress,
  rulesOf,
  whole,
  within,
  writeAddress,
} from "../src/address.js";

const rules = {
  weight: within([-1, 2]),
  loss: among(["mse", "mae"]),
  show: flag,
  start: each([within([0, 1]), whole([0, 9])]),
};
const read = (/** @type {string} */ hash) => readAddress(hash, "line", rules);

test("an address gives values to the figure it names", () => {
  assert.deepEqual(read("#line.weight=0.5&line.loss=mae&line.show=true&line.start=0.25,3&other.weight=1"), {
    weight: 0.5,
    loss: "mae",
    show: true,
    start: [0.25, 3],
  });
});

test("what goes too far is brought to the nearest end, what makes no sense is ignored", () => {
  assert.deepEqual(read("#line.weight=1e9&line.start=-4,7.6"), { weight: 2, start: [0, 8] });
  for (const nonsense of [
    ...["", "#", "#line", "#line.=1", "#.weight=1", "#line.weight", "#line.weight=", "#line.weight=x"],
    ...["#line.weight=NaN", "#line.weight=Infinity", "#line.weight=%", "#line.loss=<b>", "#line.show=1"],
    ...["#line.start=1", "#line.start=1,2,3", "#line.start=a,2", "#line.toString=1", "#line.__proto__=1"],
    ...["#line.constructor=1", "#line.unknown=1"],
  ])
    assert.deepEqual(read(nonsense), {}, nonsense);
});

test("what is written is read back", () => {
  const first = { weight: 0, loss: "mse", show: false, start: [0, 0] };
  const now = { weight: 1 / 3, loss: "mae", show: true, start: [0.5, 4] };
  const written = writeAddress("line", first, now);
  assert.equal(written, "#line.weight=0.333333&line.loss=mae&line.show=true&line.start=0.5,4");
  assert.deepEqual(read(written), { ...now, weight: 0.333333 });
  assert.equal(writeAddress("line", first, first), "#line");
});

test("an address answers a chooser's questions with their own answers only", () => {
  const questions = [
    { name: "output", answers: [{ value: "number" }, { value: "class" }] },
    { name: "outliers", answers: [{ value: false }, { value: true }] },
  ];
  const rules = rulesOf("chooser", (trait) => ({ _questions: questions })[trait]);
  assert.deepEqual(readAddress("#which.output=class&which.outliers=false", "which", rules), {
    output: "class",
    outliers: false,
  });
  assert.deepEqual(readAddress("#which.output=true&which.outliers=class&which.loss=mse", "which", rules), {});
});

test("no line from an address gives a margin that a separator cannot hold", () => {
  /** @type {Record<string, unknown>} */
  const traits = { _limit: 12, _x_range: [-3, 2], _y_range: [0, 0.5], _curves: [{ name: "hinge" }] };
  const { weights, bias } = rulesOf("separator", (trait) => traits[trait]);
  const [one, two] = /** @type {number[]} */ (weights("99,-99"));
  assert.ok(3 * one + 0.5 * Math.abs(two) + /** @type {number} */ (bias("99")) <= 12);
  assert.deepEqual(
    rulesOf("question", () => 0),
    {},
  );
});

test("balls start on the map, as many as there are", () => {
  /** @type {Record<string, unknown>} */
  const traits = {
    starts: [
      [0, 0],
      [1, 1],
    ],
    _land: { x: [-1, 1], y: [0, 2] },
    _optimisers: [{ name: "adam", text: "Adam" }],
    rate_range: [0.01, 1],
    noise_most: null,
    _most: 1000,
    basins: null,
    _walk: {},
  };
  const terrain = rulesOf("terrain", (trait) => traits[trait]);
  const open = (/** @type {string} */ hash) => readAddress(hash, "hills", terrain);
  assert.deepEqual(
    open("#hills.starts=0.5,1,-9,9&hills.optimiser=adam&hills.rate=7&hills.steps=1e9&hills.noise=1"),
    {
      starts: [
        [0.5, 1],
        [-1, 2],
      ],
      optimiser: "adam",
      rate: 1,
      steps: 1000,
    },
  );
  assert.deepEqual(open("#hills.starts=0.5,1"), {});
  const first = { starts: traits.starts };
  assert.equal(
    writeAddress("hills", first, {
      starts: [
        [0.5, 1],
        [1, 1],
      ],
    }),
    "#hills.starts=0.5,1,1,1",
  );
});

test("an address points at a step of a path, the last one at the most", () => {
  /** @type {Record<string, unknown>} */
  const traits = {
    starts: [],
    _optimisers: [],
    rate_range: [0.01, 1],
    noise_most: null,
    _most: 1000,
    basins: null,
    _walk: { places: new DataView(new ArrayBuffer(3 * 16)), distances: new DataView(new ArrayBuffer(3 * 8)) },
  };
  const terrain = rulesOf("terrain", (trait) => traits[trait]);
  assert.deepEqual(readAddress("#path.walk_step=1", "path", terrain), { walk_step: 1 });
  assert.deepEqual(readAddress("#path.walk_step=9", "path", terrain), { walk_step: 2 });
});

test("a race has one start, and the nearest of its variants", () => {
  assert.equal(nearest([1, 10, 100])("30"), 10);
  assert.equal(nearest([1, 10, 100])("-5"), 1);
  assert.equal(nearest([1, 10])("many"), undefined);
  /** @type {Record<string, unknown>} */
  const traits = {
    _sent_lands: [{ x: [-1, 1], y: [0, 2] }],
    _optimisers: [],
    _variants: [1, 10],
    rate_range: [0.01, 1],
    noise_most: 0.5,
    _most: 1000,
  };
  const race = rulesOf("race", (trait) => traits[trait]);
  assert.deepEqual(readAddress("#r.start=3,1&r.variant=9&r.optimiser=adam&r.noise=2", "r", race), {
    start: [1, 1],
    variant: 10,
    noise: 0.5,
  });
});
