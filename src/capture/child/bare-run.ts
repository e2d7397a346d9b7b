/** One run without outpace around it, for tools that watch the whole process from outside. */
import { writeFileSync } from 'node:fs';
import { importImplementation } from './implementation.ts';
import { drain } from './output.ts';

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
