import type { PageFrame } from '../model.ts';

export type Searched = Pick<PageFrame, 'name' | 'file' | 'origin'>;

/**
 * Whether a function has every word that is searched for in its name, file or package; capitals are of no account.
 *
 * Plain text, and no regular expression: what a link brings cannot keep the page busy.
 */
export function matcher(query: string): (searched: Searched) => boolean {
  const words = query.toLowerCase().split(/\s+/);
  return ({ name, file, origin }) => {
    const text = `${name === '' ? '(anonymous)' : name} ${file} ${origin}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
