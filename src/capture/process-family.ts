import { killEach, killGroup, killMarked, killTree, MARKER_VARIABLE } from './end-processes.ts';
import { sharedGuard } from './guard.ts';
import { descendantsOf } from './process-tree.ts';

/**
 * How execa starts a process that is followed here: how it ends and what it prints is not execa's business, and the guard
 * ends it if this process is killed.
 */
export const FOLLOWED = {
  extendEnv: false,
  buffer: false,
  reject: false,
  cleanup: false,
  // A group of its own, so that what it starts ends with it.
  detached: process.platform !== 'win32',
  windowsHide: true,
} as const;

/** A process that we start, and all that descends from it. */
export interface ProcessFamily {
  /** Belongs in the environment of the process: its descendants inherit it, and are recognized by it. */
  readonly marker: Readonly<Record<string, string>>;
  /** Resolves once the process may be measured. */
  readonly ready: Promise<void>;
  /** @param pid of the process, which leads a group of its own; undefined: it could not be started */
  adopt(pid: number | undefined): void;
  kill(): void;
  /** Notes what the process has started, while that can still be seen, for `end`. */
  remember(): void;
  /** Ends what is left when the process itself is gone. */
  end(): Promise<void>;
}

let families = 0;

export function startFamily(): ProcessFamily {
  const guard = sharedGuard();
  families += 1;
  const token = `${guard.token}.${families};`;
  let leader: number | undefined;
  let remembered: readonly number[] = [];
  return {
    // After those of an outpace that measures this one.
    marker: { [MARKER_VARIABLE]: (process.env[MARKER_VARIABLE] ?? '') + token },
    ready: guard.ready,
    adopt(pid) {
      leader = pid;
      if (pid !== undefined) guard.add(pid);
    },
    kill() {
      if (leader !== undefined) killTree(leader);
    },
    remember() {
      if (leader !== undefined) remembered = descendantsOf(leader);
    },
    async end() {
      if (leader === undefined) return;
      // Windows finds the descendants of a process only while it runs.
      if (process.platform !== 'win32') killGroup(leader);
      killEach(remembered);
      await killMarked(token, leader);
      guard.remove(leader);
    },
  };
}
