import { options, type VNode } from 'preact';
import { escapeControls } from '../../escape.ts';

/** What a browser shows of an element's attributes, or reads out. */
const SHOWN = ['title', 'label', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'];

/**
 * Escapes all text of the page where it becomes an element: a name of a function, thread or file may hold what turns a
 * line around or shows nothing. What people type and what they copy stays as it is.
 */
export function escapeAllText(): void {
  const next = options.vnode;
  options.vnode = (vnode) => {
    escapeIn(vnode);
    next?.(vnode);
  };
}

/** Text is an element without a type, whose properties are the text. */
function escapeIn(vnode: VNode): void {
  const node: { readonly type: unknown; props: unknown } = vnode;
  const { type, props } = node;
  if (typeof props === 'string') node.props = escapeControls(props);
  else if (typeof type === 'string' && typeof props === 'object' && props !== null) {
    for (const name of SHOWN) {
      const value: unknown = Reflect.get(props, name);
      if (typeof value === 'string') Reflect.set(props, name, escapeControls(value));
    }
  }
}
