import { differingBytes } from './differing-bytes.ts';
import { type PartLine, type ValueRecord, ValueRecords } from './value-records.ts';
import { CYCLIC, excerpts, isRecord, shownHead, shownName, TEXT_HEAD } from './value-words.ts';

/** Where two values differ. */
export interface ValueDifference {
  /** As a person would write it in code: `$.items[3].name`. */
  readonly path: string;
  /** What stands there on each side. */
  readonly before: string;
  readonly after: string;
}

/** A step of the way to a part, and the steps before it. */
interface Way {
  readonly before: Way | null;
  readonly label: string;
}

interface Sides<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Two parts that are not the same: to be looked into, or what is looked for. */
type Found =
  | { readonly kind: 'objects'; readonly names: Sides<string>; readonly way: Way | null }
  | { readonly kind: 'difference'; readonly shown: Sides<string>; readonly way: Way | null };

/**
 * The first difference of two values in files; null where there is none.
 *
 * Parts with the same name are the same, so only what leads to a difference is read.
 */
export async function valueDifference(
  beforeFile: string,
  afterFile: string,
): Promise<ValueDifference | null> {
  const before = await ValueRecords.open(beforeFile);
  try {
    const after = await ValueRecords.open(afterFile);
    try {
      return await search({ before, after });
    } finally {
      await after.close();
    }
  } finally {
    await before.close();
  }
}

async function search(files: Sides<ValueRecords>): Promise<ValueDifference | null> {
  const roots = { before: files.before.root, after: files.after.root };
  if (roots.before === roots.after) return null;
  const open: Found[] = [await pairOf(files, roots, null)];
  const seen = new Set<string>();
  for (let found = open.pop(); found !== undefined; found = open.pop()) {
    if (found.kind === 'difference') return { path: pathOf(found.way), ...found.shown };
    const key = `${found.names.before} ${found.names.after}`;
    // Objects that refer to each other in circles lead back to where one was.
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(await differencesIn(files, found)).toReversed());
  }
  const shown = 'the same contents, but other parts of it are one and the same object';
  return { path: '$', before: shown, after: shown };
}

async function pairOf(files: Sides<ValueRecords>, names: Sides<string>, way: Way | null): Promise<Found> {
  if (isRecord(names.before) && isRecord(names.after)) return { kind: 'objects', names, way };
  if (isRecord(names.before) || isRecord(names.after)) {
    const shown = {
      before: await shownName(files.before, names.before),
      after: await shownName(files.after, names.after),
    };
    return { kind: 'difference', way, shown };
  }
  return { kind: 'difference', way, shown: excerpts(names) };
}

/** What leads to a difference, in the order of the parts, up to the first that surely is one. */
async function differencesIn(
  files: Sides<ValueRecords>,
  { names, way }: Extract<Found, { kind: 'objects' }>,
): Promise<Found[]> {
  const records = {
    before: await files.before.record(names.before),
    after: await files.after.record(names.after),
  };
  const { before, after } = records;
  if (before.head !== after.head) {
    return [
      { kind: 'difference', way, shown: { before: shownHead(before.head), after: shownHead(after.head) } },
    ];
  }
  if (before.content !== after.content) {
    const { label, ...shown } = await differingBytes(files, names, records);
    return [{ kind: 'difference', way: label === '' ? way : { before: way, label }, shown }];
  }
  return partsThatDiffer(files, records, way);
}

async function partsThatDiffer(
  files: Sides<ValueRecords>,
  { before, after }: Sides<ValueRecord>,
  way: Way | null,
): Promise<Found[]> {
  const found: Found[] = [];
  let [left, right] = [await before.nextPart(), await after.nextPart()];
  for (let index = 0; left !== null || right !== null; index += 1) {
    if (left?.label !== right?.label) {
      found.push(await onlyOnOneSide(files, { before: left, after: right }, way));
      return found;
    }
    if (left === null || right === null) return found;
    if (left.name !== right.name) {
      const element = before.head === TEXT_HEAD ? '' : `[${index}]`;
      const label = left.label === '' ? element : await stepLabel(files.before, left.label);
      const names = { before: left.name, after: right.name };
      const pair = await pairOf(files, names, label === '' ? way : { before: way, label });
      found.push(pair);
      // Names in a cycle differ wherever the cycle does; all others only where they do themselves.
      if (pair.kind === 'difference' || !names.before.startsWith(CYCLIC) || !names.after.startsWith(CYCLIC))
        return found;
    }
    [left, right] = [await before.nextPart(), await after.nextPart()];
  }
  return found;
}

/** Properties, keys and members are sorted: the lesser of two labels has no counterpart. */
async function onlyOnOneSide(
  files: Sides<ValueRecords>,
  { before, after }: Sides<PartLine | null>,
  way: Way | null,
): Promise<Found> {
  const isBefore = after === null || (before !== null && before.label < after.label);
  const [part, file] = isBefore ? [before, files.before] : [after, files.after];
  const { label, name } = part ?? { label: '', name: '' };
  // A member of a set has no name besides its label.
  const isMember = name === '' || label === '';
  const there = await shownName(file, isMember ? label || name : name);
  const step = isMember ? way : { before: way, label: await stepLabel(file, label) };
  const shown = isMember ? [`also ${there}`, 'not'] : [there, 'nothing'];
  const [has = '', lacks = ''] = shown;
  return {
    kind: 'difference',
    way: step,
    shown: isBefore ? { before: has, after: lacks } : { before: lacks, after: has },
  };
}

/** How a property or a key is written in a path. */
async function stepLabel(file: ValueRecords, label: string): Promise<string> {
  return /^[.[]/.test(label) ? label : `.get(${await shownName(file, label)})`;
}

/** So many steps from each end are written out. */
const SHOWN_STEPS = 16;

function pathOf(way: Way | null): string {
  const labels: string[] = [];
  for (let at = way; at !== null; at = at.before) labels.push(at.label);
  labels.reverse();
  if (labels.length <= 2 * SHOWN_STEPS) return `$${labels.join('')}`;
  const left = labels.length - 2 * SHOWN_STEPS;
  return `$${labels.slice(0, SHOWN_STEPS).join('')}…(${left} more)…${labels.slice(-SHOWN_STEPS).join('')}`;
}
