import { NS_PER_MS } from '../../base/units.ts';
import { copyOf, isDeeplyEqual } from './captured.ts';
import { nowNs } from './clock.ts';
import type { ImplementationModule } from './implementation.ts';
import type { Intrinsics } from './intrinsics.ts';
import type { OutputFacts, RunResult } from './messages.ts';
import { drain, isDrained } from './output.ts';
import { openOutput } from './output-destination.ts';
import { type SteadyPlan, timeRepeatedly } from './steady.ts';

type Output = Pick<OutputFacts, 'sha256' | 'sizeBytes'>;
type Repeated = Pick<RunResult, 'repeatedMs' | 'changedOutput'>;

/** The runs of one process after its first, each with an input of its own. */
export class Repetitions {
  readonly #implementation: ImplementationModule;
  readonly #input: unknown;
  readonly #intrinsics: Intrinsics | null;

  /**
   * @param input as it is before the first run
   * @throws TypeError where no copy of it can be made
   */
  constructor(
    implementation: ImplementationModule,
    { input, intrinsics }: { readonly input: unknown; readonly intrinsics: Intrinsics | null },
  ) {
    this.#implementation = implementation;
    this.#intrinsics = intrinsics;
    this.#input = faithfulCopy(input);
  }

  /** @param first what the first run resolved to, with the size of its output */
  async run(
    plan: SteadyPlan,
    first: { readonly raw: unknown; readonly sizeBytes: number | null },
  ): Promise<Repeated> {
    const expected = await this.#outputOf(first.raw, first.sizeBytes);
    let last: unknown;
    let count = 0;
    let changedOutput: string | null = null;
    const compare = (output: Output): void => {
      if (output.sizeBytes === expected.sizeBytes && output.sha256 === expected.sha256) return;
      changedOutput ??= `repetition ${count} made ${described(output, expected)}`;
    };
    const repeatedMs = await timeRepeatedly(async () => {
      const beginNs = nowNs();
      const input = copyOf(this.#input);
      let sizeBytes = 0;
      const startNs = nowNs();
      last = await this.#implementation.run(input);
      await drain(last, (bytes) => {
        sizeBytes += bytes.byteLength;
      });
      const endNs = nowNs();
      count += 1;
      if (isDrained(last)) compare({ sha256: null, sizeBytes });
      return { runMs: (endNs - startNs) / NS_PER_MS, totalMs: (endNs - beginNs) / NS_PER_MS };
    }, plan);
    if (!isDrained(last)) compare(await this.#outputOf(last, 0));
    return { repeatedMs, changedOutput };
  }

  async #outputOf(raw: unknown, sizeBytes: number | null): Promise<Output> {
    const read = () => outputOf(raw, sizeBytes);
    return await (this.#intrinsics === null ? read() : this.#intrinsics.during(read));
  }
}

/** Chunks are compared by their size, since they are gone; a value by its contents. */
async function outputOf(raw: unknown, sizeBytes: number | null): Promise<Output> {
  if (isDrained(raw)) return { sha256: null, sizeBytes };
  const destination = await openOutput({ kind: 'hashing' });
  // Returning the promise itself would call `then`, which a job may have replaced.
  return await destination.finish(raw);
}

function described(output: Output, expected: Output): string {
  return output.sizeBytes === expected.sizeBytes
    ? 'other contents of the same size'
    : `${output.sizeBytes ?? 'unknown'} bytes, not ${expected.sizeBytes ?? 'unknown'}`;
}

function faithfulCopy(input: unknown): unknown {
  const advice =
    'steady mode gives each repetition a fresh copy of the input. Keep what setup prepares in a variable of the module, or measure with --mode cold';
  let copy: unknown;
  try {
    copy = copyOf(input);
  } catch (error) {
    throw new TypeError(`setup left something in the input that cannot be copied, and ${advice}`, {
      cause: error,
    });
  }
  if (!isDeeplyEqual(copy, input)) {
    throw new TypeError(`setup left something in the input whose copy is not the same, and ${advice}`);
  }
  return copy;
}
