import type { PageFrame } from '../../model.ts';

/** Where a function comes from, which is what its colour tells. */
export const ORIGINS = ['own', 'package', 'node', 'engine', 'outpace', 'idle'] as const;
export type Origin = (typeof ORIGINS)[number];

export const ORIGIN_TITLES = {
  own: 'own code',
  package: 'packages',
  node: 'Node’s own',
  engine: 'V8: collecting, compiling, built-ins',
  outpace: 'outpace',
  idle: 'idle',
} satisfies Record<Origin, string>;

export function originOf({ name, file, engine }: PageFrame): Origin {
  if (engine && name === '(idle)') return 'idle';
  if (engine && name === '(outpace)') return 'outpace';
  if (engine || file === '') return 'engine';
  if (file.startsWith('node:')) return 'node';
  return file.includes('node_modules/') ? 'package' : 'own';
}

/** Neighbours of one origin are told apart by its shades. */
export const SHADES = 3;

/** The same for a function in every picture and on every page. */
export function shadeOf({ name, file }: PageFrame): number {
  let hash = 7;
  for (const text of [name, file]) {
    for (let index = 0; index < text.length; index += 1)
      hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return (hash >>> 4) % SHADES;
}
