import { normalUrl } from './script-url.ts';

/** A function as a row of a report or a frame of a profile names it. */
export interface PlacedFunction {
  readonly name: string;
  /** Its script's url, or its file from the project's folder on. */
  readonly file: string;
  /** One of V8's own entries, or outpace's. */
  readonly engine: boolean;
  /** Whether its source map says that it is somebody else's. */
  readonly ignored?: boolean | undefined;
}

/** Whose code a function is. `host`: of the program that runs it, such as a browser or an editor, and not of V8 or Node. */
export type OriginKind =
  | 'own'
  | 'package'
  | 'node'
  | 'engine'
  | 'built-in'
  | 'idle'
  | 'outpace'
  | 'host'
  | 'wasm'
  | 'ignored';

interface Origin {
  readonly kind: OriginKind;
  /** As tables show it. */
  readonly name: string;
}

const OWN: Origin = { kind: 'own', name: 'own files' };
const IGNORED: Origin = { kind: 'ignored', name: 'ignored by source maps' };
const ENGINE: Origin = { kind: 'engine', name: "V8's own (GC, compiling)" };
const BUILT_IN: Origin = { kind: 'built-in', name: 'functions without a file' };
const IDLE: Origin = { kind: 'idle', name: 'waiting for events' };
const OUTPACE: Origin = { kind: 'outpace', name: 'outpace' };
const VS_CODE: Origin = { kind: 'host', name: 'VS Code' };

/** What no dependency's folder tells, the first that fits. */
const BY_NAME: readonly { readonly pattern: RegExp; readonly origin: Origin }[] = [
  {
    pattern: /^(?:node:)?electron\/|^electron:|[/\\]electron\.asar[/\\]/,
    origin: { kind: 'host', name: 'Electron' },
  },
  { pattern: /^node:/, origin: { kind: 'node', name: "Node's own" } },
  { pattern: /^(?:native |v8\/|extensions::SafeBuiltins)/, origin: ENGINE },
  { pattern: /^(?:[a-z-]+-)?extension:\/\//, origin: { kind: 'host', name: 'browser extensions' } },
  {
    pattern: /^(?:chrome|chrome-untrusted|devtools|edge|about|resource):|^extensions::/,
    origin: { kind: 'host', name: 'the browser' },
  },
  { pattern: /^wasm:/, origin: { kind: 'wasm', name: 'WebAssembly' } },
  // Wherever it is installed; its extensions are somebody's own.
  { pattern: /^vscode-file:|\/resources\/app\/(?:out|node_modules\.asar)\//, origin: VS_CODE },
];

/** Where a function comes from: a dependency's name, or one of a few words for what is none. */
export function originOf(row: PlacedFunction): string {
  return origin(row).name;
}

export function originKindOf(row: PlacedFunction): OriginKind {
  return origin(row).kind;
}

/** Whether a function is of the program itself. */
export function isOwn(row: PlacedFunction): boolean {
  return originKindOf(row) === 'own';
}

function origin({ file, name, engine, ignored = false }: PlacedFunction): Origin {
  if (engine && file === '') return name === '(idle)' ? IDLE : name === '(outpace)' ? OUTPACE : ENGINE;
  if (file === '') return BUILT_IN;
  const url = file.includes('\\') ? normalUrl(file) : file;
  const known = BY_NAME.find(({ pattern }) => pattern.test(url));
  if (known !== undefined) return known.origin;
  const packageName = packageOf(url);
  if (packageName !== null) return { kind: 'package', name: packageName };
  return ignored ? IGNORED : OWN;
}

function packageOf(url: string): string | null {
  const at = url.lastIndexOf('node_modules/');
  const folder =
    at === -1 ? /\/registry\.npmjs\.org\/(.*)$/.exec(url)?.[1] : url.slice(at + 'node_modules/'.length);
  if (folder === undefined) return null;
  const [scope = '', rest = ''] = folder.split('/');
  return scope.startsWith('@') ? `${scope}/${rest}` : scope;
}
