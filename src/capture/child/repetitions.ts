import { NS_PER_MS, US_PER_MS } from '../../base/units.ts';
import { callPlain, callWithCopies, consumed } from './batches.ts';
import { copyOf, isDeeplyEqual, largest } from './captured.ts';
import { cpuUsedUs, nowNs } from './clock.ts';
import { clockFloorNs } from './clock-floor.ts';
import { faithfulCopy } from './faithful-copy.ts';
import type { ImplementationModule } from './implementation.ts';
import type { Intrinsics } from './intrinsics.ts';
import type { OutputFacts, RunResult, Scaling } from './messages.ts';
import { drain, isDrained } from './output.ts';
import { openOutput } from './output-destination.ts';
import { repeatedPart } from './repeated-part.ts';
import { ResidentMarks } from './resident-marks.ts';
import { probeScaling } from './scaling-probe.ts';
import { type Batch, type SteadyPlan, timeRepeatedly } from './steady.ts';

type Output = Pick<OutputFacts, 'sha256' | 'sizeBytes'>;
type Repeated = Pick<RunResult, 'repeatedMs' | 'repeated' | 'changedOutput'>;

/** A batch is so much longer than what the clock can show, and than what starting a batch costs. */
const LEAST_FLOORS = 1000;
const LEAST_BATCH_MS = 1;
/** Making copies of an input for one batch ends then, whatever their number: their memory is not known before. */
const COPYING_MS = 20;
/** A call that takes longer was not removed by the optimiser. */
const MOST_PROBED_NS = 100;

// Taken before an implementation can put another in its place.
const { min: least } = Math;
const NEVER_NS = Number.POSITIVE_INFINITY;

