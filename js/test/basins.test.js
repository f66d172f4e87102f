import assert from "node:assert/strict";
import { test } from "node:test";
import { regions, shareWords, tally } from "../src/basin-layer.js";
import { basins, ELSEWHERE, LEFT, MOVING, reached } from "../src/basins.js";

const SIZE = 61;
/** Two valleys, at x = −1 and x = 1, and a ridge between them. @type {import("../src/grid.js").Grid} */
const valleys = {
  ...made((x, y) => [(x * x - 1) ** 2 + y * y, 4 * x * (x * x - 1), 2 * y]),
};
/** @type {[number, number][]} */
const minima = [
  [-1, 0],
  [1, 0],
];
const plain = { optimiser: "gradient descent", rate: 0.05, momentum: 0.9 };

/** @param {(x: number, y: number) => [number, number, number]} land  height and both slopes */
function made(land) {
  const nodes = Array.from({ length: SIZE * SIZE }, (_, k) =>
    land(((k % SIZE) / (SIZE - 1)) * 3 - 1.5, (Math.floor(k / SIZE) / (SIZE - 1)) * 2 - 1),
  );
  const [z, dx, dy] = [0, 1, 2].map((i) => Float64Array.from(nodes, (node) => node[i]));
  /** @type {[[number, number], [number, number]]} */
  const [x, y] = [
    [-1.5, 1.5],
    [-1, 1],
  ];
  return { x, y, columns: SIZE, rows: SIZE, z, dx, dy };
}

test("a start leads to the valley on its side, and the ridge to none", () => {
  assert.equal(reached(valleys, [-0.2, 0.5], plain, minima, 1000), 0);
  assert.equal(reached(valleys, [0.2, -0.5], plain, minima, 1000), 1);
  assert.equal(reached(valleys, [0, 0.5], plain, minima, 1000), ELSEWHERE);
  assert.equal(reached(valleys, [-0.2, 0.5], plain, minima, 3), MOVING);
  assert.equal(reached(valleys, [0.2, 0.9], { ...plain, rate: 1.2 }, minima, 1000), LEFT);
  assert.equal(reached(valleys, [-0.2, 0.5], { ...plain, optimiser: "rmsprop" }, minima, 1000), 0);
});

test("it is coarse at first, and what is finer does not change it", () => {
  const found = basins(valleys, plain, minima, 1000, 33);
  let strides = "";
  while (!found.done) {
    let starts = 0;
    found.advance(() => ++starts > 5);
    if (found.stride && !strides.endsWith(`${found.stride} `)) strides += `${found.stride} `;
    for (let k = 0; found.stride && k < 33; k += found.stride) {
      const start = /** @type {[number, number]} */ ([-1.5 + (3 * k) / 32, -1]);
      assert.equal(found.codes[k], reached(valleys, start, plain, minima, 1000));
    }
  }
  assert.equal(strides, "16 8 4 2 1 ");
});

test("it stops as soon as time is up, and says whether there is something new", () => {
  const found = basins(valleys, plain, minima, 1000, 33);
  assert.equal(
    found.advance(() => true),
    false,
  );
  assert.equal(found.stride, 0);
  let starts = 0;
  assert.equal(
    found.advance(() => starts++ === 9),
    true,
  ); // three each way
  assert.equal(found.stride, 16);
  assert.equal(found.done, false);
});

test("shares count the valleys first, in whole percent, and leave out what is none", () => {
  const shares = tally(Int8Array.of(1, 1, 1, LEFT, 0, 0, MOVING, 1));
  assert.deepEqual(shares, [
    { code: 0, share: 25 },
    { code: 1, share: 50 },
    { code: LEFT, share: 13 },
    { code: MOVING, share: 13 },
  ]);
  const texts = {
    share_of: "{share} to {letter}",
    share_left: "{share} left",
    share_moving: "{share} moving",
  };
  assert.deepEqual(shareWords(texts, shares, ["A", "B"]), ["25 to A", "50 to B", "13 left", "13 moving"]);
  assert.deepEqual(shareWords({ share_one: "{share} there" }, [{ code: 0, share: 100 }], [""]), [
    "100 there",
  ]);
});

test("a region is a bar for each row of starts, half a start beyond them", () => {
  const codes = Int8Array.of(0, 0, LEFT, 1, 0, 0, 0, 0, 0);
  const box = { left: 0, right: 20, top: 0, bottom: 20 };
  assert.deepEqual(regions({ codes, size: 3, stride: 1 }, box), [
    {
      code: 0,
      path: "M-5,25H15V15H-5ZM5,15H25V5H5ZM-5,5H25V-5H-5Z",
    },
    { code: 1, path: "M-5,15H5V5H-5Z" },
  ]);
  assert.deepEqual(regions({ codes, size: 3, stride: 2 }, box), [
    { code: 0, path: "M-10,30H10V10H-10ZM-10,10H30V-10H-10Z" },
  ]);
});
