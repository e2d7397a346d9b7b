import { stripVTControlCharacters } from 'node:util';
import { escapeLines, escapeTerminal } from '../render/escape.ts';

/** What a command says while it works, never on stdout. */
export interface Progress {
  /** Something begun that takes long: shown everywhere. */
  step(message: string): void;
  /** How far it has come, many times a second: shown only where a line can be rewritten. */
  detail(message: string): void;
  /** Takes the live line away. */
  done(): void;
}

export interface ProgressTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[2K';
const SILENT: Progress = { step() {}, detail() {}, done() {} };

/** A live line on a terminal, plain lines in CI and in a pipe, nothing when quiet. */
export function progressTo(
  target: ProgressTarget,
  { quiet, ci }: { readonly quiet: boolean; readonly ci: boolean },
): Progress {
  if (quiet) return SILENT;
  if (target.isTTY !== true || ci) {
    return { ...SILENT, step: (message) => void target.write(escapeLines(`${escapeTerminal(message)}\n`)) };
  }
  const live = (message: string): void => {
    // A line that wraps cannot be taken back.
    const width = Math.max(10, (target.columns ?? 80) - 1);
    target.write(`${CLEAR_LINE}${escapeTerminal(stripVTControlCharacters(message)).slice(0, width)}`);
  };
  return { step: live, detail: live, done: () => void target.write(CLEAR_LINE) };
}

/** Progress on stderr for one command. */
export function stderrProgress(quiet: boolean): Progress {
  return progressTo(process.stderr, { quiet, ci: Boolean(process.env.CI) });
}
