import { FlattenMap, isIgnored, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { Frame } from './model.ts';

/** A script that says where its source map is. */
export interface MappedScript {
  /** A file: URL. */
  readonly url: string;
  /** As the script says it: relative to itself, or the map itself as a data: URL. */
  readonly sourceMapUrl: string;
}

/** What is known of a script that was built from other sources. */
export interface BuiltScript {
  /** Its source map, JSON. */
  readonly map: string;
  /** What the sources in the map are relative to. */
  readonly mapUrl: string;
  /** The script's own text; null where it was made in memory. */
  readonly text: string | null;
}

interface TracedScript {
  readonly map: TraceMap;
  readonly lines: readonly string[] | null;
}

/**
 * Finds where a function of a built script was written, and what it was called there.
 *
 * @param scripts by the script's url
 * @returns the frame itself where no map knows it
 * @throws Error for a map that cannot be read, naming the script
 */
export function sourceFrames(scripts: ReadonlyMap<string, BuiltScript>): (frame: Frame) => Frame {
  const traced = new Map<string, TracedScript>();
  // A map in sections, as bundlers of bundles write it, becomes one of whole.
  for (const [url, { map, mapUrl, text }] of scripts)
    traced.set(url, { map: new FlattenMap(withNamedSources(map), mapUrl), lines: text?.split('\n') ?? null });
  return (frame) => {
    const script = traced.get(frame.url);
    if (script === undefined || frame.line === 0) return frame;
    const { source, line, column } = originalPositionFor(script.map, {
      line: frame.line,
      column: frame.column - 1,
    });
    if (source === null || source === UNNAMED) return frame;
    const place = { name: nameInSource(frame, script), url: source, line, column: column + 1 };
    return isIgnored(script.map, source) ? { ...place, ignored: true } : place;
  };
}

/** In place of a source without a name, which would be resolved to the folder of its map. */
const UNNAMED = 'unnamed://source/';

function withNamedSources(map: string): string {
  return JSON.stringify(
    JSON.parse(map, (key, value) =>
      key === 'sources' && Array.isArray(value) ? value.map((source) => source ?? UNNAMED) : value,
    ),
  );
}

/** A minified name becomes the one that was written, where the script's text shows which identifier it is. */
function nameInSource({ name, line, column }: Frame, { map, lines }: TracedScript): string {
  const text = lines?.[line - 1];
  if (text === undefined) return name;
  const at = identifierColumn(text, column - 1, name);
  if (at === null) return name;
  return originalPositionFor(map, { line, column: at }).name ?? name;
}

function identifierAt(text: string, column: number): string | undefined {
  return /^[\p{ID_Start}$_#][\p{ID_Continue}$]*/u.exec(text.slice(column))?.[0];
}

/** Where a function's name stands: `function name(`, `name(…) {` or `name = (…) =>`; 0-based. */
function identifierColumn(text: string, start: number, name: string): number | null {
  const [lead = ''] =
    /^(?:async\s+)?(?:function\b\s*\*?\s*|get\s+|set\s+|\*\s*)?/.exec(text.slice(start)) ?? [];
  const at = start + lead.length;
  if (identifierAt(text, at) === name) return at;
  const assigned = /([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*[=:]\s*$/u.exec(text.slice(0, start));
  return assigned?.[1] === name ? assigned.index : null;
}
