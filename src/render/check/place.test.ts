import { expect, test } from 'vitest';
import { pathInRepository } from './place.ts';

test.each([
  { folder: '', file: 'src/a.ts', path: 'src/a.ts' },
  { folder: 'packages/app', file: 'impl-new/index.ts', path: 'packages/app/impl-new/index.ts' },
  { folder: 'packages/app', file: '../lib/index.ts', path: 'packages/lib/index.ts' },
  { folder: 'packages/app', file: '../../shared.ts', path: 'shared.ts' },
  { folder: 'packages/app', file: '../../../outside.ts', path: null },
  { folder: '', file: '../outside.ts', path: null },
  { folder: 'app', file: '../node_modules/lodash/index.js', path: null },
  { folder: '', file: 'node_modules/lodash/index.js', path: null },
  { folder: '', file: 'node:fs', path: null },
  { folder: '', file: 'file:///elsewhere/a.js', path: null },
  { folder: '', file: '/elsewhere/a.js', path: null },
  { folder: '', file: 'src\\a.ts', path: 'src/a.ts' },
  { folder: '', file: '', path: null },
])('$file of $folder is $path', ({ folder, file, path }) =>
  expect(pathInRepository(file, { folder, settings: 'package.json' })).toBe(path),
);
