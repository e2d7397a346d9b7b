import type { OutputFacts } from '../../capture/child/messages.ts';
import type { CheckedRule } from '../../compare/check-report.ts';
import { bothNothing, nothingCompared } from '../../compare/stored-output.ts';
import { compareOutputs } from '../compare-outputs.ts';
import type { CheckRequest } from './check.ts';
import type { Sides } from './pair-demands.ts';

/**
 * Whether both sides do the same, without which no other figure means anything; null where that is not asked.
 *
 * @param known what a run of each side gave: only where that differs, or the config compares, are there more runs
 */
export async function sameOutput(
  request: CheckRequest,
  sides: Sides,
  known: Readonly<Record<keyof Sides, OutputFacts>>,
): Promise<CheckedRule | null> {
  if (request.allowDifferentOutput) return null;
  const { before, after } = sides;
  request.progress.step(`comparing the outputs of ${before.name} and ${after.name}`);
  const compared = areEqual(request, known)
    ? { kind: 'equal' as const, nothing: bothNothing(known.before, known.after) }
    : await compareOutputs({ ...request, ...sides });
  const subject = `${after.name} against ${before.name}`;
  if (compared.kind === 'different') return outputRule({ subject, verdict: 'fail', why: compared.where });
  const why = compared.nothing ? nothingCompared(before.name, after.name) : null;
  return outputRule({ subject, verdict: 'pass', why });
}

function areEqual(
  { judge }: CheckRequest,
  { before, after }: Readonly<Record<keyof Sides, OutputFacts>>,
): boolean {
  return judge === null && before.sha256 !== null && before.sha256 === after.sha256;
}

/** @param found.why where the outputs differ, or why they were not compared; null where they are equal */
export function outputRule({
  subject,
  verdict,
  why,
}: {
  readonly subject: string;
  readonly verdict: CheckedRule['verdict'];
  readonly why: string | null;
}): CheckedRule {
  return {
    ...{ name: 'sameOutput', pattern: null, subject, verdict },
    ...{
      measured: null,
      limit: 0,
      figures: null,
      pairs: 0,
      measuredAgain: false,
      mayFail: verdict !== 'inconclusive',
      why,
      file: null,
    },
  };
}
