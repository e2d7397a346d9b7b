import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BuiltScript, MappedScript } from '../profile/source-positions.ts';

/** Far more than a line that names a map takes; one that holds the map may be longer, and is then not found. */
const LAST_BYTES = 8 * 1024 * 1024;

/**
 * Those of the scripts that have a source map: that say where it is, or beside which it lies.
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
    else found.push(...(await findExternalMaps([url])));
  }
  return found;
}

/**
 * The maps that lie beside scripts which do not name one, as esbuild's external maps and those of some deployments do.
 *
 * @param urls of scripts; what is no file, a package's, or TypeScript is left out
 */
export async function findExternalMaps(urls: readonly string[]): Promise<MappedScript[]> {
  const found: MappedScript[] = [];
  for (const url of new Set(urls)) {
    if (!url.startsWith('file:') || url.includes('/node_modules/') || /\.[cm]?tsx?$/.test(url)) continue;
    const sourceMapUrl = `${url.replace(/[?#].*$/, '')}.map`;
    if (await isMapOf(sourceMapUrl, url)) found.push({ url, sourceMapUrl });
  }
  return found;
}

/** Whether it is a source map, and does not say that it is another script's. */
async function isMapOf(mapUrl: string, url: string): Promise<boolean> {
  const text = await readFile(fileURLToPath(mapUrl), 'utf8').catch(() => null);
  if (text === null) return false;
  try {
    const { version, file } = JSON.parse(text);
    const name = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
    return version === 3 && (typeof file !== 'string' || file === '' || file.split('/').at(-1) === name);
  } catch {
    return false;
  }
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
