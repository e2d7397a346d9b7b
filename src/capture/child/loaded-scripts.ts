import { createRequire } from 'node:module';
import type { MappedScript } from '../../profile/source-positions.ts';
import { eachOf, fileUrlOf, keysOf, OwnMap, startsWith } from './captured.ts';

const { cache } = createRequire(import.meta.url);

/** The scripts of all threads, each once, though many threads load it. */
export class LoadedScripts {
  readonly #urls = new OwnMap<string, true>();
  readonly #mapped = new OwnMap<string, MappedScript>();

  add({
    url,
    sourceMapURL = '',
  }: {
    readonly url: string;
    readonly sourceMapURL?: string | undefined;
  }): void {
    if (!startsWith(url, 'file:')) return;
    this.#urls.set(url, true);
    if (sourceMapURL !== '') this.#mapped.set(url, { url, sourceMapUrl: sourceMapURL });
  }

  /** Those that name a source map. */
  mapped(): MappedScript[] {
    const all: MappedScript[] = [];
    this.#mapped.forEach((script) => {
      all[all.length] = script;
    });
    return all;
  }

  /** All of them, and what this thread got by `require`, which need not be a script. */
  urls(): string[] {
    eachOf(keysOf(cache), (file) => this.#urls.set(fileUrlOf(file), true));
    const all: string[] = [];
    this.#urls.forEach((_, url) => {
      all[all.length] = url;
    });
    return all;
  }
}
