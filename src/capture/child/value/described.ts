import { atomText, isLongText, textPieces } from './atom-text.ts';
import { type TextOf, writeBody } from './body.ts';
import { blobContent } from './byte-content.ts';
import type { Shape } from './shape-parts.ts';
import { Walk } from './walk.ts';

/** What is made of long texts, so that they look like a list of their pieces. */
const TEXT_HEAD = '(text)';

/**
 * A value as records, parts before what holds them, each only once however often it occurs:
 *
 * its name in a line; the lines of `writeBody`; and where it has bytes, `!`, their number, a line feed, and the bytes.
 * The last line is `=` and the name of the whole.
 *
 * @throws Uninspectable
 */
export async function* describedValue(value: unknown): AsyncGenerator<Uint8Array> {
  const records: (string | Uint8Array)[] = [];
  const longTexts = new Set<string>();
  const describeText = (part: unknown): void => {
    if (!isLongText(part)) return;
    const name = atomText(part);
    if (longTexts.has(name)) return;
    longTexts.add(name);
    records.push(`${name}\n\t${TEXT_HEAD}\n`);
    for (const piece of textPieces(part)) records.push(`\t\t${piece}\n`);
  };
  const onNamed = ({ name, shape, textOf }: { name: string; shape: Shape; textOf: TextOf }): void => {
    for (const part of shape.items) describeText(part);
    for (const part of shape.values) describeText(part);
    records.push(`${name}\n`);
    writeBody(shape, textOf, (text) => void records.push(text));
    if (shape.content === null) return;
    const blocks = [...shape.content.blocks()];
    records.push(`!${blocks.reduce((sum, { byteLength }) => sum + byteLength, 0)}\n`, ...blocks, '\n');
  };
  describeText(value);
  const walk = new Walk({ inlineChars: 0, onNamed }).name(value);
  let step = walk.next();
  while (step.done !== true) step = walk.next(await blobContent(step.value));
  yield* encoded([...records, `=${step.value}\n`]);
}

const GATHERED_CHARS = 1 << 16;

function* encoded(records: readonly (string | Uint8Array)[]): Generator<Uint8Array> {
  let gathered = '';
  for (const record of records) {
    if (typeof record === 'string') gathered += record;
    if (typeof record === 'string' && gathered.length < GATHERED_CHARS) continue;
    yield Buffer.from(gathered);
    gathered = '';
    if (typeof record !== 'string') yield record;
  }
  yield Buffer.from(gathered);
}
