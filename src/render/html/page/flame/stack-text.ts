import type { PageFrame } from '../../model.ts';
import type { CallTree } from './call-tree.ts';
import { nameAndPlace } from './names.ts';

/** The nodes from the root to one, the root left out unless it is asked for itself. */
export function stackOf({ parents }: CallTree, node: number): number[] {
  const nodes: number[] = [];
  for (let at = node; at > 0; at = parents[at] ?? -1) nodes.push(at);
  return nodes.reverse();
}

/** A stack as text, a line for each function, the outermost first. */
export function stackText(tree: CallTree, node: number, frameOf: (node: number) => PageFrame | null): string {
  return stackOf(tree, node)
    .map(frameOf)
    .map((frame) => (frame === null ? '(unknown)' : nameAndPlace(frame)))
    .join('\n');
}
