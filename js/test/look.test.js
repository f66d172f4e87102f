import assert from "node:assert/strict";
import { test } from "node:test";
import { look, terrainColour } from "../src/look.js";

test("the terrain runs from its first colour to its last, and mixes in between", () => {
  const text = (/** @type {string} */ hex) =>
    `rgb(${[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(" ")})`;
  assert.equal(terrainColour(0), text(look.terrain[0]));
  assert.equal(terrainColour(-1), text(look.terrain[0]));
  assert.equal(terrainColour(1), text(look.terrain.at(-1) ?? ""));
  assert.equal(terrainColour(0.5), text(look.terrain[16]));
  const mixed = [1, 3, 5].map((i) => {
    const [one, other] = [look.terrain[3], look.terrain[4]].map((hex) =>
      Number.parseInt(hex.slice(i, i + 2), 16),
    );
    return Math.round((one + other) / 2);
  });
  assert.equal(terrainColour(3.5 / 32), `rgb(${mixed.join(" ")})`);
});

test("a terrain in the shade keeps its hue", () => {
  assert.equal(terrainColour(1, 0), "rgb(0 0 0)");
});
