import { FoldedDocument } from './folded-document.ts';
import type { ReaderOptions } from './recording-reader.ts';
import { type ProfileReader, WholeDocument } from './whole-document.ts';

/** A key that tells what a JSON document is: the keys on the way to it, `[]` for any item of a list, and what stands there. */
export interface Mark {
  readonly path: readonly string[];
  readonly is: 'object' | 'list' | 'text' | 'number';
}

export type ProfileKind = 'V8 profile' | 'heap profile' | 'speedscope' | 'pprof' | 'folded stacks';
export type ForeignKind =
  | 'heap snapshot'
  | 'Firefox profile'
  | 'stackprof'
  | 'perf script'
  | 'old pprof text';
/** What a file holds; `other` is a report of outpace, or anything else. */
export type DocumentKind = ProfileKind | ForeignKind | 'other';

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

interface ForeignFormat {
  readonly kind: ForeignKind;
  readonly marks?: readonly Mark[];
  /** Of text, what its beginning looks like. */
  readonly text?: RegExp;
  /** What it is, and what to do. */
  readonly says: string;
}

/** Formats that are known and not read. */
export const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  {
    kind: 'heap snapshot',
    marks: [{ path: ['snapshot', 'meta'], is: 'object' }],
    says: 'a heap snapshot of V8: it holds the objects of a moment, and no time',
  },
  {
    kind: 'Firefox profile',
    marks: [
      { path: ['meta', 'preprocessedProfileVersion'], is: 'number' },
      { path: ['meta', 'processType'], is: 'number' },
      { path: ['libs'], is: 'list' },
      { path: ['profile', 'meta'], is: 'object' },
    ],
    says: 'a profile of the Firefox Profiler, whose format is not read: record in Chrome, or with node --cpu-prof',
  },
  {
    kind: 'stackprof',
    marks: [{ path: ['missed_samples'], is: 'number' }],
    says: "a profile of Ruby's stackprof: `stackprof --stackcollapse` writes folded stacks, which are read",
  },
  {
    kind: 'perf script',
    text: /^\S.*\s\d+\.\d+:.*\n\s+[0-9a-f]+ /m,
    says: 'the output of perf script: stackcollapse-perf.pl folds its stacks, and those are read',
  },
  {
    kind: 'old pprof text',
    text: /^(?:--- \w+|heap profile: |goroutine profile: )/,
    says: "a profile in pprof's old text format: `pprof -proto` converts it",
  },
];

/** Marks of outpace's own reports. */
export const REPORT_MARKS: readonly Mark[] = [
  { path: ['schemaVersion'], is: 'number' },
  { path: ['kind'], is: 'text' },
];
