import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OutpaceError } from '../../base/errors.ts';
import { cutShort } from '../cut-short.ts';
import { interruption } from '../ending.ts';
import { FOLLOWED, startFamily } from '../process-family.ts';
import { findPeer } from './peer.ts';

/** clinic's own names of its tools. */
export type ClinicTool = 'doctor' | 'bubbleprof' | 'heapprofiler';

export interface ClinicRequest {
  readonly tool: ClinicTool;
  readonly root: string;
  /** An empty folder to work in. */
  readonly folder: string;
  readonly entry: string;
  readonly input: Record<string, unknown>;
  readonly nodePath: string;
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdinFile: string | null;
  /** Of the run and of clinic's own analysis together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const BARE_RUN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../child/bare-run.ts' : '../child/bare-run.js', import.meta.url),
);
/** Written by a run that came to its end. */
const DONE = 'done';
const LAST_WORDS_CHARS = 2000;

/**
 * The page that one of clinic's tools makes of a run.
 *
 * @throws OutpaceError MISSING_PACKAGE, TIME_LIMIT, INTERRUPTED, or TOOL_FAILED where there is no page, though clinic
 *   itself may call that a success
 */
export async function runClinic(request: ClinicRequest): Promise<string> {
  const { tool, root, folder, entry, input, nodePath, nodeOptions, stdinFile, timeoutMs, signal } = request;
  const clinic = findPeer(root, 'clinic', 'bin.js');
  if (signal.aborted) throw interruption();
  const { execa } = await import('execa');
  const command = [nodePath, ...nodeOptions, '--disable-warning=ExperimentalWarning', BARE_RUN];
  const family = startFamily();
  await family.ready;
  const child = execa(nodePath, [clinic, tool, '--open=false', '--dest', folder, '--', ...command], {
    cwd: root,
    // It may print megabytes about what it could not decode, which are not kept.
    ...FOLLOWED,
    // Without NO_INSIGHT it asks a question, and without an answer does nothing.
    env: {
      ...request.environment,
      ...family.marker,
      NO_INSIGHT: '1',
      NO_UPDATE_NOTIFIER: '1',
      OUTPACE_BARE_RUN: JSON.stringify({ entry, input, doneFile: join(folder, DONE) }),
    },
    ...(stdinFile === null ? { stdin: 'ignore' } : { inputFile: stdinFile }),
    all: true,
  });
  family.adopt(child.pid);
  let lastWords = '';
  child.all?.on('data', (text: Buffer) => {
    lastWords = (lastWords + text.toString()).slice(-LAST_WORDS_CHARS);
  });
  const early = cutShort(request, family.kill);
  try {
    const { exitCode } = await child;
    if (early.why() === 'interrupted') throw interruption();
    if (early.why() === 'time limit') {
      throw new OutpaceError('TIME_LIMIT', `clinic ${tool} had not ended after ${timeoutMs} ms (--timeout)`);
    }
    const files = await readdir(folder);
    const page = files.find((name) => name.endsWith(`.clinic-${tool}.html`));
    const said = lastWords.trim();
    if (!files.includes(DONE)) {
      throw new OutpaceError(
        'RUN_FAILED',
        `the run under clinic ${tool} failed; last lines of its output:\n${said}`,
      );
    }
    if (page === undefined || exitCode !== 0) {
      throw new OutpaceError(
        'TOOL_FAILED',
        `clinic ${tool} made no page (exit code ${exitCode})${said === '' ? '' : `; last lines of its output:\n${said}`}`,
      );
    }
    return await readFile(join(folder, page), 'utf8');
  } finally {
    early.stop();
    await family.end();
  }
}
