import { COLUMN_PER_UNIT } from './measure.ts';
import type { Frame, RecordedThreads } from './model.ts';
import { type Refuse, refusalOf } from './refusal.ts';
import { StackFrames } from './stack-frames.ts';
import { StackThread } from './stack-thread.ts';
import type { ProfileReader } from './whole-document.ts';

const LINE = /^(?<stack>.*\S)[ \t]+(?<count>\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)$/s;
const COMMENT = /^\s*#/;
/** Beyond it, what was read is not made of lines. */
const LONGEST_LINE = 1 << 24;

/** Whether a line of text is a stack and its count. */
export function isFoldedLine(line: string): boolean {
  return !COMMENT.test(line) && LINE.test(line.trimEnd());
}

/**
 * Folded stacks, as stackcollapse-perf.pl, async-profiler and others write them: a line a stack, frames separated by
 * semicolons, the outermost first, then a space and a count. The format does not say what is counted: samples.
 */
export class FoldedDocument implements ProfileReader {
  readonly #refuse: Refuse;
  readonly #decoder = new TextDecoder();
  readonly #frames = new StackFrames();
  readonly #thread = new StackThread(this.#frames);
  readonly #indices = new Map<string, number>();
  #rest = '';
  #lines = 0;
  #stacks = 0;
  /** Lines that end in two counts, as a difference of two profiles has them. */
  #doubles = 0;
  /** The first line that cannot be read. */
  #bad: { readonly line: number; readonly text: string } | null = null;
  #badLines = 0;

  constructor(source: string) {
    this.#refuse = refusalOf(source);
  }

  write(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line);
    if (this.#rest.length > LONGEST_LINE) this.#refuse(`line ${this.#lines + 1} does not end`);
  }

  end(): RecordedThreads {
    const before = this.#badLines;
    this.#readLine(this.#rest + this.#decoder.decode());
    // A file that was cut off, or of another format, is refused; odd lines among good ones are not read.
    if (this.#bad !== null && (this.#badLines > before || this.#badLines > this.#stacks))
      this.#refuse(
        this.#badLines > before && this.#badLines <= this.#stacks
          ? `it ends within line ${this.#lines}, before the count`
          : `line ${this.#bad.line} is not a stack and a count: ${JSON.stringify(this.#bad.text.slice(0, 60))}`,
      );
    if (this.#stacks > 0 && this.#doubles === this.#stacks)
      this.#refuse(
        'each line has two counts, as the difference of two profiles: give the two profiles instead',
      );
    return {
      threads: [{ name: 'main', profile: this.#thread.finishUnordered(this.#refuse) }],
      flaws:
        this.#bad === null ? [] : [{ kind: 'lines skipped', lines: this.#badLines, first: this.#bad.line }],
      measure: { unit: 'samples', isOrdered: false, hasThreads: false },
    };
  }

  #readLine(line: string): void {
    this.#lines += 1;
    const text = line.trim();
    if (text === '' || COMMENT.test(text)) return;
    const { stack = '', count = '' } = LINE.exec(text)?.groups ?? {};
    if (stack === '') {
      this.#bad ??= { line: this.#lines, text };
      this.#badLines += 1;
      return;
    }
    if (!Number.isFinite(Number(count))) this.#refuse(`the count of line ${this.#lines} is too large`);
    this.#stacks += 1;
    if (/\s\d+$/.test(stack)) this.#doubles += 1;
    const frames = stack.split(';').map((label) => this.#frameOf(label));
    this.#thread.add(this.#thread.nodeOf(frames), Number(count) * COLUMN_PER_UNIT);
  }

  #frameOf(label: string): number {
    const known = this.#indices.get(label);
    if (known !== undefined) return known;
    const index = this.#frames.indexOf(frameOfLabel(label.trim()));
    this.#indices.set(label, index);
    return index;
  }
}

/** `name (file:line)`, as outpace writes it, or `JS:*name file:line:column`, as perf has it from V8; else only a name. */
function frameOfLabel(label: string): Frame {
  const found =
    /^(?<name>.*) \((?<url>.+?):(?<line>\d+)(?::(?<column>\d+))?\)$/s.exec(label) ??
    /^(?:JS|LazyCompile|Function|Eval|Script|Builtin|RegExp):[*~^+`'-]?(?<name>\S*) (?<url>.+?):(?<line>\d+)(?::(?<column>\d+))?$/s.exec(
      label,
    );
  const { name = label, url = '', line = '0', column = '0' } = found?.groups ?? {};
  return { name, url, line: Number(line), column: Number(column) };
}
