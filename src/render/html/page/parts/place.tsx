import type { JSX } from 'preact';
import { escapeTerminal } from '../../../escape.ts';

interface PlaceProps {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** A function's name, and where it is; all of it shows on pointing. */
export function Place({ name, file, line }: PlaceProps): JSX.Element {
  return (
    <span
      class="code place"
      title={file === '' ? shownName(name) : `${shownName(name)} (${escapeTerminal(file)}:${line})`}
    >
      {shownName(name)}
      {file === '' ? null : (
        <span class="place-file"> {escapeTerminal(`${file.split('/').at(-1)}:${line}`)}</span>
      )}
    </span>
  );
}

/** What has no name is anonymous; what would turn a line around, or is not seen, stands as its escape. */
export function shownName(name: string): string {
  return name === '' ? '(anonymous)' : escapeTerminal(name);
}
