import { useEffect, useState } from 'preact/hooks';
import type { BothSides, EncodedRecording, PageRecording } from '../model.ts';
import { decodeRecording } from './decode.ts';
import { embeddedRecordings } from './embedded.ts';
import { inflate } from './inflate.ts';

export type Recordings =
  | { readonly kind: 'decoding' }
  | { readonly kind: 'decoded'; readonly recordings: BothSides<PageRecording | null> }
  | { readonly kind: 'failed'; readonly why: string };

/** Decoded after the first picture, which needs none of them. */
export function useRecordings(): Recordings {
  const [state, setState] = useState<Recordings>({ kind: 'decoding' });
  useEffect(() => {
    decodeBoth().then(
      (recordings) => setState({ kind: 'decoded', recordings }),
      (error) => setState({ kind: 'failed', why: String(error) }),
    );
  }, []);
  return state;
}

async function decodeBoth(): Promise<BothSides<PageRecording | null>> {
  const { before, after } = embeddedRecordings();
  const decode = (encoded: EncodedRecording | null) =>
    encoded === null ? null : decodeRecording(encoded, inflate);
  return { before: await decode(before), after: await decode(after) };
}
