import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BuiltScript, MappedScript } from '../profile/source-positions.ts';

/** Far more than a line that names a map takes; one that holds the map may be longer, and is then not found. */
const LAST_BYTES = 8 * 1024 * 1024;

/**
 * Those of the scripts that say where their source map is.
 *
 * @param urls file: URLs; what cannot be read, or is a package's, is left out
 */
export async function findMappedScripts(urls: readonly string[]): Promise<MappedScript[]> {
  const found: MappedScript[] = [];
  for (const url of urls) {
    if (url.includes('/node_modules/') || url.endsWith('.ts')) continue;
    const text = await readFile(fileURLToPath(url), 'utf8').catch(() => '');
    const [, sourceMapUrl] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(text.slice(-LAST_BYTES)) ?? [];
    if (sourceMapUrl !== undefined) found.push({ url, sourceMapUrl });
  }
  return found;
}

export interface BuiltScripts {
  readonly scripts: ReadonlyMap<string, BuiltScript>;
  /** Of the scripts whose map is not there, or is none. */
  readonly unreadable: readonly string[];
}

/** Reads what maps there are; one that is missing is no reason to show nothing. */
export async function readBuiltScripts(mapped: readonly MappedScript[]): Promise<BuiltScripts> {
  const scripts = new Map<string, BuiltScript>();
  const unreadable: string[] = [];
  for (const { url, sourceMapUrl } of mapped) {
    try {
      const mapUrl = sourceMapUrl.startsWith('data:') ? url : new URL(sourceMapUrl, url).href;
      const map = sourceMapUrl.startsWith('data:')
        ? textOfDataUrl(sourceMapUrl)
        : await readFile(fileURLToPath(mapUrl), 'utf8');
      JSON.parse(map);
      // What a loader made in memory is not what stands in the file, but then the map is within the script too.
      const text = sourceMapUrl.startsWith('data:') ? null : await readFile(fileURLToPath(url), 'utf8');
      scripts.set(url, { map, mapUrl, text });
    } catch {
      unreadable.push(url);
    }
  }
  return { scripts, unreadable };
}

function textOfDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const data = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(data, 'base64').toString()
    : decodeURIComponent(data);
}
