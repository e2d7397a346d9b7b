import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copy-text.ts';

/** Copies the stack of the box that is chosen; where a browser refuses, the text is there to be copied by hand. */
export function CopyStack({ text }: { readonly text: string }): JSX.Element {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => setOutcome('none'), [text]);
  const copy = async () => setOutcome((await copyText(text)) ? 'copied' : 'refused');
  return (
    <div class="flame-copy">
      <button type="button" class="button" onClick={copy}>
        Copy the stack
      </button>
      <p role="status">{outcome === 'copied' ? 'Copied, the outermost call first.' : ''}</p>
      {outcome === 'refused' ? (
        <textarea
          class="flame-copied"
          aria-label="The stack, to be copied by hand"
          readOnly
          rows={6}
          value={text}
        />
      ) : null}
    </div>
  );
}
