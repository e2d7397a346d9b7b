/** A regular expression taken apart, as far as matching needs it. */
export type Pattern =
  /** Any one letter of a kind. */
  | { readonly kind: 'letter'; readonly test: (letter: string) => boolean }
  | { readonly kind: 'place'; readonly at: Place }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number };

export type Place = 'start' | 'end' | 'edge of a word' | 'within or outside words';

/** What an expression is, or why it is none that can be searched for. */
export type Parsed =
  | { readonly kind: 'parsed'; readonly pattern: Pattern }
  | { readonly kind: 'invalid'; readonly reason: string };

const QUANTIFIER = /[*+?]|\{(\d+)(,(\d*))?\}/y;
const GROUP = /\((?:\?:|\?<[^=!>][^>]*>)?/y;
// A class, a group of a Unicode property, an escape by number, any other escape, or a plain letter.
const LETTER =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c[a-z]|\\[\s\S]|[\s\S]/iuy;

/**
 * Takes JavaScript's regular expressions apart, in their Unicode mode, capitals or not alike.
 *
 * The browser says whether it is one, and what a class or an escape stands for, of one letter at a time. What needs more
 * than a walk along the text is refused: looking around, back references, modifiers.
 */
export function parsePattern(source: string): Parsed {
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
  const reader = new PatternReader(source);
  const pattern = reader.choice();
  if (reader.refused !== null)
    return { kind: 'invalid', reason: `${reader.refused} cannot be searched with here` };
  return { kind: 'parsed', pattern };
}

/** Reads what is known to be a regular expression, from left to right. */
class PatternReader {
  /** The first part that is not supported. */
  refused: string | null = null;
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): Pattern {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return { kind: 'choice', options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (
      this.refused === null &&
      this.#at < this.#source.length &&
      !/[|)]/.test(this.#source[this.#at] ?? '')
    ) {
      parts.push(this.#repeated(this.#single()));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(part: Pattern): Pattern {
    const found = this.#match(QUANTIFIER);
    if (found === null) return part;
    // Whether as much or as little as can be is taken first is no matter for whether there is a match.
    this.#take('?');
    const [sign, least, range, most] = found;
    if (sign === '*') return { kind: 'repeat', part, least: 0, most: Number.POSITIVE_INFINITY };
    if (sign === '+') return { kind: 'repeat', part, least: 1, most: Number.POSITIVE_INFINITY };
    if (sign === '?') return { kind: 'repeat', part, least: 0, most: 1 };
    const open = range === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return { kind: 'repeat', part, least: Number(least), most: open };
  }

  #single(): Pattern {
    if (this.#source[this.#at] === '(') return this.#group();
    if (this.#take('^')) return { kind: 'place', at: 'start' };
    if (this.#take('$')) return { kind: 'place', at: 'end' };
    if (this.#take('\\b')) return { kind: 'place', at: 'edge of a word' };
    if (this.#take('\\B')) return { kind: 'place', at: 'within or outside words' };
    const [text] = this.#match(LETTER) ?? [''];
    if (/^\\[1-9k]/.test(text)) this.refused = `a back reference, ${text},`;
    return { kind: 'letter', test: this.refused === null ? letterTest(text) : () => false };
  }

  #group(): Pattern {
    const [opening] = this.#match(GROUP) ?? ['('];
    if (this.#source[this.#at] === '?') {
      this.refused = `a group with ${opening}${this.#source.slice(this.#at, this.#at + 2)}`;
      return { kind: 'sequence', parts: [] };
    }
    const inside = this.choice();
    this.#take(')');
    return inside;
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source);
    if (found !== null) this.#at += found[0].length;
    return found;
  }
}

/** Of one letter the browser's own answer, asked for once. */
function letterTest(text: string): (letter: string) => boolean {
  const expression = new RegExp(`^${text}$`, 'iu');
  const known = new Map<string, boolean>();
  return (letter) => {
    const answer = known.get(letter) ?? expression.test(letter);
    known.set(letter, answer);
    return answer;
  };
}
