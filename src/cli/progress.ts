import { stripVTControlCharacters } from 'node:util';
import { escapeLines, escapeTerminal } from '../render/escape.ts';
import type { CommandWorld } from './session.ts';

/** What a command says while it works, never on stdout. */
export interface Progress {
  /** Something begun that takes long: shown everywhere. */
  step(message: string): void;
  /** How far it has come, many times a second: shown only where a line can be rewritten. */
  detail(message: string): void;
  /** What must not be missed: shown everywhere, and kept. */
  warning(message: string): void;
  /** From here on, others write there: no live line any more. */
  giveWay(): void;
  /** Takes the live line away. */
  done(): void;
}

export interface ProgressTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[2K';
const SILENT: Progress = { step() {}, detail() {}, warning() {}, giveWay() {}, done() {} };

/** A live line on a terminal, plain lines in CI and in a pipe, nothing when quiet. */
export function progressTo(
  target: ProgressTarget,
  { quiet, ci }: { readonly quiet: boolean; readonly ci: boolean },
): Progress {
  if (quiet) return SILENT;
  const line = (message: string): void => void target.write(escapeLines(`${escapeTerminal(message)}\n`));
  const warning = (message: string): void => line(`warning: ${message}`);
  if (target.isTTY !== true || ci) {
    return { ...SILENT, step: line, warning };
  }
  let isLive = true;
  const live = (message: string): void => {
    if (!isLive) return;
    // A line that wraps cannot be taken back.
    const width = Math.max(10, (target.columns ?? 80) - 1);
    target.write(`${CLEAR_LINE}${escapeTerminal(stripVTControlCharacters(message)).slice(0, width)}`);
  };
  const done = (): void => void (isLive && target.write(CLEAR_LINE));
  return {
    step: live,
    detail: live,
    warning(message) {
      done();
      warning(message);
    },
    giveWay() {
      done();
      isLive = false;
    },
    done,
  };
}

/** Shows what a measured process prints in the place of the live line. */
export function printedTo(
  target: ProgressTarget & { write(bytes: Uint8Array, done: () => void): unknown },
  progress: Progress,
): (bytes: Uint8Array) => Promise<void> {
  return (bytes) => {
    progress.giveWay();
    // Resolves though nobody reads our output any more.
    return new Promise((resolve) => target.write(bytes, () => resolve()));
  };
}

/** Progress on stderr for one command. */
export function progressFor({ stderr, environment }: CommandWorld, quiet: boolean): Progress {
  return progressTo(stderr, { quiet, ci: Boolean(environment.CI) });
}
