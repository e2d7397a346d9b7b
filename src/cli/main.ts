/** The composition root: this process, as the world of its command line. */
import { writeToStdout } from '../store/standard-output.ts';
import { inThread } from './in-thread.ts';
import { outpace } from './outpace.ts';
import { interrupted } from './signals.ts';

// Whoever reads our output may stop early, as `head` does. What else goes wrong with the result, its writer reports; where
// errors cannot be written, nobody can be told.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await outpace(process.argv.slice(2), {
  environment: process.env,
  isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  stdout: { isTTY: process.stdout.isTTY === true, write: writeToStdout },
  stderr: process.stderr,
  signal: interrupted,
  api: inThread,
});
