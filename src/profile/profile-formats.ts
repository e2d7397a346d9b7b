import { FoldedDocument } from './folded-document.ts';
import type { ReaderOptions } from './recording-reader.ts';
import { type ProfileReader, WholeDocument } from './whole-document.ts';

/** A key that tells what a JSON document is: the keys on the way to it, `[]` for any item of a list, and what stands there. */
export interface Mark {
  readonly path: readonly string[];
  readonly is: 'object' | 'list' | 'text' | 'number';
}

export type ProfileKind = 'V8 profile' | 'heap profile' | 'speedscope' | 'pprof' | 'folded stacks';
/** What a file holds; `other` is a report of outpace, or anything else. */
export type DocumentKind = ProfileKind | 'heap snapshot' | 'other';

interface ProfileFormat {
  readonly kind: ProfileKind;
  /** By which it is known, any of them; none for what is not JSON. */
  readonly marks?: readonly Mark[];
  /** @param source what to call the file in an error */
  open(source: string, options: ReaderOptions): Promise<ProfileReader>;
}

/** The formats that are read. */
export const PROFILE_FORMATS: readonly ProfileFormat[] = [
  {
    kind: 'V8 profile',
    marks: [
      { path: [], is: 'list' },
      { path: ['traceEvents'], is: 'list' },
      { path: ['nodes', '[]', 'callFrame'], is: 'object' },
      { path: ['head', 'functionName'], is: 'text' },
      { path: ['timeDeltas'], is: 'list' },
      { path: ['stackFrames'], is: 'object' },
    ],
    open: async (source, options) =>
      new (await import('./recording-reader.ts')).RecordingReader(source, options),
  },
  {
    kind: 'heap profile',
    marks: [
      { path: ['head', 'callFrame'], is: 'object' },
      { path: ['head', 'selfSize'], is: 'number' },
      { path: ['samples', '[]', 'nodeId'], is: 'number' },
    ],
    open: async (source) =>
      new WholeDocument(source, (await import('./heap-profile-document.ts')).readHeapProfile),
  },
  {
    kind: 'speedscope',
    marks: [
      { path: ['shared'], is: 'object' },
      { path: ['profiles', '[]', 'unit'], is: 'text' },
    ],
    open: async (source) =>
      new WholeDocument(source, (await import('./speedscope-document.ts')).readSpeedscope),
  },
  {
    kind: 'pprof',
    open: async (source) => new WholeDocument(source, (await import('./pprof-document.ts')).readPprof),
  },
  { kind: 'folded stacks', open: async (source) => new FoldedDocument(source) },
];

/** What else is told by its keys. */
export const OTHER_MARKS: readonly (Mark & { readonly kind: DocumentKind })[] = [
  { kind: 'heap snapshot', path: ['snapshot', 'meta'], is: 'object' },
  { kind: 'other', path: ['schemaVersion'], is: 'number' },
  { kind: 'other', path: ['kind'], is: 'text' },
];
