import type { MappedScript } from '../../profile/source-positions.ts';

/** The scripts that name a source map, each once, though many threads load it. */
export class MappedScripts {
  readonly #scripts = new Map<string, MappedScript>();

  add({
    url,
    sourceMapURL = '',
  }: {
    readonly url: string;
    readonly sourceMapURL?: string | undefined;
  }): void {
    if (sourceMapURL === '' || !url.startsWith('file:')) return;
    this.#scripts.set(url, { url, sourceMapUrl: sourceMapURL });
  }

  all(): MappedScript[] {
    return [...this.#scripts.values()];
  }
}
