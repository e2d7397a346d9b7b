import { expect, test } from 'vitest';
import { originOf } from './origin.ts';

test.each([
  { file: 'node_modules/semver/index.js', name: 'semver' },
  { file: '/srv/app/node_modules/@me/a/node_modules/@faker-js/faker/dist/x.js', name: '@faker-js/faker' },
  { file: 'node_modules/.pnpm/a@1.0.0/node_modules/a/index.js', name: 'a' },
  { file: 'node:internal/timers', name: "Node's own" },
  { file: 'src/index.ts', name: 'own files' },
  { file: 'wasm://wasm/0123', name: 'WebAssembly' },
  { file: 'wasm://wasm/job-0123:wasm-function[7]', name: 'WebAssembly' },
  { file: 'native V8Runtime', name: "V8's own (GC, compiling)" },
  { file: 'native array.js', name: "V8's own (GC, compiling)" },
  { file: 'C:\\app\\node_modules\\@me\\a\\i.js', name: '@me/a' },
  { file: 'C:\\app\\src\\i.js', name: 'own files' },
  { file: '/deno/npm/registry.npmjs.org/chalk/5.0.1/source/index.js', name: 'chalk' },
  { file: 'chrome-extension://abc/content.js', name: 'browser extensions' },
  { file: 'moz-extension://abc/content.js', name: 'browser extensions' },
  { file: 'safari-web-extension://abc/content.js', name: 'browser extensions' },
  { file: 'devtools://devtools/bundled/sdk.js', name: 'the browser' },
  { file: 'extensions::utils', name: 'the browser' },
  { file: 'node:electron/js2c/renderer_init', name: 'Electron' },
  { file: 'electron/js2c/browser_init.js', name: 'Electron' },
  { file: 'vscode-file://vscode-app/usr/share/code/resources/app/out/vs/workbench.js', name: 'VS Code' },
  { file: 'file:///usr/share/code/resources/app/out/vs/base/common/event.js', name: 'VS Code' },
  { file: 'file:///home/me/.vscode/extensions/me.mine/out/extension.js', name: 'own files' },
  { file: 'https://example.com/app.js', name: 'own files' },
  { file: '', name: 'functions without a file' },
])('$file is of $name', ({ file, name }) => expect(originOf({ file, name: 'f', engine: false })).toBe(name));

test.each([
  { entry: '(garbage collector)', name: "V8's own (GC, compiling)" },
  { entry: '(idle)', name: 'waiting for events' },
  { entry: '(outpace)', name: 'outpace' },
])('$entry is $name', ({ entry, name }) =>
  expect(originOf({ file: '', name: entry, engine: true })).toBe(name),
);

test('what a source map lists as somebody else’s is not the program’s own', () => {
  const row = { file: 'lib/b.ts', name: 'f', engine: false };
  expect(originOf({ ...row, ignored: true })).toBe('ignored by source maps');
  expect(originOf({ ...row, file: 'node_modules/a/b.ts', ignored: true })).toBe('a');
});
