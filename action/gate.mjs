/**
 * Runs `outpace check` for each job, and says verdict, report, markdown and folder in $GITHUB_OUTPUT.
 * Takes JOBS, AGAINST, BASELINE, ARGS and OUTPACE_VERSION; nothing of them is ever given to a shell.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const { env } = process;
const MOST_OUTPUT_BYTES = 512 * 1024 * 1024;
/** The worst first; what is not listed could not be done, which is the worst of all. */
const EXIT_CODES = [3, 2, 4, 0];
const VERDICTS = ['error', 'fail', 'inconclusive', 'pass'];

const words = (text) => (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
const options = (text) => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** Text that starts no line of its own in the log, where GitHub would take it for a command. */
const oneLine = (text) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').replaceAll('##[', '# #[');

/** The project's own outpace, a package's own too; else npx with a version. */
function outpaceCommand() {
  try {
    const file = createRequire(join(process.cwd(), 'package.json')).resolve('outpace/package.json');
    return [process.execPath, join(dirname(file), 'bin/outpace.js')];
  } catch {
    const own = readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8');
    const wanted = `outpace@${env.OUTPACE_VERSION || JSON.parse(own).version}`;
    console.log(oneLine(`outpace is not installed here: npx ${wanted}`));
    // Beside Node on Windows, where npx is a script of its shell.
    const script = join(dirname(process.execPath), 'node_modules/npm/bin/npx-cli.js');
    const npx = process.platform === 'win32' ? [process.execPath, script] : ['npx'];
    return [...npx, '--yes', wanted];
  }
}

function check(command, job, stem) {
  const files = { report: `${stem}.json`, markdown: `${stem}.md`, junit: `${stem}.junit.xml` };
  const args = [
    ...command.slice(1),
    'check',
    '--json',
    ...['--markdown', files.markdown, '--junit', files.junit],
    ...(job === null ? [] : ['--job', job]),
    ...(env.AGAINST ? ['--against', env.AGAINST] : []),
    ...(env.BASELINE ? ['--baseline', env.BASELINE] : []),
    ...options(env.ARGS),
  ];
  const { stdout, status, error } = spawnSync(command[0], args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  if (error !== undefined)
    console.error(`::error title=outpace::${oneLine(error.message).replaceAll('%', '%25')}`);
  const verdict = EXIT_CODES.includes(status) ? verdictIn(stdout) : 'error';
  // What gives no verdict, such as --help among the arguments, has checked nothing.
  const exitCode = verdict === 'error' && EXIT_CODES.includes(status) ? 1 : (status ?? 1);
  if (verdict !== 'error') writeFileSync(files.report, stdout);
  // A comment of an earlier run must not go on saying that all is well.
  if (!existsSync(files.markdown)) writeFileSync(files.markdown, notMeasured(job, exitCode));
  return { files, exitCode, verdict };
}

function verdictIn(stdout) {
  try {
    const { kind } = JSON.parse(stdout).verdict;
    return VERDICTS.includes(kind) ? kind : 'error';
  } catch {
    return 'error';
  }
}

function notMeasured(job, exitCode) {
  // As outpace makes a job's marker and name.
  const name = (job ?? '').replaceAll(/[^\w.-]/g, '-');
  const text = `<!-- outpace-check:${name} -->\n### ✗ **not measured**: outpace check of <code>${name || 'this project'}</code>\n\nIt ended with ${exitCode}; the log says why.\n`;
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `\n${text}`);
  return text;
}

/** The settings' job, where none is named: what a comment is known by must be the same when nothing could be measured. */
function onlyJob(command) {
  const { stdout } = spawnSync(command[0], [...command.slice(1), 'env', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    return JSON.parse(stdout).job ?? null;
  } catch {
    return null;
  }
}

function say(name, value) {
  const end = randomUUID();
  appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}

const temporary = env.RUNNER_TEMP || tmpdir();
mkdirSync(temporary, { recursive: true });
const folder = mkdtempSync(join(temporary, 'outpace-check-'));
const command = outpaceCommand();
const named = words(env.JOBS);
const results = (named.length === 0 ? [onlyJob(command)] : named).map((job, index) => {
  const result = check(command, job, join(folder, String(index + 1)));
  console.log(`${job === null ? 'the job' : `job ${oneLine(job)}`}: ${result.verdict}`);
  return result;
});

const markdown = join(folder, 'check.md');
writeFileSync(markdown, results.map(({ files }) => readFileSync(files.markdown, 'utf8')).join('\n'));
say('verdict', VERDICTS.find((verdict) => results.some((result) => result.verdict === verdict)) ?? 'error');
say(
  'report',
  results
    .filter(({ verdict }) => verdict !== 'error')
    .map(({ files }) => files.report)
    .join('\n'),
);
say('markdown', markdown);
say('folder', folder);
const codes = results.map(({ exitCode }) => exitCode);
process.exitCode =
  codes.find((code) => !EXIT_CODES.includes(code)) ?? EXIT_CODES.find((code) => codes.includes(code)) ?? 1;
