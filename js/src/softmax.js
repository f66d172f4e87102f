/**
 * From logits to probabilities, and the sum they are shares of; `lossviz.models.softmax` is the same in NumPy.
 */

/**
 * The probability of each class. The largest logit is taken out first, so that no exponential overflows.
 * @param {number[]} logits
 */
export function softmax(logits) {
  const top = Math.max(...logits);
  const shares = logits.map((z) => Math.exp(z - top));
  const total = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / total);
}

/**
 * log(exp(z₁) + exp(z₂) + …), without overflow, and with all its digits where it is close to 0: the largest
 * is taken out, and the others enter as log(1 + rest).
 * @param {number[]} z
 */
export function logSumExp(z) {
  const top = Math.max(...z);
  const place = z.indexOf(top);
  const rest = z.reduce((sum, each, i) => (i === place ? sum : sum + Math.exp(each - top)), 0);
  return top + Math.log1p(rest);
}

/**
 * Cross-entropy needs no formula of its own: it is how far all the classes together are ahead of the correct one.
 * @param {number[]} logits
 * @param {number} correct  the index of the correct class
 */
export function allAhead(logits, correct) {
  return logSumExp(logits.map((z) => z - logits[correct]));
}

/**
 * Each probability minus what it should be, 1 for the correct class and 0 for the others. The gap of the
 * correct class is the sum of the other probabilities, which keeps its digits where 1 − p would round to 0.
 * @param {number[]} probabilities
 * @param {number} correct
 */
export function gaps(probabilities, correct) {
  const others = probabilities.reduce((sum, p, i) => (i === correct ? sum : sum + p), 0);
  return probabilities.map((p, i) => (i === correct ? -others : p));
}

/**
 * All logits moved by the same amount, or undefined if one of them would leave the range: a move is whole or
 * it is not made.
 * @param {number[]} logits
 * @param {(z: number) => number} move
 * @param {[number, number]} range
 */
export function together(logits, move, [low, high]) {
  const moved = logits.map(move);
  return moved.every((z) => z >= low && z <= high) ? moved : undefined;
}
