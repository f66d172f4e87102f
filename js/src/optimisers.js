/**
 * What turns the gradient of each step into the direction to go against: `lossviz.descent.direction_of` in the page.
 * The conventions are PyTorch's. Each remembers the gradients before: make a new one for each walk.
 */

/**
 * @typedef {ArrayLike<number>} Gradient
 * @typedef {(gradient: Gradient) => number[]} Direction
 */

const SMOOTHING = 0.99;
const BETAS = [0.9, 0.999];
const EPS = 1e-8;
const HUGE = 1e150; // squares of larger numbers overflow

/** @type {Record<string, (momentum: number) => Direction>} */
const directions = {
  "gradient descent": () => (gradient) => Array.from(gradient),
  momentum: (momentum) => {
    /** @type {number[]} */
    let velocity = [];
    return (gradient) => {
      velocity = Array.from(gradient, (slope, i) => momentum * (velocity[i] ?? 0) + slope);
      return velocity;
    };
  },
  rmsprop: () => {
    /** @type {number[]} */
    let squares = [];
    return (gradient) => {
      squares = Array.from(gradient, (g, i) => SMOOTHING * (squares[i] ?? 0) + (1 - SMOOTHING) * g * g);
      return squares.map((square, i) => gradient[i] / (Math.sqrt(square) + EPS));
    };
  },
  adam: () => {
    /** @type {number[]} */
    let mean = [];
    /** @type {number[]} */
    let squares = [];
    let taken = 0;
    return (gradient) => {
      taken += 1;
      mean = Array.from(gradient, (g, i) => BETAS[0] * (mean[i] ?? 0) + (1 - BETAS[0]) * g);
      squares = Array.from(gradient, (g, i) => BETAS[1] * (squares[i] ?? 0) + (1 - BETAS[1]) * g * g);
      // Both means begin at 0; what divides them here takes that out again.
      const [first, second] = BETAS.map((beta) => 1 - beta ** taken);
      return mean.map((m, i) => m / first / (Math.sqrt(squares[i] / second) + EPS));
    };
  },
};

/**
 * @param {string} optimiser
 * @param {number} momentum  for the optimiser of that name
 */
export const directionOf = (optimiser, momentum) => directions[optimiser](momentum);

/**
 * Where the next step leads, and whether it ends there: it is cut where it crosses the bounds, and one whose numbers
 * are too large to compute with leads nowhere.
 * @param {number[]} at  within the bounds
 * @param {Gradient} gradient
 * @param {Direction} direction
 * @param {number} rate
 * @param {[number, number][]} bounds  the lowest and the highest value of each number
 * @returns {{ at: number[], end: "" | "edge" | "diverged" }}
 */
export function stepWithin(at, gradient, direction, rate, bounds) {
  const towards = direction(gradient);
  const next = at.map((number, i) => number - rate * towards[i]);
  if (!next.every((number) => Math.abs(number) < HUGE)) return { at, end: "diverged" };
  const edge = next.some((number, i) => number < bounds[i][0] || number > bounds[i][1]);
  return edge ? { at: cut(at, next, bounds), end: "edge" } : { at: next, end: "" };
}

/**
 * Where a step from within bounds to outside crosses them.
 * @param {number[]} from
 * @param {number[]} to
 * @param {[number, number][]} bounds
 */
function cut(from, to, bounds) {
  const ends = bounds.map(([low, high], i) => (to[i] > from[i] ? high : low));
  const shares = ends.map((end, i) => (to[i] === from[i] ? Infinity : (end - from[i]) / (to[i] - from[i])));
  const share = Math.min(1, ...shares);
  return from.map((number, i) => {
    if (shares[i] === share) return ends[i]; // on the edge to the last bit, however the product is rounded
    const [low, high] = bounds[i];
    return Math.min(high, Math.max(low, number + share * (to[i] - number)));
  });
}
