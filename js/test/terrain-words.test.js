import assert from "node:assert/strict";
import { test } from "node:test";
import { hairs, pathWords, pointAt } from "../src/plane-path.js";
import { ending, letters, markAt, placeWords } from "../src/terrain-words.js";

const marks = [
  { x: 0, y: 0, kind: "minimum", letter: "A" },
  { x: 1, y: 0, kind: "minimum", letter: "B" },
  { x: 0.5, y: 0, kind: "saddle", letter: "" },
];
/** @type {any} */
const land = { x: [-1, 3], y: [-1, 1], grain: [0.001, 0.01] };
const texts = {
  end_start: "waits",
  end_steps: "rolls",
  end_most: "rolls at the end",
  end_around_of: "around {letter}",
  end_rest: "rests",
  end_minimum: "in the minimum",
  end_minimum_of: "in {letter}",
  end_saddle: "on a saddle",
  end_edge: "at the edge",
};

/**
 * @param {[number, number]} place
 * @param {import("../src/walk.js").End} end
 * @param {number} steps
 */
function told(place, end, steps, some = marks) {
  const walk = { places: [place], losses: [1], slopes: [1], end };
  return ending(texts, walk, /** @type {any} */ ({ marks: some, land, steps, most: 1000 }));
}

test("why a ball goes no further, or that it does", () => {
  assert.equal(told([2, 0], "", 0), "waits");
  assert.equal(told([0, 0], "", 5), "rolls");
  assert.equal(told([2, 0], "", 1000), "rolls at the end");
  assert.equal(told([1.01, 0], "", 1000), "around B");
  assert.equal(told([0.001, 0], "rest", 5), "in A");
  assert.equal(told([0, 0], "rest", 5, [{ ...marks[0], letter: "" }]), "in the minimum");
  assert.equal(told([0.5, 0.001], "rest", 5), "on a saddle");
  assert.equal(told([2, 0.5], "rest", 0), "rests");
  assert.equal(told([3, 0], "edge", 5), "at the edge");
});

test("a mark is reached within a fiftieth of the map, by its own width and height, and the nearest wins", () => {
  assert.equal(markAt(marks, land, [0.079, 0]), marks[0]);
  assert.equal(markAt(marks, land, [0.081, 0]), undefined);
  assert.equal(markAt(marks, land, [0, 0.041]), undefined);
  const close = [marks[0], { ...marks[2], x: 0.04 }];
  assert.equal(markAt(close, land, [0.03, 0]), close[1]);
  assert.equal(markAt(close, land, [0.01, 0]), close[0]);
  assert.deepEqual(letters(marks), ["A", "B"]);
});

test("a place is told no finer than could be seen", () => {
  assert.deepEqual(placeWords(land, [1.23449, -6.7e-18]), { x: "1.23", y: "0" });
  assert.deepEqual(placeWords(land, [0.0126, -0.026]), { x: "0.013", y: "−0.03" });
});

const path = {
  places: /** @type {[number, number][]} */ ([
    [0, 1],
    [1, 0.5],
    [1, 0],
  ]),
  distances: Float64Array.of(2, 0.25, 0),
  losses: Float64Array.of(9, 4, 1),
};

test("a step of a path tells its foot on the plane, how far it is from it, and both losses", () => {
  const here = pointAt(path, 1, (x, y) => x + y);
  assert.deepEqual(here, { place: [1, 0.5], step: 1, steps: 2, plane: 1.5, distance: 0.25, loss: 4 });
  const words = { path: "{step}/{steps} {x} {y} {loss} {plane} {distance}", path_place: "{step}: {plane}" };
  assert.equal(pathWords(words, here, { x: "1", y: "0.5" }), "1/2 1 0.5 4 1.5 0.25");
  assert.equal(pathWords(words, { ...here, loss: undefined }, { x: "1", y: "0.5" }), "1: 1.5");
});

test("the surface shows not more points than can be told apart, the first and the last among them", () => {
  assert.deepEqual(hairs(path), [
    [0, 1, 9],
    [1, 0.5, 4],
    [1, 0, 1],
  ]);
  assert.deepEqual(hairs({ ...path, losses: undefined }), []);
  const steps = Array.from({ length: 500 }, (_, i) => i);
  const long = hairs({
    places: steps.map((i) => [i, 0]),
    distances: new Float64Array(500),
    losses: Float64Array.from(steps),
  });
  assert.ok(long.length <= 61);
  assert.deepEqual(
    [long[0], long[long.length - 1]],
    [
      [0, 0, 0],
      [499, 0, 499],
    ],
  );
});
