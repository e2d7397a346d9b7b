import { Worker } from 'node:worker_threads';

/** The pipe whose other end the parent holds: it ends when the parent does, however that happens. */
export const WATCHDOG_FD = 3;

// In a thread of its own, since a main thread in a busy loop would never notice.
const SOURCE = `
  const { Socket } = require('node:net');
  const kill = (pid) => { try { process.kill(pid, 'SIGKILL'); } catch {} };
  // First the group, with whatever the implementation started; a process that leads none ends alone.
  const end = () => { kill(-process.pid); kill(process.pid); };
  new Socket({ fd: ${WATCHDOG_FD} }).on('close', end).on('error', end).resume();
`;

/** Starts the thread that ends this process when the parent is gone. Resolves once it is watching. */
export async function startWatchdog(): Promise<void> {
  const watchdog = new Worker(SOURCE, { eval: true, name: 'watchdog' });
  await new Promise<void>((resolve, reject) => watchdog.once('online', resolve).once('error', reject));
  watchdog.unref();
}
