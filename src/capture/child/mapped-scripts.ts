import type { MappedScript } from '../../profile/source-positions.ts';
import { OwnMap, startsWith } from './captured.ts';

/** The scripts that name a source map, each once, though many threads load it. */
export class MappedScripts {
  readonly #scripts = new OwnMap<string, MappedScript>();

  add({
    url,
    sourceMapURL = '',
  }: {
    readonly url: string;
    readonly sourceMapURL?: string | undefined;
  }): void {
    if (sourceMapURL === '' || !startsWith(url, 'file:')) return;
    this.#scripts.set(url, { url, sourceMapUrl: sourceMapURL });
  }

  all(): MappedScript[] {
    const all: MappedScript[] = [];
    this.#scripts.forEach((script) => {
      all[all.length] = script;
    });
    return all;
  }
}
