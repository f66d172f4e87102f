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
 * Where a step from within bounds leads, cut where it crosses them, and whether it does.
 * @param {number[]} from
 * @param {number[]} to
 * @param {[number, number][]} bounds  the lowest and the highest value of each number
 * @returns {{ at: number[], edge: boolean }}
 */
export function within(from, to, bounds) {
  const edge = to.some((number, i) => number < bounds[i][0] || number > bounds[i][1]);
  if (!edge) return { at: to, edge };
  const ends = bounds.map(([low, high], i) => (to[i] > from[i] ? high : low));
  const shares = ends.map((end, i) => (to[i] === from[i] ? Infinity : (end - from[i]) / (to[i] - from[i])));
  const share = Math.min(1, ...shares);
  const at = from.map((number, i) => {
    if (shares[i] === share) return ends[i]; // to the last bit, however the product is rounded
    return Math.min(bounds[i][1], Math.max(bounds[i][0], number + share * (to[i] - number)));
  });
  return { at, edge };
}

/**
 * Where the next step leads, and whether it ends at the edge, where it is cut.
 * @param {number[]} at
 * @param {Gradient} gradient
 * @param {Direction} direction
 * @param {number} rate
 * @param {[number, number][]} bounds
 */
export function stepWithin(at, gradient, direction, rate, bounds) {
  const towards = direction(gradient);
  return within(
    at,
    at.map((number, i) => number - rate * towards[i]),
    bounds,
  );
}
