import { nodeSelfTimes } from '../profile/function-totals.ts';
import type { CpuProfile, Frame, Window } from '../profile/model.ts';
import { frameOfNode } from '../profile/node-frame.ts';

/**
 * One thread's profile within a window, in the form that 0x reads.
 *
 * 0x draws `hitCount` as the width of a frame: here it is the self time in µs, since samples do not stand for equal
 * times. It puts names into a script of its page as they are, so nothing in them may end that script. It takes a frame
 * for V8's own, and hides it, unless its place ends in `.js:<line>`.
 *
 * @param rootUrl the project's folder as a file: URL that ends in a slash
 */
export function zeroXProfile(profile: CpuProfile, window: Window, rootUrl: string): string {
  const { selfOfNode } = nodeSelfTimes(profile, window);
  const nodes = Array.from(selfOfNode, (selfUs, index) => {
    const frame = frameOfNode(profile, index);
    return {
      id: index + 1,
      callFrame: {
        functionName: withoutMarkup(frame.name === '' ? 'anonymous' : frame.name),
        url: withoutMarkup(placeOf(frame, rootUrl)),
        lineNumber: frame.line,
      },
      hitCount: Math.round(selfUs),
      children: [] as number[],
    };
  });
  for (const [index, parent] of profile.nodes.parents.entries()) nodes[parent]?.children.push(index + 1);
  return JSON.stringify({ nodes });
}

function placeOf({ url, line }: Frame, rootUrl: string): string {
  if (url === '' || line === 0) return url;
  const path = url.startsWith('node:')
    ? url.slice('node:'.length)
    : url.startsWith(rootUrl)
      ? `./${decodeURIComponent(url.slice(rootUrl.length))}`
      : url;
  if (url.startsWith('node:')) return `${path}.js`;
  return /\.m?js$/.test(path) ? path : `${path} as .js`;
}

function withoutMarkup(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
