import { describe, expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { formatNodeOptions, parseNodeOptions } from './node-options.ts';

const nodeOptions = (text: string, keep: readonly string[] = []) => {
  const { environment, dropped } = childEnvironment({ NODE_OPTIONS: text }, keep);
  return { left: environment.NODE_OPTIONS, dropped };
};

describe('NODE_OPTIONS', () => {
  test.each([
    { text: '--a --b=c', words: ['--a', '--b=c'] },
    { text: '  --a   --b ', words: ['--a', '--b'] },
    { text: '--require "./my file.js"', words: ['--require', './my file.js'] },
    { text: '--require="a \\"b\\" \\\\c"', words: ['--require=a "b" \\c'] },
    { text: '--a "" --b', words: ['--a', '--b'] },
    { text: '--a=C:\\x', words: ['--a=C:\\x'] },
    { text: '--a "open', words: null },
    { text: '--a "end\\', words: null },
  ])('$text is split as Node splits it', ({ text, words }) => {
    expect(parseNodeOptions(text)).toEqual(words);
    if (words !== null) expect(parseNodeOptions(formatNodeOptions(words))).toEqual(words);
  });

  test.each([
    { text: '--cpu-prof', left: undefined, dropped: ['--cpu-prof'] },
    { text: '--cpu_prof --max-old-space-size=99', left: '--max-old-space-size=99', dropped: ['--cpu-prof'] },
    {
      text: '--cpu-prof-dir "my profiles" --heap-prof --import tsx',
      left: '--import tsx',
      dropped: ['--cpu-prof-dir', '--heap-prof'],
    },
    {
      text: '--inspect=0.0.0.0:9229 --inspect-brk',
      left: undefined,
      dropped: ['--inspect', '--inspect-brk'],
    },
    {
      text: '--require dd-trace/init -r newrelic',
      left: undefined,
      dropped: ['--require dd-trace/init', '-r newrelic'],
    },
    {
      text: '--import=@opentelemetry/auto-instrumentations-node/register --no-warnings',
      left: '--no-warnings',
      dropped: ['--import @opentelemetry/auto-instrumentations-node/register'],
    },
    {
      text: '--require "/a b/node_modules/nyc/node_modules/node-preload/preload-path.js"',
      left: undefined,
      dropped: ['--require /a b/node_modules/nyc/node_modules/node-preload/preload-path.js'],
    },
    {
      text: '--require "C:\\\\x\\\\ms-vscode.js-debug-1.9\\\\src\\\\bootloader.js" --inspect-publish-uid=http',
      left: undefined,
      dropped: ['--require C:\\x\\ms-vscode.js-debug-1.9\\src\\bootloader.js', '--inspect-publish-uid'],
    },
    { text: '--require /home/nyc/c8/setup.js', left: '--require /home/nyc/c8/setup.js', dropped: [] },
    { text: '--import   tsx --trace-warnings', left: '--import   tsx --trace-warnings', dropped: [] },
    { text: '--inspect "open', left: '--inspect "open', dropped: [] },
    {
      text: '--require "./with \\"quotes\\".js" --prof',
      left: '--require "./with \\"quotes\\".js"',
      dropped: ['--prof'],
    },
  ])('$text leaves $left', ({ text, left, dropped }) => {
    expect(nodeOptions(text)).toEqual({ left, dropped: dropped.map((option) => `NODE_OPTIONS ${option}`) });
  });

  test('what the config keeps stays', () => {
    const text = '--cpu-prof --inspect=1';
    expect(nodeOptions(text, ['--inspect'])).toEqual({
      left: '--inspect=1',
      dropped: ['NODE_OPTIONS --cpu-prof'],
    });
    expect(nodeOptions(text, ['NODE_OPTIONS'])).toEqual({ left: text, dropped: [] });
  });
});

test('coverage and debuggers are dropped by name, what Node tells its own children silently, the rest is passed on', () => {
  const parent = {
    PATH: '/bin',
    NODE_V8_COVERAGE: 'coverage',
    NYC_CONFIG: '{}',
    NYC_CWD: '/x',
    VSCODE_INSPECTOR_OPTIONS: '{}',
    NODE_CHANNEL_FD: '3',
    WATCH_REPORT_DEPENDENCIES: '1',
    NODE_ENV: 'production',
    DD_ENV: 'ci',
    npm_lifecycle_event: 'test',
    ABSENT: undefined,
  };
  expect(childEnvironment(parent, ['NYC_C*'])).toStrictEqual({
    environment: {
      PATH: '/bin',
      NYC_CONFIG: '{}',
      NYC_CWD: '/x',
      NODE_ENV: 'production',
      DD_ENV: 'ci',
      npm_lifecycle_event: 'test',
      NODE_V8_COVERAGE: undefined,
      VSCODE_INSPECTOR_OPTIONS: undefined,
      NODE_CHANNEL_FD: undefined,
      WATCH_REPORT_DEPENDENCIES: undefined,
      ABSENT: undefined,
    },
    dropped: ['NODE_V8_COVERAGE', 'VSCODE_INSPECTOR_OPTIONS'],
  });
});
