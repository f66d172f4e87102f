/**
 * What Terrain says in sentences: `lossviz.widgets._terrain.describe` puts the same texts together.
 */
import { shareWords } from "./basin-layer.js";
import { LEFT, NEAR } from "./basins.js";
import { fill, short } from "./format.js";
import { pathWords } from "./plane-path.js";

const WIDE = "−0.000";

/**
 * @typedef {import("./walk.js").Walk} Walk
 * @typedef {import("./map-panel.js").Mark} Mark
 * @typedef {import("./map-panel.js").Land} Land
 *
 * @typedef {object} State  all that the figure shows, in numbers
 * @property {import("./walk.js").Settings} settings
 * @property {number} steps
 * @property {number} most
 * @property {Walk[]} walks
 * @property {Mark[]} marks
 * @property {Land} land
 * @property {import("./plane-path.js").Here | undefined} here  on a path that is seen in this plane
 * @property {import("./basin-layer.js").Share[]} shares  of the starts, that lead to a valley; none: not shown
 */

/**
 * @param {Record<string, string>} texts
 * @param {State} state
 */
export function sentence(texts, state) {
  const { walks, land } = state;
  const balls = walks.map((walk) => {
    const last = walk.places.length - 1;
    const [loss, slope] = [walk.losses[last], walk.slopes[last]].map((number) => short(number));
    return { ...placeWords(land, walk.places[last]), loss, slope, end: ending(texts, walk, state) };
  });
  return put(texts, state, balls, state.shares);
}

/**
 * As long a sentence as is likely to come while the balls roll.
 * @param {Record<string, string>} texts
 * @param {State} state
 * @param {boolean} basins  whether they are shown
 */
export function longest(texts, state, basins) {
  const end = fill(texts.end_around_of, { letter: "A" });
  const ball = { x: WIDE, y: WIDE, loss: WIDE, slope: WIDE, end };
  const valleys = letters(state.marks).map((_, code) => ({ code, share: 10 }));
  const shares = state.shares.length > 0 ? state.shares : [...valleys, { code: LEFT, share: 10 }];
  const steps = Math.max(state.steps, 100);
  return put(
    texts,
    { ...state, steps },
    state.walks.map(() => ball),
    basins ? shares : [],
  );
}

/**
 * @param {Record<string, string>} texts
 * @param {State} state
 * @param {Record<string, string>[]} balls  what is told of each
 * @param {import("./basin-layer.js").Share[]} shares
 */
function put(texts, { settings, steps, marks, land, here }, balls, shares) {
  const { optimiser, rate, momentum, noise } = settings;
  let more = "";
  if (optimiser === "momentum") more += fill(texts.with_momentum, { momentum: short(momentum) });
  if (noise > 0) more += fill(texts.with_noise, { noise: short(noise) });
  const head = steps === 0 ? texts.head_start : steps === 1 ? texts.head_one : texts.head;
  const parts = balls.map((told, ball) =>
    fill(balls.length > 1 ? texts.ball_of : texts.ball, { ball: String(ball + 1), ...told }),
  );
  if (parts.length > 0)
    parts.unshift(fill(head, { steps: short(steps), optimiser, rate: short(rate), more }));
  const words = shareWords(texts, shares, letters(marks));
  if (words.length > 0) parts.push(fill(texts.shares, { shares: words.join(", ") }));
  if (here) parts.push(pathWords(texts, here, placeWords(land, here.place)));
  return parts.join("").trim();
}

/** The letter of each minimum, the lowest first. @param {Mark[]} marks */
export const letters = (marks) => marks.filter(({ kind }) => kind === "minimum").map(({ letter }) => letter);

/**
 * A place as it is told: no finer than could be seen on the map.
 * @param {Land} land
 * @param {import("./walk.js").Place} place
 */
export function placeWords({ grain }, place) {
  const [x, y] = place.map((at, axis) => short(Math.floor(at / grain[axis] + 0.5) * grain[axis]));
  return { x, y };
}

/**
 * Why a walk goes no further, or that it does.
 * @param {Record<string, string>} texts
 * @param {Walk} walk
 * @param {State} state
 */
export function ending(texts, { places, end }, { marks, land, steps, most }) {
  const here = markAt(marks, land, places[places.length - 1]);
  const told = (/** @type {string} */ name) => {
    const several = here?.kind === "minimum" && here.letter !== "";
    return fill(texts[several ? `${name}_of` : name], { letter: here?.letter ?? "" });
  };
  if (end === "rest") return here ? told(`end_${here.kind}`) : texts.end_rest;
  if (end !== "") return texts[`end_${end}`];
  if (steps < most) return steps === 0 ? texts.end_start : texts.end_steps;
  return here?.kind === "minimum" ? told("end_around") : texts.end_most;
}

/**
 * The nearest mark, if a place is near to one: by the rule of the basins.
 * @param {Mark[]} marks
 * @param {Land} land
 * @param {import("./walk.js").Place} place
 */
export function markAt(marks, land, [x, y]) {
  const [width, height] = [land.x, land.y].map(([low, high]) => high - low);
  /** @type {Mark | undefined} */
  let found;
  let nearest = NEAR;
  for (const mark of marks) {
    const far = Math.hypot((x - mark.x) / width, (y - mark.y) / height);
    if (far < nearest) [nearest, found] = [far, mark];
  }
  return found;
}
