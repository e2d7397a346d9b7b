import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import type { ViewProps } from '../state.ts';

const SETTLED_MS = 200;

/**
 * The brushed window. It follows the pointer at once, and is told to the other views, in the link, when it has come to
 * rest or this view is left.
 */
export function useWindow({
  state: { window },
  navigate,
}: Pick<ViewProps, 'state' | 'navigate'>): readonly [PageWindow | null, (window: PageWindow | null) => void] {
  const [brushed, setBrushed] = useState(window);
  const settling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useRef<() => void>(() => {});
  useEffect(() => {
    if (settling.current === undefined) setBrushed(window);
  }, [window]);
  useEffect(() => () => tell.current(), []);
  const change = (next: PageWindow | null) => {
    setBrushed(next);
    clearTimeout(settling.current);
    tell.current = () => {
      clearTimeout(settling.current);
      settling.current = undefined;
      tell.current = () => {};
      navigate({ window: next });
    };
    settling.current = setTimeout(() => tell.current(), SETTLED_MS);
  };
  return [brushed, change];
}
