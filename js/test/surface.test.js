import assert from "node:assert/strict";
import { test } from "node:test";
import { camera, cellOf, drape, FLOOR, farToNear, mesh, placeOn, relief, TALL } from "../src/surface.js";

const size = 41;
const nodes = Array.from({ length: size }, (_, i) => -1 + (2 * i) / (size - 1));

/**
 * A landscape with exact slopes, over -1 to 1 both ways.
 * @param {(x: number, y: number) => number} height
 */
function grid(height) {
  const small = 1e-6;
  const sample = (/** @type {(x: number, y: number) => number} */ read) =>
    Float64Array.from(nodes.flatMap((y) => nodes.map((x) => read(x, y))));
  return {
    x: /** @type {[number, number]} */ ([-1, 1]),
    y: /** @type {[number, number]} */ ([-1, 1]),
    columns: size,
    rows: size,
    z: sample(height),
    dx: sample((x, y) => (height(x + small, y) - height(x - small, y)) / (2 * small)),
    dy: sample((x, y) => (height(x, y + small) - height(x, y - small)) / (2 * small)),
  };
}
const margin = { side: 50, top: 30, bottom: 40 };
/** @param {number} azimuth @param {number} elevation */
const view = (azimuth, elevation) => camera(azimuth, elevation, 600, 480, margin);
const mountain = grid((x, y) => Math.exp(-8 * (x * x + y * y)));

test("seen from where y is low, x runs to the right and y away", () => {
  const { project } = view(-90, 30);
  const [[left], [middle], [right]] = [project(-1, 0, 0), project(0, 0, 0), project(1, 0, 0)];
  assert.ok(left < middle && middle < right);
  assert.ok(Math.abs(middle - 300) < 1e-9);
  assert.ok(Math.abs(left + right - 600) < 1e-9);
  const [near, far] = [project(0, -1, 0), project(0, 1, 0)];
  assert.ok(far[1] < near[1], "what is further lies higher in the picture");
  assert.ok(project(0, 0, 1)[1] < project(0, 0, 0)[1]);
  const width = (/** @type {number} */ v) => project(1, v, 0)[0] - project(-1, v, 0)[0];
  assert.ok(width(1) < width(-1), "and is smaller");
});

test("seen from where x is high, y runs to the right", () => {
  const { project } = view(0, 30);
  assert.ok(project(0, -1, 0)[0] < project(0, 1, 0)[0]);
  assert.ok(project(1, 0, 0)[1] > project(-1, 0, 0)[1]);
});

test("the whole block stays in the picture, however it is turned", () => {
  for (let azimuth = -180; azimuth < 180; azimuth += 7) {
    for (const elevation of [10, 35, 60, 80]) {
      const { project } = view(azimuth, elevation);
      for (const [u, v] of [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ]) {
        for (const h of [FLOOR, TALL]) {
          const [x, y] = project(u, v, h);
          assert.ok(x > 0.6 * margin.side && x < 600 - 0.6 * margin.side, `${x} at ${azimuth}, ${elevation}`);
          assert.ok(y > margin.top - 1 && y < 480 - margin.bottom + 1, `${y} at ${azimuth}, ${elevation}`);
        }
      }
    }
  }
});

test("a mesh lies where its places do", () => {
  const shape = relief(mountain.z, [0.5]);
  const land = mesh(mountain, shape, [0.5], 10);
  const at = new Float64Array(2 * 11 * 11);
  const eye = view(-120, 35);
  eye.projectMesh(land, at);
  const { u, v, h } = placeOn(mountain, shape, 0.2, -0.4);
  const [x, y] = eye.project(u, v, h);
  assert.ok(Math.hypot(at[2 * (3 * 11 + 6)] - x, at[2 * (3 * 11 + 6) + 1] - y) < 1e-9);
});

test("a place on the land lies on the picture of its cell", () => {
  const shape = relief(mountain.z, [0.5]);
  const land = mesh(mountain, shape, [0.5], 30);
  const at = new Float64Array(2 * 31 * 31);
  const eye = view(-70, 50);
  eye.projectMesh(land, at);
  for (const [x, y] of [
    [0.31, 0.12],
    [-0.77, 0.5],
    [0.99, -0.99],
    [-1, 1],
  ]) {
    const { u, v, h } = placeOn(mountain, shape, x, y);
    const [left, top] = eye.project(u, v, h);
    const first = cellOf(v, 30) * 31 + cellOf(u, 30);
    const corners = [first, first + 1, first + 32, first + 31].map((n) => [at[2 * n], at[2 * n + 1]]);
    const [xs, ys] = [0, 1].map((k) => corners.map((corner) => corner[k]));
    assert.ok(left > Math.min(...xs) - 0.5 && left < Math.max(...xs) + 0.5);
    assert.ok(top > Math.min(...ys) - 0.5 && top < Math.max(...ys) + 0.5);
  }
});