/** The runs of one process after its first. */
export class Repetitions {
  readonly #implementation: ImplementationModule;
  readonly #input: unknown;
  readonly #intrinsics: Intrinsics | null;
  readonly #floorNs: number;
  /** The one input of all batches, for a run that leaves its input as it is. */
  #shared: unknown;
  /** null: not known yet, because no batch has run. */
  #changesInput: boolean | null = null;
  #returnsPlain = true;
  #count = 0;
  #last: unknown;

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
    this.#floorNs = clockFloorNs();
  }

  /** @param first what the first run resolved to, with the size of its output */
  async run(
    plan: SteadyPlan,
    first: { readonly raw: unknown; readonly sizeBytes: number | null },
  ): Promise<Repeated> {
    const expected = await this.#outputOf(first.raw, first.sizeBytes);
    const marks = new ResidentMarks();
    let changedOutput: string | null = null;
    const compare = (output: Output, calls: number): void => {
      const sizeBytes = expected.sizeBytes === null ? null : expected.sizeBytes * calls;
      if (output.sizeBytes === sizeBytes && output.sha256 === expected.sha256) return;
      const which =
        calls === 1
          ? `repetition ${this.#count}`
          : `repetitions ${this.#count - calls + 1} to ${this.#count}`;
      changedOutput ??= `${which} made ${described(output, { ...expected, sizeBytes })}`;
    };
    const leastBatchMs = largest((LEAST_FLOORS * this.#floorNs) / NS_PER_MS, LEAST_BATCH_MS);
    const batches = await timeRepeatedly(
      async (calls) => {
        const { sizeBytes, ...batch } = await this.#callMany(calls);
        if (sizeBytes !== null) compare({ sha256: null, sizeBytes }, batch.calls);
        marks.afterBatch();
        return batch;
      },
      { plan, leastBatchMs },
    );
    if (this.#changesInput === false && !isDeeplyEqual(this.#shared, this.#input)) {
      // It left its input alone at first and changed it later, so those times are of other inputs.
      this.#changesInput = true;
      return await this.run(plan, first);
    }
    marks.atEnd();
    if (!isDrained(this.#last)) compare(await this.#outputOf(this.#last, 0), 1);
    const part = repeatedPart(batches, {
      clockFloorNs: this.#floorNs,
      resident: marks.taken,
      scaling: this.#scaling(batches),
    });
    return { ...part, changedOutput };
  }

  /** One by one with a fresh input each, or in a batch. `sizeBytes`: of all outputs; null where they are no bytes to be taken. */
  async #callMany(calls: number): Promise<Batch & { readonly sizeBytes: number | null }> {
    const beginNs = nowNs();
    if (calls > 1) this.#changesInput ??= !isDeeplyEqual(this.#shared, this.#input);
    const inputs = this.#freshInputs(calls, beginNs);
    const made = inputs?.length ?? calls;
    let sizeBytes: number | null = null;
    const startCpuUs = cpuUsedUs();
    const startNs = nowNs();
    if (this.#returnsPlain) this.#callPlain(inputs, made);
    else sizeBytes = await this.#callAwaited(inputs, made);
    let endNs = nowNs();
    if (this.#returnsPlain && (isThenable(consumed.value) || isDrained(consumed.value))) {
      this.#returnsPlain = false;
      sizeBytes = await this.#taken(consumed.value);
      consumed.value = undefined;
      endNs = nowNs();
    }
    const cpuMs = (cpuUsedUs() - startCpuUs) / US_PER_MS;
    this.#last = this.#returnsPlain ? consumed.value : this.#last;
    this.#count += made;
    const runMs = (endNs - startNs) / NS_PER_MS;
    return { calls: made, runMs, cpuMs, totalMs: (endNs - beginNs) / NS_PER_MS, sizeBytes };
  }

  /** null: the shared one serves all calls. */
  #freshInputs(calls: number, beginNs: number): readonly unknown[] | null {
    if (calls > 1 && this.#changesInput === false) return null;
    const inputs: unknown[] = [];
    while (inputs.length < calls) {
      inputs[inputs.length] = copyOf(this.#input);
      if ((nowNs() - beginNs) / NS_PER_MS > COPYING_MS) break;
    }
    this.#shared = inputs[0];
    return inputs;
  }

  #callPlain(inputs: readonly unknown[] | null, calls: number): void {
    if (inputs === null) callPlain(this.#implementation, this.#shared, calls);
    else callWithCopies(this.#implementation, inputs);
  }

  async #callAwaited(inputs: readonly unknown[] | null, calls: number): Promise<number | null> {
    let sizeBytes: number | null = null;
    for (let call = 0; call < calls; call += 1) {
      const input = inputs === null ? this.#shared : inputs[call];
      const size = await this.#taken(this.#implementation.run(input));
      if (size !== null) sizeBytes = (sizeBytes ?? 0) + size;
    }
    return sizeBytes;
  }

  /** Waits for what a run returned, and takes its chunks. @returns their size; null for a value */
  async #taken(returned: unknown): Promise<number | null> {
    this.#last = await returned;
    if (!isDrained(this.#last)) return null;
    let sizeBytes = 0;
    await drain(this.#last, (bytes) => {
      sizeBytes += bytes.byteLength;
    });
    return sizeBytes;
  }

  #scaling(batches: readonly Batch[]): Scaling | null {
    const calls = batches[batches.length - 1]?.calls ?? 1;
    if (calls === 1 || !this.#returnsPlain || this.#changesInput !== false) return null;
    let leastNs = NEVER_NS;
    for (let index = 0; index < batches.length; index += 1) {
      const batch = batches[index] as Batch;
      leastNs = least(leastNs, (batch.runMs * NS_PER_MS) / batch.calls);
    }
    return leastNs > MOST_PROBED_NS ? null : probeScaling(this.#implementation, this.#shared, calls);
  }

  async #outputOf(raw: unknown, sizeBytes: number | null): Promise<Output> {
    const read = () => outputOf(raw, sizeBytes);
    return await (this.#intrinsics === null ? read() : this.#intrinsics.during(read));
  }
}

/** What `await` would wait for. */
function isThenable(value: unknown): boolean {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { readonly then?: unknown }).then === 'function'
  );
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
