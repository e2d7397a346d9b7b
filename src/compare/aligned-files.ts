import type { Frame } from '../profile/model.ts';
import { isOwn } from '../profile/origin.ts';
import { timelessUrl } from '../profile/script-url.ts';
import { commonFolder } from './common-folder.ts';

/** What a file is called in a comparison, by the url that a recording has of it. */
export type FileName = (url: string) => string;

/**
 * Names by which the files of several recordings are told again, though the program lay in another folder on each machine.
 *
 * A package's file is named from `node_modules/` on. For the rest, each recording is laid over the one with the most
 * functions: every function that both have in a file of the same name votes for the two folders that differ, the most
 * votes decide. What all then have in common of their folders is left out.
 *
 * @param recordings the functions of each
 * @returns one namer a recording, in their order
 */
export function alignedFiles(recordings: readonly (readonly Frame[])[]): FileName[] {
  const owns = recordings.map((frames) =>
    frames.map((frame) => ({ ...frame, url: timelessUrl(frame.url) })).filter(({ url }) => isOwnUrl(url)),
  );
  const reference = owns.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const moves = owns.map((frames) => moveOnto(reference, frames));
  const folder = commonFolder(
    owns.flatMap((frames, index) => frames.map(({ url }) => moved(url, moves[index] ?? NO_MOVE))),
  );
  return moves.map((move) => (url) => {
    const name = timelessUrl(url);
    const there = isOwnUrl(name) ? moved(name, move) : name;
    return there.startsWith(folder) ? there.slice(folder.length) : there;
  });
}

/** Neither Node's, nor a package's, nor without a place. */
function isOwnUrl(url: string): boolean {
  return url.includes('/') && isOwn({ name: '', file: url, engine: false });
}

/** One folder in place of another; both with their closing slashes, or empty. */
interface Move {
  readonly from: string;
  readonly to: string;
}

const NO_MOVE: Move = { from: '', to: '' };

function moved(url: string, { from, to }: Move): string {
  return url.startsWith(from) ? to + url.slice(from.length) : url;
}

function moveOnto(reference: readonly Frame[], frames: readonly Frame[]): Move {
  const [there, here] = [placesByName(reference), placesByName(frames)];
  const votes = new Map<string, { readonly move: Move; count: number }>();
  for (const [name, url] of here) {
    const other = there.get(name);
    if (url === null || other === undefined || other === null) continue;
    const move = difference(url, other);
    const vote = votes.get(JSON.stringify(move)) ?? { move, count: 0 };
    vote.count += 1;
    votes.set(JSON.stringify(move), vote);
  }
  const [most] = [...votes.values()].toSorted((a, b) => b.count - a.count);
  if (most !== undefined) return most.move;
  // Nothing in common: as far as can be known, the two programs lie in folders of their own.
  return { from: commonFolder(frames.map(urlOf)), to: commonFolder(reference.map(urlOf)) };
}

function urlOf({ url }: Frame): string {
  return url;
}

/** Where each function is, by its name and its file's; null where several are called so. */
function placesByName(frames: readonly Frame[]): Map<string, string | null> {
  const places = new Map<string, string | null>();
  for (const { name, url } of frames) {
    if (name === '') continue;
    const key = `${name}\n${url.slice(url.lastIndexOf('/') + 1)}`;
    const known = places.get(key);
    places.set(key, known === undefined || known === url ? url : null);
  }
  return places;
}

/** What is left of two urls without the folders and the file that both end in. */
function difference(from: string, to: string): Move {
  const [left, right] = [from.split('/'), to.split('/')];
  while (left.length > 0 && right.length > 0 && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  const folder = (parts: readonly string[]) => parts.map((part) => `${part}/`).join('');
  return { from: folder(left), to: folder(right) };
}
