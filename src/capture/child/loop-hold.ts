import { startInterval } from './captured.ts';

const RARELY_MS = 2 ** 31 - 1;

/**
 * Keeps the process alive while the harness waits for something of its own, such as what a worker recorded, but not
 * while it waits for the job: where a job's promise has nothing left that could resolve it, Node must notice.
 */
export class LoopHold {
  readonly #timer = startInterval(() => undefined, RARELY_MS);

  hold(): void {
    this.#timer.ref();
  }

  release(): void {
    this.#timer.unref();
  }

  async releasedFor<Value>(job: () => Promise<Value> | Value): Promise<Value> {
    this.release();
    try {
      return await job();
    } finally {
      this.hold();
    }
  }
}
