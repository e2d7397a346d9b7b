/** The longest that a timer waits: beyond it, Node would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back once after any time, however long; gives what stops it. */
export function startTimer(delayMs: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    timer =
      leftMs > LONGEST_MS
        ? setTimeout(() => wait(leftMs - LONGEST_MS), LONGEST_MS)
        : setTimeout(callback, leftMs);
  };
  wait(delayMs);
  return () => clearTimeout(timer);
}
