import { useCallback, useEffect, useState } from 'preact/hooks';
import { hashOf, parseHash, type ViewState } from './state.ts';

/** The state that the URL's hash holds, and how to change it; the browser's back button undoes a change of view. */
export function useViewState(): [ViewState, (change: Partial<ViewState>) => void] {
  const [state, setState] = useState(() => parseHash(location.hash));
  useEffect(() => {
    const onHashChange = () => setState(parseHash(location.hash));
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  }, []);
  const navigate = useCallback((change: Partial<ViewState>) => {
    setState((before) => {
      const leaves = change.view !== undefined && change.view !== before.view;
      const after = { ...before, ...(leaves ? { own: {} } : {}), ...change };
      const hash = hashOf(after);
      // What is typed or dragged would fill the history with every step.
      if (leaves) history.pushState(null, '', hash);
      else history.replaceState(null, '', hash);
      return after;
    });
  }, []);
  return [state, navigate];
}
