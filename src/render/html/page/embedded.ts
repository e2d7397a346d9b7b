import type { BothSides, EncodedRecording, PageData } from '../model.ts';
import { inflate } from './inflate.ts';

/** All that the page is given but the recordings. */
export type Figures = Omit<PageData, 'recordings'>;

// Both were written by outpace, which checked what they were made from.

export async function embeddedFigures(): Promise<Figures> {
  return JSON.parse(new TextDecoder().decode(await inflate(textOf('figures'))));
}

export function embeddedRecordings(): BothSides<EncodedRecording | null> {
  return JSON.parse(textOf('recordings'));
}

function textOf(id: string): string {
  const text = document.getElementById(id)?.textContent;
  if (text === undefined || text === null) throw new Error(`this page is cut short: it has no ${id}`);
  return text;
}
