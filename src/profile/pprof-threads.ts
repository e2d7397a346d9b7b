import type { Label } from 'pprof-format';
import type { TextOf } from './pprof-values.ts';

/** A thread as the labels of a sample name it. */
export interface PprofThread {
  readonly key: string;
  readonly name: string;
  /** Empty where no label has one. */
  readonly id: string;
  readonly isNamed: boolean;
}

/** As Datadog, Parca, outpace and others call them; the first that a sample has counts. */
const NAMES = ['thread name', 'thread_name', 'thread', 'threadname'];
const IDS = ['thread id', 'thread_id', 'threadid', 'tid', 'os thread id'];

export function threadOfSample(labels: readonly Label[], textOf: TextOf): PprofThread {
  if (labels.length === 0) return UNNAMED;
  const values = new Map(
    labels.map((label) => [textOf(label.key).toLowerCase(), valueOfLabel(label, textOf)]),
  );
  const first = (keys: readonly string[]) => keys.flatMap((key) => values.get(key) ?? []).at(0) ?? '';
  const [name, id] = [first(NAMES), first(IDS)];
  if (name === '' && id === '') return UNNAMED;
  return { key: `${name}\n${id}`, name: name === '' ? `thread ${id}` : name, id, isNamed: true };
}

const UNNAMED: PprofThread = { key: '', name: 'main', id: '', isNamed: false };

function valueOfLabel({ str, num }: Label, textOf: TextOf): string {
  return Number(str) === 0 ? String(num) : textOf(str);
}
