import type { WorktreePlace } from '../worktree/remove-worktree.ts';

/** What a guard process does. It is told on its standard input, which ends when this process does, however it ends. */
export type Duty =
  | {
      /** Run a command; when this process is gone, end it with all that it started. */
      readonly kind: 'command';
      readonly command: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string | undefined>>;
    }
  | {
      /** When this process is gone, remove a worktree and the temporary folder that it is in. */
      readonly kind: 'worktree';
      readonly place: WorktreePlace;
      readonly temporary: string;
    };

/** Sent when all went well, and nothing is left for the guard to do. */
export const RELEASED = 'released';

/** What a guard ends with when there is no such program. */
export const NOT_FOUND_EXIT_CODE = 127;
