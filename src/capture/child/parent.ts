import type { ChildMessage } from './messages.ts';

// Kept before the implementation is loaded, which must not find a parent to talk to.
const sendToParent = process.send?.bind(process);

/** Resolves when the message is on its way. */
export function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (sendToParent === undefined) resolve();
    else sendToParent(message, undefined, {}, () => resolve());
  });
}
