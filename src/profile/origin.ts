import { normalUrl } from './script-url.ts';

/** A function as a row of a report or a frame of a profile names it. */
export interface PlacedFunction {
  readonly name: string;
  /** Its script's url, or its file from the project's folder on. */
  readonly file: string;
  /** One of V8's own entries, or outpace's. */
  readonly engine: boolean;
}

const OWN = 'own files';
const NODE = "Node's own";
const ENGINE = "V8's own (GC, compiling)";
const BUILT_IN = 'built-in functions';
const IDLE = 'waiting for events';

/** What no dependency's folder tells, the first that fits. */
const ORIGINS: readonly { readonly pattern: RegExp; readonly origin: string }[] = [
  { pattern: /^(?:node:)?electron\/|^electron:|[/\\]electron\.asar[/\\]/, origin: 'Electron' },
  { pattern: /^node:/, origin: NODE },
  { pattern: /^(?:native |v8\/|extensions::SafeBuiltins)/, origin: ENGINE },
  { pattern: /^(?:[a-z-]+-)?extension:\/\//, origin: 'browser extensions' },
  {
    pattern: /^(?:chrome|chrome-untrusted|devtools|edge|about|resource):|^extensions::/,
    origin: 'the browser',
  },
  { pattern: /^wasm:/, origin: 'WebAssembly' },
];
/** VS Code's own, wherever it is installed; its extensions are not. */
const VS_CODE = /^vscode-file:|\/resources\/app\/(?:out|node_modules\.asar)\//;

/** Where a function comes from: a dependency's name, or one of a few words for what is none. */
export function originOf({ file, name, engine }: PlacedFunction): string {
  if (engine && file === '') return name === '(idle)' ? IDLE : name === '(outpace)' ? 'outpace' : ENGINE;
  if (file === '') return BUILT_IN;
  const known = ORIGINS.find(({ pattern }) => pattern.test(file));
  if (known !== undefined) return known.origin;
  const url = file.includes('\\') ? normalUrl(file) : file;
  if (VS_CODE.test(url)) return 'VS Code';
  return packageOf(url) ?? OWN;
}

/** Whether a function is of the program itself. */
export function isOwn(row: PlacedFunction): boolean {
  return originOf(row) === OWN;
}

function packageOf(url: string): string | null {
  const at = url.lastIndexOf('node_modules/');
  const folder =
    at === -1 ? /\/registry\.npmjs\.org\/(.*)$/.exec(url)?.[1] : url.slice(at + 'node_modules/'.length);
  if (folder === undefined) return null;
  const [scope = '', rest = ''] = folder.split('/');
  return scope.startsWith('@') ? `${scope}/${rest}` : scope;
}
