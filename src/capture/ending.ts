import { OutpaceError } from '../base/errors.ts';
import type { Phase, RunResult } from './child/messages.ts';
import type { Answer, Uncaught } from './child-message.ts';
import { plausibleResult } from './plausible-result.ts';
import type { RunOptions } from './run-in-child.ts';

/** What is known of a child when it is gone. */
export interface Ending {
  /** The last one that it said it was in. */
  phase: Phase;
  answer: Answer | null;
  /** The last that nobody caught; a handler of the implementation's own may have dealt with it. */
  uncaught: Uncaught | null;
  stderrTail: string;
  /** Whether its exit code was 0, or would have been. */
  readonly isWell: boolean;
  readonly exit: string;
  readonly cutShort: 'time limit' | 'interrupted' | null;
}

/**
 * The result of a run that ended well.
 *
 * @throws OutpaceError RUN_FAILED, TIME_LIMIT, STORE_FAILED or INTERRUPTED for one that did not
 */
export function resultOf(ending: Ending & { readonly options: RunOptions }): RunResult {
  const { options, phase, answer, uncaught, isWell } = ending;
  if (answer?.kind === 'done' && isWell) return plausibleResult(answer.result, options.implementation);
  const who = `implementation '${options.implementation}'`;
  if (ending.cutShort === 'interrupted') throw interruption();
  if (answer?.kind === 'not written') {
    throw new OutpaceError('STORE_FAILED', `the output of ${who} cannot be written: ${answer.message}`);
  }
  if (answer?.kind === 'failed') throw failed(`${who} failed in ${answer.phase}: ${answer.message}`);
  if (ending.cutShort === 'time limit') {
    throw new OutpaceError(
      'TIME_LIMIT',
      `${who} was still in ${phase} after ${options.timeoutMs} ms, the time limit of one run (--timeout)`,
    );
  }
  if (uncaught !== null) {
    const what = uncaught.origin === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception';
    throw failed(`${who} failed in ${uncaught.phase}: ${what}: ${uncaught.message}`);
  }
  throw new OutpaceError('RUN_FAILED', `${who} ${describeExit(ending)}`);
}

function failed(message: string): OutpaceError {
  return new OutpaceError('RUN_FAILED', `${message}${hintAt(message)}`);
}

function describeExit({ phase, answer, exit, stderrTail }: Ending): string {
  if (stderrTail.includes('JavaScript heap out of memory')) {
    return `ran out of memory in ${phase} (V8's heap limit, of the main thread or of a worker)`;
  }
  const said = stderrTail.trim() === '' ? '' : `; last lines of stderr:\n${stderrTail.trim()}`;
  if (answer?.kind === 'done') return `returned its output, but its process then ended with ${exit}${said}`;
  return `ended its process in ${phase} with ${exit}${said}`;
}

function hintAt(message: string): string {
  if (!/ERR_UNSUPPORTED_(TYPESCRIPT_SYNTAX|NODE_MODULES_TYPE_STRIPPING)/.test(message)) return '';
  return `\nNode strips types and does no more. A loader does: npm install --save-dev tsx, and nodeOptions: ['--import', 'tsx'] in the config`;
}

export function interruption(): OutpaceError {
  return new OutpaceError('INTERRUPTED', 'interrupted; what was complete is kept');
}
