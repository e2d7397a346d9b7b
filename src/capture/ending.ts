import { OutpaceError } from '../base/errors.ts';
import type { Phase, RunResult } from './child/messages.ts';
import type { Answer } from './child-message.ts';
import { plausibleResult } from './plausible-result.ts';
import type { RunOptions } from './run-in-child.ts';

/** What is known of a child when it is gone. */
export interface Ending {
  /** The last one that it said it was in. */
  phase: Phase;
  answer: Answer | null;
  cutShort: 'time limit' | 'interrupted' | null;
  stderrTail: string;
}

type Ended = Ending & { readonly options: RunOptions; readonly exit: string };

/**
 * The result of a run that ended well.
 *
 * @throws OutpaceError RUN_FAILED, TIME_LIMIT, STORE_FAILED or INTERRUPTED for one that did not
 */
export function resultOf({ options, phase, answer, cutShort, stderrTail, exit }: Ended): RunResult {
  if (answer?.kind === 'done') return plausibleResult(answer.result, options.implementation);
  const who = `implementation '${options.implementation}'`;
  if (cutShort === 'interrupted') throw interruption();
  if (cutShort === 'time limit') {
    throw new OutpaceError(
      'TIME_LIMIT',
      `${who} was still in ${phase} after ${options.timeoutMs} ms, the time limit of one run (--timeout)`,
    );
  }
  if (answer?.kind === 'not written') {
    throw new OutpaceError('STORE_FAILED', `the output of ${who} cannot be written: ${answer.message}`);
  }
  if (answer?.kind === 'failed')
    throw new OutpaceError(
      'RUN_FAILED',
      `${who} failed in ${answer.phase}: ${answer.message}${hintAt(answer.message)}`,
    );
  if (stderrTail.includes('JavaScript heap out of memory')) {
    throw new OutpaceError(
      'RUN_FAILED',
      `${who} ran out of memory in ${phase} (V8's heap limit, of the main thread or of a worker)`,
    );
  }
  const said = stderrTail.trim() === '' ? '' : `; its last words:\n${stderrTail.trim()}`;
  throw new OutpaceError('RUN_FAILED', `${who} ended its process in ${phase} with ${exit}${said}`);
}

function hintAt(message: string): string {
  if (!/ERR_UNSUPPORTED_(TYPESCRIPT_SYNTAX|NODE_MODULES_TYPE_STRIPPING)/.test(message)) return '';
  return `\nNode strips types and does no more. A loader does: npm install --save-dev tsx, and nodeOptions: ['--import', 'tsx'] in the config`;
}

export function interruption(): OutpaceError {
  return new OutpaceError('INTERRUPTED', 'interrupted; what was complete is kept');
}
