import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { MappedScript } from '../../profile/source-positions.ts';

/** The scripts of all threads, each once, though many threads load it. */
export class LoadedScripts {
  readonly #urls = new Set<string>();
  readonly #mapped = new Map<string, MappedScript>();

  add({
    url,
    sourceMapURL = '',
  }: {
    readonly url: string;
    readonly sourceMapURL?: string | undefined;
  }): void {
    if (!url.startsWith('file:')) return;
    this.#urls.add(url);
    if (sourceMapURL !== '') this.#mapped.set(url, { url, sourceMapUrl: sourceMapURL });
  }

  /** Those that name a source map. */
  mapped(): MappedScript[] {
    return [...this.#mapped.values()];
  }

  /** All of them, and what this thread got by `require`, which need not be a script. */
  urls(): string[] {
    const required = Object.keys(createRequire(import.meta.url).cache);
    return [...new Set([...this.#urls, ...required.map((file) => pathToFileURL(file).href)])];
  }
}
