import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import type { ViewProps } from '../state.ts';
import { parseRange, rangeText, within } from './range.ts';

/** A browser takes so many changes of a link in a time, and no more. */
const SETTLED_MS = 250;

interface Zoomed extends Pick<ViewProps, 'state' | 'navigate'> {
  /** What there is; a zoom to all of it is none. */
  readonly whole: PageWindow;
  /** Of what is shown; a zoom is gone with what it was in. */
  readonly key: string;
}

/** What is zoomed to. It follows the pointer at once, and stands in the link when it has come to rest. */
export function useRange({
  state,
  navigate,
  whole,
  key,
}: Zoomed): readonly [PageWindow, (range: PageWindow) => void] {
  const linked = state.own.zoom;
  const [zoom, setZoom] = useState<PageWindow | null>(() => parseRange(linked));
  const written = useRef(linked);
  const settling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ state, navigate });
  latest.current = { state, navigate };
  const shown = useRef(key);
  useEffect(() => {
    if (linked === written.current && key === shown.current) return;
    written.current = linked;
    shown.current = key;
    clearTimeout(settling.current);
    setZoom(parseRange(linked));
  }, [linked, key]);
  useEffect(() => () => clearTimeout(settling.current), []);
  const change = (wanted: PageWindow) => {
    const range = within(wanted, whole);
    const isWhole = range.startMs === whole.startMs && range.endMs === whole.endMs;
    setZoom(isWhole ? null : range);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      const { zoom: _, ...own } = latest.current.state.own;
      written.current = isWhole ? undefined : rangeText(range);
      latest.current.navigate({
        own: written.current === undefined ? own : { ...own, zoom: written.current },
      });
    }, SETTLED_MS);
  };
  return [zoom === null ? whole : within(zoom, whole), change];
}
