import { escapeTerminal } from '../../../escape.ts';
import type { PageFrame } from '../../model.ts';

type Place = Pick<PageFrame, 'name' | 'file' | 'line'>;

/** A function's name as it is shown: what has none is anonymous, and what would turn a line around stands as its escape. */
export function nameOf({ name }: Pick<PageFrame, 'name'>): string {
  return name === '' ? '(anonymous)' : escapeTerminal(name);
}

/** Where a function stands, `file:line`; empty for what has no file. */
export function placeOf({ file, line }: Omit<Place, 'name'>): string {
  if (file === '') return '';
  return line > 0 ? `${escapeTerminal(file)}:${line}` : escapeTerminal(file);
}

/** `name (file:line)`. */
export function nameAndPlace(frame: Place): string {
  const place = placeOf(frame);
  return place === '' ? nameOf(frame) : `${nameOf(frame)} (${place})`;
}
