/** A function as reports name it. */
export interface NamedFunction {
  readonly name: string;
  readonly file: string;
}

/**
 * Whether a function is one that a pattern of the settings means.
 *
 * A pattern is `name`, or `file:name` (the last colon parts them). `*` stands for any characters, in a file any but a
 * slash, and there `**` for any at all; `?` for one. A name alone means functions of the project's files and its packages; Node's own are
 * meant only where the file says so, as `node:**:readFile` does. A function without a name is `(anonymous)`.
 */
export function functionPattern(pattern: string): (row: NamedFunction) => boolean {
  const colon = pattern.lastIndexOf(':');
  const name = globbed(pattern.slice(colon + 1), '.');
  const file = colon === -1 ? null : globbed(pattern.slice(0, colon), '[^/]');
  return (row) =>
    name.test(row.name === '' ? '(anonymous)' : row.name) &&
    (file === null ? isCounted(row) : file.test(row.file));
}

/** A function that the job brings along: not Node's, and not V8's. */
export function isCounted({ file }: NamedFunction): boolean {
  return file !== '' && !file.startsWith('node:');
}

const PARTS = /\*\*\/?|\*|\?|[^*?]+/g;

function globbed(glob: string, any: string): RegExp {
  const source = (glob.match(PARTS) ?? []).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return `${any}*`;
    return part === '?' ? any : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}
