import type { CheckedRule } from '../../compare/check-report.ts';
import { compareOutputs } from '../compare-outputs.ts';
import type { CheckRequest } from './check.ts';
import type { Sides } from './pair-demands.ts';

/** Whether both sides do the same, without which no other figure means anything; null where that is not asked. */
export async function sameOutput(request: CheckRequest, sides: Sides): Promise<CheckedRule | null> {
  if (request.allowDifferentOutput) return null;
  const { before, after } = sides;
  request.progress.step(`comparing the outputs of ${before.name} and ${after.name}`);
  const compared = await compareOutputs({ ...request, ...sides });
  const why = compared.kind === 'equal' ? null : compared.where;
  return outputRule({ subject: `${after.name} against ${before.name}`, why });
}

/** @param found.why where they part; null where they are the same */
export function outputRule({
  subject,
  why,
}: {
  readonly subject: string;
  readonly why: string | null;
}): CheckedRule {
  return {
    ...{ name: 'sameOutput', pattern: null, subject, verdict: why === null ? 'pass' : 'fail' },
    ...{
      measured: null,
      limit: 0,
      figures: null,
      pairs: 0,
      measuredAgain: false,
      mayFail: true,
      why,
      file: null,
    },
  };
}
