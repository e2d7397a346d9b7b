import { type OriginKind, originKindOf } from '../../../../profile/origin.ts';
import type { PageFrame } from '../../model.ts';

/** Where a function comes from, which is what its colour tells. */
export const ORIGINS = ['own', 'package', 'node', 'engine', 'outpace', 'idle'] as const;
export type Origin = (typeof ORIGINS)[number];

export const ORIGIN_TITLES = {
  own: 'own code',
  package: 'packages',
  node: 'Node’s own',
  engine: 'V8: collecting, compiling; functions without a file',
  outpace: 'outpace',
  idle: 'idle',
} satisfies Record<Origin, string>;

const ORIGIN_OF_KIND = {
  own: 'own',
  wasm: 'own',
  package: 'package',
  ignored: 'package',
  host: 'package',
  node: 'node',
  engine: 'engine',
  'built-in': 'engine',
  outpace: 'outpace',
  idle: 'idle',
} satisfies Record<OriginKind, Origin>;

/** What a frame is painted as. */
export function colorOrigin(frame: PageFrame): Origin {
  return ORIGIN_OF_KIND[originKindOf(frame)];
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
