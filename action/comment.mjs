/**
 * Posts the one comment of a pull request, or puts a new text into it: it is known by the hidden marker in its first line.
 * Takes MARKDOWN (a file), GH_TOKEN and what GitHub sets; a comment that cannot be made is a warning, and fails nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const { env } = process;
/** GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/** @returns what gh prints */
function api(args, body) {
  const { stdout, stderr, status, error } = spawnSync('gh', ['api', ...args], {
    env: onServer(),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    ...(body === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: JSON.stringify({ body }) }),
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim() || `gh ended with ${status}`);
  return stdout;
}

/** gh speaks with github.com, unless it is told of another. */
function onServer() {
  const host = new URL(env.GITHUB_SERVER_URL || 'https://github.com').host;
  return host === 'github.com' ? env : { ...env, GH_HOST: host, GH_ENTERPRISE_TOKEN: env.GH_TOKEN };
}

function numberOfPullRequest() {
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
  return event.pull_request?.number ?? null;
}

/** Those that began with the marker and are ours to change, the earliest first. */
function earlierComments(number, marker) {
  const lines = api([
    '--paginate',
    `repos/${env.GITHUB_REPOSITORY}/issues/${number}/comments?per_page=100`,
    '--jq',
    '.[]',
  ])
    .split('\n')
    .filter((line) => line !== '');
  const comments = lines.map((line) => JSON.parse(line));
  const isOurs = author();
  return comments.filter(
    ({ body, user }) => body?.split(/\r?\n/)[0] === marker && user !== null && isOurs(user),
  );
}

/** What a workflow's own token writes as. */
const WORKFLOW_ACCOUNT = 'github-actions[bot]';

/** Whether a user is the account that the token belongs to: a comment of anybody else, bots included, is left alone. */
function author() {
  const login = ownLogin();
  return (user) => user.login === login || (user.type === 'Bot' && user.login === `${login}[bot]`);
}

/** A person's token may ask who it is, an app's may ask in GraphQL alone. */
function ownLogin() {
  const questions = [
    ['user', '--jq', '.login'],
    ['graphql', '-f', 'query=query { viewer { login } }', '--jq', '.data.viewer.login'],
  ];
  for (const question of questions) {
    try {
      const login = api(question).trim();
      if (/^[\w-]+(\[bot\])?$/.test(login)) return login;
    } catch {
      // This token may not ask so.
    }
  }
  return WORKFLOW_ACCOUNT;
}

function textOf(file) {
  const text = readFileSync(file, 'utf8');
  if (text.length <= MOST_CHARACTERS) return text;
  const lines = text.slice(0, MOST_CHARACTERS).split('\n').slice(0, -1);
  return `${lines.join('\n')}\n\nThe rest is in the step's summary.\n`;
}

/** As GitHub's toolkit escapes what a workflow command says. */
function escapeData(text) {
  return String(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function comment() {
  const number = numberOfPullRequest();
  if (number === null) return 'this is no pull request: nothing to comment on';
  if (!env.GH_TOKEN) return 'there is no token: the step’s summary says what was found';
  const text = textOf(env.MARKDOWN);
  const [marker = ''] = text.split('\n');
  if (!/^<!-- outpace-check:[\w.-]* -->$/.test(marker))
    throw new Error('there is no marker in the first line');
  const [earlier] = earlierComments(number, marker);
  const comments = `repos/${env.GITHUB_REPOSITORY}/issues/`;
  if (earlier === undefined) {
    api(['--method', 'POST', `${comments}${number}/comments`, '--input', '-'], text);
    return `commented on #${number}`;
  }
  api(['--method', 'PATCH', `${comments}comments/${earlier.id}`, '--input', '-'], text);
  return `updated the comment on #${number}`;
}

try {
  console.log(comment());
} catch (error) {
  const why = escapeData(error.message);
  console.log(
    `::warning title=outpace::no comment was made (it needs pull-requests: write; a fork has no such token); the summary says what was found. ${why}`,
  );
}
