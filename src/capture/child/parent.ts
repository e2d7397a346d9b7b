import { OwnPromise } from './captured.ts';
import type { ChildMessage } from './messages.ts';

// Kept before the implementation is loaded, which must not find a parent to talk to.
const sendToParent = process.send?.bind(process);
const ownProcess = process;
const { nextTick } = process;

/** Resolves when the message is on its way. */
export function send(message: ChildMessage): Promise<void> {
  return new OwnPromise((resolve) => {
    if (sendToParent === undefined) {
      resolve();
      return;
    }
    // Node calls back in what it finds there, which never happens where a job has put a fake clock's in its place.
    const found = ownProcess.nextTick;
    ownProcess.nextTick = nextTick;
    sendToParent(message, undefined, {}, () => resolve());
    ownProcess.nextTick = found;
  });
}
