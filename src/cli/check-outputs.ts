import { relative, sep } from 'node:path';
import type { Command } from 'commander';
import type { CheckReport } from '../compare/check-report.ts';
import type { ProjectPlace } from '../render/check/place.ts';
import { fromHere } from './present.ts';
import type { Session } from './session.ts';

export interface OutputOptions {
  readonly junit?: string;
  readonly gitlab?: string;
  readonly markdown?: string;
  /** Whether what is inconclusive is a failure in JUnit's file, as it is in the exit code. */
  readonly requireConclusive?: boolean;
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--junit <file>', 'write JUnit XML, for Jenkins, GitLab and others')
    .option('--gitlab <file>', 'write a Code Quality report, for merge requests of GitLab')
    .option('--markdown <file>', 'write a summary, for a comment in a pull request');
}

/**
 * Whether the files that are asked for can be written, found out before anything is measured for them.
 *
 * @throws OutpaceError STORE_FAILED naming the file
 */
export async function assertOutputsWritable({ junit, gitlab, markdown }: OutputOptions): Promise<void> {
  const files = [junit, gitlab, markdown].filter((file) => file !== undefined);
  if (files.length === 0) return;
  const { assertWritable, createFolderOf } = await import('../store/output-file.ts');
  for (const file of files) {
    await createFolderOf(file);
    await assertWritable(file);
  }
}

/**
 * Writes what CI systems read: the files that are asked for, each whole or not at all, and in a workflow of GitHub the
 * step's summary, and annotations on stderr.
 *
 * @throws OutpaceError STORE_FAILED naming the file
 */
export async function writeOutputs(
  checked: CheckReport,
  options: OutputOptions,
  { environment, print }: Pick<Session, 'environment' | 'print'>,
): Promise<void> {
  const report = reportFromHere(checked);
  const { junit, gitlab, markdown, requireConclusive = false } = options;
  const { appendToFile, writeWholeInFolder } = await import('../store/output-file.ts');
  if (junit !== undefined) {
    const { checkJunit } = await import('../render/check/junit.ts');
    await writeWholeInFolder(junit, checkJunit(report, { requireConclusive }));
  }
  if (gitlab !== undefined) {
    const { checkGitlab } = await import('../render/check/gitlab.ts');
    await writeWholeInFolder(gitlab, checkGitlab(report, await placeIn(environment.CI_PROJECT_DIR)));
  }
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE } = environment;
  if (markdown !== undefined || GITHUB_STEP_SUMMARY) {
    const { checkMarkdown } = await import('../render/check/markdown.ts');
    const text = checkMarkdown(report);
    if (markdown !== undefined) await writeWholeInFolder(markdown, text);
    // An empty line parts it from what other steps have written there.
    if (GITHUB_STEP_SUMMARY) await appendToFile(GITHUB_STEP_SUMMARY, `\n${text}`);
  }
  if (GITHUB_ACTIONS === 'true') {
    const { checkAnnotations } = await import('../render/check/github.ts');
    print.commands(checkAnnotations(report, await placeIn(GITHUB_WORKSPACE)));
  }
}

/** The same report with its files named from here: where a machine keeps its repositories is nobody's business. */
function reportFromHere(report: CheckReport): CheckReport {
  const rules = report.rules.map((rule) => ({
    ...rule,
    file: rule.file === null ? null : fromHere(rule.file),
  }));
  return { ...report, rules };
}

/** @param top the repository's folder, as the CI system names it; without, this one is taken for it */
async function placeIn(top: string | undefined): Promise<ProjectPlace> {
  const { findConfigFile } = await import('../store/config-file.ts');
  const file = await findConfigFile(process.cwd());
  const folder = top === undefined || top === '' ? '' : slashed(relative(top, process.cwd()));
  return {
    folder: folder.startsWith('..') ? '' : folder,
    // A project without settings has its demands from the command line.
    settings: file === null ? 'package.json' : slashed(relative(process.cwd(), file)),
  };
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
