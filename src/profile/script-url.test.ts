import { describe, expect, test } from 'vitest';
import { normalUrl, packageFile, timelessUrl } from './script-url.ts';

describe('a script has one name, whoever wrote it', () => {
  test.each([
    { url: '/srv/app/a.js', normal: 'file:///srv/app/a.js' },
    { url: 'file:///srv/my%20app/%C3%A9.js', normal: 'file:///srv/my app/é.js' },
    { url: 'file:///srv/a.js?t=17', normal: 'file:///srv/a.js' },
    { url: '/srv/a.js?v=1', normal: 'file:///srv/a.js' },
    { url: 'https://x.org/a.js?v=1#top', normal: 'https://x.org/a.js' },
    { url: 'C:\\app\\a.js', normal: 'file:///c:/app/a.js' },
    { url: 'c:/app/a.js', normal: 'file:///c:/app/a.js' },
    { url: 'file:///C:/app/a.js', normal: 'file:///c:/app/a.js' },
    { url: 'events.js', normal: 'node:events' },
    { url: 'internal/modules/cjs/loader.js', normal: 'node:internal/modules/cjs/loader' },
    { url: 'fs/promises.js', normal: 'node:fs/promises' },
    { url: '_http_server.js', normal: 'node:_http_server' },
    { url: 'node:events', normal: 'node:events' },
    { url: 'index.js', normal: 'index.js' },
    { url: 'src/events.js', normal: 'src/events.js' },
    { url: 'evalmachine.<anonymous>', normal: 'evalmachine.<anonymous>' },
    { url: 'file:///srv/%zz.js', normal: 'file:///srv/%zz.js' },
    { url: '', normal: '' },
  ])('$url', ({ url, normal }) => expect(normalUrl(url)).toBe(normal));
});

describe('a package’s file is the same wherever it is installed', () => {
  test.each([
    { url: '/a/node_modules/x/i.js', file: 'node_modules/x/i.js' },
    { url: 'file:///a/node_modules/.pnpm/x@1.2.3_y@2/node_modules/x/i.js', file: 'node_modules/x/i.js' },
    { url: '/a/.yarn/cache/x-npm-1.2.3-ab12-8.zip/node_modules/x/i.js', file: 'node_modules/x/i.js' },
    { url: 'node_modules/.bun/@s+x@1.2.3/node_modules/@s/x/i.js', file: 'node_modules/@s/x/i.js' },
    { url: 'node_modules/x/node_modules/y/i.js', file: 'node_modules/x/node_modules/y/i.js' },
    { url: 'file:///c/deno/npm/registry.npmjs.org/@s/x/1.2.3/i.js', file: 'node_modules/@s/x/i.js' },
    { url: '/a/src/i.js', file: null },
    { url: '/a/my_node_modules/i.js', file: null },
  ])('$url', ({ url, file }) => expect(packageFile(url)).toBe(file));
});

describe('a hash in a file’s name is none of it', () => {
  test.each([
    { url: 'dist/chunk-Ab3dE9xZ.js', timeless: 'dist/chunk-*.js' },
    { url: 'dist/chunk-YQ5NJZ6B.js', timeless: 'dist/chunk-*.js' },
    { url: 'dist/index-B2k9-d0_.mjs', timeless: 'dist/index-*.mjs' },
    { url: 'dist/main.4f3a2b1c5d6e7f80.js', timeless: 'dist/main.*.js' },
    { url: 'dist/123.abcdef0123.chunk.js', timeless: 'dist/123.*.chunk.js' },
    { url: 'dist/user-Management.js', timeless: 'dist/user-Management.js' },
    { url: 'dist/polyfills-legacy.js', timeless: 'dist/polyfills-legacy.js' },
    { url: 'dist/userManagementService.js', timeless: 'dist/userManagementService.js' },
    { url: 'dist/XMLHttpRequest.js', timeless: 'dist/XMLHttpRequest.js' },
    { url: 'dist/app-es2015.js', timeless: 'dist/app-es2015.js' },
  ])('$url', ({ url, timeless }) => expect(timelessUrl(url)).toBe(timeless));
});
