import { useEffect, useState } from 'preact/hooks';
import type { BothSides, PageData, PageRecording } from '../model.ts';
import { decodeRecording } from './decode.ts';
import { inflate } from './inflate.ts';

export type Recordings =
  | { readonly kind: 'decoding' }
  | { readonly kind: 'decoded'; readonly recordings: BothSides<PageRecording | null> }
  | { readonly kind: 'failed'; readonly why: string };

/** Decoded after the first picture, which needs none of them. */
export function useRecordings({ recordings }: PageData): Recordings {
  const [state, setState] = useState<Recordings>({ kind: 'decoding' });
  useEffect(() => {
    const decode = (side: keyof typeof recordings) => {
      const encoded = recordings[side];
      return encoded === null ? null : decodeRecording(encoded, inflate);
    };
    Promise.all([decode('before'), decode('after')]).then(
      ([before, after]) => setState({ kind: 'decoded', recordings: { before, after } }),
      (error) => setState({ kind: 'failed', why: String(error) }),
    );
  }, [recordings]);
  return state;
}
