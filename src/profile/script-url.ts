const PACKAGES = 'node_modules/';

/**
 * Modules of Node as profiles name them since version 16 (`node:events`), for the names that they had before, when a
 * profile's script was called `events.js`. A name with a slash in front of it, or a scheme, is somebody's file.
 */
const NODE_MODULES = new RegExp(
  `^(?:internal/[\\w./-]+|(?:${[
    '_[a-z_]+|assert|async_hooks|bootstrap_node|buffer|child_process|cluster|console|constants|crypto|dgram',
    'diagnostics_channel|dns|domain|events|freelist|fs|http|http2|https|inspector|module|net|node|os|path|perf_hooks',
    'process|punycode|querystring|readline|repl|smalloc|stream|string_decoder|sys|timers|tls|trace_events|tty|url',
    'util|v8|vm|wasi|worker_threads|zlib',
  ].join('|')})(?:/[a-z/]+)?)\\.js$`,
);

/**
 * A script's name in one form, however a profiler wrote it: a file as `file:///` with slashes, a small drive letter and no
 * escapes, without what a loader appends behind a `?` or `#`; Node's own modules as `node:`.
 */
export function normalUrl(url: string): string {
  if (url === '' || url.startsWith('data:')) return url;
  if (NODE_MODULES.test(url)) return `node:${url.slice(0, -'.js'.length)}`;
  const isWindowsPath = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(url);
  const slashed = isWindowsPath ? `file:///${url.replaceAll('\\', '/').replace(/^\/+/, '')}` : url;
  const withScheme = /^\/(?!\/)/.test(slashed) ? `file://${slashed}` : slashed;
  if (!/^[a-z][a-z+.-]*:\/\//i.test(withScheme)) return withScheme;
  const isPath = withScheme !== url;
  // A path may hold either mark, and escapes are letters there.
  const plain = isPath
    ? withScheme.replace(/\?[\w.-]+=[^/]*$/, '')
    : decoded(withScheme.replace(/[?#].*$/s, ''));
  return plain.replace(/^file:\/\/\/([A-Z]):\//, (_, drive: string) => `file:///${drive.toLowerCase()}:/`);
}

/** Escapes that stand for no text are left as they are. */
function decoded(url: string): string {
  try {
    return decodeURI(url).replaceAll('%23', '#').replaceAll('%3F', '?').replaceAll('%40', '@');
  } catch {
    return url;
  }
}

/** A package's file from `node_modules` on, without the folders in which a package manager keeps each version; else null. */
export function packageFile(url: string): string | null {
  const normal = normalUrl(url);
  const start = normal.search(/(?:^|(?<=\/))node_modules\//);
  if (start !== -1)
    return normal.slice(start).replaceAll(/node_modules\/\.[a-z]+\/[^/]+\/node_modules\//g, PACKAGES);
  const cached = /\/registry\.npmjs\.org\/((?:@[^/]+\/)?[^/]+)\/[^/]+\/(.*)$/.exec(normal);
  return cached === null ? null : `${PACKAGES}${cached[1]}/${cached[2]}`;
}

/**
 * A script's name without what differs from one build or installation of the same program to the next: the folders around
 * `node_modules`, with the version in them, and a hash in the file's name.
 */
export function timelessUrl(url: string): string {
  const named = packageFile(url) ?? normalUrl(url);
  const slash = named.lastIndexOf('/') + 1;
  return named.slice(0, slash) + withoutHash(named.slice(slash));
}

/** `chunk-Ab3dE9xZ.js` and `main.4f3a2b1c.js` are `chunk-*.js` and `main.*.js`, whatever was built into them. */
function withoutHash(name: string): string {
  return name
    .replace(/(?<=-)[\w-]{8}(?=\.\w+$)/, (token) => (isHash(token.replaceAll(/[-_]/g, '')) ? '*' : token))
    .replaceAll(/(?<=^|[-._])[A-Za-z0-9_]{8,64}(?=\.)/g, (token) => (isHash(token) ? '*' : token));
}

/** A word has neither digits amidst letters nor a change of case but at the beginning of a word. */
function isHash(token: string): boolean {
  if (/^[A-Z]{8}$/.test(token)) return true;
  if (/[0-9]/.test(token)) return /[A-Za-z]/.test(token) || /^[0-9]{8,}$/.test(token);
  const words = token.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return /[A-Z]/.test(token) && token.length / words.length < 3;
}
