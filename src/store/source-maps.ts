import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BuiltScript, MappedScript } from '../profile/source-positions.ts';

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
