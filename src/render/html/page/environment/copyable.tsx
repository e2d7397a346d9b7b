import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface CopyableProps {
  readonly title: string;
  /** Worked out when it is asked for: it may be long. */
  readonly text: () => string;
}

/** Text for the clipboard, which may be looked at first. */
export function Copyable({ title, text }: CopyableProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const [shown, setShown] = useState(false);
  const [done, setDone] = useState<'' | 'copied' | 'selected'>('');
  // Some browsers give no clipboard to a page from a file: then it is at least selected.
  useEffect(() => {
    if (done === 'selected') field.current?.select();
  }, [done]);
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setDone('copied'),
      () => {
        setShown(true);
        setDone('selected');
      },
    );
  };
  return (
    <section class="copyable" aria-label={title}>
      <h3>{title}</h3>
      <button type="button" class="button" onClick={copy}>
        Copy
      </button>{' '}
      <button type="button" class="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show'}
      </button>{' '}
      <span role="status">
        {done === 'copied' ? 'Copied' : done === 'selected' ? 'Selected: copy it with Ctrl+C or ⌘C' : ''}
      </span>
      {shown ? (
        <textarea ref={field} readOnly rows={16} spellcheck={false} aria-label={title} value={text()} />
      ) : null}
    </section>
  );
}
