/** Whether each tree runs its own code: a tree compared with itself would pass whatever it does. */
import { relative } from 'node:path';
import { OutpaceError } from '../../base/errors.ts';
import { HARNESS_URL } from '../../capture/built-program.ts';
import type { OutputFacts } from '../../capture/child/messages.ts';
import type { CapturedRun } from '../../capture/run-in-child.ts';
import type { Implementation } from '../../store/implementations.ts';
import {
  filesOf,
  filesOfNeither,
  type LoadedFiles,
  type MisplacedFile,
  misplacedFile,
  ownFilesCompared,
  packageLeadingTo,
} from '../../store/loaded-files.ts';
import { runSide } from '../run-side.ts';
import type { CheckRequest } from './check.ts';
import type { OtherTree } from './other-tree.ts';
import type { Sides } from './pair-demands.ts';

/** What both sides loaded, and what a person should know about it. */
export interface OwnCode {
  readonly loaded: LoadedFiles;
  readonly warnings: readonly string[];
  /** What those runs gave, so that comparing the outputs takes no more runs. */
  readonly outputs: Readonly<Record<keyof Sides, OutputFacts>>;
}

/**
 * Runs both sides once to see which files they load.
 *
 * @throws OutpaceError RUN_FAILED naming a file that a side loaded from the other side's tree
 */
export async function verifyOwnCode(
  request: CheckRequest,
  sides: Sides,
  other: Pick<OtherTree, 'trees' | 'dependencies'>,
): Promise<OwnCode> {
  const before = await loadingRun(request, sides.before).catch((error) => {
    throw withHint(error, sides.before);
  });
  const after = await loadingRun(request, sides.after);
  const loaded = { before: await ownFilesOf(before), after: await ownFilesOf(after) };
  const { choice } = other.dependencies;
  const arePackagesShared = choice === 'shared' || choice === 'none';
  const misplaced = misplacedFile(other.trees, loaded, arePackagesShared);
  if (misplaced !== null) throw await misplacedError(misplaced, { sides, other, loaded });
  return {
    loaded,
    warnings: await warningsOf({ sides, other, loaded, runs: [before, after] }),
    outputs: { before: before.output, after: after.output },
  };
}

function loadingRun(request: CheckRequest, side: Implementation): Promise<CapturedRun> {
  request.progress.step(`${side.name}: listing the files that it loads`);
  return runSide(request, side, { kind: 'loading' });
}

/** The files that a run loaded, outpace's own left out. */
export async function ownFilesOf({ loadedUrls }: Pick<CapturedRun, 'loadedUrls'>): Promise<string[]> {
  return filesOf(loadedUrls.filter((url) => !url.startsWith(HARNESS_URL)));
}

interface Seen {
  readonly sides: Sides;
  readonly other: Pick<OtherTree, 'trees' | 'dependencies'>;
  readonly loaded: LoadedFiles;
}

async function misplacedError(
  { side, file }: MisplacedFile,
  { sides, other, loaded }: Seen,
): Promise<OutpaceError> {
  const { trees } = other;
  const tree = side === 'before' ? trees.here : trees.there;
  const path = relative(tree, file);
  const whose = side === 'before' ? 'this tree' : "the other commit's tree";
  const way = side === 'before' ? await packageLeadingTo(trees, { file, loaded: loaded.before }) : null;
  const reached =
    way === null
      ? 'No package leads there: look for an absolute path in an import, in the config, in a loader or in NODE_PATH.'
      : `It is reached through ${way}, which both trees share. Use --dependencies installed, so that the other commit gets packages of its own.`;
  return new OutpaceError(
    'RUN_FAILED',
    `${sides[side].name} loaded ${path} of ${whose} instead of its own, so the check would compare a tree with itself. ${reached}`,
  );
}

async function warningsOf({
  sides,
  other: { trees, dependencies },
  loaded,
  runs,
}: Seen & { readonly runs: readonly CapturedRun[] }): Promise<string[]> {
  const [outside, ...more] = filesOfNeither(trees, loaded);
  const { count, areSame } = await ownFilesCompared(trees, loaded);
  const mayPackagesDiffer = dependencies.installs.length > 0;
  return [
    ...(outside === undefined
      ? []
      : [
          `both sides load ${outside}${more.length === 0 ? '' : ` and ${more.length} more files`} from outside the ` +
            'repository: a change there cannot be seen',
        ]),
    ...(areSame && !mayPackagesDiffer
      ? [
          `the ${count} ${count === 1 ? 'file' : 'files'} that ${sides.after.name} and ${sides.before.name} load from the repository ` +
            'are the same in both trees: nothing that changed was run',
        ]
      : []),
    ...unlistedWarnings(runs),
    ...(runs.some(({ started }) => started.processes > 0)
      ? ['the job starts other processes: whether those load the files of their own tree is not checked']
      : []),
  ];
}

/** A worker that ended from outside, or is too busy to answer, has listed nothing. */
function unlistedWarnings(runs: readonly CapturedRun[]): string[] {
  const lost = runs.flatMap(({ threads }) =>
    threads.flatMap(({ name, evidence }) => (evidence.kind === 'lost' ? [`${name} (${evidence.why})`] : [])),
  );
  return lost.length === 0
    ? []
    : [
        `whether these threads load the files of their own tree is not known: ${[...new Set(lost)].join(', ')}`,
      ];
}

/** What git does not track is the likeliest thing to be missing from a tree that git has made. */
function withHint(error: unknown, { root = '' }: Implementation): unknown {
  if (!(error instanceof OutpaceError) || error.code !== 'RUN_FAILED') return error;
  if (!/Cannot find (?:module|package)|ENOENT/.test(error.message)) return error;
  return new OutpaceError(
    error.code,
    `${error.message}\n(${root} holds what the other commit tracks: files that git ignores, such as build output, are not in it)`,
    { cause: error },
  );
}
