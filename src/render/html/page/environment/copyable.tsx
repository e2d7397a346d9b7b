import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** Text in a field, with a button that takes it to the clipboard. */
export function Copyable({ title, text }: { readonly title: string; readonly text: string }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const [done, setDone] = useState('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setDone('Copied'),
      // Some browsers give no clipboard to a page from a file: then it is at least selected.
      () => {
        field.current?.select();
        setDone('Selected: copy it with Ctrl+C or ⌘C');
      },
    );
  };
  return (
    <section class="copyable" aria-label={title}>
      <h3>{title}</h3>
      <textarea ref={field} readOnly rows={8} spellcheck={false} aria-label={title} value={text} />
      <button type="button" class="button" onClick={copy}>
        Copy
      </button>{' '}
      <span role="status">{done}</span>
    </section>
  );
}
