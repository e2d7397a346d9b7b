/** One run without outpace around it, for tools that watch the whole process from outside. */
import fs from 'node:fs';
import { exitProcess, startTimeout } from './captured.ts';
import { importImplementation } from './implementation.ts';
import { drain } from './output.ts';

/** A job that leaves nothing open ends by itself within this time. */
const END_BY_ITSELF_MS = 200;
/** For what a tool still has to write. */
const FLUSH_MS = 2000;

const { writeFileSync } = fs;
const emit = process.emit.bind(process);

// Read by clinic's tools when they start in a thread: each would write into the main thread's files.
process.env.NODE_CLINIC_DOCTOR_NAME = 'discard-workers';
process.env.NODE_CLINIC_BUBBLEPROF_NAME = 'discard-workers';

const { entry, input, doneFile } = JSON.parse(process.env.OUTPACE_BARE_RUN ?? '');
delete process.env.OUTPACE_BARE_RUN;
const implementation = await importImplementation(entry);
await implementation.setup?.(input);
await drain(await implementation.run(input), () => undefined);
await implementation.teardown?.();
// The tools around it call a run that failed a success.
writeFileSync(doneFile, '');
// A pool that the job keeps would keep the process. The tools write their data where Node says that nothing is left to do.
startTimeout(() => {
  emit('beforeExit', 0);
  startTimeout(() => exitProcess(0), FLUSH_MS).unref();
}, END_BY_ITSELF_MS).unref();
