/**
 * What counts as one move: a finished drag, or a burst of keys that ends with a rest.
 */

const REST = 600; // ms

/** @param {() => void} finished  called when a move has ended */
export function moveCounter(finished) {
  let open = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => {
    clearTimeout(timer);
    if (!open) return;
    open = false;
    finished();
  };
  return {
    /** Something moves; says whether that begins a move. */
    begin() {
      const first = !open;
      open = true;
      return first;
    },
    /** A key was pressed: the move ends when no other follows. */
    rest() {
      clearTimeout(timer);
      if (open) timer = setTimeout(end, REST);
    },
    end,
    /** Whether a move is under way. */
    open: () => open,
    /** Forget the move that is under way. */
    stop() {
      clearTimeout(timer);
      open = false;
    },
  };
}