test("no cell is painted before one that it hides", () => {
  const cells = 12;
  const middle = (/** @type {number} */ k) => (2 * k + 1) / cells - 1;
  for (let azimuth = -180; azimuth < 180; azimuth += 11) {
    for (const elevation of [10, 45, 80]) {
      const { eye } = view(azimuth, elevation);
      for (const along of [eye.u, eye.v]) {
        const { order, rising } = farToNear(cells, along);
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          Array.from({ length: cells }, (_, k) => k),
        );
        order.forEach((k, n) => {
          for (const before of order.slice(0, n)) {
            // On the same side of the eye, what was painted before lies further away.
            const [a, b] = [middle(before) - along, middle(k) - along];
            if (a * b > 0) assert.ok(Math.abs(a) > Math.abs(b), `${before} before ${k} from ${along}`);
          }
          assert.equal(n < rising, k < rising);
        });
      }
    }
  }
});

test("a line behind a mountain is covered by cells that come later, and one before it is not", () => {
  const shape = relief(mountain.z, []);
  const cells = 40;
  const eye = view(-90, 15);
  const land = mesh(mountain, shape, [], cells);
  const at = new Float64Array(2 * (cells + 1) ** 2);
  eye.projectMesh(land, at);
  const { order } = farToNear(cells, eye.eye.v);
  const covered = (/** @type {[number, number]} */ from, /** @type {[number, number]} */ to) =>
    drape(mountain, shape, [from, to], cells).map(({ row, from, to }) => {
      const [x, y] = eye.project((from.u + to.u) / 2, (from.v + to.v) / 2, (from.h + to.h) / 2);
      const later = order.slice(order.indexOf(row) + 2);
      return later.some((r) => order.some((c) => inside(at, cells, r, c, x, y)));
    });
  assert.ok(covered([-0.05, 0.6], [0.05, 0.6]).every(Boolean));
  assert.ok(!covered([-0.05, -0.6], [0.05, -0.6]).some(Boolean));
});

/**
 * @param {Float64Array} at
 * @param {number} cells
 * @param {number} row
 * @param {number} column
 * @param {number} x
 * @param {number} y
 */
function inside(at, cells, row, column, x, y) {
  const first = row * (cells + 1) + column;
  const corners = [first, first + 1, first + cells + 2, first + cells + 1];
  const sides = corners.map((n, k) => {
    const m = corners[(k + 1) % 4];
    return (at[2 * m] - at[2 * n]) * (y - at[2 * n + 1]) - (at[2 * m + 1] - at[2 * n + 1]) * (x - at[2 * n]);
  });
  return sides.every((side) => side > 0) || sides.every((side) => side < 0);
}

test("a draped line is cut at each cell, keeps its points that can be told apart, and lies on the land", () => {
  const shape = relief(mountain.z, []);
  const pieces = drape(
    mountain,
    shape,
    [
      [-0.95, -0.95],
      [0.95, 0.3],
      [0.945, 0.305], // 0.25 % of the sides away
      [0.2, 0.3],
    ],
    10,
  );
  assert.equal(pieces.filter(({ point }) => point).length, 2);
  for (const { row, column, from, to } of pieces) {
    for (const { u, v, h } of [from, to]) {
      assert.ok(u >= column / 5 - 1 - 1e-9 && u <= (column + 1) / 5 - 1 + 1e-9);
      assert.ok(v >= row / 5 - 1 - 1e-9 && v <= (row + 1) / 5 - 1 + 1e-9);
      assert.ok(Math.abs(h - placeOn(mountain, shape, u, v).h) < 1e-9);
    }
  }
  pieces.slice(1).forEach(({ from }, n) => {
    assert.deepEqual(from, pieces[n].to);
  });
});

test("contour lines lie at their height", () => {
  const levels = [0.2, 0.5, 0.8];
  const shape = relief(mountain.z, levels);
  const land = mesh(mountain, shape, levels, 30);
  const cuts = land.cuts.flat();
  assert.ok(cuts.length > 60);
  for (const [a, b, s, c, d, t] of cuts) {
    const heights = [land.h[a] + s * (land.h[b] - land.h[a]), land.h[c] + t * (land.h[d] - land.h[c])];
    for (const h of heights) assert.ok(levels.some((level) => Math.abs(shape.raise(level) - h) < 1e-9));
  }
});

test("heights keep their proportions; one corner far above the rest is squeezed, and said to be", () => {
  const even = relief(grid((x, y) => 3 + x * x + y * y).z, []);
  assert.equal(even.knee, even.high);
  assert.ok(Math.abs(even.raise(4) - TALL / 2) < 1e-9);
  const corner = relief(grid((x, y) => Math.exp(4 * (x + y))).z, []);
  assert.ok(corner.knee < corner.high);
  assert.ok(Math.abs(corner.raise(corner.high) - TALL) < 1e-9);
  assert.ok(corner.raise(corner.knee) > 0.6 * TALL);
  const flat = relief(grid(() => 0.1 + 0.2).z, []);
  assert.ok(flat.raise(0.3) === 0);
});

test("colours follow the bands of the map", () => {
  const { share } = relief(Float64Array.of(0, 10), [1, 4]);
  assert.equal(share(0), 0);
  assert.equal(share(2.5), 0.5);
  assert.equal(share(10), 1);
  assert.ok(share(0.99) < share(1.01) && share(1.01) - share(0.99) < 0.01);
});
