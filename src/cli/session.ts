import type { Api } from './api.ts';
import { type Printer, printerTo } from './print.ts';
import type { ProgressTarget } from './progress.ts';

/** What the command line touches of its process, as one value that a test can replace. */
export interface CommandWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether there is a person who can be asked. */
  readonly isInteractive: boolean;
  readonly stdout: {
    readonly isTTY: boolean;
    /** Resolves when all of it is written. */
    write(content: string | Uint8Array): Promise<void>;
  };
  readonly stderr: ProgressTarget & { write(content: string | Uint8Array, done?: () => void): unknown };
  /** Aborted by the first signal that comes while a command has something to end or to clean up. */
  readonly signal: AbortSignal;
  /** A module of the programmatic interface, called so that a signal is heard even while it computes. */
  api<Name extends keyof Api>(module: Name): Api[Name];
}

/** One command line, from its arguments to its exit code. */
export interface Session extends CommandWorld {
  readonly print: Printer;
  /** What the process ends with, unless it fails. */
  exitWith(code: number): void;
}

export function openSession(world: CommandWorld): { readonly session: Session; exitCode(): number } {
  let exitCode = 0;
  const session: Session = {
    ...world,
    print: printerTo(world),
    exitWith(code) {
      exitCode = code;
    },
  };
  return { session, exitCode: () => exitCode };
}
